"""The human decision: take a receipt, put it right, decide, go on to the next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panelists.models import User
from receipts.models import LineItem, Receipt, ReceiptVerdict, RedactionCheck
from receipts.reading.result import ItemKind
from receipts.rules import Duplicate
from receipts.screening.findings import Action
from receipts.screening.texts import screen_text
from receipts.services import (
    duplicates,
    files,
    judging,
    merchants,
    months,
    processing,
    proving,
    redacting,
    releasing,
)
from receipts.services.errors import (
    AlreadyHeld,
    DuplicatePurchase,
    Incomplete,
    LooksLikeAnother,
    NotAllowed,
    OutOfDate,
    StillSensitive,
)
from receipts.services.filling import fitting
from receipts.services.marks import MarkEdit, by_page
from receipts.services.moves import lock, move, record
from receipts.verdicts import VERDICTS, Use
from receipts.workflow import Role, Status

# A reviewer who goes to lunch doesn't keep a receipt from the others.
HOLD = timedelta(minutes=15)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class ItemEdit:
    description: str
    quantity: Decimal
    amount: Decimal
    kind: ItemKind = ItemKind.ITEM


@dataclass(frozen=True)
class Edit:
    """The purchase as the reviewer's form has it. `revision` is the one shown."""

    revision: int
    merchant_name: str
    purchased_on: date | None
    purchased_at: time | None
    currency: str
    total: Decimal | None
    subtotal: Decimal | None = None
    tax: Decimal | None = None
    category: str = ""
    without_items: str = ""
    items: Sequence[ItemEdit] = field(default_factory=tuple)
    # None: the marks stay as they are.
    marks: Sequence[MarkEdit] | None = None


FIELDS = (
    "merchant_name",
    "category",
    "purchased_on",
    "purchased_at",
    "currency",
    "subtotal",
    "tax",
    "total",
    "without_items",
)


def queue(reviewer: User):
    """Receipts that this reviewer may take, the oldest first."""
    free = Q(review_by=None) | Q(review_by=reviewer) | Q(review_at__lt=expired())
    return (
        Receipt.objects.filter(status=Status.IN_REVIEW)
        .filter(free)
        .exclude(panelist__user=reviewer)
        .order_by("submitted_at", "pk")
    )


def expired():
    return timezone.now() - HOLD


def check_reviewer(receipt: Receipt, by: User) -> None:
    if not by.has_perm("receipts.review_receipt"):
        raise NotAllowed(_("Only reviewers decide on receipts."))
    if receipt.panelist.user_id == by.pk:
        raise NotAllowed(_("You can’t decide on a receipt of your own."))


def take(receipt: Receipt, *, by: User) -> Receipt:
    """Hold the receipt for this reviewer, for `HOLD` from now on.

    Raises `NotAllowed`, or `AlreadyHeld` while another reviewer holds it.
    """
    with transaction.atomic():
        receipt = lock(receipt.pk)
        check_reviewer(receipt, by)
        if receipt.state != Status.IN_REVIEW:
            raise NotAllowed(_("This receipt has been decided."))
        if receipt.review_by_id not in (None, by.pk) and receipt.review_at > expired():
            raise AlreadyHeld
        receipt.review_by, receipt.review_at = by, timezone.now()
        receipt.save(update_fields=["review_by", "review_at"])
    return receipt


def release(receipt: Receipt, *, by: User) -> None:
    """Give the receipt back to the queue; nothing where it isn't held by `by`."""
    Receipt.objects.filter(pk=receipt.pk, review_by=by, status=Status.IN_REVIEW).update(
        review_by=None, review_at=None
    )


def take_next(*, by: User, after: Receipt | None = None) -> Receipt | None:
    """Hold the oldest receipt that is free, or None. `after` is left out."""
    waiting = queue(by)
    if after is not None:
        waiting = waiting.exclude(pk=after.pk)
    for receipt in waiting[:20]:
        try:
            return take(receipt, by=by)
        except (AlreadyHeld, NotAllowed):
            continue
    return None


