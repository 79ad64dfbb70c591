"""What a line of a receipt says of its amount: total, tax, cash, change, ..."""

import re
import unicodedata
from enum import StrEnum

from rapidfuzz import fuzz, process


class Label(StrEnum):
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    TAX = "tax"
    TIP = "tip"
    SUGGESTION = "suggestion"  # suggested tips: never paid
    CASH = "cash"
    CARD = "card"
    CHANGE = "change"
    DISCOUNT = "discount"
    SAVINGS = "savings"  # already in the prices
    ROUNDING = "rounding"
    COUNT = "count"
    TABLE = "table"  # a row of a table of tax rates
    OTHER = "other"  # points, balances of cards, ...


def plain(text: str) -> str:
    """Lower case without accents, in ASCII; anything but letters and digits a space."""
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9%]+", " ", text).strip()


# Tried in this order on the text with its spaces taken out: readers glue and split.
_RULES: tuple[tuple[Label, re.Pattern], ...] = tuple(
    (label, re.compile(pattern))
    for label, pattern in (
        (
            Label.SUBTOTAL,
            # "Total 6% supplies": what was sold at one rate.
            r"t[o0]ta[l1i]\w*exc|excl?(?:uding)?(?:of)?(?:gst|tax|sst|vat)"
            r"|t[o0]t\w{1,2}\d{1,2}%(?=supplies|sales|goods|items)",
        ),
        (
            Label.TOTAL,
            r"t[o0]ta[l1i]\w*(?:[i1l]nc|ink|ind(?=gst|\d))(?!\w*(?:qty|item))",
        ),
        (
            Label.SUGGESTION,
            r"suggest|gratuityguide|tipguide|recommend"
            r"|^(?:1\d|2\d|30)%?(?:tip|is|of|=)*(?:1\d|2\d|30)?%?$"
            r"|^(?:1[58]|20|22|25)%(?!.*(?:tax|gst|vat|mwst|off|tip|serv|grat))",
        ),
        (
            Label.COUNT,
            r"(?:total|no|number|#)(?:of)?(?:item|qty|quantity|pcs|units|pieces|count)"
            r"|items?(?:sold|count|total)$|^(?:item|qty)s?count|totalqty|numberofitems"
            r"|^guests?|covers?$",
        ),
        (
            Label.SAVINGS,
            r"yousaved?|savings?|totalsaved|siesparen|gespart|ersparnis|youcouldhave"
            r"|rewardsearned|economia|vousavez",
        ),
        (
            Label.ROUNDING,
            r"^(?:total)?round(?:ing|off)?(?:adj.*|diff.*|amt|amount)?$|roundingadj"
            r"|^rnd|pembulatan|^rounding$|roundingadjustment|^rundung",
        ),
        (
            Label.CHANGE,
            r"chan?ge(?:due|given|back)?|^changr|^chng|ruckgeld|zuruck|^baki(?!n)|rendu|cambio|vuelto|monnaie"
            r"|^chg$|baldueback|wechselgeld|resto$",
        ),
        (
            Label.OTHER,
            r"points?|loyalty|reward|gutschein|cardbal|accountbal|remainingbal|availablebal"
            r"|giftcardbal|beginningbal|newbalance|pfand(?!artikel)"
            r"|authori[sz](?!eda)|approval|payback|bonus|deposit|ledger|previousbal",
        ),
        (
            Label.SUBTOTAL,
            r"sub(?:to|tt|t|-)?[o0]?ta[l1i]|subt[o0]t|^sub$|subtt?[l1i]|^subt$|zwischensumme|zwisumme|zwsumme|soustotal|nettotal$"
            r"|totalexcl|excl(?:uding)?(?:gst|tax|sst|\d%)|beforetax|totalbefore|pretax|taxable"
            r"|foodtotal|netsales?$|^netto?$|nettowert|nettoumsatz|totalht|base(?:imponible)?$|merchandisetotal|goodstotal"
            r"|(?:food|beverage|bev|bar|drinks?|liquor|beer|wine|item|line)s?(?:sub)?total$"
            r"|totalsales?\(?excl|amountexcl|salesexcl",
        ),
        (
            Label.TAX,
            r"^(?:t?otal|sales|state|local|city|county|food|liquor|meals?|bev|beverage|add|incl|inc|net|est|sale)*(?:tax|taxes|tx)\d?"
            r"(?!i?n?v)(?!excl|inclusive)(?:total|amount|amt|due|\d|%|rate|on|:|a|b)*|totalgst|^gst(?!reg|no|id|sum)|gst@|^\d%gst"
            r"|gst\d?%?$|gst(?:amount|amt|payable|\d)|^sst\d?%?|^vat(?!reg|no)|mwst|^ust(?!id)|^tva|^iva|salestax|hst|pst$|steuer|taxamt"
            r"|^tax|servicetax|taxtotal|^txt[l1i]",
        ),
        (
            Label.TIP,
            r"^(?:add|cc|less|plus|charge|charged|\d\d%?)*tips?(?:amount|amt|\d\d%)?$|gratuity|^trinkgeld|^propina|pourboire"
            r"|^autograt|^grat$|svc?charge|servicec?harge|servchg|^svc|^service$|serviceamt",
        ),
        (
            Label.DISCOUNT,
            r"discount|^disc(?!over)|coupon|rabatt|nachlass|remise|descuento|voucher|promo|lessoff"
            r"|instantsav|markdown|%off|^offer",
        ),
        (
            Label.TOTAL,
            r"grandtotal|gr(?:an)?dtot|totaldue|amountdue|amtdue|balancedue|balance(?:topay)?$|^baldue|^due$|^totd?ue"
            r"|total(?:after|incl|rounded|round|amount|amt|sales?|payable|price|bill|charge|cost|purchase|payment|paid|value|order|eur|euro|usd|rm|myr|ttc|inkl|apagar|general|net|nett|\$|cad|with|w)"
            r"|(?:nett?|check|order|bill|invoice|your|final|sale|sales|guest|net|rounded|round|purchase|transaction|trans|the|ticket|today)total"
            r"|roundedtotal|zuzahlen|zahlbetrag|^summe(?!r)|gesamt|^betrag|endbetrag|importetotal|totalapagar|montant|apayer|netapayer"
            r"|jumlah|amountpayable|payable|^to?pay$|tobepaid|pleasepay|paythis|youpay|amounttopay|totaltopay"
            r"|(?:^|[^b])t[o0]ta[l1i]{1,2}$|^t[o0]ta[l1i]|^ttl|^tot[l1]?$|^tota$|[^b]total[a-z]?$",
        ),
        (
            Label.CASH,
            r"^cash(?!ier|back|ew)|tender(?:ed)?(?!s|loin)|^amountpaid|^paid(?:amount|amt)?|^bar$|^bargeld|gegeben|barzahlung"
            r"|efectivo|especes|tunai|payment(?!t)|^pay(?:ment)?$|amountrec|received|^recd|cashpaid|zahlung",
        ),
        (
            Label.CARD,
            r"visa|master ?card|^mc\b|amex|americanexp|discover|debit|credit|^card|eccash|girocard|eckarte|kartenzahlung"
            r"|^karte|^ec$|maestro|applepay|googlepay|paypal|interac|bankcard|chargeamount|^charged?$|^auth(?:orized)?am(?:oun)?t|approvedam(?:oun)?t|eftpos|^eft|vpay|(?<!ala)carte"
            r"|purchaseamount|^purchase$|^sale$|^amount$|^amt$|saleamount|baseamount|^xx+\d{4}|contactless|epayment|touchngo|kreditkarte",
        ),
    )
)
# Spelled nearly like "total": a reader lost or changed a letter.
_NEAR_TOTAL = re.compile(r"[a-z0-9]{4,7}")
# Longer wordings that a reader may have changed one letter in six of.
_PHRASES = {
    glued: label
    for label, phrases in (
        (
            Label.TOTAL,
            "grandtotal totaldue amountdue balancedue totalpayable totalamount amountpayable"
            " totalamtpayable nettotal totalsales amounttobepaid invoicetotal totalinclgst"
            " totalsalesinclusivegst gesamtbetrag zuzahlen totalapagar",
        ),
        (Label.SUBTOTAL, "subtotal zwischensumme taxablesubtotal netamount"),
        (Label.CHANGE, "changedue wechselgeld ruckgeld cashchange"),
        (Label.CASH, "cashtendered cashreceived amounttendered amountpaid cashpaid"),
        (Label.CARD, "mastercard americanexpress creditcard debitcard"),
        (Label.ROUNDING, "roundingadjustment roundingadj rounding"),
        (Label.TAX, "salestax totaltax statetax gstamount"),
        (Label.TIP, "servicecharge gratuity"),
        (Label.DISCOUNT, "discount"),
    )
    for glued in phrases.split()
}


