"""Wordings of eyes and ears: what an optician measured and made."""

from receipts.screening.signs import Role, Shape, Sign

SIGNS = (
    Sign(
        Role.INSURER,
        "eyemed|vsp|davis vision|spectera|superior vision|vision plan|vision insurance"
        "|vision benefits|delta dental|dental plan",
        bare=0.3,
        priced=0.5,
    ),
    Sign(
        Role.SERVICE,
        "pupillary distance|pupil distance|segment height|seg height|fitting height"
        "|spectacle prescription|spectacles prescription|eyeglass prescription"
        "|eyeglasses prescription|glasses prescription|lens prescription"
        "|contact lens prescription|rx lenses|prescription lenses|prescription glasses"
        "|prescription sunglasses|progressive lenses|progressive lens|progressives"
        "|single vision|bifocal|bifocals|trifocal|varifocal|varifocals"
        "|distance vision|near vision|reading addition|near addition|visual acuity"
        "|intraocular pressure|retinal imaging|retinal photo|oct scan|dilation"
        "|refraction|retinoscopy|tonometry|contact lens fit|kontaktlinsenanpassung"
        "|brillenglas|brillengläser|gleitsicht|gleitsichtglas|gleitsichtgläser"
        "|sehstärke|sehtest|augenprüfung|refraktion|pupillendistanz|hörgerät|hörgeräte"
        "|hearing aid|hearing aids|audiogram|ohrpassstück|kanta lekap|cermin mata"
        "|pemeriksaan mata|ujian mata|optometrist|optometry|ophthalmologist"
        "|ophthalmology|augenarzt|dispensing optician|lens order"
        "|lens type|lens power|lens material|eye health",
        bare=0.45,
        priced=0.7,
        unless=r"sol(?:n|ution)|cleaner|cleaning|case\b|cloth|wipe|saline|camera|canon|nikon",
    ),
    Sign(
        Role.SERVICE,
        "sphere|sph|cylinder|cyl|axis|prism|od|os|ou|right eye|left eye|r eye|l eye"
        "|both eyes|rechts|links|zyl|zylinder|achse|base curve|bc|dia|pwr|mono pd|pd",
        bare=0.06,
        value=r"[+\-−–]?\s?\d{1,3}(?:[.,]\d{1,2})?\b",
        valued=0.2,
    ),
)
_POWER = r"[+\-−–±]\s?\d{1,2}[.,](?:00|12|25|37|50|62|75|87)"
SHAPES = (
    # A lens's powers are told in quarters, with their sign: two of them on a line, or
    # one with its axis (ISO 8429: 0 to 180 degrees).
    Shape(Role.CODE, 0.75, rf"{_POWER}(?!\d).{{0,24}}?{_POWER}(?!\d)"),
    Shape(
        Role.CODE,
        0.75,
        rf"{_POWER}(?!\d)\s?(?:x|×|axis|ax|@|achse|a)\s?(?:1?[0-7]?\d|180)(?!\d)",
    ),
    Shape(
        Role.CODE,
        0.6,
        r"\b(?:sph|cyl|axis|zyl|add)\b.{0,12}\b(?:cyl|axis|zyl|achse|add)\b",
    ),
)
