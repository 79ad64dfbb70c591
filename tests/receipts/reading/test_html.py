"""E-mails' HTML as pages, and whole made-up receipts read from it."""

import json
from datetime import date, time
from decimal import Decimal

import pytest
from django.core.management import call_command

from receipts.reading.html import decoded_html, page_of_html
from receipts.reading.locales import locale_named
from receipts.reading.read import read_lines


def rows(html):
    return [[word.text for word in line.words] for line in page_of_html(html).lines]


def texts(html):
    return [line.text for line in page_of_html(html).lines]


def reading_of(html, *, locale="en_US"):
    return read_lines(
        [page_of_html(html)],
        locale=locale_named(locale),
        submitted_on=date(2026, 11, 20),
        today=date(2026, 11, 23),
    )


def goods(reading):
    return [(item.description, item.amount) for item in reading.items]


def test_a_row_of_a_table_is_a_line_with_a_word_a_cell():
    page = page_of_html(
        "<table><tr><td>Tea</td><td>2</td><td>$7.00</td></tr>"
        "<tr><td colspan=2>Total</td><td>$7.00</td></tr></table>"
    )

    assert page.reader == "html"
    assert [[word.text for word in line.words] for line in page.lines] == [
        ["Tea", "2", "$7.00"],
        ["Total", "$7.00"],
    ]
    first, second = page.lines
    assert first.words[2].box[0] == second.words[1].box[0]
    assert second.words[0].box[2] == first.words[1].box[2]
    assert first.box[3] < second.box[1]
    assert {word.confidence for line in page.lines for word in line.words} == {1.0}


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a<br>b<br/>c", ["a", "b", "c"]),
        ("<p>a<p>b", ["a", "b"]),
        ("<div>a</div>b<div>c</div>", ["a", "b", "c"]),
        ("<ul><li>a<li>b</ul>", ["a", "b"]),
        ("<h1>a</h1><h2>b</h2>c", ["a", "b", "c"]),
        ("<dl><dt>a<dd>b</dl>", ["a", "b"]),
        ("<b>a</b> <i>b</i>\n\n c", ["a b c"]),
        ("<span>Total:</span>&nbsp;&#36;4&#x2e;00", ["Total: $4.00"]),
        ("caf&eacute; &amp; th&eacute;", ["café & thé"]),
        ("Spar\u00adpreis 1\u200b2,3\u200c4\u202f€", ["Sparpreis 12,34 €"]),
        ("$10<sup>99</sup>", ["$10.99"]),
        ("Mug<sup>2</sup>", ["Mug2"]),
        ("<pre>TEA      2.00\nTOTAL    2.00</pre>", ["TEA 2.00", "TOTAL 2.00"]),
        (
            "<div style='float:left'>Tax</div><div style='float:right'>1.00</div>"
            "<div style='float:left'>Total</div><div style='float:right'>9.00</div>",
            ["Tax 1.00", "Total 9.00"],
        ),
        (
            "<div style='display: flex'><div>Total</div><div>9.00</div></div>",
            ["Total 9.00"],
        ),
        (
            "<div style='display:flex; flex-direction:column'><div>a</div>"
            "<div>b</div></div>",
            ["a", "b"],
        ),
        ("", []),
        ("   ", []),
    ],
)
def test_blocks_break_lines_and_text_runs_on(html, expected):
    assert texts(html) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        "<div style='display:none'>X</div>",
        "<div style='DISPLAY : NONE !important'>X</div>",
        "<span style='visibility:hidden'>X</span>",
        "<span style='mso-hide:all'>X</span>",
        "<span style='font-size:0'>X</span>",
        "<span style='font-size: 0px;'>X</span>",
        "<div style='max-height:0;overflow:hidden'>X</div>",
        "<div style='opacity:0'>X</div>",
        "<div hidden>X</div>",
        "<style>p { content: 'X' }</style>",
        "<script>var total = '<b>X</b>';</script>",
        "<title>X</title>",
        "<template><p>X</p></template>",
        "<svg><text>X</text></svg>",
        "<!-- X -->",
        "<!--[if mso]><table><tr><td>X</td></tr></table><![endif]-->",
        "<!DOCTYPE html>",
        "<?xml version='1.0'?>",
        "<table><tr style='display:none'><td>X</td></tr></table>",
        "<table><tr><td style='display:none'>X</td></tr></table>",
    ],
)
def test_what_a_reader_does_not_see_is_left_out(hidden):
    assert texts(f"<body>a{hidden} <p>b</p></body>") == ["a", "b"]


