"""Headers as text: every shop, address and number is made up."""

import time

import pytest

from receipts.reading.locales import locale_named
from receipts.reading.merchant import KnownMerchant, find_merchant, is_brand, is_name
from receipts.reading.page import Line, Word
from tests.receipts.reading.paper import page_of

BODY = """
Server: Ann  Table 4
03/14/2026 7:45 PM
2 Pancakes 18.00
TOTAL 18.00
"""


def found_in(header, *, known=(), locale="en_US", body=BODY, confidence=0.98):
    text = header.strip() + "\n" + body.strip()
    lines = page_of(text, confidence=confidence).lines
    return find_merchant(lines, known, locale=locale_named(locale))


def sized(*rows):
    """Lines of (text, height in pixels)."""
    return [
        Line((Word(text, (0, 60 * n, 400, 60 * n + height), 0.98),))
        for n, (text, height) in enumerate(rows)
    ]


ADDRESS = "12 Harbor Street\nPortland, OR 97205\n(503) 555-0142"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (f"Blue Heron Diner\n{ADDRESS}", "Blue Heron Diner"),
        (f"Quill & Otter\n{ADDRESS}\nwww.quillandotter.com", "Quill & Otter"),
        # Streets within names.
        (f"Mill Avenue Deli\n{ADDRESS}", "Mill Avenue Deli"),
        (f"The Old Plaza Taproom\n{ADDRESS}", "The Old Plaza Taproom"),
        # Clutter of another paper above.
        (
            f"GUEST\nDate Table Guests Server 0712\nAPP-SOUP-BEV"
            f"\nOtterbrook Buffet\n{ADDRESS}\nhttp://www.otterbrookbuffet.com",
            "Otterbrook Buffet",
        ),
        # The name of the till's maker, and the shop's only in a greeting.
        (
            f"Micros Demo System\nWelcome to Plumtree Yogurt\n{ADDRESS}",
            "Plumtree Yogurt",
        ),
        # A word that says nothing, and a branch's number.
        ("RESTAURANTS, LLC\nRey Tortuga # 14\ncon mucho gusto", "Rey Tortuga"),
        # Two lines that are one name.
        (f"CAPTAIN BARLOW'S\nTAVERN\n{ADDRESS}", "CAPTAIN BARLOW'S TAVERN"),
        (f"Merry Nell's\nof Brookvale\n{ADDRESS}", "Merry Nell's of Brookvale"),
        # A label's word within a name.
        (f"Waypoint Grill\n{ADDRESS}", "Waypoint Grill"),
        # Digits read for letters, put right by the web address.
        (f"Tamarind Gr111\n{ADDRESS}\nwww.TamarindGrill.com", "Tamarind Grill"),
        # A phone on the name's own line.
        ("Larkspur Deli Phone 626-555-0142\n625 S Elm Ave", "Larkspur Deli"),
    ],
)
def test_the_name_in_the_header(header, name):
    assert found_in(header).name == name


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (
            "tan mei ling\nKINGFISHER HARDWARE ENTERPRISE\n(JM0000517-X)"
            "\nNO.12, JALAN MAWAR 3,\n81100 JOHOR BAHRU",
            "KINGFISHER HARDWARE ENTERPRISE",
        ),
        (
            "Mia T\nABC 777100\nKEDAI BUKU SERI PADI\n(0001234567-K)"
            "\nLOT 9 JALAN DAMAI",
            "KEDAI BUKU SERI PADI",
        ),
        (
            "Seri Padi Realiti Sdn, Bhd. (779900-K)"
            "\n(GST Registration No.: 001700000768)\nPejabat Utama, Aras 2,",
            "Seri Padi Realiti Sdn, Bhd",
        ),
        (
            "PASAR RAYA MELATI (SETIA\nINDAH) SDN BHD"
            "\n(767000-W)\nNO 24, JALAN BUNGA 4",
            "PASAR RAYA MELATI (SETIA INDAH) SDN BHD",
        ),
        (
            "88 KINGFISHER MART S/B (519000-X)\nLOT 12, JALAN MERAK,",
            "88 KINGFISHER MART S/B",
        ),
    ],
)
def test_the_registered_name_of_a_malaysian_shop(header, name):
    assert found_in(header, locale="en_MY").name == name


