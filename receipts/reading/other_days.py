"""Words that say of a day on the paper that it isn't that of the purchase."""

import re

# What says that the day before or behind it isn't that of the purchase.
_OTHER_DAY = re.compile(
    r"(?<![a-z])(?:exp(?:s|ir\w*|iry)?\b|valid(?!at)|until\b|(?<!drive[\s\-])thru\b"
    r"|(?<!drive[\s\-])through\b|good\s(?:on|til|from)|returns?\b|returned\b|refunds?\b"
    r"|exchanges?\b|(?<!amount\s)(?<!total\s)(?<!balance\s)(?<!change\s)due\b|birth"
    r"|birthday|dob\b|d\.o\.b|born\b|best\s(?:before|by|if)|use\sby|sell\sby|packed\b"
    r"|eff(?:ective|\.)|since\b|seit\b|depuis\b"
    r"|desde\b|gültig|gueltig|bis\b|ablauf|verf[aä]llt|läuft|geb\b|geburt|geboren|mhd\b"
    r"|haltbar|einlösbar|umtausch|rückgabe|garantie|valable|jusqu|expire|périme|retour"
    r"|échange|naissance|caduca|válid[oa]|hasta\b|nacimiento|vence|devoluci"
    r"|survey|offers?\b|coupons?\b|promo(?:s|tions?)?\b|redeem|gutschein|before\b|ends?\b"
    r"|ending\b|starts?\b|starting\b|begin\w*|version|ver\b(?!:?\s?[a-z])|rev\b|release|firmware|ship(?:s"
    r"|ped|ping)?\b|estimated|expected|copyright|\(c\)|©|warranty|license|licen[cs]e"
    r"|permit|joined|registered|period|as\sof\b|mfg\b|manufactured\b"
    r"|refill\w*|discard\w*|deadline|tamat|sah\ssehingga"
    # "Prices in EUR" and "Prices include tax" say nothing of a day.
    r"|prices\b(?!\s(?:in|are)))",
    re.IGNORECASE,
)
# The day on which something else is to happen or has happened. Such a day has a time
# beside it as often as the purchase has.
_ARRANGED = re.compile(
    r"(?<![a-z])(?:pick(?:ed)?[\s\-]?up\b|ready\b|(?:re)?scheduled?\b|events?\b"
    r"|show\s?(?:time|date)s?\b|performance\b|screening\b|doors\b|next\b|appointments?\b"
    r"|(?:last|previous|prior)\s(?:visit|purchase|order|payment|update)\w*"
    # A till may be the checkout; a guest checks out.
    r"|check(?:ed)?[\s\-]?in\b|(?<!self[\s\-])check(?:ed)?[\s\-]out\b(?!\s?(?:lane|#|\d))"
    r"|check\s?in/out|stay\b|statements?\b|reserv(?:ed|ations?)\b|book(?:ed|ing)\sfor"
    r"|appt\b|flights?\b|boarding\b|admit\b|available\b|join\sus\b|open\shouse\b"
    r"|(?:will\sbe|we\sare|we[’']re)\sclosed\b"
    r"|rentals?\b|rented\b|deliver\w*|arriv\w*|departure\b"
    r"|abhol\w*|termine?\b|kontoauszug|veranstaltung|vorstellung|anreise|abreise"
    r"|reservierung|miet(?:e|beginn|ende|zeit\w*)\b|letzter\s(?:besuch|einkauf)"
    r"|nächste\w*|liefer\w*|fällig"
    r"|rendez-?vous|rdv\b|retrait\b|enlèvement|prêt\b|séance|spectacle|[ée]v[ée]nement"
    r"|arrivée|départ\b|réservation|relevé|prochaine?\b|dernière\svisite|livraison"
    r"|cita\b|recogida|retiro\b|listo\b|evento\b|función\b|reserva\b|alquiler"
    r"|estado\sde\scuenta|extracto|próxim[oa]\b|última\svisita|entrega|llegada"
    r"|temujanji|penghantaran)",
    re.IGNORECASE,
)
# Of the line of a day only: above one, it says that the whole paper is a copy.
_REPRINTED = re.compile(
    r"(?<![a-z])(?:re-?print(?:ed)?\b|nachdruck|réimp\w*|reimpr\w*|cetak\s?semula)",
    re.IGNORECASE,
)
# After a word of another day, one of these speaks of the purchase again.
_PURCHASE_WORD = re.compile(
    r"(?<![a-z])(?:(?:biz|business|order|sale|trans(?:action)?|purchase|invoice|receipt"
    r"|kauf|beleg|rechnungs|bestell)[\s.\-/]?(?:date|datum)|placed\son|ordered\b"
    r"|purchased\b|bought\b|paid\b|sold\b|commande\sdu|bestellt\sam|bestellung\svom"
    r"|rechnung\svom|pedido\sel)(?![a-z])",
    re.IGNORECASE,
)
# On its line, wherever: what is said there is of a return, a survey, an opening.
_ANYWHERE = re.compile(
    r"thru|through|return|valid|expir|until|exchange|between|before|within|open|visit"
    r"|survey|effective|policy|g[uü]ltig|bis zum|jusqu|hasta|earned|birth|version",
    re.IGNORECASE,
)
_BY = re.compile(r"(?<!served\s)\bby\s?:?\s{0,2}$", re.IGNORECASE)


def speaks_of_other_day(text: str) -> bool:
    """Whether the words before a day, or alone above it, are not the purchase's."""
    ends = [
        found.end()
        for pattern in (_OTHER_DAY, _ARRANGED, _REPRINTED, _BY)
        for found in pattern.finditer(text)
    ]
    return bool(ends) and not _PURCHASE_WORD.search(text, max(ends))


def is_about_other_days(line: str) -> bool:
    """Whether the days of a whole line, before and behind its words, are others."""
    return bool(_ANYWHERE.search(line))


def speaks_of_arrangement(text: str) -> bool:
    """Whether a label such as "Pick-up:" announces the day of something else."""
    return bool(_ARRANGED.search(text))


def begins_with_arrangement(text: str) -> bool:
    """Whether the words right behind a day and time are such a label."""
    return bool(_ARRANGED.match(text) or _REPRINTED.match(text))
