"""Whose phone number is on the paper. Every shop, person and number is made up."""

from datetime import date

import pytest

from receipts.reading.fields import read_lines
from receipts.reading.gate import Gate
from receipts.reading.locales import locale_named
from receipts.reading.merchant import KnownMerchant, find_merchant
from receipts.reading.result import reading_as_json
from tests.receipts.reading.paper import page_of

OURS, HERS = "(503) 555-0142", "(503) 555-0177"
SHOP = f"Blue Heron Diner\n12 Harbor Street\nPortland, OR 97205\n{OURS}"
BODY = "03/14/2026 7:45 PM\n2 Pancakes 18.00\nTOTAL 18.00"
HERON = KnownMerchant(
    "Blue Heron Diner", (), "restaurant", learned_phones=("5035550142",)
)


def found_in(header, *, known=(), locale="en_US", body=BODY):
    lines = page_of(f"{header}\n{body}").lines
    return find_merchant(lines, known, locale=locale_named(locale))


# Which numbers are the shop's --------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        SHOP,
        f"Blue Heron Diner {OURS}\n12 Harbor Street",
        f"GUEST CHECK\n{SHOP}",
        f"CUSTOMER COPY\n{SHOP}",
        f"Dine In * Take Out * Delivery\n{SHOP}",
        f"{SHOP}\nFax: (503) 555-0143",
        f"{SHOP}\nDelivery\nJane Doe\n{HERS}",
        f"{SHOP}\nOrder 12\nJane Doe\n9 Elm Street\n{HERS}",
        f"{SHOP}\nCustomer phone {HERS}",
        f"{SHOP}\nTell us in our survey 503-555-0199",
        f"{SHOP}\n(800) 555-0142",
    ],
)
def test_the_shops_number_is_the_headers_first(header):
    assert found_in(header).phones == ("5035550142",)


@pytest.mark.parametrize(
    "header",
    [
        f"Blue Heron Diner\n12 Harbor Street\nDELIVERY\nJane Doe\n{HERS}",
        f"Blue Heron Diner\n12 Harbor Street\nPick up for Jane\nTel {HERS}",
        f"Blue Heron Diner\n12 Harbor Street\nCustomer: Jane Doe\nPhone: {HERS}",
        f"Blue Heron Diner\n12 Harbor Street\nShip to\nJane Doe\nElm Street 3\n{HERS}",
        f"Blue Heron Diner\n12 Harbor Street\nMember {HERS}",
        f"Blue Heron Diner\n12 Harbor Street\nLoyalty phone: {HERS}",
        f"Blue Heron Diner\n12 Harbor Street\nName: Jane\n{HERS}",
        f"Blue Heron Diner\n12 Harbor Street\nFeedback? {OURS}",
        f"Blue Heron Diner\n12 Harbor Street\nCustomer service {OURS}",
        f"Blue Heron Diner\n12 Harbor Street\nFax {OURS}",
        "Blue Heron Diner\n12 Harbor Street\n1-800-555-0142",
    ],
)
def test_a_customers_number_or_a_hotline_is_never_the_shops(header):
    assert found_in(header).phones == ()


def test_a_malaysian_customers_number_is_never_the_shops():
    header = (
        "KEDAI BUKU SERI PADI\nLOT 9 JALAN DAMAI\nM/S: Tan Mei Ling\nTel: 012-555 0142"
    )

    assert found_in(header, locale="en_MY").phones == ()


def test_several_lines_of_numbers_are_all_the_shops():
    header = (
        "KEDAI BUKU SERI PADI\nLOT 9 JALAN DAMAI\nTel: 03-5555 0142"
        "\nH/P: 012-555 0142\nFax: 03-5555 0143"
    )

    found = found_in(header, locale="en_MY")

    assert found.phones == ("0355550142", "0125550142")


@pytest.mark.parametrize(
    ("foot", "phones"),
    [
        (f"Questions? Call us at {OURS}", ("5035550142",)),
        (f"12 Harbor Street\n{OURS}", ("5035550142",)),
        (f"Thank you\n{OURS}", ()),
        (f"Customer Jane Doe\nPhone {HERS}", ()),
        (f"Card holder signature\nPhone {HERS}", ()),
    ],
)
def test_below_the_sums_a_word_or_an_address_says_that_it_is_the_shops(foot, phones):
    found = found_in("Blue Heron Diner", body=f"{BODY}\n{foot}")

    assert found.phones == phones


def test_the_foot_is_not_asked_where_the_header_has_one():
    assert found_in(SHOP, body=f"{BODY}\nCall {HERS}").phones == ("5035550142",)


def test_without_a_locale_no_number_is_known():
    assert find_merchant(page_of(SHOP).lines, [HERON]).phones == ()


# Whose they are -----------------------------------------------------------------------

SAYS = "The phone number on it is that of Blue Heron Diner, confirmed by reviewers."


def test_it_names_the_merchant_where_the_header_has_no_name():
    found = found_in(f"12 Harbor Street\nPortland, OR 97205\n{OURS}", known=[HERON])

    assert (found.name, found.category) == ("Blue Heron Diner", "restaurant")
    assert (found.confidence, found.evidence) == (0.96, (SAYS,))
    assert found.is_contradicted is False


