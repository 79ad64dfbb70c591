"""The human decision: by whom, on what, and once."""

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from receipts.models import (
    ExcludedCategory,
    LineItem,
    Merchant,
    MerchantAlias,
    ReceiptPolicy,
)
from receipts.reading.result import ItemKind
from receipts.services import processing
from receipts.services.errors import (
    AlreadyHeld,
    Incomplete,
    Ineligible,
    LooksLikeAnother,
    NotAllowed,
    NotChecked,
    OutOfDate,
)
from receipts.services.reviewing import (
    HOLD,
    Edit,
    ItemEdit,
    accept,
    queue,
    reject,
    release,
    requeue,
    return_to_panelist,
    save_edit,
    take,
    take_next,
    unit_price,
)
from receipts.services.submitting import submit, withdraw
from receipts.workflow import Status
from tests.factories import (
    make_operator,
    make_panelist,
    make_receipt,
    make_reviewer,
    make_user,
)
from tests.receipts.looks import conclude, names_in, upload_of
from tests.together import together

pytestmark = pytest.mark.django_db
ITEM = ItemEdit("Olive oil", Decimal("1"), Decimal("12.34"))


@pytest.fixture
def panelist(db):
    return make_panelist(joined_at=timezone.now() - timedelta(days=90))


@pytest.fixture
def reviewer(db):
    return make_reviewer()


@pytest.fixture
def receipt(panelist):
    return make_receipt(Status.IN_REVIEW, panelist=panelist)


def edit_of(receipt, **fields) -> Edit:
    receipt.refresh_from_db()
    names = (
        *("merchant_name", "category", "purchased_on", "purchased_at", "currency"),
        *("subtotal", "tax", "total", "without_items"),
    )
    defaults = {name: getattr(receipt, name) for name in names}
    return Edit(revision=receipt.revision, **{**defaults, "items": (ITEM,), **fields})


def events(receipt):
    return [(e.code, e.to_status, e.actor) for e in receipt.events.all()]


# Taking -----------------------------------------------------------------------------


def test_the_queue_is_by_age_and_without_ones_own(panelist, reviewer):
    now = timezone.now()
    young = make_receipt(Status.IN_REVIEW, panelist=panelist, submitted_at=now)
    old = make_receipt(
        Status.IN_REVIEW, panelist=panelist, submitted_at=now - timedelta(days=2)
    )
    make_receipt(Status.IN_REVIEW, panelist=make_panelist(user=reviewer))
    for status in set(Status) - {Status.IN_REVIEW}:
        make_receipt(status, panelist=panelist)

    assert list(queue(reviewer)) == [old, young]


def test_taking_holds_a_receipt(receipt, reviewer):
    taken = take(receipt, by=reviewer)

    assert taken.review_by == reviewer
    assert list(queue(make_reviewer())) == []
    assert list(queue(reviewer)) == [receipt]


def test_a_held_receipt_is_not_taken_by_another(receipt, reviewer):
    take(receipt, by=reviewer)

    with pytest.raises(AlreadyHeld):
        take(receipt, by=make_reviewer())


def test_a_hold_ends_and_then_another_may_take_it(receipt, reviewer):
    take(receipt, by=reviewer)
    long_ago = timezone.now() - HOLD - timedelta(seconds=1)
    type(receipt).objects.update(review_at=long_ago)
    other = make_reviewer()

    assert take(receipt, by=other).review_by == other
    with pytest.raises(AlreadyHeld):
        accept(receipt, edit_of(receipt), by=reviewer)


def test_nobody_takes_a_receipt_of_their_own(panelist, receipt):
    reviewer = make_reviewer()
    own = make_receipt(Status.IN_REVIEW, panelist=make_panelist(user=reviewer))

    with pytest.raises(NotAllowed, match="your own"):
        take(own, by=reviewer)


def test_only_reviewers_take(receipt):
    with pytest.raises(NotAllowed, match="Only reviewers"):
        take(receipt, by=make_user())


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.IN_REVIEW}))
def test_only_what_is_in_review_is_taken(panelist, reviewer, status):
    with pytest.raises(NotAllowed):
        take(make_receipt(status, panelist=panelist), by=reviewer)


