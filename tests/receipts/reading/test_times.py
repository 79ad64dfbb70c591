from datetime import date, time

import pytest

from receipts.reading.dates import date_candidates
from receipts.reading.locales import locale_named
from receipts.reading.times import clock_in, clocks_in, is_opening_hours


def time_of(*lines, locale="en_US"):
    found = date_candidates(
        lines,
        locale=locale_named(locale),
        submitted_on=None,
        today=date(2026, 11, 23),
    )
    return found[0].at


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:02", time(14, 2)),
        ("14:02:33", time(14, 2)),
        ("2:02 PM", time(14, 2)),
        ("2:02P", time(14, 2)),
        ("2:02pm", time(14, 2)),
        ("2:02 p.m.", time(14, 2)),
        ("2.02pm", time(14, 2)),
        ("12:05 AM", time(0, 5)),
        ("12:05 a.m.", time(0, 5)),
        ("9:07:59a", time(9, 7)),
        ("02:49PH 4711", time(14, 49)),
        ("9:46AH", time(9, 46)),
        ("0419 PM", time(16, 19)),
        ("14h02", time(14, 2)),
        ("à 14h02", time(14, 2)),
        ("14.02 Uhr", time(14, 2)),
        ("9.05 Uhr", time(9, 5)),
        ("14:02 Uhr", time(14, 2)),
        ("8.08:53", time(8, 8)),
        ("12:31.00", time(12, 31)),
        ("O9:28 PM", time(21, 28)),
        ("1O:3l", time(10, 31)),
        ("#04-14:02", time(14, 2)),
        ("Time:12:45:41 PM", time(12, 45)),
        ("2 Person 02:14 PM - 03:03 PM", time(14, 14)),
    ],
)
def test_shapes_of_a_time(text, expected):
    assert clock_in(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "14.02",
        "price 14.02 11.30",
        "25:61",
        "26:02",
        "776:5002",
        "12:345",
        "1:2",
        "3 @ 1.50",
        "1402",
        "ratio 10:1",
        "8:00 - 20:00",
        "MO.-SA. 9.00 Uhr - 20.00 Uhr",
        "Mo - Sa: 7:30 - 21:00 Uhr",
        "Mo.-Fr. 08:00-20:00 Uhr",
        "Sa. 10:00 Uhr - 20:00 Uhr",
        "Öffnungszeiten 8:00-20:00",
        "Open 8am-10pm",
        "OPEN 8:00AM TO 9:00PM DAILY",
        "Open until 10:00 PM",
        "Store hours: 9:00 AM to 9:00 PM",
        "Mon-Fri 9:00am - 5:30pm",
        "Sun: 10:00am to 6:00pm",
        "Happy hour 3:00pm",
        "Ouvert du lundi au samedi 9h00 - 19h30",
        "Horario: 9:00 a 21:00",
        "We close at 9:00 PM",
        "Call us weekdays 9:00",
    ],
)
def test_what_is_no_time_of_a_purchase(text):
    assert clock_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "12/31/2019 9:00 AM - 9:30 AM",
        "Open Time: Dec 31, 2019 04:30PM",
        "Opened 18:02 / Closed 19:33",
        "Check open 18:02",
        "30/05/18 10:45 - 30/05/18 11:00",
    ],
)
def test_times_of_a_visit_are_no_opening_hours(text):
    assert not is_opening_hours(text)


def test_clocks_say_where_they_stand():
    found = clocks_in("from 2:02 PM to 14:45")

    assert [(clock.at, clock.start) for clock in found] == [
        (time(14, 2), 5),
        (time(14, 45), 16),
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["12/31/19 14:02"], time(14, 2)),
        (["12/31/1914:02"], time(14, 2)),
        (["12/31/201914:02:33"], time(14, 2)),
        (["12/31/192:02PM"], time(14, 2)),
        (["12/31/201914:024711/0815"], time(14, 2)),
        (["12/31/19-14:02"], time(14, 2)),
        (["2:02pm 12/31/19"], time(14, 2)),
        (["Date:12/31/19Time:14:02"], time(14, 2)),
        (["Open 18:02 Print 12/31/19 19:33"], time(19, 33)),
        (["12/31/19", "Table 4 2:02 PM"], time(14, 2)),
        (["14:02", "12/31/19", "Open 8:00AM to 9:00PM"], time(14, 2)),
        (["12/31/2019", "Doc No. 17 Date:", "Cashier ANN Time: 09:44:00"], time(9, 44)),
        (["12/31/2019 10.50"], None),
    ],
)
def test_the_time_beside_the_date(lines, expected):
    assert time_of(*lines) == expected


@pytest.mark.parametrize(
    "text", ["Mon-Fri 9.00-20.00", "Mo-Sa 9.00 - 20.00", "Open daily 10.00-22.00"]
)
def test_hours_with_points_are_no_date(text):
    assert is_opening_hours(text)
    assert clock_in(text) is None
