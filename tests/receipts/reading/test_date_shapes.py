"""A table of dates as tills, card slips and readers write them."""

from datetime import date

import pytest

from receipts.reading.dates import date_candidates
from receipts.reading.day_shapes import count_days, has_day
from receipts.reading.locales import locale_named

TODAY = date(2026, 11, 23)
LAST_DAY = date(2019, 12, 31)
FOURTH = date(2019, 3, 4)


def best(*lines, locale):
    found = date_candidates(
        lines, locale=locale_named(locale), submitted_on=None, today=TODAY
    )
    return found[0].day if found and found[0].points > 0 else None


@pytest.mark.parametrize(
    "text",
    [
        "12/31/2019",
        "12/31/19",
        "12-31-2019",
        "12-31-19",
        "12.31.2019",
        "12.31.19",
        "2019-12-31",
        "2019/12/31",
        "2019.12.31",
        "2019-12-31 14:02:33",
        "2019-12-31T14:02:33.000Z",
        "2019-12-3114:02",
        "20191231",
        "20191231 14:02",
        "20191231140233",
        "12312019",
        "12 / 31 / 2019",
        "12/ 31/19",
        "12 - 31 - 2019 14:02",
        "Dec 31 2019",
        "Dec 31, 2019",
        "Dec31,2019",
        "Dec.31.2019",
        "DEC31'19",
        "DEC.31'19",
        "DEC31’19 02:02PM",
        "DEC 31 19",
        "Dec3119",
        "Dec-31-19",
        "31DEC19",
        "31DEC2019",
        "31-DEC-2019 14:02",
        "31 Dec 19 14:02:33",
        "31/Dec/2019",
        "Tue 31 Dec 2019",
        "TUE DEC 31 2019",
        "December 31st, 2019",
        "31st December 2019",
        "the 31st of December, 2019",
        "Tuesday, December 31, 2019",
        "2019 Dec 31",
        "2019-DEC-31",
        "Dec 31 14:02:33 2019",
        "Dec 31 14:02:33 EST 2019",
        "Tue Dec 31 2:02 PM 2019",
        "12/31/1914:02",
        "12/31/192:02PM",
        "12/31/201914:02:33",
        "12/31/20192:02 PM",
        "12/31/1914.02",
        "12/31/19 2:02P",
        "12/31/19 2:02 p.m.",
        "12/31/19-14:02",
        "12/31/19 - 14:02",
        "12/31/19@14:02",
        "12/31/19 @ 2.02pm",
        "14:02 12/31/19",
        "2:02pm12/31/19",
        "Date:12/31/19Time:14:02",
        "DATE12/31/19TIME14:02",
        "Date: 12-31-2019 Time: 2:02PM #90",
        "Served by: 41 12/31/2019",
        "Server: Ann B 12/31/2019",
        "Cashier: Ann 12/31/2019 2:02 pm",
        "Chk 4021 Tbl 12/1 12/31/2019 14:02",
        "104/1 12/31/2019",
        "POS #2 -REG #19-12/31/2019 14:02",
        "12/31/19 14:02 4021/03 - 018",
        "12/31/2019 (555)010-0199 02:02:49 PM",
        "0168 20:14 #04 DEC.31 19 REG0001",
        "#12 DEC.31'19 REG0002",
        "REG 12-31-2019 14:02 0042",
        "12/31/2019-0042",
        "12/31/19 TUE",
        "Invoice#2143 12/31/19 2:02:14 PM",
        "Date 123119",
        "Date 12 31 19",
        "12/31/19.",
        "(12/31/19)",
        "*12/31/2019*",
    ],
)
def test_the_last_day_of_a_year_in_the_united_states(text):
    assert best(text, locale="en_US") == LAST_DAY


