"""Line items of made-up receipts, as lines of text."""

import time
from decimal import Decimal

import pytest

from receipts.reading.items import items_of
from receipts.reading.result import ItemKind
from receipts.reading.totals import labeled


def items(text):
    return items_of(labeled([line.strip() for line in text.strip().splitlines()]))


def short(text):
    """(quantity, description, amount) of each item, as text."""
    return [
        (f"{item.quantity.normalize():f}", item.description, f"{item.amount:.2f}")
        for item in items(text)
    ]


def one(lines, end="SUBTOTAL 9.00"):
    """The items of lines between a heading of a shop and a sum."""
    return short(f"Fernhill Corner\n12 Harbor Street\n{lines}\n{end}")


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("Lentil Soup 6.50", ("1", "Lentil Soup", "6.50")),
        ("Lentil Soup $6.50", ("1", "Lentil Soup", "6.50")),
        ("Lentil Soup 6,50 A", ("1", "Lentil Soup", "6.50")),
        ("2 Lentil Soup 13.00", ("2", "Lentil Soup", "13.00")),
        ("2x Lentil Soup 13.00", ("2", "Lentil Soup", "13.00")),
        ("(2) Lentil Soup 13.00", ("2", "Lentil Soup", "13.00")),
        ("2 ea Lentil Soup 13.00", ("2", "Lentil Soup", "13.00")),
        ("Lentil Soup 2 @ 6.50 13.00", ("2", "Lentil Soup", "13.00")),
        ("Lentil Soup (2 @6.50) 13.00", ("2", "Lentil Soup", "13.00")),
        ("Lentil Soup 6,50 x 2 13,00 B", ("2", "Lentil Soup", "13.00")),
        ("Lentil Soup 2 6.50 13.00", ("2", "Lentil Soup", "13.00")),
        ("Lentil Soup 3 #6.50 19.50", ("3", "Lentil Soup", "19.50")),
        ("Lentil Soup Qty: 2 13.00", ("2", "Lentil Soup", "13.00")),
        ("Cold Brew x 2 $8.00", ("2", "Cold Brew", "8.00")),
        ("Cold Brew $8", ("1", "Cold Brew", "8.00")),
        ("3 @ 2.50 Tacos 7.50", ("3", "Tacos", "7.50")),
        ("Chicken Tenders 8.99", ("1", "Chicken Tenders", "8.99")),
        ("1 Cashew Chicken 8.50", ("1", "Cashew Chicken", "8.50")),
        ("Summer Roll 5.00", ("1", "Summer Roll", "5.00")),
        ("Baking Powder 2.10", ("1", "Baking Powder", "2.10")),
        ("A la carte Taco 3.25", ("1", "A la carte Taco", "3.25")),
        ("12 Oysters 30.00 T", ("12", "Oysters", "30.00")),
        ("BUNS 0041555012 F 2.88 N", ("1", "BUNS", "2.88")),
        ("0041555012 BUNS 2.88 N", ("1", "BUNS", "2.88")),
        ("E 415550 BUNS 2.88 E", ("1", "BUNS", "2.88")),
        ("CANDLES 4.10 T", ("1", "CANDLES", "4.10")),
        ("CORNER FARM 4.10", ("1", "CORNER FARM", "4.10")),
        ("COLA 500ML 1.10", ("1", "COLA 500ML", "1.10")),
        ("365 DAYS CALENDAR 8.00", ("1", "365 DAYS CALENDAR", "8.00")),
        ("4X4 7.25", ("1", "4X4", "7.25")),
        ("*** House Salad *** 7.25", ("1", "House Salad", "7.25")),
        ("Fish / Chips 7.25", ("1", "Fish/Chips", "7.25")),
        ("7.25 House Salad", ("1", "House Salad", "7.25")),
        ("House Water 0.00", ("1", "House Water", "0.00")),
        ("BALANCE BREAD 1.29", ("1", "BALANCE BREAD", "1.29")),
    ],
)
def test_a_line_of_one_item(line, item):
    assert one(line) == [item]