def test_releasing_gives_it_back(receipt, reviewer):
    take(receipt, by=reviewer)

    release(receipt, by=make_reviewer())
    receipt.refresh_from_db()
    assert receipt.review_by == reviewer

    release(receipt, by=reviewer)
    receipt.refresh_from_db()
    assert (receipt.review_by, receipt.review_at) == (None, None)


def test_the_next_is_the_oldest_that_is_free(panelist, reviewer):
    now = timezone.now()
    first, second = (
        make_receipt(
            Status.IN_REVIEW, panelist=panelist, submitted_at=now - timedelta(hours=n)
        )
        for n in (2, 1)
    )
    take(first, by=make_reviewer())

    assert take_next(by=reviewer) == second
    assert take_next(by=reviewer, after=second) is None


def test_the_next_is_found_behind_many_that_are_held(panelist, reviewer):
    other, now = make_reviewer(), timezone.now()
    for _ in range(25):
        take(make_receipt(Status.IN_REVIEW, panelist=panelist), by=other)
    free = make_receipt(
        Status.IN_REVIEW, panelist=panelist, submitted_at=now + timedelta(hours=1)
    )

    assert take_next(by=reviewer) == free


# Editing and accepting --------------------------------------------------------------


def test_saving_changes_the_receipt_and_names_the_fields(receipt, reviewer):
    take(receipt, by=reviewer)
    edit = edit_of(receipt, total=Decimal("13.00"), purchased_at=time(9, 5))

    saved = save_edit(receipt, edit, by=reviewer)

    saved.refresh_from_db()
    assert (saved.total, saved.purchased_at) == (Decimal("13.00"), time(9, 5))
    assert (saved.status, saved.revision) == (Status.IN_REVIEW, 1)
    event = saved.events.get()
    assert (event.code, event.fields) == ("edited", ["purchased_at", "total", "items"])


def test_saving_nothing_new_leaves_no_event(receipt, reviewer):
    take(receipt, by=reviewer)

    saved = save_edit(receipt, edit_of(receipt, items=()), by=reviewer)

    assert (saved.revision, events(saved)) == (0, [])


def line(description, quantity, amount, price=None, kind="item") -> LineItem:
    return LineItem(
        description=description,
        quantity=Decimal(quantity),
        amount=Decimal(amount),
        unit_price=None if price is None else Decimal(price),
        kind=kind,
    )


def test_saving_keeps_unit_prices_and_kinds(receipt, reviewer):
    for position, row in enumerate(
        [
            line("Pears", "0.452", "1.80", "3.9900"),
            line("Coupon", "1", "-1.00", kind="discount"),
            line("Tea", "1", "-2.00", "2.0000", kind="void"),
        ]
    ):
        row.receipt, row.position = receipt, position
        row.save()
    take(receipt, by=reviewer)
    items = (
        ItemEdit("Pears", Decimal("0.452"), Decimal("1.80")),
        ItemEdit("Voucher", Decimal(1), Decimal("-1.00"), ItemKind.DISCOUNT),
        ItemEdit("Tea", Decimal(1), Decimal("-2.00"), ItemKind.VOID),
        ItemEdit("Eggs", Decimal(2), Decimal("5.00")),
    )

    saved = save_edit(receipt, edit_of(receipt, items=items), by=reviewer)

    stored = saved.items.values_list("description", "unit_price", "kind")
    assert list(stored) == [
        ("Pears", Decimal("3.99"), "item"),
        ("Voucher", None, "discount"),
        ("Tea", Decimal("2.00"), "void"),
        ("Eggs", Decimal("2.50"), "item"),
    ]


def test_another_kind_alone_is_a_change(receipt, reviewer):
    LineItem.objects.create(receipt=receipt, description="Coupon", amount="-1.00")
    take(receipt, by=reviewer)
    items = (ItemEdit("Coupon", Decimal(1), Decimal("-1.00"), ItemKind.DISCOUNT),)

    saved = save_edit(receipt, edit_of(receipt, items=items), by=reviewer)

    assert saved.items.get().kind == "discount"
    assert saved.events.get().fields == ["items"]