@pytest.mark.parametrize(
    "text",
    [
        "12/3l/2019",
        "l2/31/2019",
        "I2/3I/19 14:02",
        "12/31/2O19",
        "12/3|/19",
        "12/31,/2019",
        "12,/31/2019",
        "12~31~19",
        "12/31.19 14:02",
        "12/31 19 TIME 14:02",
        "12.31/19 14:02",
        "12 31/19 14:02",
        "12/3119 14:02",
        "1231/19 14:02",
        "12/312019 14:02",
        "12/31-2019",
        "12 31 2019 14:02",
        "12,31,2019 14:02",
        "00041231/2019 Date 12/31/2019",
        "R00012/31/2019 14:02",
        "310EC2019",
        "31 0EC 2019",
        "31DEC2O19 14:02",
        "DEC3l'19",
        "0EC 31 2019",
        "12/31//2019",
        "1273172019 14:02",
        "1213112019 2:02:06 PM",
    ],
)
def test_what_a_reader_has_damaged_is_mended(text):
    assert best(text, locale="en_US") == LAST_DAY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("O5/O8/2019", date(2019, 5, 8)),
        ("0S/08/2019", date(2019, 5, 8)),
        ("05/0B/2019 14:02", date(2019, 5, 8)),
        ("Ju119'14 12:36PM", date(2014, 7, 19)),
        ("JU1 19 2014", date(2014, 7, 19)),
        ("0CT 12 2018", date(2018, 10, 12)),
        ("12 N0V 2018", date(2018, 11, 12)),
        ("5EP 07'18 09:28PM", date(2018, 9, 7)),
    ],
)
def test_letters_among_digits_and_digits_in_months(text, expected):
    assert best(text, locale="en_US") == expected


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("31.12.19", "de_DE"),
        ("31.12.2019 14:02", "de_DE"),
        ("31.12.1914:02", "de_DE"),
        ("31.12.201914:02:33", "de_DE"),
        ("31.12.201914:024711/0815", "de_DE"),
        ("31. Dezember 2019", "de_DE"),
        ("31. Dez. 2019, 14.02 Uhr", "de_DE"),
        ("Dienstag, 31. Dezember 2019", "de_DE"),
        ("Di 31.12.2019", "de_DE"),
        ("Di., 31.12.19 14:02", "de_DE"),
        ("Datum 31.12.19 14:02 Uhr", "de_DE"),
        ("Datum:31.12.2019Uhrzeit:14:02:33", "de_DE"),
        ("0815 4711/02 31.12.19 14:02", "de_DE"),
        ("31,12.2019 14:02", "de_DE"),
        ("31.12,2019 14:02", "de_DE"),
        ("3l.12.2019", "de_DE"),
        ("31/12/2019", "en_GB"),
        ("31/12/19 @ 2.02pm", "en_GB"),
        ("31-12-19", "en_GB"),
        ("31 DEC 19", "en_GB"),
        ("31st Dec 2019 14:02", "en_GB"),
        ("31/12/1914:02", "en_GB"),
        ("31/12/2019", "en_MY"),
        ("31-12-19 14:02 SH01", "en_MY"),
        ("31 Disember 2019", "en_MY"),
        ("31~12-19 02:02PH", "en_MY"),
        ("Date : Tue 31/12/2019 02:02:54 PH", "en_MY"),
        ("Date :31-12-201914:02:33", "en_MY"),
        ("CB#:87870 31/12/2019 8.08:53", "en_MY"),
        ("31122019 No 7001", "en_MY"),
        ("31 décembre 2019", "fr_FR"),
        ("le 31 décembre 2019 à 14h02", "fr_FR"),
        ("Mardi 31 decembre 2019", "fr_FR"),
        ("31/12/2019 14h02", "fr_FR"),
        ("31/12/1914h02", "fr_FR"),
        ("31 déc. 2019", "fr_FR"),
        ("31 de diciembre de 2019", "es_ES"),
        ("martes, 31 de diciembre de 2019", "es_ES"),
        ("Fecha: 31/12/2019 Hora: 14:02", "es_ES"),
        ("FECHA 31-12-19", "es_ES"),
        ("31 dic 2019", "es_ES"),
    ],
)
def test_the_last_day_of_a_year_elsewhere(text, locale):
    assert best(text, locale=locale) == LAST_DAY


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("3/4/19 7:46P", "en_US"),
        ("MAR.04.19", "en_US"),
        ("Thursday, March 4, 2021", "en_US"),
        ("04 MAR.19", "en_US"),
        ("4/3/19", "en_GB"),
        ("4 mars 2019", "fr_FR"),
        ("4 Mac 2019", "en_MY"),
        ("4. Marz 2019", "de_DE"),
        ("1er mars 2019", "fr_FR"),
        ("4 de marzo del 2019", "es_ES"),
    ],
)
def test_early_days_by_the_order_of_the_locale(text, locale):
    expected = {
        "Thursday, March 4, 2021": date(2021, 3, 4),
        "1er mars 2019": date(2019, 3, 1),
    }.get(text, FOURTH)

    assert best(text, locale=locale) == expected


