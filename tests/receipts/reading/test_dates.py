from datetime import date, time

import pytest

from receipts.reading.dates import (
    clock_in,
    date_candidates,
    date_evidence,
    same_day_in,
)
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


def candidate(*lines, locale="en_US", submitted_on=None):
    return date_candidates(
        lines, locale=locale_named(locale), submitted_on=submitted_on, today=TODAY
    )[0]


def test_a_candidate_says_where_and_how_its_day_is_written():
    found = candidate("12/31/19 14:02", "1 TEA 2.00", "COPY", "Dec 31, 2019")

    assert found.day == date(2019, 12, 31)
    assert found.lines == (0, 3)
    assert found.is_full_year
    assert not found.is_ambiguous
    assert found.at == time(14, 2)


@pytest.mark.parametrize(
    ("text", "is_ambiguous"),
    [
        ("03/04/2019", True),
        ("12/31/2019", False),
        ("04/04/2019", False),
        ("2019-03-04", False),
        ("Mar 4, 2019", False),
        ("MON 03/04/2019", False),
    ],
)
def test_only_digits_that_fit_both_orders_are_ambiguous(text, is_ambiguous):
    assert candidate(text).is_ambiguous is is_ambiguous


def test_the_day_of_submission_can_settle_the_order():
    found = candidate("10/12/2026", submitted_on=date(2026, 11, 20))

    assert found.day == date(2026, 10, 12)
    assert not found.is_ambiguous


def test_another_print_with_its_month_in_letters_settles_the_order():
    found = candidate("03/04/2019 14:02", "4 March 2019")

    assert found.day == date(2019, 3, 4)
    assert not found.is_ambiguous


def test_a_weekday_settles_the_order():
    # The 4th of March 2019 was a Monday, the 3rd of April a Wednesday.
    found = candidate("WED 03/04/2019 14:02")

    assert found.day == date(2019, 4, 3)
    assert found.swapped
    assert found.weekday_agrees


def test_a_weekday_that_does_not_fit_speaks_against_the_digits():
    right, wrong = candidate("MON 03/04/2019"), candidate("SUN 03/04/2019")

    assert right.weekday_agrees is True
    assert wrong.weekday_agrees is False
    assert right.points > wrong.points


def test_a_date_that_fits_one_order_only_tells_the_order_of_the_others():
    found = candidate("Member since 25/12/2018", "03/04/2019 14:02")

    assert found.day == date(2019, 4, 3)


@pytest.mark.parametrize(
    ("text", "repairs", "is_damaged"),
    [
        ("12/31/2019", 0, False),
        ("12/3l/2019", 1, True),
        ("l2/3l/2019", 2, True),
        ("12,/31/2019", 1, True),
        ("31 0EC 2019", 1, True),
        ("Cashier 771 2/01/10", 0, True),
        ("Cashier 778 2/01/10", 0, False),
        ("Invoice 2143 4/15/16", 0, False),
    ],
)
def test_damage_is_counted(text, repairs, is_damaged):
    found = candidate(text)

    assert (found.repairs, found.is_damaged) == (repairs, is_damaged)


def test_a_clean_print_makes_up_for_a_damaged_one():
    found = candidate("12/3l/2019 14:02", "12/31/2019")

    assert found.repairs == 0
    assert not found.is_damaged


def test_a_page_full_of_dates_stays_cheap():
    lines = ["Valid until 12/31/2019 or 01/02/2020 " * 40] * 600

    found = date_candidates(
        lines, locale=locale_named("en_US"), submitted_on=None, today=TODAY
    )

    assert {c.day for c in found} >= {date(2019, 12, 31), date(2020, 1, 2)}


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("12/31/19 2:02P", "en_US", True),
        ("Date: Dec 31, 2019", "en_US", True),
        ("31.12.2019 14:02", "de_DE", True),
        ("l2/31/2019", "en_US", True),
        ("12/30/19", "en_US", False),
        ("12/31/18", "en_US", False),
        ("31.12. 14:02", "de_DE", False),
        ("", "en_US", False),
    ],
)
def test_another_reading_of_a_line_has_the_same_day(text, locale, expected):
    found = same_day_in(["TOTAL 4.00", text], date(2019, 12, 31), locale_named(locale))

    assert found is expected


def test_the_same_digits_in_the_other_order_are_not_the_same_day():
    locale = locale_named("en_US")

    assert same_day_in(["03/04/2019"], date(2019, 3, 4), locale)
    assert not same_day_in(["03/04/2019"], date(2019, 4, 3), locale)
    assert same_day_in(["14/07/2019"], date(2019, 7, 14), locale)