@pytest.mark.parametrize(
    ("lines", "item"),
    [
        ("2 x 1,50\nLENTILS 3,00 B", ("2", "LENTILS", "3.00")),
        ("LENTILS 3,00 B\n2 x 1,50", ("2", "LENTILS", "3.00")),
        ("LENTILS 0,63 B\n0,252 kg x 2,49 EUR/kg", ("0.252", "LENTILS", "0.63")),
        ("LENTILS 3.68\n1.23 lb @ 2.99 /lb", ("1.23", "LENTILS", "3.68")),
        ("LENTILS\n2 @ 1.50 3.00", ("2", "LENTILS", "3.00")),
        ("LENTILS\n9556000111222 2 X 1.50 3.00", ("2", "LENTILS", "3.00")),
        ("LENTILS\n9556000111222 2 1.50 3.00 SR", ("2", "LENTILS", "3.00")),
        ("LENTILS\n2 x 1.5000 3.00 SR", ("2", "LENTILS", "3.00")),
        ("2 Lentils $3.00\n$1.50 each", ("2", "Lentils", "3.00")),
        ("2 Lentils 3.00\n@RM1.50", ("2", "Lentils", "3.00")),
        (
            "LENTILS 000000004011KF\n0.68 lb @ 1 lb /0.58 0.39 N",
            ("0.68", "LENTILS", "0.39"),
        ),
        ("LENTILS 004155501\n2 AT 1 FOR 0.97 1.94 N", ("2", "LENTILS", "1.94")),
        ("LENTILS\n3 @ 3/5.00 5.00 F", ("3", "LENTILS", "5.00")),
        ("1.52 lb @ 0.59 /lb\nWT LENTILS 0.90 F", ("1.52", "WT LENTILS", "0.90")),
        ("Lentils\nQty: 2\n$3.00", ("2", "Lentils", "3.00")),
        ("Lentils $3.00\nQuantity 2", ("2", "Lentils", "3.00")),
        ("TABLE SALT\n2 x 1.50 3.00", ("2", "TABLE SALT", "3.00")),
        ("LENTILS\nwas 4.29 now 3.99 F", ("1", "LENTILS", "3.99")),
        ("LENTILS\n3.99", ("1", "LENTILS", "3.99")),
        ("2 x Chicken Tenders\n$8.50", ("2", "Chicken Tenders", "8.50")),
        ("LENTILS\n2 x 1.50", ("2", "LENTILS", "3.00")),
    ],
)
def test_an_item_of_two_lines(lines, item):
    assert one(lines) == [item]


def test_the_unit_price_is_printed_or_follows():
    found = items("Soup 2 @ 6.50 13.00\n3 Tea 7.50\n3 Rolls 1.00\nSUBTOTAL 21.50")

    assert [item.unit_price for item in found] == [
        Decimal("6.50"),
        Decimal("2.50"),
        None,
    ]


def test_descriptions_above_their_numbers():
    assert short(
        """
        Fernhill Market
        Item Qty Price Amount
        ROLLED OATS 500G
        9556111988559 2 3.50 7.00 SR
        GREEN TEA
        9556111988560 1 4.10 4.10 SR
        BANANAS
        99001234 1 3.10 3.10 ZR
        Total Sales 14.20
        """
    ) == [
        ("2", "ROLLED OATS 500G", "7.00"),
        ("1", "GREEN TEA", "4.10"),
        ("1", "BANANAS", "3.10"),
    ]


def test_descriptions_below_their_numbers():
    assert short(
        """
        Fernhill Market
        MEMBER NUMBER 119004
        1x 000061230417 6.80ZR
        ROLLED OATS
        1x 000061230418 4.10SR
        GREEN TEA
        2x 000061230419 6.20ZR
        BANANAS
        Sub-total 17.10
        """
    ) == [
        ("1", "ROLLED OATS", "6.80"),
        ("1", "GREEN TEA", "4.10"),
        ("2", "BANANAS", "6.20"),
    ]


