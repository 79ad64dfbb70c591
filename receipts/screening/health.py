"""Wordings of health services: a vaccination, a visit to a doctor, what it found."""

import re
from collections.abc import Iterable

from receipts.screening.signs import Role, Shape, Sign

_FUN = (
    r"strips?\b|\bkit\b|meter\b|monitor|at.home|gloves|\d\s?ct\b|\bcar\b|\bauto\b"
    r"|vehicle|engine|tire|fuel|brake|phone|laptop|computer|watch|hair|nail|salon"
    r"|\bpc\b|tax|legal|design|\bbar\b|menu"
)

SIGNS = (
    Sign(
        Role.SERVICE,
        "vacc|flu vacc|vacc flu|vac flu|covid vacc|vacc covid|vac covid|imm flu"
        "|vaccine|vaccines|vaccination|vaccinations|immunization|immunizations"
        "|immunisation|immunisations|flu shot|flu shots|flu vaccine|flu vac|flu jab"
        "|covid vaccine|covid vac|vaccine admin|vaccine administration"
        "|immunization admin|imm admin|impfung|schutzimpfung|grippeimpfung|impfstoff"
        "|vaksin|vaksinasi|suntikan vaksin|tdap|shingrix|zostavax|prevnar|pneumovax"
        "|gardasil|fluzone|flublok|fluarix|afluria|flucelvax|comirnaty|spikevax"
        "|havrix|twinrix|boostrix|hepatitis b|hepatitis a|vacuna|influenza vac"
        "|travel vaccination|travel clinic|booster shot|covid booster|typhim|typhim vi"
        "|vivotif|ixiaro|rabipur|rabavert|imovax|verorab|stamaril|yf vax|bexsero"
        "|trumenba|menveo|menquadfi|menactra|penbraya|penmenvy|nimenrix|vaxneuvance"
        "|capvaxive|prevenar|arexvy|abrysvo|mresvia|heplisav|engerix|recombivax|vaqta"
        "|pediarix|pentacel|vaxelis|kinrix|quadracel|proquad|varivax|rotateq|rotarix"
        "|daptacel|infanrix|adacel|repevax|tenivac|tdvax|fluad|flumist|fluenz"
        "|influvac|vaxigrip|efluelda|encepur|fsme immun|fsme impfung|cervarix|dukoral"
        "|vaxchora|jynneos|nuvaxovid|mnexspike|coronavac|ixchiq|vimkunya|qdenga"
        "|revaxis|covaxis|synflorix|hexyon|priorix|typhoid vaccine|rabies vaccine",
        bare=0.5,
        priced=0.88,
    ),
    Sign(
        Role.SERVICE,
        "b12 injection|vitamin injection|a1c test|skin test|blutdruckmessung"
        "|blutzuckermessung|cholesterinmessung|corona test|covid test swab"
        "|office visit|clinic visit|minuteclinic|minute clinic|urgent care"
        "|walk in clinic|doctor visit|doctors visit|physician visit|new patient visit"
        "|established patient|follow up visit|medical consultation"
        "|doctor consultation|doctors consultation|consultation fee"
        "|specialist consultation|gp consultation|emergency room|emergency dept"
        "|er visit|telehealth visit|telehealth|virtual visit|wellness visit"
        "|physical exam|physical examination|annual physical|medical exam"
        "|medical examination|medical check up|medical checkup|health screening"
        "|blood test|blood tests|blood work|lab services|laboratory services|lab test"
        "|lab tests|lab work|laboratory test|urinalysis|ultrasound|mammogram|x ray"
        "|xray|mri scan|ct scan|radiology|ecg|ekg|spirometry|biopsy|colonoscopy"
        "|pap smear|cholesterol test|glucose test|strep test|rapid strep|flu test"
        "|covid test pcr|pcr test|hiv test|std test|sti test|pregnancy test lab"
        "|blood glucose screening|dental exam|dental cleaning|oral exam|prophylaxis"
        "|root canal|tooth extraction|scaling and polishing|dental filling"
        "|composite filling|dental crown|bitewing|periodontal|orthodontic"
        "|dental x ray|eye exam|eye test|eye examination|sight test"
        "|contact lens fitting|contact lens exam|hearing test|audiology"
        "|physical therapy|physiotherapy|physiotherapie|occupational therapy"
        "|speech therapy|psychotherapy|psychotherapie|chiropractic adjustment"
        "|spinal manipulation|acupuncture treatment|wound dressing|wound care"
        "|nebulizer treatment|nebuliser|nebulization|iv drip|iv infusion"
        "|injection fee|injection admin|therapeutic injection|medical certificate"
        "|sijil cuti sakit|yuran konsultasi|konsultasi doktor|yuran rawatan|rawatan"
        "|bil perubatan|pemeriksaan kesihatan|ujian darah|klinik panel|ward charges"
        "|room and board|professional fee|doctor fee|doctors fee|surgical fee"
        "|anesthesia|anaesthesia|hospital charges|admission fee|ärztliche leistung"
        "|ärztliche leistungen|behandlungskosten|praxisgebühr|zahnreinigung"
        "|blutabnahme|laborkosten|untersuchung|igel leistung"
        "|gebührenordnung für ärzte|röntgen|heilbehandlung|vet exam"
        "|veterinary exam|spay|neuter|medication therapy management|medication review"
        "|blood pressure check|dot physical|sports physical|school physical|tb test"
        "|travel consultation|psychiatric evaluation|psychiatric diagnostic"
        "|psychiatric interview|psychiatric visit|psychological evaluation"
        "|psychological testing|psychological assessment|urine pregnancy|urine hcg"
        "|urine drug screen|krankengymnastik|manuelle therapie|lymphdrainage"
        "|ergotherapie|logopädie|logopädische|heilmittel rezept",
        bare=0.5,
        priced=0.88,
        unless=_FUN,
    ),
    # Sold to take home as well.
    Sign(
        Role.SERVICE,
        "antigen test|rapid antigen|covid flu antigen|covid flu test|covid test"
        "|flu a b|pregnancy test|lenses",
        bare=0.04,
        priced=0.12,
        unless=_FUN + r"|\bhome\b|\bself\b|\d\s?pk\b|wipes|clean|camera",
    ),
    Sign(
        Role.SERVICE,
        "consultation|konsultasi",
        bare=0.08,
        priced=0.25,
        unless=_FUN,
    ),
    Sign(
        Role.SERVICE,
        "consult|examination|exam|treatment|behandlung"
        "|injection|suntikan|dressing|extraction|filling|crown|cleaning|scaling"
        "|checkup|check up|screening|therapy|procedure|surgery|visit|laboratory"
        "|lab fee|lab|clinic|klinik|sprechstunde|beratung|massage|immunity|booster"
        "|procedures|services rendered|admin fee|administration fee|nurse|nursing"
        "|diagnostic",
        bare=0.04,
        priced=0.12,
        unless=_FUN,
    ),
    Sign(
        Role.CODE,
        "icd|icd 10|icd10|icd code|diagnosis|diagnoses|diagnose|diagnosis code|dx code"
        "|diagnosa|diagnóstico|dx",
        bare=0.5,
        value=r"[a-z]\d[\da-z](?:\.\d{1,4})?\b",
        valued=0.95,
        unless=r"\bdx\d|engine|vehicle|\bcar\b|computer|print",
    ),
    Sign(
        Role.CODE,
        "cpt|cpt code|hcpcs|procedure code|proc code|ada code|revenue code",
        bare=0.4,
        value=r"[a-z]?\d{4,5}\b",
        valued=0.93,
    ),
    Sign(
        Role.ACCOUNT,
        "fsa rx|hsa rx|fsa hsa rx|hsa fsa rx|rx fsa|rx hsa|fsa prescription"
        "|hsa prescription|healthcare rx|health care rx|iias rx|eligible rx"
        "|fsa eligible rx|prescription fsa|rx eligible|rx healthcare"
        "|qualified prescription|fsa rx total|hsa fsa eligible rx|fsa hsa eligible rx"
        "|hsa eligible rx|healthcare prescription|fsa prescription total"
        "|fsa hsa prescription|hsa fsa prescription",
        bare=0.8,
        priced=0.92,
    ),
    Sign(
        Role.ACCOUNT,
        "fsa|hsa|fsa eligible|hsa eligible|fsa hsa|hsa fsa|iias|flexible spending"
        "|health savings account|healthcare total|health care total|hra card"
        "|fsa total|hsa total|flex card|fsa hsa eligible|healthcare amount",
        bare=0.1,
        priced=0.12,
    ),
)