@pytest.mark.parametrize(
    "text",
    [
        "617-868-8800",
        "(555) 010-0199",
        "Tel 01.42.68.53.00",
        "Tel: 04 12 10 19 45",
        "Fax 12-31-19-45",
        "EXP 12/21",
        "VISA ************1234 12/21",
        "Exp. Date 12/2021",
        "12.31",
        "12.31 10.19",
        "1 12.31 12.31",
        "1.00 10.00 10.00",
        "10 12 19",
        "GST No 001234567890",
        "GST REG: 000850247680",
        "Acct 4412-31-1904",
        "Account 00012312019999",
        "Springfield, ZZ 12319",
        "Springfield 12319-2019",
        "v2.10.19",
        "Version 3.12.2019",
        "10.12.31.19",
        "12:31",
        "12:31:19",
        "1/2",
        "1 1/2 cup 10.50",
        "1030 1/2 Elm St",
        "3/4 19 oz",
        "Table 12/3 Gst 19",
        "12/30 4x6",
        "104/1 12:56 PM",
        "12.5% 10.19%",
        "40.7128, -74.0060",
        "SKU 12-31-19",
        "PLU 4011",
        "1361-05-4374-6207-7",
        "1-01-1-01-001303",
        "APR 2019",
        "MAR2019",
        "2 Mar 10.50",
        "BIG MAC 2 10.50",
        "BIG MAC 2 10",
        "MARKET 12 2019",
        "2 MAI TAI 12.50",
        "DECAF 12 2019",
        "8/24 and 8/31 will fund classrooms",
        "1 OCTOPUS 10 19",
        "Sub/Tt1 12/31",
        "99/99/2019",
        "31/31/2019",
        "Feb 30, 2019",
        "REF 123119",
        "REF 1273172019",
        "",
    ],
)
def test_what_is_no_date(text):
    assert best(text, locale="en_US") is None


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("Offer valid until 12/31/2019", "en_US"),
        ("COUPON EXPIRES 12/31/19", "en_US"),
        ("Valid thru 12/31/2019", "en_US"),
        ("RETURNS WITH RECEIPT THRU 12/31/2019", "en_US"),
        ("Return by 12/31/2019", "en_US"),
        ("Redeem by Dec 31, 2019", "en_US"),
        ("12/31/2019 is when this coupon ends", "en_US"),
        ("Member since 12/31/2019", "en_US"),
        ("DOB 12/31/2005", "en_US"),
        ("Birth date: 12/31/2004", "en_US"),
        ("Card Expiry: 31/12/19", "en_MY"),
        ("Best before 12/31/2019", "en_US"),
        ("Estimated delivery: Dec 31, 2019", "en_US"),
        ("Promotion ends 12/31/2019", "en_US"),
        ("Survey closes 12/31/2019", "en_US"),
        ("Gutschein gültig bis 31.12.2019", "de_DE"),
        ("Umtausch bis 31.12.2019", "de_DE"),
        ("Kunde seit 31.12.2018", "de_DE"),
        ("Mindestens haltbar bis 31.12.2019", "de_DE"),
        ("Valable jusqu'au 31/12/2019", "fr_FR"),
        ("Válido hasta 31/12/2019", "es_ES"),
        ("Caduca: 31/12/2019", "es_ES"),
    ],
)
def test_the_purchase_is_preferred_to_other_days(text, locale):
    written = "04.03.2019" if locale == "de_DE" else "04/03/2019"
    purchase = "03/04/2019" if locale == "en_US" else written

    assert best(text, purchase, text, locale=locale) == FOURTH


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Printed: 04/03/2019 01:09", "Date: 03/03/2019 23:50"], date(2019, 3, 3)),
        (["BIZDATE: 03/03/2019", "PRINTED: 04/03/2019"], date(2019, 3, 3)),
        (["14/03/2019", "04/03/2019 14:02", "COPY 04/03/2019 14:02"], FOURTH),
        (["04/03/2019 14:02", "04/03/2019 EXP 06/20"], FOURTH),
        (["Offer valid until", "31/12/2019", "04/03/2019"], FOURTH),
        (
            [
                "Thank you for shopping with us. Your order was placed on 4 March 2019",
                "Arriving Monday, 11 March 2019",
            ],
            FOURTH,
        ),
    ],
)
def test_of_several_days_the_purchase_is_taken(lines, expected):
    assert best(*lines, locale="en_GB") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nov \u0130, 2026", date(2026, 11, 1)),
        ("\u0130. November 2026", date(2026, 11, 1)),
        ("Nov \u0131\u0131, 2026", date(2026, 11, 11)),
        ("Nov L, 2026", date(2026, 11, 1)),
        ("nov 2L 2026", date(2026, 11, 21)),
        ("l0 \u017fep 2026", date(2026, 9, 10)),
        ("10 o\u212atober 2026", date(2026, 10, 10)),
        ("\u017fun 11/08/2026", date(2026, 11, 8)),
        ("FR\u0130 11/20/2026", date(2026, 11, 20)),
        ("\uff11\uff11/\uff12\uff10/\uff12\uff10\uff12\uff16", None),
        ("\u0661\u0661/20/2026", date(2026, 11, 20)),
        ("11/20/\u0662\u0660\u0662\u0666", None),
        ("11/2\u00b2/2026", None),
        ("\u2460\u2460/\u2461\u2469/2026", None),
        ("Nov \u2461, 2026", None),
        ("Nov \u00b2\u2070 2026 1\u00b2:0\u00b2", None),
    ],
)
def test_odd_letters_and_digits_never_raise(text, expected):
    assert best(text, locale="en_US") == expected