def test_the_code_of_a_shelf_is_passed_over_and_a_bracket_goes_on():
    assert short(
        """
        TAP HEAD CHROME *S
        QB07 - 24/360
        9550000123456 2 X 15.00 30.00
        THERMAL ROLL
        (80MMx90MM)
        (12 SHEETS)
        1 X 5.0000 5.00 SR
        Item(s) : 2 Qty(s) : 3
        Total Incl. GST 35.00
        """
    ) == [
        ("2", "TAP HEAD CHROME", "30.00"),
        ("1", "THERMAL ROLL (80MMx90MM) (12 SHEETS)", "5.00"),
    ]


def test_a_code_before_the_numbers_is_no_description():
    assert short(
        "QX-B10482 2 1.20 2.40 SR\nLime Soda\nQX-C10517 1 4.10 4.10 SR\nCurry\n"
        "Total 6.50"
    ) == [("2", "Lime Soda", "2.40"), ("1", "Curry", "4.10")]


def test_a_quantity_is_believed_where_the_price_can_be_divided():
    assert short(
        "11 Mango Juice 9.45\n1 Corn Chips 6.20\n1 Rib Plate 21.00\nTotal 36.65"
    )[0] == ("1", "Mango Juice", "9.45")
    assert one("30 WINGS SPECIAL 12.00\nTEA 3.00\nPIE 4.00") == [
        ("1", "30 WINGS SPECIAL", "12.00"),
        ("1", "TEA", "3.00"),
        ("1", "PIE", "4.00"),
    ]


def test_a_quantity_after_the_description():
    assert short("Coconut Slice 1 RM 7.30\nLemon Slice 2 RM 9.00\nTotal 16.30") == [
        ("1", "Coconut Slice", "7.30"),
        ("2", "Lemon Slice", "9.00"),
    ]


def test_a_measure_is_no_price():
    assert one("Envelope 3.5X9.25 1.60 T") == [("1", "Envelope 3.5X9.25", "1.60")]


def test_a_description_of_several_lines_below():
    assert short(
        "7104482 24,50 b\nFALKE\nMAUS FLACH\n6201 ZUBEHOER\nTotal EUR 24,50"
    ) == [("1", "FALKE MAUS FLACH ZUBEHOER", "24.50")]


def test_an_article_rung_up_again_keeps_its_description():
    assert short(
        "OPEN GOODS\n4471902 U 3x6.00 18.00 S\n4471902 U 1x5.00 5.00 S\nTotal 23.00"
    ) == [("3", "OPEN GOODS", "18.00"), ("1", "OPEN GOODS", "5.00")]


def test_parts_of_a_meal_cost_nothing_and_notes_are_no_items():
    assert short(
        """
        QTY ITEM TOTAL
        1 Burger Meal 9.20
        1 Plum Sauce
        1 M Lemonade
        no ice
        1 6 Cookies 2.40
        1 Fish Pie 8.00
        add peas 1.00
        Subtotal 20.60
        """
    ) == [
        ("1", "Burger Meal", "9.20"),
        ("1", "Plum Sauce", "0.00"),
        ("1", "M Lemonade", "0.00"),
        ("1", "6 Cookies", "2.40"),
        ("1", "Fish Pie", "8.00"),
        ("1", "add peas", "1.00"),
    ]


def test_a_wrapped_description_is_one_item():
    assert short(
        "2 Garden Salad 16.00\n1 Large Mushroom\nPizza Bianca 12.50\n1 Tea 2.00\n"
        "SUBTOTAL 30.50"
    ) == [
        ("2", "Garden Salad", "16.00"),
        ("1", "Large Mushroom Pizza Bianca", "12.50"),
        ("1", "Tea", "2.00"),
    ]


def test_a_quantity_misread_or_glued_is_one_where_the_others_have_one():
    assert short("2 Rice 4.00\nl Tea 2.00\n1Chicken Pie 7.00\nSUBTOTAL 13.00") == [
        ("2", "Rice", "4.00"),
        ("1", "Tea", "2.00"),
        ("1", "Chicken Pie", "7.00"),
    ]