@pytest.mark.parametrize(
    ("header", "name", "category"),
    [
        ("WALMART\nSave money. Live better.", "Walmart", "supermarket"),
        ("KOHL'S Rockford\n(972) 555-0142", "Kohl's", "department_store"),
        ("Subway#20917-0 Phone 503-555-0142", "Subway", "fast_food"),
        ("IN-N-OUT BURGER LAKEWOOD", "In-N-Out Burger", "fast_food"),
        ("STOPESHOP\nWWW.STOPANDSHOP.COM", "Stop & Shop", "supermarket"),
        ("5UBWAY\n12 Harbor Street", "Subway", "fast_food"),
        ("RITE\nAID\nPHARMACY\nStore #06100", "Rite Aid", "pharmacy"),
    ],
)
def test_a_brand_of_the_registry_has_its_name_and_category(header, name, category):
    found = found_in(header)

    assert (found.name, found.category) == (name, category)
    assert found.confidence >= 0.9


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("A L D I\nFeldweg 7\n99999 Neustadt", "Aldi"),
        ("A Lu D zI\nFeldweg 7\n99999 Neustadt", "Aldi"),
        ("RSSMANN\nMein Drogeriemarkt", "Rossmann"),
        ("Karl Weber\nFRISCHE ERLEBEN\nwww.marktkauf-weber.de", "Marktkauf"),
        ("SCHÖN BIST DU\ndm-drogerie markt\nFeldweg 7", "dm-drogerie markt"),
        (
            "Dorfladen Sonntag GmbH & Co. KG\nHauptstraße 3",
            "Dorfladen Sonntag GmbH & Co. KG",
        ),
    ],
)
def test_german_headers(header, name):
    assert found_in(header, locale="de_DE", body="Summe 3,50").name == name


def test_a_name_that_the_web_address_repeats_is_sure():
    found = found_in(f"Quill & Otter\n{ADDRESS}\nwww.quillandotter.com")

    assert found.confidence >= 0.95
    assert "The web address quillandotter.com says the same." in found.evidence


def test_a_plain_name_that_heads_a_whole_address_is_just_sure():
    assert 0.9 <= found_in(f"Golden Penny\n{ADDRESS}").confidence < 0.95


@pytest.mark.parametrize(
    "header",
    [
        "Golden Penny\n2 of us",
        f"Silver Otter\nGolden Penny\n{ADDRESS}",
        f"Golden Penny\n- since ever -\nthe Otters\n{ADDRESS}",
        f"Pennyworth\n{ADDRESS}",
        f"G0LDEN PENNY5\n{ADDRESS}",
        f"Warning: IllegalOtter\n{ADDRESS}",
    ],
)
def test_a_plain_name_without_a_second_witness_is_unsure(header):
    assert found_in(header).confidence < 0.9


@pytest.mark.parametrize(
    "header",
    [
        "12 Harbor Street\nPortland, OR 97205",
        "Welcome!\nThank you for dining with us!",
        "ATLANTIC PLACE\n60 Elm Street\nDover, WA 98999",
        "Served with love daily\n12 Harbor Street\nPortland, OR 97205",
        "100% HONEST BEEF\n12 Harbor Street\nPortland, OR 97205",
        "Rockford\nRockford, TX 75087\n(972) 555-0142",
        "Rolled by hand, all day.\n5 North Glen Ave",
        "ic, Es\n»| P ne",
    ],
)
def test_what_stands_where_a_logo_was_not_read_is_unsure(header):
    assert found_in(header).confidence < 0.9


