"""Wordings for who a paper is about: the patient, and who prescribed or treated."""

from receipts.screening.signs import A_DAY, A_NAME, Role, Shape, Sign

# Labels leave out a patient's day, or tell the year alone.
A_BIRTH = rf"(?:{A_DAY}|\d{{1,2}}[/.\-]\d{{4}}\b|(?:19|20)\d\d\b)"

SIGNS = (
    Sign(
        Role.PRESCRIBER,
        "dispensed by|filled by|picked up by|relationship to patient",
        bare=0.2,
        value=A_NAME,
        valued=0.5,
        unless=r"order|app|store|driver|curbside",
    ),
    Sign(
        Role.PATIENT,
        "versicherter|versicherte|versicherungsnehmer",
        bare=0.3,
        value=A_NAME,
        valued=0.6,
    ),
    Sign(
        Role.PRESCRIBER,
        "prescriber|prescribers|prescribed by|prescribing|prescriber name"
        "|prescriber npi|prescribing doctor|ordering physician|ordering provider"
        "|referring physician|referring provider|attending physician|presc by"
        "|prescriber phone|primary care physician|authorized by dr|verordnet von"
        "|verschrieben von|verordnender arzt|recetado por|nama doktor"
        "|doctor name|doctors name|dr name|physician name|rendering provider",
        bare=0.75,
        value=A_NAME,
        valued=0.93,
        unless=r"ask your|talk to|consult your|contact your",
    ),
    Sign(
        Role.PRESCRIBER,
        "physician|doctor|doktor|arzt|ärztin|hausarzt|dentist|prsb",
        bare=0.1,
        value=r"(?<=[:.=])\s*" + A_NAME,
        valued=0.5,
        unless=r"ask your|talk to|consult|contact your|call your|your doctor",
    ),
    Sign(
        Role.PRESCRIBER,
        "dr|dra",
        bare=0.0,
        value=r"(?!pepper|brown|martens?|scholl|bronner|seuss|oetker|best\b|teal|john"
        r"|perricone|jart|hauschka|mercola|sw\b|se\b|nw\b|ne\b|suite|ste\b|unit\b)"
        r"[a-z]\W{0,2}[a-z'’\-]{2,}",
        valued=0.22,
        unless=r"^\W*#?\d+\s+[\w .'’]*\bdr\b",
    ),
    Sign(Role.PRESCRIBER, "npi", bare=0.25, value=r"[12]\d{9}(?!\d)", valued=0.75),
    Sign(Role.PRESCRIBER, "dea|dea no", bare=0.1, value=r"[a-z]{2}\d{7}", valued=0.6),
    Sign(
        Role.PRESCRIBER,
        "bsnr|lanr|betriebsstätten nr",
        bare=0.5,
        value=r"\d{7,9}",
        valued=0.85,
    ),
    Sign(
        Role.PATIENT,
        "rx for|patient name|patients name|patient id|patient no"
        "|patient number|patient dob|name of patient|patient info|patient information"
        "|pt name|patient address|patient phone|patient signature|patient acct"
        "|patient account|patient mrn|patient copy|patient s copy|patient details"
        "|patient record|patient profile|patient type|nama pesakit|no pesakit|pesakit"
        "|paciente|patientenname|patientin|patienten nr|name des patienten"
        "|medical record|mrn",
        bare=0.75,
        value=r"\w",
        valued=0.9,
    ),
    Sign(
        Role.PATIENT,
        "patient",
        bare=0.3,
        value=r"(?<=[:;.=#\-])\s*\w",
        valued=0.82,
        unless=r"folder|service cent|\bfile\b|gown|be patient|patient with|thank"
        r"|patient while"
        r"|your patien|patiently",
    ),
    Sign(
        Role.PATIENT,
        "ship to|shipped to|deliver to|mail to|bill to|sold to|member name|owner|name"
        "|nama|customer name|customer|nombre|full name|last name|first name|kunde"
        "|kundin|kundenname|client|client name|cliente|nom|nom et prénom",
        bare=0.01,
        value=r"(?<=[:;])\s*[a-z]",
        valued=0.12,
        unless=r"cashier|server|store|merchant|shop|brand|item|generic|drug",
    ),
    Sign(
        Role.PATIENT,
        "account|acct|account no|account number|order no|order number|invoice no",
        bare=0.01,
    ),
    Sign(Role.PATIENT, "outpatient|inpatient|outpatients", bare=0.55),
    Sign(Role.PATIENT, "pt|pat", bare=0.0, value=r"(?<=[:=])\s*[a-z]", valued=0.5),
    Sign(
        Role.BIRTH,
        "dob|d o b|date of birth|birth date|birthdate|geb datum|geburtsdatum"
        "|geburtstag|tarikh lahir|fecha de nacimiento|fecha nacimiento|geb am"
        "|patient birth date|dt of birth|birthdt",
        bare=0.25,
        value=A_BIRTH,
        valued=0.45,
        unless=r"club|reward|sign up|alcohol|tobacco|liquor|verified|visual",
    ),
    Sign(Role.BIRTH, "geb|born|lahir|bd|b d", bare=0.0, value=A_BIRTH, valued=0.4),
)

SHAPES = (
    # As labels and records print a person: the family's name first.
    Shape(
        Role.PATIENT,
        0.2,
        r"^\W*[^\W\d_]{2,}(?:[\-'’ ][^\W\d_]+)?,\s?[^\W\d_]{3,}(?:\s[^\W\d_]\.?)?\W*$",
    ),
    Shape(Role.PATIENT, 0.15, r"^\W*(?:for|pt name|name)\s?:\s*[^\W\d_]"),
    Shape(Role.PRESCRIBER, 0.3, r"^\W*m\.?d\.?\s?[:=]\s*[^\W\d_]{2,}"),
    Shape(
        Role.PATIENT,
        0.6,
        r"^\W*patient\s+[^\W\d_]{2,}[,\s]+[^\W\d_]+\.?(?:\s[^\W\d_]+)?\W*$",
    ),
    Shape(Role.PRESCRIBER, 0.4, r"\bdr\s?[:=]\s?[a-z]{2,}"),
    Shape(
        Role.PRESCRIBER,
        0.6,
        r"\bdr\.?\s+[^\W\d_].*\b(?:m\.?d|d\.?d\.?s|d\.?v\.?m|d\.?o|mbbs)\b(?!\W*\d{5})",
    ),
    Shape(
        Role.PRESCRIBER,
        0.25,
        r"[a-z]\.?,?\s(?:m\.?d\.?|d\.?o\.?|n\.?p\.?|pa-?c|dds|dmd|dvm|aprn|fnp|arnp"
        r"|mbbs)(?=\s*(?:$|[,;)|]|\d{3}[\-. ]))(?!\W*\d{5})",
    ),
)