def held(receipt: Receipt, *, by: User, revision: int) -> Receipt:
    """In a transaction: the locked receipt, held by `by` in the state shown."""
    receipt = lock(receipt.pk)
    check_reviewer(receipt, by)
    if receipt.state != Status.IN_REVIEW:
        raise NotAllowed(_("This receipt has been decided."))
    if receipt.review_by_id != by.pk:
        if receipt.review_by_id is None:
            raise NotAllowed(_("Open the receipt before you decide on it."))
        raise AlreadyHeld
    if receipt.revision != revision:
        raise OutOfDate
    return receipt


def apply_edit(receipt: Receipt, edit: Edit) -> list[str]:
    """Put the form's values on the locked receipt; the names of what changed."""
    changed = [name for name in FIELDS if getattr(receipt, name) != getattr(edit, name)]
    for name in changed:
        setattr(receipt, name, getattr(edit, name))
    if "merchant_name" in changed:
        receipt.merchant = merchants.find(receipt.panel_id, edit.merchant_name)
        if receipt.merchant is not None and "category" not in changed:
            receipt.category = receipt.merchant.category
    if apply_items(receipt, edit.items):
        changed.append("items")
    if edit.marks is not None and redacting.apply_marks(receipt, edit.marks):
        changed.append("redactions")
    return changed


def apply_items(receipt: Receipt, items: Sequence[ItemEdit]) -> bool:
    """Make the lines those of the form; whether they differ."""
    stored = list(receipt.items.all())
    before = [(i.description, i.quantity, i.amount, i.kind) for i in stored]
    after = [(i.description, i.quantity, i.amount, i.kind.value) for i in items]
    if before == after:
        return False
    receipt.items.all().delete()
    LineItem.objects.bulk_create(
        LineItem(
            receipt=receipt,
            position=position,
            description=item.description,
            quantity=item.quantity,
            unit_price=unit_price(item, stored),
            amount=item.amount,
            kind=item.kind.value,
        )
        for position, item in enumerate(items)
    )
    return True


def unit_price(item: ItemEdit, stored: Sequence[LineItem]) -> Decimal | None:
    """What one piece of the edited line costs, which nobody enters.

    An untouched line's stays, whatever it is. That of a line which was renamed, or
    whose numbers were corrected, stays where it still makes the amount. Otherwise it
    is known only where the amount comes out to the cent, as in a reading: 1.80 for
    0.452 kg may have cost 3.98 or 3.99.
    """
    if item.kind == ItemKind.DISCOUNT:
        return None
    named = [line for line in stored if line.description == item.description]
    numbers = (item.quantity, item.amount)
    counted = [line for line in stored if (line.quantity, line.amount) == numbers]
    for line in named:
        if line in counted:
            return line.unit_price
    for line in (*named, *counted):
        price = line.unit_price
        if price and abs(item.quantity * price - abs(item.amount)) < CENT:
            return price
    if item.quantity > 0 and item.amount > 0:
        each = (item.amount / item.quantity).quantize(CENT)
        return fitting(each) if each * item.quantity == item.amount else None
    return None


def save_edit(receipt: Receipt, edit: Edit, *, by: User) -> Receipt:
    """Save without deciding. Raises `NotAllowed`, `AlreadyHeld`, `OutOfDate`, or
    `StillSensitive` where what was typed holds what a panel doesn't keep."""
    check_typed(receipt, edit)
    with transaction.atomic():
        receipt = held(receipt, by=by, revision=edit.revision)
        save_changes(receipt, edit, by=by)
    return receipt


def save_changes(receipt: Receipt, edit: Edit, *, by: User) -> None:
    changed = apply_edit(receipt, edit)
    if changed:
        receipt.revision += 1
        receipt.save()
        record(receipt, receipt.state, by=by, code="edited", fields=changed)


def check_redaction(receipt: Receipt, edit: Edit, *, by: User) -> RedactionCheck:
    """Save, and have the marks painted and checked. Raises what `save_edit` does."""
    check_typed(receipt, edit)
    with transaction.atomic():
        receipt = held(receipt, by=by, revision=edit.revision)
        save_changes(receipt, edit, by=by)
        return redacting.request(receipt, by=by)