def test_large_clutter_loses_against_the_name_that_the_web_address_says():
    lines = sized(
        ("Calendar", 70),
        ("MERIDIAN", 28),
        ("GOODWINE", 28),
        ("22 FIRST AVENUE", 20),
        ("NEW YORK, NY 10019", 20),
        ("2 PANS 18.00", 20),
        ("visit www.meridiangoodwine.com", 20),
    )

    found = find_merchant(lines, [], locale=locale_named("en_US"))

    assert found.name == "MERIDIAN GOODWINE"


def test_a_brand_of_another_country_is_not_taken():
    found = found_in(f"Billa Marsh\n{ADDRESS}")

    assert found.name == "Billa Marsh"


def test_a_brand_among_the_items_is_not_the_merchant():
    body = BODY.replace("Pancakes", "Starbucks Coffee")

    assert found_in(f"Blue Heron Market\n{ADDRESS}", body=body).name == (
        "Blue Heron Market"
    )


def test_the_brand_below_a_legal_name_is_what_its_shop_sells():
    header = (
        "Seri Padi Retail Sdn Bhd\n(65000-M)\nLicensee of McDonald's\nLevel 6, Jalan 3"
    )

    assert found_in(header, locale="en_MY").name == "Seri Padi Retail Sdn Bhd"


@pytest.mark.parametrize(
    "line",
    ["Sign up at www.facebook.com", "services www.ingenico.de", "survey.medallia.com"],
)
def test_an_address_of_others_says_nothing(line):
    found = found_in(f"Golden Penny\n{ADDRESS}\n{line}")

    assert found.name == "Golden Penny"
    assert len(found.evidence) == 2


def test_a_card_slip_names_the_merchant():
    found = found_in(
        "CUSTOMER COPY", body="MERCHANT: BLUE HERON BISTRO\nSALE 18.00\nTOTAL 18.00"
    )

    assert found.name == "BLUE HERON BISTRO"


def test_a_merchant_of_the_panel_comes_before_a_brand():
    known = [KnownMerchant("Corner Starbucks", ("Starbucks",), "cafe")]

    found = found_in("STARBUCKS\n12 Harbor Street", known=known)

    assert found.name == "Corner Starbucks"
    assert found.evidence[0] == (
        "Line 1 of the header names a merchant that the panel knows."
    )


def test_no_lines_have_no_merchant():
    found = find_merchant([], [])

    assert (found.name, found.confidence) == (None, 0.0)


@pytest.mark.parametrize(
    "text",
    ["A" * 5000, "www." * 1000, "a.b" * 2000, "@" * 3000, "( " * 2000, "1 2 " * 1000],
)
def test_hostile_lines_take_no_time(text):
    lines = list(page_of("\n".join([text] * 600)).lines)
    find_merchant(lines[:1], [])  # loads the registry
    start = time.process_time()

    find_merchant(lines, [], locale=locale_named("en_US"))

    assert time.process_time() - start < 1.0


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Walgreens", True),
        ("Giant Eagle", True),
        ("Paul Smith", False),
        ("Maria", False),
    ],
)
def test_names_that_may_be_kept_of_sensitive_receipts(name, expected):
    assert is_brand(name) is expected


def test_a_known_merchant_inside_a_line_loses_against_a_name_that_is_said_twice():
    known = [KnownMerchant("Harborview", (), "cafe")]
    header = (
        f"Quill & Otter\nnext to Harborview Books\n{ADDRESS}\nwww.quillandotter.com"
    )

    assert found_in(header, known=known).name == "Quill & Otter"


def test_a_brand_that_the_panel_knows_has_the_panels_category():
    known = [KnownMerchant("Walmart", (), "department_store")]

    found = found_in("WAL-MART SUPERCENTER\n12 Harbor Street", known=known)

    assert (found.name, found.category) == ("Walmart", "department_store")


def test_many_known_merchants_take_no_time():
    known = [KnownMerchant(f"Shop {n} Otter", (f"SO{n}",), "cafe") for n in range(5000)]
    lines = page_of(f"Shop 77 Otter\n{ADDRESS}").lines
    find_merchant(lines, known)
    start = time.process_time()

    found = find_merchant(lines, list(known))

    assert found.name == "Shop 77 Otter"
    assert time.process_time() - start < 0.1