# Beyond this no till's line goes on; searching for a label takes the square of it.
LONGEST = 200


def label_of(text: str) -> Label | None:
    """The label of a line's text before its amount; None for any other text."""
    spaced = plain(text[:LONGEST])
    glued = spaced.replace(" ", "")
    if not glued:
        return None
    for label, pattern in _RULES:
        if pattern.search(glued):
            return label
    words = spaced.split()
    if len(words) <= 2:
        for word in words:
            if _NEAR_TOTAL.fullmatch(word) and fuzz.ratio(word, "total") >= 80:
                return Label.TOTAL
            if 6 <= len(word) <= 10 and fuzz.ratio(word, "subtotal") >= 82:
                return Label.SUBTOTAL
    return near_phrase(glued)


def near_phrase(glued: str) -> Label | None:
    """The label of a wording in which a reader changed a letter or two."""
    letters = re.sub(r"\d+%?|%", "", glued).removesuffix("rm").removesuffix("usd")
    if not 8 <= len(letters) <= 26:
        return None
    match = process.extractOne(
        letters, _PHRASES.keys(), scorer=fuzz.ratio, score_cutoff=84
    )
    return _PHRASES[match[0]] if match else None


_STRONG = re.compile(
    r"grand|due|payable|tobepaid|rounded|round|zuzahlen|topay|after|incl|inkl|nett?total|amount|apagar|ttc"
    r"|final|ordertotal|zahlbetrag|invoicetotal"
)


def is_strong_total(text: str) -> bool:
    """Whether a total's label leaves no doubt, as "Grand total" or "Amount due"."""
    return _STRONG.search(plain(text).replace(" ", "")) is not None