@pytest.mark.parametrize(
    "odd", "\u0130\u0131\u017f\u212aLlOoSsZBQ\u0663\uff13\u00b3\u2462"
)
@pytest.mark.parametrize(
    "shape",
    [
        "Nov {}, 2026",
        "{}{} Nov 2026",
        "Nov 1{} 20{}6",
        "1{}/{}7/2026",
        "{}on 11/20/2026 1{}:0{}",
        "{}ep 1{} 12:4{}:59 2026",
        "Date {}{}0319",
    ],
)
def test_every_letter_that_passes_for_another_is_survived(odd, shape):
    text = shape.replace("{}", odd)

    for written in (text, text.upper(), text.lower()):
        for locale in ("en_US", "de_DE", "fr_FR", "es_ES", "en_MY"):
            found = date_candidates(
                [written],
                locale=locale_named(locale),
                submitted_on=None,
                today=TODAY,
            )
            assert all(isinstance(c.day, date) for c in found)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("03/14/2026 10:22", 1),
        ("REG #19-03/14/202610:22:33", 1),
        ("14-MAR-26", 1),
        ("14. März 2026", 1),
        ("3 de marzo de 2026", 1),
        ("le 14 févr. 2026", 1),
        ("Mar 14, 2026", 1),
        ("2026-03-14 10:22 until 2026-04-14", 2),
        ("2 Milk 12.99", 0),
        ("1 Margherita 12.00", 0),
        ("2 Mac 10.90", 0),
        ("Mon-Fri 9.00-20.00", 0),
        ("880101-14-5566", 0),
    ],
)
def test_a_line_looks_as_if_it_had_days(text, count):
    assert (count_days(text), has_day(text)) == (count, count > 0)


@pytest.mark.parametrize(
    ("text", "day"),
    [("14 janv. 2019", date(2019, 1, 14)), ("le 14 févr. 2019", date(2019, 2, 14))],
)
def test_french_months_are_known_by_their_usual_short_names(text, day):
    assert best(text, locale="fr_FR") == day