@pytest.mark.parametrize(
    ("header", "category"),
    [
        ("Hammock & Hull Trading Company", "restaurant"),  # no ammo; a table below
        ("Oak Lane Armory", "gun_shop"),
        ("Silver Creek Car Wash", "other"),
        ("Paws & Co Pet Supplies", "pet_store"),
        ("University Book Store", "books"),
        ("Kingfisher Food Mart", "convenience"),
        ("Melati Stationery", "office"),
    ],
)
def test_the_category_by_the_words_of_a_name(header, category):
    assert found_in(f"{header}\n{ADDRESS}").category == category


def test_a_header_s_other_lines_never_make_it_a_kind_that_may_not_count():
    header = "Golden Penny\n700 University Avenue\nDover, WA 98999\nnext to the Casino"

    assert found_in(header, body="TOTAL 18.00").category is None


def test_a_brand_within_a_longer_name_is_not_the_merchant():
    found = found_in(f"Wide World Market - Ohio\n{ADDRESS}")

    assert found.name == "Wide World Market - Ohio"


def test_a_brand_at_the_beginning_of_a_companys_name_is_the_merchant():
    header = "31803033\nSHELL SERI PADI PETRO TRADING\n(0026432-A)\nLOT 26, JALAN 3"

    found = found_in(header, locale="en_MY")

    assert (found.name, found.category) == ("Shell", "gas_station")


def test_another_name_of_a_brand_is_kept_as_it_is_printed():
    found = found_in(f"Pub 99\n{ADDRESS}")

    assert (found.name, found.category) == ("Pub 99", "restaurant")


def test_a_misread_brand_says_so():
    found = found_in("RSSMANN\nMein Drogeriemarkt", locale="de_DE", body="Summe 3,50")

    assert found.evidence[0] == (
        "Line 1 of the header is spelled nearly like a known brand."
    )
    assert found.confidence < 0.93


@pytest.mark.parametrize(
    "line",
    [
        # Kinds of papers, who served, notices.
        "GIFT RECEIPT",
        "GIFTRECEIPT",
        "Self Checkout",
        "SELF-CHECKOUT 12",
        "Manager Tom Jones",
        "Shift manager: Ann",
        "Served by Ann",
        "Survey: tell us about your visit",
        "WiFi password: guest",
        "Rewards Member",
        "Gold Club Member",
        "Member since 2012",
        "Club Card",
        "Return policy: 30 days",
        "Open 24 hours",
        "Now hiring",
        "Join our team",
        # Wishes and slogans.
        "HAPPY HOLIDAYS",
        "HAPPYHOLIDAYS",
        "Season\u2019s Greetings",
        "Welcome back",
        "Thanks for shopping",
        "Family owned",
        "Family Owned & Operated since 1982",
        "WE DELIVER",
        "We now deliver!",
        "Fresh food every day",
        "Freshfoodeveryday",
        "Everyday low prices",
        "Quality you can trust",
        "Baked fresh daily",
        # Goods.
        "MILK",
        "2% Milk",
        "Vollmilch",
        # German and Malay.
        "Filialleiter Max Muster",
        "Marktleitung: Frau Muster",
        "Es bediente Sie Frau Muster",
        "Wir liefern",
        "Kundenkarte Nr. 12",
        "Frische jeden Tag",
        "Frohe Weihnachten",
        "Pengurus: Ali",
        "Kad Ahli",
        "Kami menghantar",
        "Segar setiap hari",
        "Selamat Hari Raya",
    ],
)
@pytest.mark.parametrize("phone", ["", "\n(217) 555-0142"])
def test_what_tills_and_shops_say_above_an_address_is_no_shop(line, phone):
    found = found_in(f"{line}\n100 Main St\nSpringfield, IL{phone}")

    assert found.name is None