STORED = [
    line("Pears", "0.452", "1.80", "3.9900"),
    line("Tea", "1", "2.00", "4.2400"),
    line("Soup", "8", "7.50", "2.5000"),
    line("Rice", "1", "2.00"),
    line("Void soup", "2", "-5.00", "2.5000", kind="void"),
    line("Deposit", "2", "-0.50", "0.2500"),
]


@pytest.mark.parametrize(
    ("description", "quantity", "amount", "expected"),
    [
        # As it is stored, whatever it is.
        ("Pears", "0.452", "1.80", "3.99"),
        ("Tea", "1", "2.00", "4.24"),
        ("Rice", "1", "2.00", None),
        ("Deposit", "2", "-0.50", "0.25"),
        # Renamed: it stays where it makes the amount.
        ("Green pears", "0.452", "1.80", "3.99"),
        ("Green tea", "1", "2.00", "2.00"),
        ("Deposit back", "2", "-0.50", "0.25"),
        # Corrected: likewise, and else where it comes out to the cent.
        ("Pears", "0.451", "1.80", "3.99"),
        ("Pears", "0.5", "1.80", "3.60"),
        ("Pears", "0.7", "1.80", None),
        ("Soup", "3", "7.50", "2.50"),
        ("Soup", "2", "7.50", "3.75"),
        ("Soup", "7", "7.50", None),
        # Nothing is known of what is not above zero.
        ("Soup", "0", "7.50", None),
        ("Soup", "-3", "-7.50", None),
        ("Soup", "3", "0.00", None),
        ("Deposit", "2", "-0.60", None),
        # New, and more than money has.
        ("Bread", "4", "5.00", "1.25"),
        ("Bread", "0.001", "9999999999.99", None),
    ],
)
def test_a_unit_price_never_contradicts_what_the_reviewer_entered(
    description, quantity, amount, expected
):
    item = ItemEdit(description, Decimal(quantity), Decimal(amount))

    price = unit_price(item, STORED)

    assert price == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("amount", "kind", "expected"),
    [
        ("-5.00", ItemKind.VOID, Decimal("2.50")),
        ("-6.00", ItemKind.VOID, None),
        ("-5.00", ItemKind.DISCOUNT, None),
    ],
)
def test_a_void_may_have_a_unit_price_and_a_discount_has_none(amount, kind, expected):
    item = ItemEdit("Void soup", Decimal(2), Decimal(amount), kind)

    assert unit_price(item, STORED) == expected


def test_a_form_for_an_older_state_is_refused(receipt, reviewer):
    take(receipt, by=reviewer)
    edit = edit_of(receipt)
    save_edit(receipt, replace(edit, total=Decimal("13.00")), by=reviewer)

    for act in (
        lambda: save_edit(receipt, edit, by=reviewer),
        lambda: accept(receipt, edit, by=reviewer),
        lambda: reject(receipt, code="unreadable", by=reviewer, revision=0),
        lambda: return_to_panelist(receipt, code="cut_off", by=reviewer, revision=0),
    ):
        with pytest.raises(OutOfDate):
            act()


def test_accepting_decides_with_one_event(receipt, reviewer):
    take(receipt, by=reviewer)

    accepted = accept(receipt, edit_of(receipt), by=reviewer, note="Thank you")

    accepted.refresh_from_db()
    assert (accepted.status, accepted.decided_by) == (Status.ACCEPTED, reviewer)
    assert events(accepted) == [("accepted", "accepted", reviewer)]
    assert accepted.items.get().description == "Olive oil"


def test_a_receipt_that_is_not_held_cannot_be_decided(receipt, reviewer):
    with pytest.raises(NotAllowed, match="Open the receipt"):
        accept(receipt, edit_of(receipt), by=reviewer)


