from datetime import date, time

import pytest

from receipts.reading.dates import clock_in, date_candidates
from receipts.reading.locales import locale_named

TODAY = date(2026, 11, 23)


def best(*lines, locale="en_US", submitted_on=None):
    found = date_candidates(
        lines, locale=locale_named(locale), submitted_on=submitted_on, today=TODAY
    )
    return found[0].day if found else None


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2019",
        "3/4/19",
        "3-4-19",
        "03.04.2019",
        "2019-03-04",
        "2019/03/04 14:02",
        "Mar 4, 2019",
        "MARCH 4,2019",
        "Mar04'19",
        "MAR.04'19",
        "04-Mar-2019",
        "04 MAR.19",
        "4 March 2019",
        "Date: 03/04/2019",
        "03/04/201914:02",
        "03/04/1914:02",
        "03/04/20192:15 PM",
        "03042019",
        "Server Ann 03,/04/2019",
    ],
)
def test_the_shapes_of_a_date_in_the_united_states(text):
    assert best(text) == date(2019, 3, 4)


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("04.03.2019", "de_DE"),
        ("04.03.19 15:59", "de_DE"),
        ("04.03.1915:59", "de_DE"),
        ("4. März 2019", "de_DE"),
        ("04/03/2019", "en_MY"),
        ("04-03-19", "en_MY"),
        ("le 4 mars 2019", "fr_FR"),
        ("4 marzo 2019", "es_ES"),
    ],
)
def test_the_day_comes_first_elsewhere(text, locale):
    assert best(text, locale=locale) == date(2019, 3, 4)


def test_a_day_that_fits_only_the_other_order_is_taken():
    assert best("14/07/2019") == date(2019, 7, 14)


@pytest.mark.parametrize(
    "other",
    ["Offer valid until 12/31/2025", "Return by 06/01/2019", "Exp 01/2027 05/05/2019"],
)
def test_another_day_on_the_paper_is_not_the_purchase(other):
    assert best(other, "03/04/2019 14:02") == date(2019, 3, 4)


def test_plausibility_against_the_submission_decides():
    lines = ("Member 04/11/2012", "11/04/2026")

    assert best(*lines, submitted_on=date(2026, 11, 20)) == date(2026, 11, 4)


def test_a_future_date_is_still_reported():
    assert best("12/25/2027") == date(2027, 12, 25)


@pytest.mark.parametrize("text", ["", "no date", "99/99/2019", "555-123-4567", "1/2"])
def test_what_is_no_date(text):
    assert best(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:02", time(14, 2)),
        ("2:15 PM", time(14, 15)),
        ("12:05AM", time(0, 5)),
        ("12:05 PM", time(12, 5)),
        ("9:07:59a", time(9, 7)),
        ("price 14.02", None),
        ("25:61", None),
    ],
)
def test_times_of_day(text, expected):
    assert clock_in(text) == expected