SHAPES = (
    # Giving a vaccine (CPT 90460 to 90474; Medicare's G0008 to G0010).
    Shape(
        Role.SERVICE,
        0.6,
        r"\b(?:inj(?:ection)?s?|imm(?:un(?:ization)?)?s?|vacc?(?:ine)?s?|vax|shots?)\b"
        r"[\s\-./]{1,2}(?:admin|adm\b)",
    ),
    Shape(
        Role.CODE,
        0.3,
        r"(?<![\d.\-#])(?:904(?:6[01]|7[1-4])|g00(?:08|09|10))(?![\d.,\-])",
    ),
    # A test that somebody did, or what came of it.
    Shape(
        Role.SERVICE,
        0.6,
        r"\btest\b.{0,20}\b(?:admin(?:istration)?|performed|negative|positive)\b",
    ),
    # ICD-10 with its point, and codes of visits (CPT 99202 to 99499).
    Shape(Role.CODE, 0.15, r"\b[a-tv-z]\d[\da-b]\.\d[\da-z]{0,3}\b"),
    Shape(Role.CODE, 0.2, r"(?<![\d.\-#])99[234]\d\d(?![\d.,\-])"),
)

_PLACE = re.compile(
    r"counsell?ing cent(?:er|re)|psycholog|therapy cent(?:er|re)|facharzt|hausarzt"
    r"|\bdr\.? med\b|\bclinics?\b|\bklinik\b|poliklinik|\bhospital\b"
    r"|medical (?:cent(?:er|re)|group|practice)|\bdental\b|dentist|urgent care"
    r"|family (?:practice|medicine|physicians)|health cent(?:er|re)|arztpraxis"
    r"|zahnarzt|krankenhaus|\bpraxis\b|gemeinschaftspraxis|optometr|veterinary"
    r"|minuteclinic|physiotherap|chiropract|dermatolog|pediatric|paediatric"
    r"|orthop(?:a?edic|ä)|radiolog|imaging cent|laborator(?:y|ies)\b|diagnostics\b"
    r"|surgery\b|pergigian|internal medicine|cardiolog|obstetric|gyn[aä]?e?colog"
    r"|psychiatr|oncolog|endodont|orthodont|physicians|\beye ?care\b|\bopticians?\b"
    r"|vision cent(?:er|re)|\bvision clinic|augenoptik|\boptik\b|hearing cent(?:er|re)"
    r"|hörakustik|hörgeräte"
)
# Addresses beside a hospital, and those who mend other things than people.
_NO_PLACE = re.compile(
    r"\b(?:jalan|jln|lorong)\b|\d.*\b(?:road|rd|street|st|lane|drive|ave|avenue|way"
    r"|blvd)\b|\b(?:near|opp|opposite|behind|beside)\b|\bgift|cafeteria|parking|garage|parkhaus|valet"
    r"|\bbar\b|grill|burger|restaurant|\bpub\b|computer|phone|laptop|\bcar\b|\bauto\b"
    r"|shoe|watch|hair|tool|plant|bike|skin ?care|supply|supplies|\bcafe"
)


def is_place(header: Iterable[str]) -> bool:
    """Whether a shop, by the lower-case lines of its header, treats people."""
    return any(_PLACE.search(line) and not _NO_PLACE.search(line) for line in header)