def test_text_inside_a_cell_without_size_may_have_a_size_again():
    html = "<table><tr><td style='font-size:0'>X<p style='font-size:13px'>a</p></table>"

    assert texts(html) == ["a"]


def test_what_is_hidden_from_one_mail_program_only_is_shown():
    assert texts("<![if !mso]>a<![endif]>") == ["a"]


def test_tables_for_layout_are_flattened_to_their_innermost_rows():
    html = """
    <table><tr><td><table><tr><td>
      <table><tr><td>Tea</td><td>$2.00</td></tr><tr><td>Jam</td><td>$3.00</td></tr>
      </table></td></tr><tr><td>Thanks</td></tr></table></td></tr></table>
    """

    assert rows(html) == [["Tea", "$2.00"], ["Jam", "$3.00"], ["Thanks"]]


def test_a_cell_with_lines_keeps_its_amount_on_the_first():
    html = "<table><tr><td><b>Mug</b><br>Blue<br>Qty: 1</td><td>$8.00</td></tr></table>"

    assert rows(html) == [["Mug", "$8.00"], ["Blue"], ["Qty: 1"]]


def test_cells_with_as_many_lines_go_line_by_line():
    html = (
        "<table><tr><td>Subtotal<br>Tax<br>Total</td><td>8.00<br>0.50<br>8.50</td>"
        "</tr></table>"
    )

    assert rows(html) == [["Subtotal", "8.00"], ["Tax", "0.50"], ["Total", "8.50"]]


def test_tables_side_by_side_are_read_one_after_the_other():
    def table(*cells):
        return f"<table>{''.join(f'<tr><td>{cell}' for cell in cells)}</table>"

    html = (
        f"<table><tr><td>{table('a', 'b')}</td><td>{table('c', 'd', 'e')}</td></table>"
    )

    assert texts(html) == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("alt", "expected"),
    [
        ("Fernhill Market", ["Fernhill Market", "Your order"]),
        ("Fernhill Market logo", ["Fernhill Market", "Your order"]),
        ("logo", ["Your order"]),
        ("", ["Your order"]),
        ("logo.png", ["Your order"]),
        ("A very long text that says what there is to see in it", ["Your order"]),
    ],
)
def test_a_logo_in_the_header_may_name_the_shop(alt, expected):
    assert texts(f"<img src='x' alt='{alt}'><p>Your order</p>") == expected


def test_a_picture_further_down_names_nothing():
    html = "<p>a<p>b<p>c<p>d<p>e<p>f<img alt='Blue mug'>"

    assert texts(html) == ["a", "b", "c", "d", "e", "f"]


@pytest.mark.parametrize(
    "html",
    [
        "<",
        "<<>><a<b",
        "a < b",
        "</div></td></table>",
        "<table><td>a</tr></table></td>",
        "<tr><td>a<td>b",
        "<td colspan='x'>a",
        "<td colspan='-3'>a",
        "<td colspan='99999999999'>a",
        "<a href='unclosed>a",
        "&#99999999999999; &bogus; &#x110000;",
        "&#" + "9" * 6000 + ";",
        "<!-- unclosed",
        "<script>unclosed",
        "<p style='" + "a" * 9000 + "'>a",
        "\x00\x01\ufffe<b>a",
    ],
)
def test_broken_html_is_read_as_far_as_it_goes(html):
    page = page_of_html(html)

    assert all(word.text for line in page.lines for word in line.words)


@pytest.mark.parametrize(
    "part",
    ["<table><tr><td>x", "<div>x", "<a b='>", "<!--", "<", "x<br>", "<pre>a  b\n"],
)
def test_what_is_too_long_or_too_deep_is_cut(part):
    page = page_of_html(part * 200_000)

    assert len(page.lines) <= 5_000
    assert all(len(line.text) <= 40_000 for line in page.lines)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("café".encode(), "café"),
        (b"\xef\xbb\xbfcaf\xc3\xa9", "café"),
        ("café".encode("utf-16"), "café"),
        (b"caf\xe9", "café"),
        (b"<meta charset='iso-8859-1'>\xe9", "<meta charset='iso-8859-1'>é"),
        (b"<meta charset=bogus>\x80", "<meta charset=bogus>€"),
    ],
)
def test_the_encoding_is_found(data, expected):
    assert decoded_html(data) == expected