def test_nobody_decides_on_their_own_even_if_they_hold_it(reviewer):
    own = make_receipt(
        Status.IN_REVIEW,
        panelist=make_panelist(user=reviewer),
        review_by=reviewer,
        review_at=timezone.now(),
    )

    for act in (
        lambda: save_edit(own, edit_of(own), by=reviewer),
        lambda: accept(own, edit_of(own), by=reviewer),
        lambda: reject(own, code="unreadable", by=reviewer, revision=0),
        lambda: return_to_panelist(own, code="cut_off", by=reviewer, revision=0),
    ):
        with pytest.raises(NotAllowed, match="your own"):
            act()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"merchant_name": ""}, "shop’s name"),
        ({"purchased_on": None}, "Enter the date"),
        ({"purchased_on": date(2100, 1, 1)}, "after the day of submission"),
        ({"total": None}, "total above zero"),
        ({"total": Decimal("0.00")}, "total above zero"),
        ({"total": Decimal("-1.00")}, "total above zero"),
        ({"currency": "CAD"}, "panel’s currency"),
        ({"currency": ""}, "panel’s currency"),
        ({"items": ()}, "what was bought"),
    ],
)
def test_an_incomplete_receipt_is_not_accepted(receipt, reviewer, fields, sentence):
    take(receipt, by=reviewer)

    with pytest.raises(Incomplete, match=sentence):
        accept(receipt, edit_of(receipt, **fields), by=reviewer)

    receipt.refresh_from_db()
    assert (receipt.status, receipt.revision) == (Status.IN_REVIEW, 0)


def test_a_reason_for_no_items_is_enough(receipt, reviewer):
    take(receipt, by=reviewer)
    edit = edit_of(receipt, items=(), without_items="The shop prints none")

    assert accept(receipt, edit, by=reviewer).status == Status.ACCEPTED


def test_what_looks_like_another_once_corrected_is_accepted_the_second_time(
    panelist, receipt, reviewer
):
    make_receipt(Status.ACCEPTED, panelist=panelist, total=Decimal("13.00"))
    take(receipt, by=reviewer)
    edit = edit_of(receipt, total=Decimal("13.00"))

    with pytest.raises(LooksLikeAnother, match=r"^Now this looks like"):
        accept(receipt, edit, by=reviewer)

    receipt.refresh_from_db()
    assert (receipt.status, receipt.revision) == (Status.IN_REVIEW, 0)
    assert receipt.total == Decimal("12.34")
    assert not receipt.items.exists()
    verdicts = receipt.verdicts.values_list("code", "rejects")
    assert list(verdicts) == [("possible_duplicate", False)]
    accepted = accept(receipt, edit, by=reviewer)
    assert (accepted.status, accepted.total) == (Status.ACCEPTED, Decimal("13.00"))


def test_what_the_reviewer_was_told_already_is_not_told_again(
    panelist, receipt, reviewer
):
    make_receipt(Status.ACCEPTED, panelist=panelist)
    receipt.verdicts.create(code="possible_duplicate", rejects=False)
    take(receipt, by=reviewer)

    assert accept(receipt, edit_of(receipt), by=reviewer).status == Status.ACCEPTED


def own_store(panel):
    merchant = Merchant.objects.create(
        panel=panel, name="Whole Foods Market", standing="own_store"
    )
    MerchantAlias.objects.create(merchant=merchant, name="WFM")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"merchant_name": "Whole Foods Market"}, "operator"),
        ({"merchant_name": "wfm"}, "operator"),
        ({"category": "casino"}, "kind of purchase"),
        ({"purchased_on": date(2020, 1, 1)}, "too long ago"),
    ],
)
def test_what_never_counts_is_not_accepted(receipt, reviewer, fields, sentence):
    own_store(receipt.panel)
    ExcludedCategory.objects.create(panel=receipt.panel, category="casino")
    ReceiptPolicy.objects.create(panel=receipt.panel, valid_from="2020-01-01")
    take(receipt, by=reviewer)

    with pytest.raises(Ineligible, match=sentence):
        accept(receipt, edit_of(receipt, **fields), by=reviewer)


def test_a_corrected_name_brings_the_merchant_and_its_category(receipt, reviewer):
    bakery = Merchant.objects.create(
        panel=receipt.panel, name="Corner Bakery", category="cafe"
    )
    take(receipt, by=reviewer)

    accept(receipt, edit_of(receipt, merchant_name="corner bakery"), by=reviewer)

    receipt.refresh_from_db()
    assert (receipt.merchant, receipt.category) == (bakery, "cafe")


# Rejecting and returning ------------------------------------------------------------


