"""Small words and shapes that several pages of receipts and rewards show."""

from django import template
from django.utils.translation import gettext as _

from receipts.models import Receipt
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
    if progress.reward_status == "approved":
        return _("This month’s reward is in your balance.")
    if progress.reward_status == "proposed":
        return _(
            "Your reward waits for a second person’s approval, as every one does; "
            "it is then in your balance at once."
        )
    if progress.reward_status == "refused":
        return _("This month’s reward was refused. Your rewards page says why.")
    return _(
        "The reward is due as soon as the last of them counts, and in your balance "
        "once a second person has approved it."
    )


@register.filter
def why(receipt: Receipt) -> Verdict | None:
    """The one verdict that says most about where the receipt stands."""
    verdicts = [VERDICTS.get(row.code) for row in receipt.verdicts.all()]
    return next((verdict for verdict in verdicts if verdict is not None), None)


@register.filter
def note(receipt: Receipt) -> str:
    """What the reviewer wrote for the panelist with the last decision."""
    events = [event for event in receipt.events.all() if event.note]
    return events[-1].note if events else ""


@register.filter
def counts_sentence(receipt: Receipt) -> str:
    """Why the receipt does or doesn't count, where no verdict says it."""
    return {
        Status.SUBMITTED: _("We are reading it. This takes less than a minute."),
        Status.IN_REVIEW: _("A person is going to look at it."),
        Status.RETURNED: _("We need a better picture of it."),
        Status.ACCEPTED: _("It counts for the month in which you shared it."),
        Status.REJECTED: _("It doesn’t count."),
        Status.WITHDRAWN: _("You took it back, and its pictures are deleted."),
    }[receipt.state]


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