def mark_twins(receipt: Receipt, edit: Edit, *, by: User) -> int:
    """Save, and mark where the texts of painted places stand elsewhere; how many more
    places. Raises what `save_edit` does."""
    check_typed(receipt, edit)
    with transaction.atomic():
        receipt = held(receipt, by=by, revision=edit.revision)
        save_changes(receipt, edit, by=by)
        count = redacting.add_twins(receipt)
        if count:
            receipt.revision += 1
            receipt.save(update_fields=["revision"])
    return count


def check_typed(receipt: Receipt, edit: Edit | None, *, note: str = "") -> None:
    """Raise `StillSensitive` where a field holds something that isn't stored: what is
    painted over on the picture, or what screening finds in it; `NotAllowed` where an
    edit can't be compared with what was painted over."""
    actions = redacting.actions_for(receipt)
    # The marks as the form has them: what was turned off there may be typed.
    are_sent = edit is not None and edit.marks is not None
    quads = by_page(edit.marks) if are_sent else None
    try:
        needles = proving.needles_of(receipt, quads).in_rows()
    except proving.CannotSearch:
        if edit is not None:
            raise NotAllowed(
                _("What was read of this receipt is gone. Have it read again.")
            ) from None
        needles = None  # it is rejected or returned, so nothing of it is released
    items = [] if edit is None else edit.items
    typed = [
        (_("The shop’s name"), "" if edit is None else edit.merchant_name),
        (_("The reason for no items"), "" if edit is None else edit.without_items),
        (_("The note"), note),
        *(
            (_("Line item %(number)d") % {"number": number}, item.description)
            for number, item in enumerate(items, 1)
        ),
    ]
    for name, text in typed:
        kinds = {kind for kind in screen_text(text) if actions[kind] == Action.REDACT}
        if kinds or (needles and needles.search(text)):
            raise StillSensitive(
                _("%(field)s holds something that is to be painted over. Leave it out.")
                % {"field": name}
            )


def accept(receipt: Receipt, edit: Edit, *, by: User, note: str = "") -> Receipt:
    """Accept the receipt as the form has it.

    Raises `Incomplete` where it lacks a merchant, a date, a positive total, or items
    and a reason for none; `Ineligible` where a rule forbids it; `DuplicatePurchase`;
    `LooksLikeAnother`, once; `NotChecked` where marked places haven't been painted and
    checked; and what `save_edit` raises. A redacted receipt is released by a worker.
    """
    check_typed(receipt, edit, note=note)
    try:
        receipt = decide_to_accept(receipt, edit, by=by, note=note)
    except LooksLikeAnother:
        warn_of_likeness(receipt)
        raise
    if not redacting.needs_release(receipt):
        processing.keep(receipt)
    return receipt


def decide_to_accept(receipt: Receipt, edit: Edit, *, by: User, note: str) -> Receipt:
    with transaction.atomic():
        receipt = held(receipt, by=by, revision=edit.revision)
        changed = apply_edit(receipt, edit)
        check_complete(receipt, has_items=bool(edit.items))
        judging.check_may_count(receipt)
        duplicate = duplicates.claim_purchase(receipt, by_person=True)
        if duplicate == Duplicate.SAME:
            raise DuplicatePurchase
        if duplicate == Duplicate.POSSIBLE and not is_warned_of_likeness(receipt):
            raise LooksLikeAnother
        if redacting.needs_check(receipt):
            redacting.check_was_clean(receipt)
        else:
            redacting.forget_painted(receipt)
        redacting.mark_decided(receipt, by=by)
        move(
            receipt,
            Status.ACCEPTED,
            role=Role.REVIEWER,
            by=by,
            code="accepted",
            note=note,
            fields=changed,
        )
        merchants.learn(receipt)
        months.settle(receipt)
        if redacting.needs_release(receipt):
            releasing.request(receipt)
    return receipt