@pytest.mark.parametrize(
    ("lines", "locale", "expected"),
    [
        (
            ["12/31/19 14:02", "12/31/19"],
            "en_US",
            (
                "“12/31/19” is read month first, as in the United States.",
                "A time of day stands beside it.",
                "It is printed 2 times.",
            ),
        ),
        (["31.12.2019"], "de_DE", ("“31.12.2019” is read day first, as in Germany.",)),
        (["2019-12-31"], "en_US", ("“2019-12-31” is read year first.",)),
        (
            ["Tue 31 Dec 2019"],
            "en_GB",
            (
                "“31 Dec 2019” has its month in letters.",
                "It was a Tuesday, as is printed beside it.",
            ),
        ),
        (
            ["MON 12/3l/2019"],
            "en_US",
            (
                "“12/3l/2019” is read month first, as in the United States.",
                "Another weekday is printed, though it was a Tuesday.",
                "One of its characters was unclear.",
            ),
        ),
        (
            ["14/07/2019"],
            "en_US",
            (
                "“14/07/2019” is read day first, unlike in the United States: "
                "only so does it fit.",
            ),
        ),
    ],
)
def test_evidence_in_words(lines, locale, expected):
    found = candidate(*lines, locale=locale)

    assert date_evidence(found, locale_named(locale)) == expected


OTHER_DAYS = [
    ("Pickup 11/20/2026 12:00 PM", "en_US"),
    ("Pick-up by: 11/20/2026 12:00", "en_US"),
    ("Last visit 11/02/2026 10:00", "en_US"),
    ("Last purchase: 11/02/2026 10:00", "en_US"),
    ("Ready Fri 11/20/2026 5:00 PM", "en_US"),
    ("Your order will be ready on 11/20/2026 at 5 PM", "en_US"),
    ("Scheduled for Nov 20, 2026 9:15 AM", "en_US"),
    ("Next appointment Fri 11/20/2026 2:00 PM", "en_US"),
    ("11/20/2026 2:00 PM next appointment", "en_US"),
    ("11/20/2026 2:00 PM Pickup", "en_US"),
    ("Event: Sat, Nov 21, 2026 8:00 PM", "en_US"),
    ("Showtime 11/20/2026 7:45 PM", "en_US"),
    ("Doors open Nov 20, 2026 19:00", "en_US"),
    ("Check in/out 11/15/2026 15:00", "en_US"),
    ("Check-in: 11/15/2026 15:00", "en_US"),
    ("Check-out date: 11/15/2026 11:00", "en_US"),
    ("Statement 11/01/2026 00:00", "en_US"),
    ("Statement date: 11/01/2026", "en_US"),
    ("Reservation 11/20/2026 19:30", "en_US"),
    ("Rental date 11/15/2026 10:00", "en_US"),
    ("Return date 11/18/2026 10:00", "en_US"),
    ("Reprint 11/20/2026 10:00", "en_US"),
    ("Re-printed: 11/20/2026 10:00", "en_US"),
    ("Delivery: 20/11/2026 18:00", "en_GB"),
    ("Payment due 11/20/2026 12:00", "en_US"),
    ("Appt. date: 11/20/2026 2:00 PM", "en_US"),
    ("Admit one Fri Nov 20, 2026 8:00 PM", "en_US"),
    ("Points as of 11/20/2026 9:00", "en_US"),
    ("We will be closed Fri 11/20/2026", "en_US"),
    ("Refill after 11/20/2026", "en_US"),
    ("Cetak semula 20/11/2026 10:00", "en_MY"),
    ("Abholung: 20.11.2026 12:00 Uhr", "de_DE"),
    ("Ihr nächster Termin: Fr 20.11.2026 14:00", "de_DE"),
    ("Kontoauszug vom 20.11.2026", "de_DE"),
    ("Nachdruck 20.11.2026 10:00", "de_DE"),
    ("Veranstaltung 20.11.2026 20:00 Uhr", "de_DE"),
    ("Mietbeginn 15.11.2026 10:00", "de_DE"),
    ("Prochain rendez-vous le 20/11/2026 à 14h00", "fr_FR"),
    ("Retrait le 20/11/2026 12:00", "fr_FR"),
    ("Relevé du 20/11/2026", "fr_FR"),
    ("Próxima cita: 20/11/2026 14:00", "es_ES"),
    ("Reserva 20/11/2026 21:00", "es_ES"),
    ("Recogida: 20/11/2026 12:00", "es_ES"),
]


@pytest.mark.parametrize(("text", "locale"), OTHER_DAYS)
def test_a_day_for_something_else_is_told_from_a_purchase(text, locale):
    assert candidate(text, locale=locale).is_other_day