@pytest.mark.parametrize(
    ("lines", "kind", "item"),
    [
        ("Online Offer (2.00)", ItemKind.DISCOUNT, "Online Offer"),
        ("Coupon -2.00", ItemKind.DISCOUNT, "Coupon"),
        ("Coupon 2.00-", ItemKind.DISCOUNT, "Coupon"),
        ("Coupon 2.00", ItemKind.DISCOUNT, "Coupon"),
        ("20% off @10.00 -2.00", ItemKind.DISCOUNT, "20% off"),
        ("Card Savings 2.00-", ItemKind.DISCOUNT, "Card Savings"),
        ("Happy Hour -2.00", ItemKind.DISCOUNT, "Happy Hour"),
        ("VOID Tea -2.00", ItemKind.VOID, "VOID Tea"),
        ("**VOID** Tea -2.00", ItemKind.VOID, "VOID Tea"),
        ("VOID Tea 2.00", ItemKind.VOID, "VOID Tea"),
        ("LEERGUT EW -2,00*C", ItemKind.ITEM, "LEERGUT EW"),
    ],
)
def test_what_takes_money_off_is_negative(lines, kind, item):
    found = items(f"Soup 10.00\nTea 2.00\n{lines}\nSUBTOTAL 10.00")

    assert [i.amount for i in found] == [
        Decimal("10.00"),
        Decimal("2.00"),
        Decimal("-2.00"),
    ]
    assert (found[-1].kind, found[-1].description) == (kind, item)
    assert {i.kind for i in found[:-1]} == {ItemKind.ITEM}


def test_a_void_without_words_names_what_it_takes_back():
    found = items("Soup 10.00\nTea 2.00\nVOID\n2.00-\nPie 3.00\nSUBTOTAL 13.00")

    assert [(i.description, i.kind) for i in found] == [
        ("Soup", ItemKind.ITEM),
        ("Tea", ItemKind.ITEM),
        ("Tea", ItemKind.VOID),
        ("Pie", ItemKind.ITEM),
    ]
    assert sum(i.amount for i in found) == Decimal("13.00")


def test_an_article_given_back_is_a_void():
    found = items(
        "GARDEN FORK\n5550142 1 X 17.40 17.40\nTAPE\n5550143 1 X 2.00 2.00\n"
        "GARDEN FORK\n5550142 -1 X 17.40 -17.40\nTOTAL 2.00"
    )

    assert [(i.description, i.amount, i.kind) for i in found] == [
        ("GARDEN FORK", Decimal("17.40"), ItemKind.ITEM),
        ("TAPE", Decimal("2.00"), ItemKind.ITEM),
        ("GARDEN FORK", Decimal("-17.40"), ItemKind.VOID),
    ]


def test_deposits_are_items():
    assert one("TONIC 1,49 C\nPFAND 0,15*C\nSALAT 2,24*B", "SUMME EUR 3,88") == [
        ("1", "TONIC", "1.49"),
        ("1", "PFAND", "0.15"),
        ("1", "SALAT", "2.24"),
    ]


def test_a_discount_after_the_subtotal_is_one_where_it_is_negative():
    assert short(
        "Curry 20.00\nSUBTOTAL 20.00\nLUNCH DISCOUNT -5.00\nTAX 1.00\nTOTAL 16.00"
    )[1:] == [("1", "LUNCH DISCOUNT", "-5.00")]
    assert len(items("Curry 20.00\nSUBTOTAL 20.00\nDiscount 0.00\nTOTAL 20.00")) == 1


@pytest.mark.parametrize(
    "lines",
    [
        "Sub/Ttl 8.00\nTax 0.60\nTO-GO 8.60\nCash 8.60",
        "Counter-Eat In 8.00\nTAX 0.60\nAmount Due 8.60",
        "NET 8.00\nTax 0.60\nTOTAL 8.60",
        "ITEMS 2\nSUB T01 8.00\nTAX 0.60\nTOTAL 8.60",
        "TOT QTY: 2 8.00\nTAX 0.60\nTOTAL 8.60",
        "TOTAL 8.00\nFood 5.00",
    ],
)
def test_a_sum_is_no_item(lines):
    assert short(f"Soup 5.00\nTea 3.00\n{lines}") == [
        ("1", "Soup", "5.00"),
        ("1", "Tea", "3.00"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Table 12/1",
        "Server: Ann 12.00",
        "Open 9.00 Uhr - 20.00 Uhr",
        "Member Number 119004",
        "03/14/2026 7:45 PM",
        "No.6, 8.10 & 12 Harbor Road",
        "Balance before RM 1.90",
    ],
)
def test_lines_of_the_heading_are_no_items(line):
    assert short(f"{line}\nItem Qty Amount\nSoup 1 5.00\nTea 1 3.00\nTOTAL 8.00") == [
        ("1", "Soup", "5.00"),
        ("1", "Tea", "3.00"),
    ]


