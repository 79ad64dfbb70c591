"""Wordings of health insurance, and the ids that tell themselves by their form."""

from receipts.screening.signs import NUMBER, Role, Shape, Sign

_ID = r"(?=[a-z\-]{0,6}\s?[\d\-]*\d{2})[a-z\d\- ]{4,}"

SIGNS = (
    Sign(
        Role.MEMBER,
        "rxbin|rx bin|rxpcn|rx pcn|rxgrp|rx grp|rx group|rxgroup|rx id no|bin pcn"
        "|bin pcn grp|bin pcn group|issuer 80840|pharmacy benefit|pharmacy benefits",
        bare=0.85,
        value=r"\w",
        valued=0.96,
    ),
    Sign(
        Role.MEMBER,
        "bin|bin no|bin number|bin #|ansi bin|iin",
        bare=0.02,
        value=r"[\do]{6}(?![\d\-])",
        valued=0.7,
        unless=r"storage|garbage|trash|recycl|litter|bread|visa|master|debit|credit"
        r"|approv|auth|\d[.,]\d\d\b",
    ),
    Sign(
        Role.MEMBER,
        "pcn|pcn no|pcn #|processor control",
        bare=0.2,
        value=r"[a-z\d]{2,}",
        valued=0.7,
        unless=r"parking|penalty|charge notice",
    ),
    Sign(
        Role.MEMBER,
        "grp|group|group no|group number|group id|group #|grp no|group name|grp id",
        bare=0.02,
        value=r"(?<![a-z] )" + _ID,
        valued=0.35,
        unless=r"guests?|party|booking|size|restaurant|hotel|sdn|bhd|gmbh|inc\b|dining",
    ),
    Sign(
        Role.MEMBER,
        "member id|member no|subscriber id|subscriber|cardholder id|policy no"
        "|policy number|policy id|policyholder|insured id|insured name|insured"
        "|member number|person code|relationship code|pers code|certificate no"
        "|dependent|subscriber name|insured party|mbr id|cardholder name",
        bare=0.08,
        value=_ID,
        valued=0.3,
        unless=r"club|reward|points|gym|fitness|costco|sam'?s|loyalty|warehouse|plus",
    ),
    Sign(
        Role.MEMBER,
        "insurance id|insurance no|insurance number|insurance member|health plan id"
        "|insurance card|health insurance|medicare id|medicaid id|medicare no"
        "|medicaid no|medicare number|medicaid number|nhs no|nhs number|hicn|mbi"
        "|hospital no|hospital number|krankenversichertennummer|versichertennummer"
        "|versicherten nr|vers nr|versicherten no|kvnr|ik nr|kassen nr|kassennummer"
        "|kostenträger|kostenträgerkennung|gl no|guarantee letter|panel claim"
        "|insurance information|insurance info|primary insurance|secondary insurance"
        "|insurance plan|insurance company|insurance carrier|insurance name"
        "|insurance claim|claim no|claim number|third party|prior auth"
        "|prior authorization|medical aid|exemption certificate|prepayment cert*"
        "|exempt code|eob|explanation of benefits",
        bare=0.35,
        value=_ID,
        valued=0.8,
        unless=r"liability|third party apps?|car insurance|travel insurance|auto ins",
    ),
    Sign(
        Role.INSURER,
        "medicare b|medicare part b|medicare part d|part d plan|express scripts"
        "|cvs caremark|caremark|optumrx|optum rx|medimpact|silverscript"
        "|prime therapeutics|magellan rx|navitus|medicaid|medi cal|tricare"
        "|krankenkasse|gesetzliche krankenversicherung|techniker krankenkasse"
        "|aok bayern|advancerx|student health plan|pharmacy plan",
        bare=0.5,
        value=NUMBER,
        valued=0.7,
    ),
    Sign(
        Role.INSURER,
        "blue cross|blue shield|bcbs|anthem|aetna|cigna|humana|unitedhealthcare"
        "|united healthcare|uhc|kaiser permanente|optum|medicare|part d|wellcare"
        "|molina|centene|ambetter|health net|highmark|emblemhealth|healthfirst"
        "|oscar health|envolve|elixir rx|krankenkassen|krankenversicherung|barmer"
        "|dak gesundheit|aok|ikk|bkk|knappschaft|kkh|hkk|private krankenversicherung"
        "|gkv|pkv|beihilfe|chip plan|medigap|va benefits|workers comp|pmcare|micare"
        "|healthmetrics|great eastern takaful|bupa|axa ppp|vitality health|part b"
        "|medicare advantage|health plan|medical plan",
        bare=0.3,
        value=NUMBER,
        valued=0.6,
        priced=0.45,
    ),
    Sign(
        Role.MEMBER,
        "insurance|ins|plan|payer|payor|carrier|insurer|insurans|takaful|seguro"
        "|versicherung|kasse",
        bare=0.02,
        value=r"(?<=[:=])\s*[a-z]",
        valued=0.2,
        unless=r"kassen?(?:bon|beleg|zettel|quittung)|kasse\W*\d|floor plan|phone plan",
    ),
)

# A plan or insurer and the member's id on one line.
_PLAN = (
    r"\b(?:(?:vision|dental|eye|medical|health|drug|rx|prescription)\W{0,2}"
    r"(?:plan|ins|insurance|benefits?|coverage|cov|care plan)|ppo|hmo|epo|eyemed|vsp"
    r"|(?:davis|superior) vision|spectera|delta dental|cigna|aetna"
    r"|humana|anthem|united\s?healthcare|uhc|blue (?:cross|shield)|bcbs)\b"
)
_OTHERS_ID = (
    r"(?:term|merch|store|trans|cash|batch|tax|vat|order|npi|dea|user|employ|staff"
    r"|provider|payer|session|device)"
)

SHAPES = (
    Shape(
        Role.MEMBER,
        0.75,
        rf"{_PLAN}(?:(?!\b{_OTHERS_ID}).){{0,40}}?\b(?:id|mbr|member|subscriber|policy)"
        r"(?:\s?(?:id|no|num|number))?\b[\s:#.]{0,4}(?=[a-z\d\-]*\d{3})"
        r"[a-z]{0,4}[\- ]?\d[\da-z\- ]{4,}",
    ),
    # Medicare's numbers (CMS, since 2018): letters without S, L, O, I, B and Z.
    Shape(
        Role.MEMBER,
        0.6,
        r"(?<![\w\-])[1-9][ac-hj-kmnp-rt-y][\dac-hj-kmnp-rt-y]\d-?[ac-hj-kmnp-rt-y]"
        r"[\dac-hj-kmnp-rt-y]\d-?[ac-hj-kmnp-rt-y]{2}\d\d(?![\w\-])",
    ),
)
