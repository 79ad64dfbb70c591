"""Wordings of a practice's invoice, and of a card on which vaccinations are noted."""

from receipts.screening.signs import Role, Shape, Sign

SIGNS = (
    Sign(
        Role.CODE,
        "goä ziffer|goä nr|goz nr|gebührenziffer|gebührenordnung|ebm ziffer"
        "|steigerungssatz|steigerungsfaktor|punktwert|honorarrechnung"
        "|privatliquidation|liquidation|arztrechnung|behandlungsdatum|leistungsdatum"
        "|leistungslegende|begründung der leistung|diagnosen",
        bare=0.55,
        priced=0.75,
        unless=r"geschäfts|laden|lager|schluss",
    ),
    Sign(
        Role.SERVICE,
        "eingehende beratung|eingehende untersuchung"
        "|symptombezogene untersuchung|ganzkörperuntersuchung|sonographie|blutentnahme"
        "|venenpunktion|infusion|injektion|wundversorgung|verband|attest|überweisung"
        "|arbeitsunfähigkeit|krankschreibung|belastungs ekg|ruhe ekg|langzeit ekg"
        "|lungenfunktion|hautkrebsscreening|vorsorge|prophylaxe|füllung|wurzelkanal"
        "|lokalanästhesie|krone|zahnersatz|dates of service"
        "|place of service|billing provider|units billed|adjustments insurance"
        "|superbill|statement of account patient|deductible applied",
        bare=0.3,
        priced=0.6,
        unless=r"geschenk|mode|farb|kauf",
    ),
    Sign(
        Role.SERVICE,
        "immunization record|vaccination record|vaccination card"
        "|vaccination record card|left deltoid|right deltoid|deltoid|injection site"
        "|vaccine lot|vaccinated by"
        "|vaccinator|vis date|vis given|impfpass|impfdatum|impfling|impfarzt"
        "|chargennummer impfstoff|dos pertama|dos kedua|penerima vaksin|intramuscular"
        "|im injection",
        bare=0.6,
        priced=0.6,
    ),
    Sign(
        Role.DOSE,
        "dose 1|dose 2|dose 3|dose 4|1st dose|2nd dose|3rd dose|first dose|second dose"
        "|third dose|next dose|dose due|booster dose|mrna|product name manufacturer"
        "|manufacturer lot|lot number|charge nr|chargen nr",
        bare=0.15,
        priced=0.15,
        unless=r"lottery|lotto|parking|film|camera",
    ),
    Sign(
        Role.PRODUCT,
        "moderna|pfizer|biontech|janssen|novavax|astrazeneca|sanofi|glaxosmithkline"
        "|mmr|varicella|rotavirus|pneumococcal|meningococcal|dtap|tetanus|diphtheria"
        "|pertussis|typhoid|yellow fever|japanese encephalitis|influenza|hpv|zoster"
        "|shingles|rsv",
        bare=0.2,
        priced=0.45,
    ),
    Sign(
        Role.PRESCRIBER,
        "administered by|healthcare professional|health care professional|clinic site",
        bare=0.2,
    ),
)
SHAPES = (
    # The schedules of fees for doctors and dentists.
    Shape(Role.CODE, 0.55, r"\b(?:goä|goa|goz)\b(?!\s*beach)"),
    # A German doctor's line: the number of the service, its factor, the amount.
    Shape(
        Role.CODE,
        0.5,
        r"^\s*(?:\d{2}\.\d{2}\.(?:\d{2,4})?\s+)?[a-z]?\d{1,5}[a-z]?\s.*\b"
        r"(?:1,0|1,15|1,2|1,8|2,3|2,5|3,5)\s?(?:x|fach)?\s+\d{1,4},\d{2}\b",
    ),
    Shape(Role.CODE, 0.3, r"\b[1-3],\d\s?-?\s?fach\b"),
)
