"""Whether a text is that of a refund, a void, a declined payment or of no receipt.

Such papers carry a shop, a day and a total like any receipt, so only their words tell
them. The same words stand in what a good receipt says of returning goods (“no refund
without receipt”) and on lines that take one item back: so a line counts only where it
says little else, and one word alone only outside of the items and of such sentences.
"""

import re
from collections.abc import Sequence

from receipts.reading.labels import Label, plain
from receipts.reading.result import Reason
from receipts.reading.rows import Labeled, without_amounts

NOT_A_PURCHASE = Reason(
    "not_a_purchase", "It seems to be a refund, a void or no receipt at all."
)

# A line that is longer, without its spaces, is a sentence.
LONGEST = 60
# What a paper calls itself, what it was paid with, and words without weight.
_PAPER = (
    r"(?:transaction|trans|txn|sale|receipt|check|bill|order|payment|invoice|slip"
    r"|purchase|ticket)"
)
_MEANS = r"(?:card|visa|mastercard|amex|debit|credit|merchandise|customer)"
_FILLED = r"(?:the|this|your|is|was|has|been|entire|post|status|type|response)"
_TAKEN_BACK = r"(?:void(?:ed)?|cancell?ed|suspended|aborted)"
_REFUSED = r"(?:declined|notapproved|notauthori[sz]ed|denied|rejected|failed)"
# Whole lines, without spaces, marks and numbers, since readers glue and split words.
_LINES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_FILLED}*{_PAPER}+{_FILLED}*{_TAKEN_BACK}",
        rf"{_FILLED}*{_TAKEN_BACK}{_PAPER}+",
        rf"(?:{_PAPER}|{_MEANS}|{_FILLED})*{_REFUSED}(?:{_PAPER}|{_MEANS}|donothonou?r"
        r"|code|insufficientfunds|(?:please)?(?:call|contact)(?:issuer|bank|center)"
        r"|(?:please)?tryagain)*",
        rf"{_FILLED}*a?n?(?:sales|price)?(?:quote|quotation|estimate)"
        r"(?:only|number|no|date)*",
        rf"{_FILLED}*a?proforma(?:invoice|rechnung|receipt)?(?:only|no)*",
        rf"(?:in)?training(?:mode|{_PAPER})(?:on)?",
        rf"{_FILLED}*(?:return|refund)(?:ed)?(?:{_PAPER}|voucher|approved|issued)",
        rf"{_FILLED}*(?:{_PAPER}|{_MEANS})+(?:type)?(?:return|refund)(?:ed)?",
        r"creditnote(?:no)?|creditmemo",
        r"(?:bon|gesamt|beleg|kauf|vorgang)?storno(?:bon|beleg|rechnung|quittung)"
        r"|(?:bon|gesamt)storno|(?:bon|beleg|vorgang|kauf|rechnung)storniert",
        r"retouren?(?:bon|beleg|schein|quittung)|retoure"
        r"|warenrue?ckgabe|rue?ckgabe(?:bon|beleg)",
        r"(?:trainings|ue?bungs|schulungs|test)(?:bon|beleg|modus|kasse)",
        r"(?:ec)?(?:zahlung|karte|kartenzahlung|vorgang|transaktion)"
        r"(?:nicht(?:moglich|erfolgt|genehmigt|erfolgreich)|abgelehnt|abgebrochen)"
        r"|(?:bon|vorgangs?|zahlungs?)abbruch",
        r"kein(?:kassen)?(?:bon|beleg)|kostenvoranschlag",
        r"(?:recibode)?devolucion|(?:ticket|venta|operacion)anulad[ao]"
        r"|(?:pago|operacion|tarjeta)(?:denegad|rechazad)[ao]|presupuesto",
        r"(?:ticket|bon)?(?:de)?remboursement|(?:ticket|vente|transaction)annulee?"
        r"|(?:paiement|carte|transaction)refusee?|devis",
    )
)
_NO_RECEIPT = re.compile(r"notan?(?:valid|official|sales|final|fiscal)?receipt")
# One word alone, as the card machine's kind of payment or a till's stamp.
_ALONE = re.compile(
    r"void(?:ed)?|cancell?ed|training|storno|storniert|abgelehnt|refund|return"
    r"|rue?ckgabe|gutschrift|erstattung|anulad[ao]|annulee?"
)
# Words of the sentences on how goods may be returned, of which a line may be the end.
_POLICY = re.compile(
    r"\b(?:no|not|non|any|exchanges?|policy|within|days|if|minimum|returnable|returns?"
    r"|refunds?|goods|receipt|where|for|or|umtausch|bei|nur|keine?)\b"
)
_SENTENCE = re.compile(r"\b(?:no|not|non|policy|within|days|if|minimum|under|over)\b")
# How many words a line has at most that says what was paid back.
MOST_WORDS = 6
_BACK = re.compile(r"refund|return|erstatt|rue?ckzahlung|retoure")
_PAID_BACK = re.compile(
    r"(?:amount|amt|total|cash)?refund(?:ed)?(?:amount|amt|total|due|cash)?"
    r"(?:to)?(?:card|visa|mastercard|customer)?"
    r"|(?:amount|amt)?returnedto(?:card|customer)|erstattung(?:bar)?|rue?ckzahlung"
)


def no_purchase_reasons(rows: Sequence[Labeled]) -> tuple[Reason, ...]:
    """The reason for a person where the lines aren't those of a purchase."""
    words = [plain(row.text) for row in rows]
    found = any(
        pays_back(row)
        or is_named_otherwise(text)
        or (_ALONE.fullmatch(bare(text)) and is_stamp(place, rows, words))
        for place, (row, text) in enumerate(zip(rows, words, strict=True))
    )
    return (NOT_A_PURCHASE,) if found else ()


def bare(text: str) -> str:
    """A line's letters."""
    return re.sub(r"[^a-z]", "", text)


def pays_back(row: Labeled) -> bool:
    """Whether a total is negative, or what is paid goes to the customer."""
    if not row.value:
        return False
    words = plain(without_amounts(row.text, row.amounts))
    # A sum of what is taxed at one rate is that of a part, which may be negative.
    if row.label == Label.TOTAL and row.value < 0 and "%" not in words:
        return True
    if len(words.split()) > MOST_WORDS or _SENTENCE.search(words):
        return False
    if row.label in (Label.TOTAL, Label.CARD) and _BACK.search(bare(words)):
        return True
    return _PAID_BACK.fullmatch(bare(words)) is not None


def is_named_otherwise(text: str) -> bool:
    """Whether a line calls the paper something else than a receipt, or says that
    nothing was paid."""
    letters = bare(text)
    if len(letters) > LONGEST:
        return False
    if _NO_RECEIPT.search(letters):
        return True
    return any(pattern.fullmatch(letters) for pattern in _LINES)


def is_stamp(place: int, rows: Sequence[Labeled], words: Sequence[str]) -> bool:
    """Whether a word alone is said of the whole paper: not of an item, nor the end
    of a sentence."""
    if re.search(r"\d", words[place]):
        return False
    near = words[max(place - 1, 0) : place] + words[place + 1 : place + 2]
    if any(_POLICY.search(text) for text in near):
        return False
    sums = [row.number for row in rows if row.amounts]
    totals = [n for n in sums if rows[n].label == Label.TOTAL]
    # "Return" before an amount is the change.
    is_change = words[place].startswith("return") and place + 1 in sums
    is_above = bool(sums) and place < sums[0]
    is_below = bool(totals) and place > totals[0]
    return (is_above or is_below) and not is_change