def test_an_item_of_as_much_as_those_above_is_one():
    assert short("Soup 5.00\nTea 3.00\nPie 8.00\nSUBTOTAL 16.00\nTOTAL 17.20") == [
        ("1", "Soup", "5.00"),
        ("1", "Tea", "3.00"),
        ("1", "Pie", "8.00"),
    ]


def test_a_saving_that_is_already_in_the_price_is_no_discount():
    assert one("MILK 2.99 S\nRegular Price 3.99\nCard Savings 1.00-") == [
        ("1", "MILK", "2.99")
    ]


def test_a_charge_for_service_among_the_items_is_in_their_sum():
    found = short("Soup 5.00\nSERV.CHARGE 2% 0.10\nSub/Ttl 5.10\nTax 0.40\nTOTAL 5.50")

    assert found == [("1", "Soup", "5.00"), ("1", "SERV.CHARGE 2%", "0.10")]


def test_goods_named_like_a_sum_are_goods():
    assert one(
        "BREAD 11.49 T\nCREAM 2.79 T\nTOTAL FLAKES 5.19 T", "Subtotal 19.47"
    ) == [
        ("1", "BREAD", "11.49"),
        ("1", "CREAM", "2.79"),
        ("1", "TOTAL FLAKES", "5.19"),
    ]


def test_payments_are_no_goods():
    assert short("VISA 8.10\nCASH 5.00\nTOTAL 8.10\nCHANGE 2.00") == []
    assert short("Soup 8.00\nVISA 8.60\nSUBTOTAL 8.00\nTAX 0.60\nTOTAL 8.60") == [
        ("1", "Soup", "8.00")
    ]


def test_a_figure_of_the_tax_rate_glued_to_the_amount_is_left_off():
    assert one("Seife 2,451\nRiegel 1,092\nKamm 0,65 1", "Summe 4,19") == [
        ("1", "Seife", "2.45"),
        ("1", "Riegel", "1.09"),
        ("1", "Kamm", "0.65"),
    ]


def test_a_quantity_before_the_amount_is_not_its_thousands():
    assert one("Valve 3 145.20", "TOTAL 145.20") == [("3", "Valve", "145.20")]


def test_a_column_of_discounts_is_not_that_of_amounts():
    assert short(
        "ITEM QTY U/P DISC AMT\nFried Egg\n1 9.00 0.00\nTea\n2 0.80 0.00 1.60\n"
        "Total 10.60"
    ) == [("1", "Fried Egg", "9.00"), ("2", "Tea", "1.60")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Fernhill",
        "Fernhill\nTOTAL 8.00",
        "Fernhill\n1.00\n2.00",
        "Fernhill\nTOTAL 17.80\nNO SIGNATURE FOR PURCHASES UNDER $25.00",
    ],
)
def test_where_there_are_no_items_none_are_read(text):
    assert items(text) == ()


@pytest.mark.parametrize(
    "line",
    [
        "1 x 1.00 " * 33,
        "x" * 300 + " 1.00",
        "((((((((1 @ 1.00" * 18,
        "9" * 299 + " 1.00",
        "2 " * 140 + "1.00",
        "Soup " + "1.00 " * 55,
    ],
)
def test_hostile_lines_take_no_time(line):
    rows = labeled(["Shop"] + [line] * 600 + ["TOTAL 600.00"])
    start = time.process_time()

    items_of(rows)

    assert time.process_time() - start < 4