LIKENESS = "possible_duplicate"


def is_warned_of_likeness(receipt: Receipt) -> bool:
    """Whether the desk shows that the receipt looks like another."""
    return receipt.verdicts.filter(code=LIKENESS).exists()


def warn_of_likeness(receipt: Receipt) -> None:
    """Give the verdict that the rules would have given what the reviewer corrected; in
    a transaction of its own, since the refused one takes everything back."""
    with transaction.atomic():
        receipt = lock(receipt.pk)
        if receipt.state == Status.IN_REVIEW:
            ReceiptVerdict.objects.get_or_create(
                receipt=receipt, code=LIKENESS, defaults={"rejects": False}
            )


def check_complete(receipt: Receipt, *, has_items: bool) -> None:
    if not receipt.merchant_name:
        raise Incomplete(_("Enter the shop’s name before you accept."))
    if receipt.purchased_on is None:
        raise Incomplete(_("Enter the date before you accept."))
    if receipt.purchased_on > receipt.panel.today(receipt.submitted_at):
        raise Incomplete(_("The date lies after the day of submission."))
    if receipt.total is None or receipt.total <= 0:
        raise Incomplete(_("Enter a total above zero before you accept."))
    if receipt.currency != receipt.panel.currency:
        raise Incomplete(_("Only receipts in the panel’s currency can be accepted."))
    if not has_items and not receipt.without_items:
        raise Incomplete(_("Enter what was bought, or say why there is none."))


def reject(
    receipt: Receipt, *, code: str, by: User, revision: int, note: str = ""
) -> Receipt:
    """Reject for one of `verdicts.reasons(Use.REJECT)`; the panelist reads why."""
    if code not in VERDICTS or Use.REJECT not in VERDICTS[code].uses:
        raise NotAllowed(_("Choose a reason."))
    check_typed(receipt, None, note=note)
    with transaction.atomic():
        receipt = held(receipt, by=by, revision=revision)
        give_verdict(receipt, code)
        move(receipt, Status.REJECTED, role=Role.REVIEWER, by=by, code=code, note=note)
        files.empty_vault(receipt)
    return receipt


def return_to_panelist(
    receipt: Receipt, *, code: str, by: User, revision: int, note: str = ""
) -> Receipt:
    """Ask the panelist for a better picture, for one of `reasons(Use.RETURN)`."""
    if code not in VERDICTS or Use.RETURN not in VERDICTS[code].uses:
        raise NotAllowed(_("Choose a reason."))
    check_typed(receipt, None, note=note)
    with transaction.atomic():
        receipt = held(receipt, by=by, revision=revision)
        give_verdict(receipt, code)
        move(receipt, Status.RETURNED, role=Role.REVIEWER, by=by, code=code, note=note)
        # The picture was no good, so what was read from it stands in nobody's way.
        duplicates.give_up(receipt, duplicates.Kind.PURCHASE)
    return receipt


def give_verdict(receipt: Receipt, code: str) -> None:
    """The reviewer's reason takes the place of the rules' findings."""
    receipt.verdicts.exclude(code="sensitive").delete()
    ReceiptVerdict.objects.update_or_create(
        receipt=receipt, code=code, defaults={"rejects": True}
    )


def requeue(receipt: Receipt, *, by: User) -> Receipt:
    """An operator has a receipt in review read again. Raises `NotAllowed`."""
    if not by.has_perm("receipts.requeue_receipt"):
        raise NotAllowed(_("Only operators have receipts read again."))
    with transaction.atomic():
        receipt = lock(receipt.pk)
        if receipt.review_by_id is not None and receipt.review_at > expired():
            raise AlreadyHeld
        # Once found sensitive it stays so until a read finds it isn't: the pages of the
        # earlier read are still there if this one fails.
        receipt.verdicts.exclude(code="sensitive").delete()
        move(receipt, Status.SUBMITTED, role=Role.OPERATOR, by=by, code="requeued")
        processing.enqueue(receipt)
    return receipt