def test_it_names_the_merchant_where_the_header_cannot_be_read():
    found = found_in(f"»| p ne\n(ic, es\n12 Harbor Street\n{OURS}", known=[HERON])

    assert (found.name, found.confidence) == ("Blue Heron Diner", 0.96)


def test_without_it_such_a_header_names_nobody():
    found = found_in(f"12 Harbor Street\nPortland, OR 97205\n{HERS}", known=[HERON])

    assert (found.name, found.confidence) == (None, 0.0)


@pytest.mark.parametrize(
    "line", ["Blue Heron Diner", "B1ue Her0n Dlner", "Blue Her Diner", "Blue Heron"]
)
def test_it_makes_a_name_that_agrees_surer(line):
    header = f"2 of us\n{line}\n12 Harbor Street\n{OURS}"

    found = found_in(header, known=[HERON])

    assert found.name == "Blue Heron Diner"
    assert found.confidence >= 0.96
    assert found.evidence[-1] == SAYS
    assert found.is_contradicted is False


def test_it_says_so_where_an_operator_wrote_the_number():
    heron = KnownMerchant("Blue Heron Diner", phones=("5035550142",))

    found = found_in(f"12 Harbor Street\n{OURS}", known=[heron])

    assert found.evidence == (
        "The phone number on it is that of Blue Heron Diner, as the operator wrote.",
    )


@pytest.mark.parametrize(
    ("header", "name"),
    [
        # Surely read: the header's stays.
        (
            SHOP.replace("Blue Heron Diner", "Golden Penny Tavern"),
            "Golden Penny Tavern",
        ),
        (SHOP.replace("Blue Heron Diner", "STARBUCKS"), "Starbucks"),
        # Hardly read: the phone's is likelier.
        (f"lucky day\n12 Harbor Street\n{OURS}", "Blue Heron Diner"),
    ],
)
def test_a_name_that_the_number_contradicts_is_for_a_person(header, name):
    found = found_in(header, known=[HERON])

    assert (found.name, found.is_contradicted) == (name, True)
    assert found.confidence <= 0.72
    assert found.evidence[-1] == SAYS


def test_a_known_merchants_name_is_no_other_misread():
    heron = KnownMerchant("Blue Heron Diner", phones=("5035550142",))
    others = KnownMerchant("Blue Herron Dinner", (), "restaurant")

    header = SHOP.replace("Blue Heron Diner", "Blue Herron Dinner")
    found = found_in(header, known=[heron, others])

    assert (found.name, found.is_contradicted) == ("Blue Herron Dinner", True)


def test_numbers_of_two_merchants_contradict_whatever_is_printed():
    penny = KnownMerchant("Golden Penny", phones=("5035550177",))

    found = found_in(f"{SHOP}\n{HERS}", known=[HERON, penny])

    assert (found.name, found.is_contradicted) == ("Blue Heron Diner", True)
    assert found.evidence[-2:] == (
        SAYS,
        "The phone number on it is that of Golden Penny, as the operator wrote.",
    )


def test_numbers_of_two_merchants_name_nobody():
    penny = KnownMerchant("Golden Penny", phones=("5035550177",))

    found = found_in(f"12 Harbor Street\n{OURS}\n{HERS}", known=[HERON, penny])

    assert (found.name, found.confidence, found.is_contradicted) == (None, 0.0, True)


def test_a_customers_number_never_names_a_merchant():
    header = "12 Harbor Street\nPortland, OR 97205\nCustomer phone (503) 555-0142"

    assert found_in(header, known=[HERON]).name is None


# What follows of it -------------------------------------------------------------------

RECEIPT = (
    "2 Pancakes 18.00\nSubtotal 18.00\nTax 1.00\nTOTAL 19.00\nCash 20.00\nChange 1.00"
)
CONTRADICTED = "The phone number is another shop’s than the name."


def read(header, *, known=(HERON,), gate=None):
    page = page_of(f"{header}\n03/14/2026 7:45 PM\n{RECEIPT}\n03/14/2026 7:45 PM")
    return read_lines(
        [page],
        locale=locale_named("en_US"),
        submitted_on=date(2026, 3, 16),
        today=date(2026, 3, 16),
        known_merchants=known,
        gate=gate,
    )


def test_a_reading_tells_the_shops_numbers():
    reading = read(f"{SHOP}\n(503) 555-0143")

    assert reading.phones == ("5035550142", "5035550143")
    assert reading_as_json(reading)["phones"] == ["5035550142", "5035550143"]


def test_a_shop_that_only_its_number_names_needs_no_person():
    reading = read(f"12 Harbor Street\nPortland, OR 97205\n{OURS}")

    assert reading.merchant == "Blue Heron Diner"
    assert reading.confidence["merchant"] >= 0.95
    assert reading.straight_through is True


@pytest.mark.parametrize("gate", [Gate(), Gate(requires_merchant=False)])
def test_a_contradiction_needs_a_person_whatever_the_panel_requires(gate):
    shop = SHOP.replace("Blue Heron Diner", "Golden Penny Tavern")

    assert read(shop, known=(), gate=gate).straight_through is True

    reading = read(shop, gate=gate)

    assert (reading.merchant, reading.straight_through) == (
        "Golden Penny Tavern",
        False,
    )
    assert [reason.sentence for reason in reading.reasons] == [CONTRADICTED]
    assert "merchant" not in reading.sure
