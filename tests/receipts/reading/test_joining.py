import time

import pytest

from receipts.reading.joining import joined
from receipts.reading.page import Line, Page, Word

RECEIPT = """
HARBOUR MARKET
12 Quay Street, Oldtown
Phone (555) 010-2030
05/14/2019 10:22
Oat flakes 2.49
Brown bread 3.10
Apple juice 1L 1.99
Dish soap lemon 2.25
Tomatoes vine 4.40
Blue cheese 5.15
Rice 1 kg 2.89
Honey 500 g 6.49
Subtotal 28.76
Tax 6% 1.73
Total 30.49
VISA XXXXXXXXXXXX1234 30.49
Thank you and come again
""".strip().splitlines()


def page(lines, confidence=0.95):
    return Page(
        tuple(
            Line((Word(text, (0, 30 * n, 400, 30 * n + 20), confidence),))
            for n, text in enumerate(lines)
        ),
        400,
        30 * len(lines),
        "test",
    )


def texts(found):
    return [line.text for line in found.lines]


def test_an_overlap_is_kept_once():
    found = joined([page(RECEIPT[:10]), page(RECEIPT[6:])])

    assert texts(found) == RECEIPT
    assert found.order == (0, 1)
    assert found.notes == ("Pages 1 and 2 overlap by 4 lines.",)
    assert set(found.pages[:6]) == {0}
    assert set(found.pages[10:]) == {1}


def test_three_pages_are_joined():
    found = joined([page(RECEIPT[:8]), page(RECEIPT[4:13]), page(RECEIPT[9:])])

    assert texts(found) == RECEIPT
    assert found.notes == (
        "Pages 1 and 2 overlap by 4 lines.",
        "Pages 2 and 3 overlap by 4 lines.",
    )


def test_pages_that_overlap_are_one_part():
    other = ["HILL BOOKS", "06/01/2019 09:12", "Sea atlas 4.00", "Total 4.00"]

    found = joined([page(RECEIPT[6:]), page(other), page(RECEIPT[:10]), page([])])

    assert found.parts == ((2, 0), (1,))
    assert [line.text for line in found.lines_of((2, 0))] == RECEIPT
    assert [line.text for line in found.lines_of((1,))] == other


def test_pages_in_the_wrong_order_are_put_right():
    found = joined([page(RECEIPT[6:]), page(RECEIPT[:10])])

    assert texts(found) == RECEIPT
    assert found.order == (1, 0)
    assert found.notes == (
        "The pages follow one another as 2, 1.",
        "Pages 2 and 1 overlap by 4 lines.",
    )


def test_of_a_line_on_both_pages_the_better_reading_is_kept():
    second = [line.replace("Tomatoes vine", "Tomatoes v1ne") for line in RECEIPT[5:]]

    found = joined([page(RECEIPT[:11], 0.9), page(second, 0.7)])

    assert texts(found) == RECEIPT


def test_lines_cut_off_at_the_edges_are_left_out():
    first = [*RECEIPT[:10], "R1c- 1 kq"]
    second = ["-pple j", *RECEIPT[7:]]

    found = joined([page(first), page(second)])

    assert texts(found) == RECEIPT


@pytest.mark.parametrize("missing", [8, 9])
def test_a_line_that_one_page_misses_is_taken_from_the_other(missing):
    first = [line for n, line in enumerate(RECEIPT[:12]) if n != missing]

    found = joined([page(first), page(RECEIPT[6:])])

    assert texts(found) == RECEIPT


def test_a_line_that_the_second_page_misses_is_taken_from_the_first():
    second = [line for line in RECEIPT[6:] if not line.startswith("Tomatoes")]

    found = joined([page(RECEIPT[:12]), page(second)])

    assert texts(found) == RECEIPT


def test_pages_without_an_overlap_follow_one_another():
    found = joined([page(RECEIPT[:8]), page(RECEIPT[8:])])

    assert texts(found) == RECEIPT
    assert found.pages == (0,) * 8 + (1,) * 9
    assert found.notes == ()


def test_repeated_items_are_no_overlap():
    first = [*RECEIPT[:5], *["Cola can 1.00"] * 3]
    second = [*["Cola can 1.00"] * 4, *RECEIPT[8:]]

    found = joined([page(first), page(second)])

    assert texts(found) == first + second
    assert found.notes == ()


def test_repeated_items_behind_an_anchor_are_an_overlap():
    first = [*RECEIPT[:7], *["Cola can 1.00"] * 3]
    second = [*RECEIPT[5:7], *["Cola can 1.00"] * 5, *RECEIPT[8:]]

    found = joined([page(first), page(second)])

    assert texts(found) == [*RECEIPT[:7], *["Cola can 1.00"] * 5, *RECEIPT[8:]]


def test_two_pictures_of_one_receipt_are_kept_once():
    blurred = [line.replace("Honey", "H0ney") for line in RECEIPT]

    found = joined([page(blurred, 0.7), page(RECEIPT, 0.95)])

    assert texts(found) == RECEIPT
    assert set(found.pages) == {1}
    assert found.notes == ("Page 1 shows the lines of page 2 again.",)


def test_a_close_up_of_a_part_adds_nothing():
    found = joined([page(RECEIPT), page(RECEIPT[4:11])])

    assert texts(found) == RECEIPT
    assert found.notes == ("Page 2 shows the lines of page 1 again.",)


def test_another_receipt_of_the_same_shop_is_not_taken_for_a_copy():
    other = [line.replace("05/14/2019 10:22", "06/21/2019 17:45") for line in RECEIPT]

    found = joined([page(RECEIPT), page(other)])

    assert texts(found) == RECEIPT + other
    assert found.notes == ()


def test_a_card_slip_of_the_same_purchase_is_no_overlap():
    slip = [
        "HARBOUR MARKET",
        "05/14/2019 10:23",
        "Sale",
        "VISA XXXXXXXXXXXX1234",
        "Approval code 024680",
        "Total 30.49",
        "Customer copy",
    ]

    found = joined([page(RECEIPT), page(slip)])

    assert texts(found) == RECEIPT + slip
    assert found.notes == ()


def test_a_header_printed_again_turns_no_pages_round():
    first, second = RECEIPT, ["Card payment", "Approved 30.49", *RECEIPT[:3]]

    found = joined([page(first), page(second)])

    assert texts(found) == first + second
    assert found.order == (0, 1)


@pytest.mark.parametrize("pages", [[], [page([])], [page([]), page([])]])
def test_nothing_is_joined_to_nothing(pages):
    found = joined(pages)

    assert found.lines == ()
    assert found.notes == ()


def test_an_empty_page_between_others_is_passed_over():
    found = joined([page(RECEIPT[:10]), page([]), page(RECEIPT[6:])])

    assert texts(found) == RECEIPT
    assert found.pages[-1] == 2


def test_many_long_pages_take_little_time():
    lines = [f"Item {n % 40} of shelf {n} {n % 90 + 1}.00" for n in range(3000)]
    pages = [page(lines[start : start + 270]) for start in range(0, 2750, 250)]
    same = [page(["Cola can 1.00"] * 250)] * 11
    start = time.process_time()

    found = joined(pages)
    repeated = joined(same)

    assert time.process_time() - start < 20
    assert texts(found) == lines[: len(found.lines)]
    assert len(repeated.lines) == 2750


def test_an_item_with_its_number_in_front_is_no_day_of_another_receipt():
    first = [*RECEIPT, "2 Eggs 12.90"]
    again = [*RECEIPT, "1 Milk 21.35"]

    assert len(joined([page(first), page(again)]).order) == 1
