"""Small words and shapes that several pages of receipts and rewards show."""

from calendar import monthrange

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from receipts.models import Receipt, ReceiptEvent
from receipts.services.months import Progress
from receipts.verdicts import VERDICTS, Verdict
from receipts.workflow import Status

register = template.Library()


@register.filter
def segments(progress: Progress) -> list[str]:
    """A CSS class for each of the receipts that the month needs."""
    required = progress.required or 0
    accepted = min(progress.accepted, required)
    pending = min(progress.pending, required - accepted)
    rest = required - accepted - pending
    return ["is-accepted"] * accepted + ["is-pending"] * pending + [""] * rest


@register.filter
def payment_sentence(progress: Progress) -> str:
    """When the month's reward is due, or what became of it."""
    if progress.reward_status == "approved":
        return _("This month’s reward is in your balance.")
    if progress.reward_status == "proposed":
        return _(
            "Your reward waits for a second person’s approval, as every one does; "
            "it is then in your balance at once."
        )
    if progress.reward_status == "refused":
        return _("This month’s reward was refused. Your rewards page says why.")
    if progress.required is None:
        return _("No reward is set for this month.")
    month = progress.month
    last = month.replace(day=monthrange(month.year, month.month)[1])
    return _(
        "The reward is due as soon as the last of them counts, and in your balance "
        "once a second person has approved it. What you share until %(last)s counts "
        "for this month, even if we look at it later."
    ) % {"last": date_format(last, "F j")}


@register.filter
def findings(receipt: Receipt) -> list[Verdict]:
    """What explains where the receipt stands, the most telling first.

    A decision is explained by what it rests on alone: of a rejected receipt nobody
    wants to read that a person will look at it.
    """
    rows = [row for row in receipt.verdicts.all() if row.code in VERDICTS]
    if receipt.state in (Status.REJECTED, Status.RETURNED):
        rows = [row for row in rows if row.rejects] or rows
    elif receipt.state != Status.IN_REVIEW:
        rows = []
    return [row.verdict for row in rows]


@register.filter
def why(receipt: Receipt) -> Verdict | None:
    """The one verdict that says most about where the receipt stands."""
    return next(iter(findings(receipt)), None)


@register.filter
def note(receipt: Receipt) -> str:
    """What the reviewer wrote for the panelist with the last change."""
    events = list(receipt.events.all())
    return events[-1].note if events else ""


@register.filter
def counts_sentence(receipt: Receipt) -> str:
    """Why the receipt does or doesn't count, where no verdict says it."""
    if receipt.state == Status.ACCEPTED:
        return _("It counts for %(month)s.") % {
            "month": date_format(receipt.month, "F Y")
        }
    return {
        Status.SUBMITTED: _("We are reading it. This takes less than a minute."),
        Status.IN_REVIEW: _("A person is going to look at it."),
        Status.RETURNED: _("We need a better picture of it."),
        Status.REJECTED: _("It doesn’t count."),
        Status.WITHDRAWN: _("You took it back, and its pictures are deleted."),
    }[receipt.state]


@register.filter
def no_picture_sentence(receipt: Receipt) -> str:
    """Why there is no picture to show."""
    if receipt.state == Status.REJECTED:
        return _("Its picture is deleted, as that of every receipt that doesn’t count.")
    if receipt.state == Status.ACCEPTED:
        return _("No picture is kept of it.")
    if receipt.state == Status.SUBMITTED:
        return _("It appears here once the receipt is read.")
    return _("The file couldn’t be opened.")


@register.filter
def event_words(event: ReceiptEvent) -> str:
    """Why a change was made, for the reviewer, or "" where the status says it all."""
    verdict = VERDICTS.get(event.code)
    if verdict is not None:
        return str(verdict.sentence)
    return {
        "edited": _("Corrected."),
        "replaced": _("With a new picture."),
        "requeued": _("An operator had it read again."),
        "straight_through": _("The evidence was enough."),
    }.get(event.code, "")


@register.filter
def field_words(names: list[str]) -> str:
    """What a reviewer changed, in the words of the form."""
    labels = {"items": _("line items")}
    for field in Receipt._meta.get_fields():
        if hasattr(field, "verbose_name"):
            labels.setdefault(field.name, str(field.verbose_name))
    return ", ".join(labels.get(name, name) for name in names)


@register.filter
def sureness(confidence: float | None) -> str:
    """low, middle or high, for the meter beside a field."""
    if confidence is None or confidence < 0.6:
        return "low"
    return "high" if confidence >= 0.95 else "middle"


@register.filter
def sureness_word(confidence: float | None) -> str:
    return {"low": _("Unsure"), "middle": _("Fairly sure"), "high": _("Sure")}[
        sureness(confidence)
    ]