ORDER = """
<html><head><title>Order</title><style>td {font-size: 12px}</style></head><body>
<div style="display:none;max-height:0">You saved $99.00 today</div>
<table width="100%"><tr><td align="center" style="font-size:0">
  <img src="https://fernhill.example/logo.png" alt="Fernhill Market" width="120">
</td></tr><tr><td><table><tr><td>
  <p>Thanks for your order, Ann!</p>
  <p>Order #4021-77<br>Order date: November 3, 2026 2:05 PM</p>
</td></tr></table></td></tr>
<tr><td><table>
  <tr><th>Item</th><th>Price</th></tr>
  <tr><td>Stoneware Mug</td><td>$12.50</td></tr>
  <tr><td>Linen Towel</td><td>$18.00</td></tr>
</table></td></tr>
<tr><td><table>
  <tr><td>Subtotal</td><td>$30.50</td></tr>
  <tr><td>Sales Tax</td><td>$2.44</td></tr>
  <tr><td><b>Total</b></td><td><b>$32.94</b></td></tr>
</table></td></tr>
<tr><td>Return by 12/31/2026.</td></tr></table></body></html>
"""
DIVS = """
<div><h1>Juniper Books</h1></div>
<div>Date: 11/05/2026</div>
<div style="display:flex"><div>Atlas of Rivers</div><div>$24.00</div></div>
<div style="display:flex"><div>Bookmark</div><div>$3.00</div></div>
<div style="display:flex"><div>Subtotal</div><div>$27.00</div></div>
<div style="display:flex"><div>Tax</div><div>$1.89</div></div>
<div style="display:flex"><div>Total</div><div>$28.89</div></div>
"""
TYPED = """
<pre>
        OTTER HARDWARE
      12 Elm St, Springfield

11/06/2026 09:14 AM      REG 2

WOOD SCREWS 50CT          6.49
PAINT BRUSH 2IN           8.99
SUBTOTAL                 15.48
TAX                       1.24
TOTAL                    16.72
VISA                     16.72
</pre>
"""
GERMAN = """
<table><tr><td><h2>Lindenhof Gartenmarkt</h2></td></tr>
<tr><td>Bestelldatum: 07.11.2026 um 18:20 Uhr</td></tr>
<tr><td><table>
<tr><td>Gießkanne 5 l</td><td align=right>14,95&nbsp;€</td></tr>
<tr><td>Blumenerde 40 l</td><td align=right>9,50&nbsp;€</td></tr>
<tr><td>Zwischensumme</td><td align=right>24,45&nbsp;€</td></tr>
<tr><td>Gesamtsumme</td><td align=right>24,45&nbsp;€</td></tr>
</table></td></tr>
<tr><td>Rückgabe bis 07.12.2026</td></tr></table>
"""
DISCOUNT = """
<table><tr><td><b>Poppy &amp; Pine</b></td></tr><tr><td>Nov 8, 2026 10:11 AM</td></tr>
<tr><td><table><tr><td>Wool Scarf</td><td>$40.00</td></tr>
<tr><td>Discount (AUTUMN10)</td><td>-$4.00</td></tr>
<tr><td>Subtotal</td><td>$36.00</td></tr>
<tr><td>Tax</td><td>$2.88</td></tr>
<tr><td>Order total</td><td>$38.88</td></tr></table></td></tr></table>
"""
TIP = """
<div><h1>Kettle Noodle Bar</h1><p>11/09/2026 7:45 PM</p></div>
<table><tr><td>Miso Ramen</td><td>14.00</td></tr>
<tr><td>Gyoza</td><td>6.00</td></tr>
<tr><td>Subtotal</td><td>20.00</td></tr>
<tr><td>Tax</td><td>1.60</td></tr>
<tr><td>Tip</td><td>4.00</td></tr>
<tr><td>Total</td><td>25.60</td></tr></table>
"""
SHIPPING = """
<table><tr><td>Brightwater Outfitters</td></tr>
<tr><td>Order placed: 2026-11-10 08:30</td></tr>
<tr><td>Estimated delivery: November 14, 2026</td></tr></table>
<table><tr><td>Trail Socks<br><small>Size M</small></td><td>$16.00</td></tr></table>
<table><tr><td>Subtotal<br>Shipping<br>Tax<br>Grand Total</td>
<td>$16.00<br>$5.00<br>$1.28<br>$22.28</td></tr></table>
"""
BRITISH = """
<center><font size=5>Harbour &amp; Hall</font></center>
<p>Tue 10/11/2026 @ 2.02pm
<table border=1><tr><td>Shortbread<td>&pound;3.50<tr><td>Tea Towel<td>&pound;8.00
<tr><td>TOTAL<td>&pound;11.50<tr><td>Card<td>&pound;11.50</table>
"""
FRENCH = """
<p><strong>Papeterie du Quai</strong></p>
<p>Commande du 11 novembre 2026 à 14h02</p>
<table><tr><td>Carnet A5</td><td>6,90 €</td></tr>
<tr><td>Stylo plume</td><td>19,00 €</td></tr>
<tr><td>Sous-total</td><td>25,90 €</td></tr>
<tr><td>Total</td><td>25,90 €</td></tr></table>
"""