def test_rejecting_says_why(receipt, reviewer):
    receipt.verdicts.create(code="not_sure", rejects=False)
    receipt.verdicts.create(code="sensitive", rejects=False)
    take(receipt, by=reviewer)

    reject(receipt, code="card_slip", by=reviewer, revision=0, note="No items")

    receipt.refresh_from_db()
    assert (receipt.status, receipt.decided_by) == (Status.REJECTED, reviewer)
    verdicts = receipt.verdicts.values_list("code", "rejects")
    assert set(verdicts) == {("sensitive", False), ("card_slip", True)}
    assert receipt.events.get().note == "No items"


@pytest.mark.parametrize("code", ["", "nonsense", "cut_off", "not_sure"])
def test_a_rejection_needs_a_reason_for_rejecting(receipt, reviewer, code):
    take(receipt, by=reviewer)

    with pytest.raises(NotAllowed, match="reason"):
        reject(receipt, code=code, by=reviewer, revision=0)


@pytest.mark.parametrize("code", ["", "nonsense", "own_store", "not_sure"])
def test_a_return_needs_a_reason_for_returning(receipt, reviewer, code):
    take(receipt, by=reviewer)

    with pytest.raises(NotAllowed, match="reason"):
        return_to_panelist(receipt, code=code, by=reviewer, revision=0)


def test_returning_asks_the_panelist(receipt, reviewer):
    take(receipt, by=reviewer)

    return_to_panelist(receipt, code="cut_off", by=reviewer, revision=0)

    receipt.refresh_from_db()
    assert (receipt.status, receipt.decided_by) == (Status.RETURNED, None)
    assert [verdict.code for verdict in receipt.verdicts.all()] == ["cut_off"]


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.IN_REVIEW}))
def test_what_was_decided_stays_decided(panelist, reviewer, status):
    decided = make_receipt(status, panelist=panelist)

    for act in (
        lambda: save_edit(decided, edit_of(decided), by=reviewer),
        lambda: accept(decided, edit_of(decided), by=reviewer),
        lambda: reject(decided, code="unreadable", by=reviewer, revision=0),
        lambda: return_to_panelist(decided, code="cut_off", by=reviewer, revision=0),
    ):
        with pytest.raises(NotAllowed):
            act()


# Reading again ----------------------------------------------------------------------


def test_an_operator_has_a_receipt_read_again(receipt):
    operator = make_operator()

    requeue(receipt, by=operator)

    receipt.refresh_from_db()
    assert (receipt.status, receipt.attempts) == (Status.SUBMITTED, 0)
    assert [row.args() for row in OrmQ.objects.all()] == [(receipt.pk,)]
    assert events(receipt) == [("requeued", "submitted", operator)]


def test_only_operators_have_receipts_read_again(receipt, reviewer):
    with pytest.raises(NotAllowed, match="operators"):
        requeue(receipt, by=reviewer)


def test_a_receipt_that_someone_looks_at_is_not_read_again(receipt, reviewer):
    take(receipt, by=reviewer)

    with pytest.raises(AlreadyHeld):
        requeue(receipt, by=make_operator())


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.IN_REVIEW}))
def test_only_what_is_in_review_is_read_again(panelist, status):
    with pytest.raises(NotAllowed):
        requeue(make_receipt(status, panelist=panelist), by=make_operator())

    assert not OrmQ.objects.exists()


# With files, and at one moment ------------------------------------------------------


@pytest.fixture
def waiting(transactional_db):
    """In review, with its files in the vault; past the panelist's first month."""
    panelist = make_panelist(joined_at=timezone.now() - timedelta(days=90))
    receipt = submit(upload_of(1), panelist=panelist, by=panelist.user)
    return conclude(receipt, straight_through=False)


def test_an_accepted_receipt_keeps_its_pictures_and_nothing_else(waiting):
    reviewer = make_reviewer()
    take(waiting, by=reviewer)

    accept(waiting, edit_of(waiting), by=reviewer)

    assert names_in("vault", waiting) == []
    assert names_in("kept", waiting) == ["page-0.jpg", "thumb-0.jpg"]