@pytest.mark.parametrize(
    "name",
    [
        "Milk Bar",
        "Happy Garden",
        "Everyday Mart",
        "Danke Cafe",
        "Members Own Grill",
        "We Olive",
        "Sugar Bowl",
        "Open Kitchen",
        "Test Kitchen",
        "Original Dumpling House",
        "Restoran Selamat",
        "Ayam Penyet House",
        "Silaturahim Enterprise",
    ],
)
def test_a_name_that_holds_such_a_word_is_a_name(name):
    assert found_in(f"{name}\n{ADDRESS}").name == name


def test_the_name_below_such_a_line_is_the_shops():
    found = found_in(f"GIFT RECEIPT\nBlue Heron Outfitters\n{ADDRESS}")

    assert found.name == "Blue Heron Outfitters"


def test_a_long_line_of_such_words_takes_no_time():
    began = time.process_time()

    for text in (
        "fresh " * 20,
        "family and " * 20,
        "a" * 120,
        "voll h " * 20,
        "\u1e9e " * 60,
    ):
        is_name(text)

    assert time.process_time() - began < 0.5


def test_a_registration_number_makes_a_companys_name_surer():
    plain, registered = (
        found_in(f"{name}\nPark Mart\n4 Jalan Ria\nTel 03-5555 0142", locale="en_MY")
        for name in ("Dua Pokok Sdn Bhd", "Dua Pokok Sdn Bhd (728999-M)")
    )

    assert registered.name == plain.name == "Dua Pokok Sdn Bhd"
    assert registered.confidence > plain.confidence


PEOPLE = [
    "Jane Doe",
    "JANE DOE",
    "Jane M. Doe",
    "Doe, Jane",
    "Maria",
    "Mr. Brown",
    "Frau Muster",
    "Klaus Muster",
    "Siti Aminah",
    "Muthu a/l Raman",
    "TAN MEI LING",
]


@pytest.mark.parametrize("name", PEOPLE)
def test_a_persons_name_alone_above_an_address_is_unsure(name):
    found = found_in(f"{name}\n{ADDRESS}")

    assert found.name == name
    assert found.confidence < 0.8


@pytest.mark.parametrize("again", ["Cardholder: JANE DOE", "Server: Jane Doe"])
def test_a_persons_name_is_no_surer_for_being_a_card_holders_too(again):
    found = found_in(f"Jane Doe\n{ADDRESS}", body=f"{BODY}\n{again}")

    assert found.confidence < 0.8


@pytest.mark.parametrize(
    ("header", "body"),
    [
        (f"Jane Doe\n{ADDRESS}\nwww.janedoe.com", BODY),
        (f"Jane Doe\n{ADDRESS}", f"{BODY}\nThank you for shopping at Jane Doe"),
        (f"Jane Doe\n{ADDRESS}", f"{BODY}\nMerchant: JANE DOE"),
    ],
)
def test_a_persons_name_is_a_shops_where_the_paper_says_so(header, body):
    found = found_in(header, body=body)

    assert found.name == "Jane Doe"
    assert found.confidence >= 0.9


@pytest.mark.parametrize(
    "name",
    [
        "Jane's Kitchen",
        "Jane Doe LLC",
        "Maria Cafe",
        "Tom & Jane",
        "Tommy Hilfiger",
        "Paul Smith",
        "Ruby Garden",
        "Lotus Pond",
        "Siti Aminah Enterprise",
        "TAN MEI TRADING",
    ],
)
def test_a_shop_that_is_called_as_a_person_and_says_what_it_is_is_sure(name):
    found = found_in(f"{name}\n{ADDRESS}")

    assert found.name == name
    assert found.confidence >= 0.9


def test_a_phone_number_makes_a_persons_name_sure():
    known = [KnownMerchant("Jane Doe", (), "cafe", learned_phones=("5035550142",))]

    assert found_in(f"Jane Do\n{ADDRESS}", known=known).confidence >= 0.96
