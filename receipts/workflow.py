"""The states of a receipt and the moves between them, as data.

Reading, parsing, screening and judging are calls, not states: a status exists only
where a person or a retry must see one (DESIGN section 4).
"""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    SUBMITTED = "submitted", _("Being read")
    IN_REVIEW = "in_review", _("In review")
    RETURNED = "returned", _("Needs you")
    ACCEPTED = "accepted", _("Counts")
    REJECTED = "rejected", _("Doesn’t count")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Role(StrEnum):
    """In what capacity someone moves a receipt."""

    MACHINE = "machine"
    PANELIST = "panelist"
    REVIEWER = "reviewer"
    OPERATOR = "operator"


# Not decided yet and not waiting for the panelist.
PENDING = frozenset({Status.SUBMITTED, Status.IN_REVIEW})
# Could still count, so another receipt of the same purchase must not.
LIVE = PENDING | {Status.RETURNED, Status.ACCEPTED}
DECIDED = frozenset({Status.ACCEPTED, Status.REJECTED, Status.WITHDRAWN})

TRANSITIONS: dict[tuple[Status, Status], frozenset[Role]] = {
    (Status.SUBMITTED, Status.ACCEPTED): frozenset({Role.MACHINE}),
    (Status.SUBMITTED, Status.REJECTED): frozenset({Role.MACHINE}),
    (Status.SUBMITTED, Status.IN_REVIEW): frozenset({Role.MACHINE}),
    (Status.SUBMITTED, Status.WITHDRAWN): frozenset({Role.PANELIST}),
    (Status.IN_REVIEW, Status.ACCEPTED): frozenset({Role.REVIEWER}),
    (Status.IN_REVIEW, Status.REJECTED): frozenset({Role.REVIEWER}),
    (Status.IN_REVIEW, Status.RETURNED): frozenset({Role.REVIEWER}),
    (Status.IN_REVIEW, Status.WITHDRAWN): frozenset({Role.PANELIST}),
    (Status.IN_REVIEW, Status.SUBMITTED): frozenset({Role.OPERATOR}),
    (Status.RETURNED, Status.SUBMITTED): frozenset({Role.PANELIST}),
    (Status.RETURNED, Status.WITHDRAWN): frozenset({Role.PANELIST}),
    (Status.ACCEPTED, Status.WITHDRAWN): frozenset({Role.PANELIST}),
    (Status.REJECTED, Status.WITHDRAWN): frozenset({Role.PANELIST}),
}


def may_move(role: Role, origin: Status, target: Status) -> bool:
    return role in TRANSITIONS.get((origin, target), frozenset())