def test_a_rejected_receipt_keeps_no_picture(waiting):
    reviewer = make_reviewer()
    take(waiting, by=reviewer)

    reject(waiting, code="unreadable", by=reviewer, revision=waiting.revision)

    assert names_in("vault", waiting) == names_in("kept", waiting) == []


def test_a_returned_receipt_keeps_its_pictures_in_the_vault(waiting):
    before, reviewer = names_in("vault", waiting), make_reviewer()
    take(waiting, by=reviewer)

    return_to_panelist(waiting, code="cut_off", by=reviewer, revision=waiting.revision)

    assert names_in("vault", waiting) == before
    assert names_in("kept", waiting) == []


def test_what_was_sensitive_stays_so_when_a_second_read_fails(transactional_db):
    panelist, reviewer = make_panelist(), make_reviewer()
    receipt = submit(upload_of(1), panelist=panelist, by=panelist.user)
    receipt = conclude(receipt, is_sensitive=True)
    requeue(receipt, by=make_operator())
    processing.fail(processing.begin(receipt.pk), "damaged", hopeless=True)
    take(receipt, by=reviewer)

    with pytest.raises(NotChecked):
        accept(receipt, edit_of(receipt, merchant_name="Corner Grocery"), by=reviewer)

    assert names_in("kept", receipt) == []


def test_a_second_read_that_finds_nothing_sensitive_clears_it(transactional_db):
    panelist = make_panelist()
    receipt = submit(upload_of(1), panelist=panelist, by=panelist.user)
    receipt = conclude(receipt, is_sensitive=True)
    requeue(receipt, by=make_operator())

    receipt = conclude(receipt, is_sensitive=False)

    assert (receipt.status, receipt.verdicts.count()) == (Status.ACCEPTED, 0)
    assert names_in("kept", receipt) == ["page-0.jpg", "thumb-0.jpg"]


def test_a_full_disk_undoes_no_decision(waiting, settings, tmp_path):
    (tmp_path / "a-file").write_text("")
    settings.STORAGES = {
        **settings.STORAGES,
        "kept": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "a-file" / "kept"},
        },
    }
    reviewer = make_reviewer()
    take(waiting, by=reviewer)

    accept(waiting, edit_of(waiting), by=reviewer)

    waiting.refresh_from_db()
    assert waiting.status == Status.ACCEPTED
    assert "page-0.jpg" in names_in("vault", waiting)


def test_two_reviewers_at_one_moment_take_one_receipt_once(waiting):
    first, second = make_reviewer(), make_reviewer()

    results = together(
        lambda: take(waiting, by=first), lambda: take(waiting, by=second)
    )

    assert sorted(type(r).__name__ for r in results) == ["AlreadyHeld", "Receipt"]


def test_two_reviewers_at_one_moment_are_given_two_receipts(waiting):
    panelist = waiting.panelist
    other = submit(upload_of(2), panelist=panelist, by=panelist.user)
    conclude(other, straight_through=False, total=Decimal("9.00"))
    first, second = make_reviewer(), make_reviewer()

    results = together(lambda: take_next(by=first), lambda: take_next(by=second))

    assert {result.pk for result in results} == {waiting.pk, other.pk}


def test_one_reviewer_in_two_windows_decides_once(waiting):
    reviewer = make_reviewer()
    take(waiting, by=reviewer)
    edit = edit_of(waiting)

    results = together(
        lambda: accept(waiting, edit, by=reviewer),
        lambda: reject(waiting, code="unreadable", by=reviewer, revision=edit.revision),
    )

    assert sorted(type(r).__name__ for r in results) == ["NotAllowed", "Receipt"]
    decisions = waiting.events.filter(to_status__in=["accepted", "rejected"])
    assert decisions.count() == 1


def test_a_decision_while_the_panelist_withdraws_ends_consistent(waiting):
    reviewer = make_reviewer()
    take(waiting, by=reviewer)
    edit = edit_of(waiting)

    together(
        lambda: accept(waiting, edit, by=reviewer),
        lambda: withdraw(waiting, by=waiting.panelist.user),
    )

    waiting.refresh_from_db()
    assert waiting.status == Status.WITHDRAWN
    assert names_in("vault", waiting) == names_in("kept", waiting) == []
    assert not waiting.pages.exists() and not waiting.items.exists()
