"""Who bought what and when, as surveys may ask."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from panelists.models import Panelist
from receipts import purchases
from receipts.models import LineItem, Merchant, MerchantAlias
from receipts.purchases import What, Window, last_days
from receipts.workflow import Status
from tests.factories import make_panel, make_panelist, make_receipt

pytestmark = pytest.mark.django_db
JUNE = Window(date(2026, 6, 1), date(2026, 6, 30))
JULY = Window(date(2026, 7, 1), date(2026, 7, 31))


@pytest.fixture
def panel():
    return make_panel()


def shop(panelist, day: str, *lines: str, status=Status.ACCEPTED, **fields):
    """A receipt of a day with its lines; one of a kind is written "kind: text"."""
    receipt = make_receipt(
        status, panelist=panelist, purchased_on=date.fromisoformat(day), **fields
    )
    for position, line in enumerate(lines):
        kind, _colon, text = line.rpartition(": ")
        LineItem.objects.create(
            receipt=receipt,
            position=position,
            description=text,
            amount=Decimal("-1.00") if kind else Decimal("2.00"),
            kind=kind or "item",
        )
    return receipt


def names(people) -> set[Panelist]:
    return set(Panelist.objects.filter(pk__in=people))


# Sets of people -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "status", [status for status in Status if status != Status.ACCEPTED]
)
def test_only_accepted_receipts_are_purchases(panel, status):
    panelist = make_panelist(panel=panel)
    shop(panelist, "2026-06-10", "Oats", status=status)

    assert names(purchases.bought(panel, What(), JUNE)) == set()
    assert purchases.newest(panelist, days=36500) is None


def test_both_ends_of_a_window_are_in_it(panel):
    first, last, before, after = (make_panelist(panel=panel) for _ in range(4))
    shop(first, "2026-06-01")
    shop(last, "2026-06-30")
    shop(before, "2026-05-31")
    shop(after, "2026-07-01")

    assert names(purchases.bought(panel, What(), JUNE)) == {first, last}


def test_people_of_another_panel_are_in_no_set(panel):
    shop(make_panelist(), "2026-06-10")

    assert names(purchases.bought(panel, What(), JUNE)) == set()


def test_everybody_is_in_a_set_once(panel):
    panelist = make_panelist(panel=panel)
    shop(panelist, "2026-06-10")
    shop(panelist, "2026-06-11")

    assert list(purchases.bought(panel, What(), JUNE)) == [panelist.pk]


def test_a_category_is_what_was_bought_in(panel):
    reader, cook = make_panelist(panel=panel), make_panelist(panel=panel)
    shop(reader, "2026-06-10", category="books")
    shop(cook, "2026-06-10", category="supermarket")

    assert names(purchases.bought(panel, What(category="books"), JUNE)) == {reader}


@pytest.mark.parametrize(
    ("printed", "asked"),
    [
        ("Stop & Shop", "stop and shop"),
        ("Stop & Shop", "STOP & SHOP"),
        ("McDonald’s", "mcdonalds"),
        ("Café Ölmann", "cafe olmann"),
        ("セブン", "セブン"),
    ],
)
def test_a_merchant_is_found_however_its_name_is_written(panel, printed, asked):
    panelist = make_panelist(panel=panel)
    shop(panelist, "2026-06-10", merchant_name=printed)
    shop(make_panelist(panel=panel), "2026-06-10", merchant_name="Another")

    assert names(purchases.bought(panel, What(merchant=asked), JUNE)) == {panelist}


def test_a_part_of_a_name_is_another_merchant(panel):
    shop(make_panelist(panel=panel), "2026-06-10", merchant_name="Target Optical")

    assert names(purchases.bought(panel, What(merchant="Target"), JUNE)) == set()


def test_a_merchant_is_found_by_the_panels_name_and_its_aliases(panel):
    panelist = make_panelist(panel=panel)
    merchant = Merchant.objects.create(panel=panel, name="Fernhill Books")
    MerchantAlias.objects.create(merchant=merchant, name="Fernhill Bks")
    MerchantAlias.objects.create(merchant=merchant, name="Old Fern", is_used=False)
    MerchantAlias.objects.create(merchant=merchant, name="2125550100", kind="phone")
    shop(panelist, "2026-06-10", merchant=merchant, merchant_name="FERNHILL 12")

    found = {
        asked: names(purchases.bought(panel, What(merchant=asked), JUNE))
        for asked in ("Fernhill books", "fernhill bks", "Old Fern", "2125550100")
    }

    assert found == {
        "Fernhill books": {panelist},
        "fernhill bks": {panelist},
        "Old Fern": set(),
        "2125550100": set(),
    }


@pytest.mark.parametrize(
    ("printed", "asked", "is_found"),
    [
        ("ORG ROLLED OATS 1KG", "rolled oats", True),
        ("ORG ROLLED OATS 1KG", "  Rolled   oats ", True),
        ("MÜSLI CRUNCHY", "Müsli", True),
        ("Müsli Crunchy", "MÜSLI", True),
        ("100% juice", "100%", True),
        ("1000 pins", "100%", False),
        ("void: OATS", "oats", False),
        ("discount: OATS", "oats", False),
    ],
)
def test_a_product_is_text_in_a_line_that_was_bought(panel, printed, asked, is_found):
    panelist = make_panelist(panel=panel)
    shop(panelist, "2026-06-10", "Bag", printed)

    found = names(purchases.bought(panel, What(product=asked), JUNE))

    assert found == ({panelist} if is_found else set())


def test_all_that_is_asked_holds_of_one_receipt(panel):
    panelist = make_panelist(panel=panel)
    shop(panelist, "2026-06-10", "Oats", merchant_name="Target")
    shop(panelist, "2026-06-11", "Milk", merchant_name="Costco")
    oats_at_costco = What(merchant="Costco", product="oats")

    assert names(purchases.bought(panel, oats_at_costco, JUNE)) == set()


@pytest.mark.parametrize(
    ("least", "most", "is_in"),
    [
        ("0.30", "0.30", True),
        ("0.31", None, False),
        (None, "0.29", False),
        (None, None, True),
    ],
)
def test_what_was_spent_is_summed_to_the_cent(panel, least, most, is_in):
    panelist = make_panelist(panel=panel)
    for day, total in (("2026-06-10", "0.10"), ("2026-06-11", "0.20")):
        shop(panelist, day, total=Decimal(total))
    shop(panelist, "2026-06-12", total=Decimal("50.00"), currency="CAD")
    shop(panelist, "2026-07-01", total=Decimal("50.00"))

    people = purchases.spent(
        panel,
        What(),
        JUNE,
        least=least and Decimal(least),
        most=most and Decimal(most),
    )

    assert names(people) == ({panelist} if is_in else set())


def test_who_bought_nothing_has_spent_in_no_band(panel):
    make_panelist(panel=panel)

    people = purchases.spent(panel, What(), JUNE, least=Decimal(0), most=Decimal(5))

    assert names(people) == set()


def test_a_lapsed_buyer_bought_before_and_no_more(panel):
    lapsed, loyal, new = (make_panelist(panel=panel) for _ in range(3))
    shop(lapsed, "2026-06-10", category="books")
    shop(lapsed, "2026-07-10", category="cafe")
    shop(loyal, "2026-06-10", category="books")
    shop(loyal, "2026-07-10", category="books")
    shop(new, "2026-07-10", category="books")

    people = purchases.lapsed(panel, What(category="books"), JUNE, JULY)

    assert names(people) == {lapsed}


def test_a_first_purchase_has_none_before_it(panel):
    new, old = make_panelist(panel=panel), make_panelist(panel=panel)
    shop(new, "2026-07-10", merchant_name="Target")
    shop(new, "2026-06-10", merchant_name="Costco")
    shop(old, "2026-07-10", merchant_name="Target")
    shop(old, "2025-01-10", merchant_name="Target")

    people = purchases.bought_first(panel, What(merchant="Target"), JULY)

    assert names(people) == {new}


def test_who_switched_buys_the_one_and_the_other_no_more(panel):
    switched, both, lapsed, always_target = (make_panelist(panel=panel) for _ in "1234")
    for panelist in (switched, both, lapsed):
        shop(panelist, "2026-06-10", merchant_name="Costco")
    for panelist in (switched, both, always_target):
        shop(panelist, "2026-07-10", merchant_name="Target")
    shop(both, "2026-07-11", merchant_name="Costco")

    people = purchases.switched(
        panel, What(merchant="Costco"), What(merchant="Target"), JUNE, JULY
    )

    assert names(people) == {switched}


def test_days_are_counted_back_from_the_panels_today():
    panel = make_panel(time_zone="Pacific/Auckland")
    at = timezone.datetime(2026, 6, 30, 13, tzinfo=timezone.get_default_timezone())

    assert last_days(panel, 7, at=at) == Window(date(2026, 6, 25), date(2026, 7, 1))
    assert last_days(panel, 30, before=7, at=at) == Window(
        date(2026, 5, 26), date(2026, 6, 24)
    )


@pytest.mark.parametrize(
    ("what", "number"),
    [
        (What(), 1),
        (What(category="books", product="oats"), 1),
        (What(merchant="Target"), 3),
    ],
)
def test_a_set_of_people_is_one_query_and_two_for_a_name(
    panel, django_assert_num_queries, what, number
):
    for _ in range(3):
        panelist = make_panelist(panel=panel)
        shop(panelist, "2026-06-10", "Oats", merchant_name="Target")

    with django_assert_num_queries(number):
        names(purchases.bought(panel, what, JUNE))


# One panelist's -----------------------------------------------------------------------


def test_the_newest_purchase_is_told_with_what_was_bought(panel):
    panelist, today = make_panelist(panel=panel), panel.today()
    merchant = Merchant.objects.create(panel=panel, name="Target")
    day = today - timedelta(days=2)
    shop(panelist, day.isoformat(), "Milk", purchased_at=time(9), total=Decimal("3"))
    receipt = shop(
        panelist,
        day.isoformat(),
        "Oats",
        "void: Tea",
        "discount: Coupon",
        merchant=merchant,
        merchant_name="TARGET T-1234",
        category="supermarket",
        purchased_at=time(18),
        total=Decimal("7.10"),
    )
    shop(panelist, day.isoformat(), "Pen", total=Decimal("1"))

    newest = purchases.newest(panelist, days=30)

    assert newest == purchases.Purchase(
        key=receipt.public_id,
        merchant="Target",
        category="supermarket",
        purchased_on=day,
        total=Decimal("7.10"),
        currency="USD",
        items=(purchases.Item("Oats", Decimal(1), Decimal("2.00")),),
    )


def test_the_newest_purchase_is_one_that_fits(panel):
    panelist, today = make_panelist(panel=panel), panel.today()
    wanted = shop(
        panelist,
        (today - timedelta(days=5)).isoformat(),
        "Oats",
        merchant_name="Target",
        category="supermarket",
    )
    shop(panelist, today.isoformat(), "Milk", merchant_name="Target")
    shop(panelist, today.isoformat(), "Oats", merchant_name="Costco")

    fits = {"merchant": "target", "product": "oats", "category": "supermarket"}

    assert purchases.newest(panelist, days=6, **fits).key == wanted.public_id
    assert purchases.newest(panelist, days=5, **fits) is None


def test_a_purchase_of_somebody_else_is_never_told(panel):
    shop(make_panelist(panel=panel), panel.today().isoformat())

    assert purchases.newest(make_panelist(panel=panel), days=30) is None


def test_the_newest_purchase_is_two_queries(panel, django_assert_num_queries):
    panelist = make_panelist(panel=panel)
    for _ in range(3):
        shop(panelist, panel.today().isoformat(), "Oats", "Milk")

    with django_assert_num_queries(2):
        purchases.newest(panelist, days=30, product="oats")


# Names of shops -----------------------------------------------------------------------


def test_shops_that_begin_with_the_text_are_named_first(panel):
    for name in ("Zylomart", "New Zylomart", "Zylo"):
        Merchant.objects.create(panel=panel, name=name)

    assert purchases.merchants(panel, "zylo") == ["Zylo", "Zylomart", "New Zylomart"]
    assert purchases.merchants(panel, "zylo", most=1) == ["Zylo"]


def test_brands_of_the_panels_country_are_named_too(panel):
    germans = make_panel(country="DE", currency="EUR", locale="de_DE")

    assert "Publix" in purchases.merchants(panel, "publix")
    assert "Publix" not in purchases.merchants(germans, "publix")


def test_a_shop_is_named_once_as_the_panel_writes_it(panel):
    Merchant.objects.create(panel=panel, name="PUBLIX")

    named = purchases.merchants(panel, "publix")

    assert [name for name in named if name.casefold() == "publix"] == ["PUBLIX"]


def test_what_one_persons_receipts_name_is_not_told(panel):
    now = timezone.now()
    Merchant.objects.create(panel=panel, name="Zylo Jane Doe", learned_at=now)
    Merchant.objects.create(
        panel=panel, name="Zylo Deli", learned_at=now, confirmed_at=now
    )
    Merchant.objects.create(panel=make_panel(), name="Zylo Abroad")

    assert purchases.merchants(panel, "zylo") == ["Zylo Deli"]


@pytest.mark.parametrize("text", ["", "  ", "&"])
def test_without_letters_no_shop_is_named(panel, text):
    Merchant.objects.create(panel=panel, name="Zylomart")

    assert purchases.merchants(panel, text) == []
