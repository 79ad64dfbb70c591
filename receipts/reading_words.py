"""A reading as the review desk tells it: what was sure, why, and what else was read.

Of `Reading.result`, as any version of the reader wrote it; no database is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panelists.templatetags.money import money

# What the reading calls a field of the form.
READ_AS = {"merchant_name": "merchant", "purchased_on": "date", "purchased_at": "time"}

TENDERS = {
    "cash": gettext_lazy("Cash"),
    "visa": gettext_lazy("Visa"),
    "mastercard": gettext_lazy("Mastercard"),
    "amex": gettext_lazy("American Express"),
    "discover": gettext_lazy("Discover"),
    "girocard": gettext_lazy("Girocard"),
    "debit": gettext_lazy("Debit card"),
    "credit": gettext_lazy("Credit card"),
    "gift_card": gettext_lazy("Gift card"),
    "ebt": gettext_lazy("EBT"),
    "mobile": gettext_lazy("Mobile payment"),
    "check": gettext_lazy("Check"),
}


@dataclass(frozen=True)
class FieldWords:
    """How sure a field was, from 0 to 1, and the sentences that say why."""

    confidence: float | None
    evidence: tuple[str, ...]

    def marks(self, auto_id: str) -> tuple[str, ...]:
        """The ids of what describes the input, in the order of the page."""
        marks = [f"{auto_id}_sure"] if self.confidence is not None else []
        return (*marks, f"{auto_id}_evidence") if self.evidence else tuple(marks)


def words_on(result: Mapping, field: str) -> FieldWords:
    """Of a field of the form. What isn't stored of a sensitive receipt is read by
    nobody here, however sure the machine was of it."""
    name = READ_AS.get(field, field)
    confidence = result.get("confidence", {}).get(name)
    if confidence is not None and result.get(name, "") is None:
        confidence = 0.0
    return FieldWords(
        confidence,
        tuple(result.get("evidence", {}).get(name, ())),
    )


def reasons(result: Mapping) -> list[str]:
    """Why the receipt didn't go straight through."""
    return list(result.get("reasons", ()))


@dataclass(frozen=True)
class Also:
    """Something that was read and that the form doesn't ask for."""

    label: str | Promise
    text: str


def also_read(result: Mapping, currency: str) -> list[Also]:
    """Tip, taxes, payments and numbers, as far as they were read."""
    found = []
    if result.get("tip"):
        found.append(Also(_("Tip"), sum_of(result["tip"], currency)))
    for tax in result.get("taxes", ()):
        text = sum_of(tax["amount"], currency)
        found.append(Also(_("Tax"), f"{text} {tax['name']}".strip()))
    for payment in result.get("payments", ()):
        found.append(Also(_("Paid"), paid(payment, currency)))
    if result.get("store_number"):
        found.append(Also(_("Store"), result["store_number"]))
    if result.get("transaction_number"):
        found.append(Also(_("Transaction"), result["transaction_number"]))
    return found


def paid(payment: Mapping, currency: str) -> str:
    kind = payment["kind"]
    text = str(TENDERS.get(kind, kind.replace("_", " ").capitalize()))
    if payment.get("last_four"):
        text = _("%(card)s ending in %(digits)s") % {
            "card": text,
            "digits": payment["last_four"],
        }
    if payment.get("amount"):
        text = f"{sum_of(payment['amount'], currency)} {text}"
    return text


def sum_of(amount: str | None, currency: str) -> str:
    try:
        return money(Decimal(amount or ""), currency)
    except InvalidOperation:
        return ""