@pytest.mark.parametrize(
    ("html", "locale", "merchant", "day", "at", "total", "items"),
    [
        pytest.param(
            ORDER,
            "en_US",
            "Fernhill Market",
            date(2026, 11, 3),
            time(14, 5),
            "32.94",
            [("Stoneware Mug", "12.50"), ("Linen Towel", "18.00")],
            id="an order in nested tables",
        ),
        pytest.param(
            DIVS,
            "en_US",
            "Juniper Books",
            date(2026, 11, 5),
            None,
            "28.89",
            [("Atlas of Rivers", "24.00"), ("Bookmark", "3.00")],
            id="blocks without tables",
        ),
        pytest.param(
            TYPED,
            "en_US",
            "OTTER HARDWARE",
            date(2026, 11, 6),
            time(9, 14),
            "16.72",
            [("WOOD SCREWS 50CT", "6.49"), ("PAINT BRUSH 2IN", "8.99")],
            id="typed text",
        ),
        pytest.param(
            GERMAN,
            "de_DE",
            "Lindenhof Gartenmarkt",
            date(2026, 11, 7),
            time(18, 20),
            "24.45",
            [("Gießkanne 5 l", "14.95"), ("Blumenerde 40 l", "9.50")],
            id="German",
        ),
        pytest.param(
            DISCOUNT,
            "en_US",
            "Poppy & Pine",
            date(2026, 11, 8),
            time(10, 11),
            "38.88",
            [("Wool Scarf", "40.00"), ("Discount (AUTUMN10)", "-4.00")],
            id="a discount",
        ),
        pytest.param(
            TIP,
            "en_US",
            "Kettle Noodle Bar",
            date(2026, 11, 9),
            time(19, 45),
            "25.60",
            [("Miso Ramen", "14.00"), ("Gyoza", "6.00")],
            id="a tip",
        ),
        pytest.param(
            SHIPPING,
            "en_US",
            "Brightwater Outfitters",
            date(2026, 11, 10),
            time(8, 30),
            "22.28",
            [("Trail Socks", "16.00")],
            id="shipping, and sums in one cell",
        ),
        pytest.param(
            BRITISH,
            "en_GB",
            "Harbour & Hall",
            date(2026, 11, 10),
            time(14, 2),
            "11.50",
            [("Shortbread", "3.50"), ("Tea Towel", "8.00")],
            id="British, in old HTML",
        ),
        pytest.param(
            FRENCH,
            "fr_FR",
            "Papeterie du Quai",
            date(2026, 11, 11),
            time(14, 2),
            "25.90",
            [("Carnet A5", "6.90"), ("Stylo plume", "19.00")],
            id="French",
        ),
    ],
)
def test_whole_receipts(html, locale, merchant, day, at, total, items):
    reading = reading_of(html, locale=locale)

    assert reading.merchant == merchant
    assert (reading.date, reading.time) == (day, at)
    assert reading.total == Decimal(total)
    assert goods(reading) == [(name, Decimal(amount)) for name, amount in items]


@pytest.mark.parametrize("name", ["order.html", "order.HTM"])
def test_the_command_reads_a_file_of_html(name, tmp_path, capsys):
    path = tmp_path / name
    path.write_text(ORDER, "utf-8")

    call_command("read_receipt", str(path), "--submitted-on", "2026-11-20")

    row = json.loads(capsys.readouterr().out)
    assert row["file"] == str(path)
    assert (row["merchant"], row["date"], row["total"]) == (
        "Fernhill Market",
        "2026-11-03",
        "32.94",
    )
    assert set(row["seconds"]) == {"decode", "rapidocr", "tesseract", "fields", "all"}
    assert row["seconds"]["rapidocr"] == 0


def test_the_command_says_that_a_missing_file_can_not_be_read(tmp_path, capsys):
    path = tmp_path / "missing.html"

    with pytest.raises(SystemExit):
        call_command("read_receipt", str(path))

    row = json.loads(capsys.readouterr().out)
    assert row["error"] == "The file can’t be read: No such file or directory."
