import time
from dataclasses import replace

import pytest

from receipts.reading.screens import SCREEN, is_a_screen, screen_reasons
from tests.receipts.reading.paper import page_of


@pytest.mark.parametrize(
    "lines",
    [
        ["https://shop.fernhill.example/account", "Cart (3) Sign out", "Total 19.01"],
        ["Fernhill", "Home My Account", "Order total 19.01", "Buy it again"],
        ["Inbox", "Your order", "Total 19.01", "Track package"],
        ["Bookmarks", "Your order", "Download invoice"],
        ["View this e-mail in your browser", "Order total 19.01", "Track order"],
        ["Mein Konto", "Summe 19,01", "In den Warenkorb"],
    ],
)
def test_words_around_a_page_tell_a_screen(lines):
    assert is_a_screen(lines)


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["FERNHILL MARKET", "TOTAL 19.01", "THANK YOU"],
        ["FERNHILL MARKET", "http://survey.fernhill.example/win", "TOTAL 19.01"],
        ["Order confirmation and receipt", "Order number 4410", "Order total 19.01"],
        ["Sign out time 19:45", "SELF CHECKOUT", "TOTAL 19.01"],
        ["View our menu at www.fernhill.example", "REUSABLE BAG 0.10", "TOTAL 19.01"],
        ["BASKET 12 ITEMS", "BOOKMARK 2.50", "TOTAL 19.01"],
        ["Order again at https://fernhill.example/app", "TOTAL 19.01"],
    ],
)
def test_paper_is_no_screen(lines):
    assert not is_a_screen(lines)


def test_a_picture_of_a_screen_has_a_reason_and_a_mail_has_none():
    mail = page_of("My account\nOrder total 19.01\nTrack order")
    picture = replace(mail, reader="rapidocr")

    assert screen_reasons([picture]) == (SCREEN,)
    assert screen_reasons([mail]) == ()


def test_long_lines_take_no_time():
    start = time.process_time()

    is_a_screen(["https://" + "a." * 5000 + " view " * 5000] * 20)

    assert time.process_time() - start < 1.0
