from datetime import date
from decimal import Decimal

import pytest

from receipts.measuring.truth import (
    ItemCount,
    Truth,
    as_one,
    as_printed,
    count_items,
    notes_in,
    same_merchant,
    true_day,
    true_sum,
    truth_of,
)


@pytest.mark.parametrize(
    ("locale", "label", "day"),
    [
        ("en_US", "3/4/2019", date(2019, 3, 4)),
        ("en_MY", "3/4/2019", date(2019, 4, 3)),
        ("en_US", "03-04-19", date(2019, 3, 4)),
        ("en_US", "23/04/2019", date(2019, 4, 23)),
        ("de_DE", "2020-05-18", date(2020, 5, 18)),
        ("en_MY", "2016/05/01", date(2016, 5, 1)),
        ("en_MY", "14/JUN/2017", date(2017, 6, 14)),
        ("en_MY", "30 DEC 17", date(2017, 12, 30)),
        ("en_US", "09-May-2017", date(2017, 5, 9)),
        ("en_US", "Mar18'18", date(2018, 3, 18)),
        ("en_US", "MAY.21'19", date(2019, 5, 21)),
        ("en_US", "APRIL1,2016", date(2016, 4, 1)),
        ("en_US", "December 29, 2018", date(2018, 12, 29)),
        ("en_US", "08/02/10 8/02/2010", date(2010, 8, 2)),
        ("en_US", "120EC2014 12/12/14", date(2014, 12, 12)),
        ("en_US", "07/22/2018 SUN", date(2018, 7, 22)),
        ("en_US", "Jun15", None),
        ("en_US", "ov-15-06-N", None),
        ("en_US", "31/31/2019", None),
        ("en_US", "", None),
    ],
)
def test_a_label_names_a_day(locale, label, day):
    assert true_day({"locale": locale, "date": label}) == day


def test_a_day_to_come_is_no_truth():
    row = {"locale": "en_US", "date": "3/4/2031"}

    assert true_day(row, date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("8.2", "8.20"),
        ("$8.20", "8.20"),
        ("RM 1,208.20", "1208.20"),
        ("-1.73", "-1.73"),
        (9, "9.00"),
    ],
)
def test_a_label_names_an_amount(label, value):
    assert true_sum(label) == Decimal(value)


@pytest.mark.parametrize("label", ["", "n/a", "1.2.3", "--"])
def test_a_label_without_an_amount_names_none(label):
    assert true_sum(label) is None


@pytest.mark.parametrize(
    ("label", "read", "same"),
    [
        ("FERNHILL MARKET", "Fernhill Market", True),
        ("FERNHILL MARKET SDN BHD", "Fernhill", True),
        ("Fernhill's", "FERNHILLS #12", True),
        ("Fernhill Market", "Fernhi1l Markef", True),
        ("Fernhill Market", "Harbor Street", False),
        ("Fernhill Market", "F", False),
        ("Fernhill Market", None, False),
    ],
)
def test_merchants_are_compared_by_their_letters(label, read, same):
    assert same_merchant(label, read) is same


def test_items_agree_in_words_and_amount():
    wanted = [
        {"description": "Rolled Oats", "amount": 3.5},
        {"description": "Olive oil", "amount": 12.0},
        {"description": "Bananas", "amount": 2.1},
    ]
    read = [
        {"description": "ROLLED OATS 500G", "amount": "3.50"},
        {"description": "Olive oil", "amount": "12.10"},
        {"description": "Pears", "amount": "2.10"},
        {"description": "Bananas", "amount": "2.10"},
    ]

    count = count_items(wanted, read)

    assert count == ItemCount(found=2, wanted=3, read=4)
    assert count.f1 == pytest.approx(4 / 7)


def test_a_line_read_once_answers_one_label():
    wanted = [{"description": "Tea", "amount": 2}, {"description": "Tea", "amount": 2}]

    count = count_items(wanted, [{"description": "Tea", "amount": "2.00"}])

    assert count == ItemCount(1, 2, 1)


def test_repeated_lines_are_one():
    lines = [
        {"description": "Green Tea", "amount": "2.00"},
        {"description": "Rice", "amount": 1.5},
        {"description": "GREEN TEA", "amount": "2.10"},
    ]

    assert as_one(lines) == [
        {"description": "Green Tea", "amount": Decimal("4.10")},
        {"description": "Rice", "amount": Decimal("1.50")},
    ]


def test_what_the_label_lacks_is_not_known():
    assert truth_of({"locale": "en_US", "date": "", "total": ""}) == Truth()


def test_notes_say_what_the_paper_prints():
    truth = Truth(
        day=date(2019, 3, 4), total=Decimal("8.00"), merchants=("Harbor Foods Ltd",)
    )

    printed = as_printed(
        truth,
        {"date": "2017-03-19", "total": "9.50", "tax": "0.75", "merchant": "Fernhill"},
    )

    assert printed == Truth(
        day=date(2017, 3, 19),
        total=Decimal("9.50"),
        tax=Decimal("0.75"),
        merchants=("Harbor Foods Ltd", "Fernhill"),
    )


def test_a_note_says_that_no_date_can_be_read():
    printed = as_printed(Truth(day=date(2019, 3, 4)), {"date": None})

    assert printed == Truth(day=None, no_day=True)


def test_without_a_file_there_are_no_notes(tmp_path):
    assert notes_in(tmp_path / "label_notes.json") == {}