@pytest.mark.parametrize(("text", "locale"), OTHER_DAYS)
def test_a_bare_purchase_outbids_another_day_with_its_time(text, locale):
    written = {"en_US": "03/14/2026", "de_DE": "14.03.2026"}.get(locale, "14/03/2026")
    found = candidate(text, "TOTAL 4.00", written, locale=locale)

    assert found.day == date(2026, 3, 14)
    assert not found.is_other_day


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("11/20/2026", "en_US"),
        ("11/20/2026 14:02", "en_US"),
        ("Order date 11/20/2026", "en_US"),
        ("Sale Date: 11/20/2026 14:02", "en_US"),
        ("Pickup order date: 11/20/2026 14:02", "en_US"),
        ("Ready-made blinds, ordered on 11/20/2026", "en_US"),
        ("Check #123 11/20/2026 6:30 PM", "en_US"),
        ("Guest check 11/20/2026 6:30 PM", "en_US"),
        ("Check closed 11/20/2026 9:12 PM", "en_US"),
        ("Opened 11/20/2026 18:30 Closed 19:40", "en_US"),
        ("Server: Ann B 11/20/2026", "en_US"),
        ("ver: Ann 11/20/2026 4711", "en_US"),
        ("Served by 11/20/2026 14:02", "en_US"),
        ("Checkout 4 11/20/2026 14:02", "en_US"),
        ("Self check-out 11/20/2026 14:02", "en_US"),
        ("Check-out lane 3 11/20/2026 14:02", "en_US"),
        ("DRIVE THRU 11/20/2026 12:14 PM", "en_US"),
        ("Drive-through 2 11/20/2026 12:14 PM", "en_US"),
        ("BEST CORNER SHOP 11/20/2026", "en_US"),
        ("Balance due 4.00 11/20/2026 14:02", "en_US"),
        ("Validation 4711 11/20/2026 14:02", "en_US"),
        ("11/20/2026 14:02 EXP 06/29", "en_US"),
        ("Print time: 20/11/2026 14:02", "en_MY"),
        ("Printed 20/11/2026 14:02", "en_MY"),
        ("All prices in RM 20/11/2026 14:02", "en_MY"),
        ("Terminal 4 20.11.2026 14:02", "de_DE"),
        ("Preise in EUR 20.11.2026 14:02", "de_DE"),
        ("Kaufdatum 20.11.2026", "de_DE"),
        ("Location: 4 20/11/2026 14:02", "en_GB"),
    ],
)
def test_the_day_of_a_purchase_is_no_other_day(text, locale):
    found = candidate(text, locale=locale)

    assert found.day == date(2026, 11, 20)
    assert not found.is_other_day


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("Prices good 11/18/2026 thru 11/22/2026", "en_US"),
        ("Prices effective 11/18/2026 - 11/22/2026", "en_US"),
        ("11/18/2026 - 11/22/2026 prices valid", "en_US"),
        ("11/18/2026 through 11/22/2026", "en_US"),
        ("Wed 11/18/2026 - Sun 11/22/2026", "en_US"),
        ("Rental 11/18/2026 10:00 - 11/22/2026 10:00", "en_US"),
        ("Stay: Nov 18, 2026 to Nov 22, 2026", "en_US"),
        ("Aktion 18.11.2026 bis 22.11.2026", "de_DE"),
        ("Séjour du 18/11/2026 au 22/11/2026", "fr_FR"),
        ("Del 18/11/2026 al 22/11/2026", "es_ES"),
    ],
)
def test_no_day_of_a_range_is_the_purchase(text, locale):
    found = date_candidates(
        [text], locale=locale_named(locale), submitted_on=None, today=TODAY
    )
    meant = [c for c in found if not c.swapped]

    assert {c.day for c in meant} == {date(2026, 11, 18), date(2026, 11, 22)}
    assert all(c.is_other_day for c in meant)


def test_two_days_with_their_own_words_are_no_range():
    found = date_candidates(
        ["Order date 11/18/2026 Pickup 11/20/2026 12:00"],
        locale=locale_named("en_US"),
        submitted_on=None,
        today=TODAY,
    )

    assert [(c.day.day, c.is_other_day) for c in found] == [(18, False), (20, True)]


def test_the_same_day_twice_is_no_range():
    assert not candidate("11/20/2026 18:30 - 11/20/2026 19:40").is_other_day


@pytest.mark.parametrize(
    ("above", "text", "expected"),
    [
        ("Pickup", "11/20/2026 12:00 PM", True),
        ("Next appointment:", "Fri 11/20/2026 2:00 PM", True),
        ("Prices effective", "11/18/2026 - 11/20/2026", True),
        ("Offer valid until", "11/20/2026", True),
        ("NO REFUNDS", "11/20/2026 14:02", False),
        ("*** REPRINT ***", "11/20/2026 14:02", False),
        ("Come back soon for our next big event", "11/20/2026 14:02", False),
        ("Pickup", "Order date 11/20/2026 14:02", False),
        ("Pickup 11/19/2026", "11/20/2026 14:02", False),
    ],
)
def test_a_label_above_a_day_names_it(above, text, expected):
    found = {
        c.day: c.is_other_day
        for c in date_candidates(
            [above, text],
            locale=locale_named("en_US"),
            submitted_on=None,
            today=TODAY,
        )
    }

    assert found[date(2026, 11, 20)] is expected


def test_one_line_without_such_words_clears_a_day():
    found = candidate("Pickup 11/20/2026 18:00", "TOTAL 4.00", "11/20/2026")

    assert found.lines == (0, 2)
    assert not found.is_other_day
