"""Prescriptions, health services and insurance are found by lines; shopping isn't."""

from dataclasses import replace

import pytest

from receipts.reading.page import Line, Page, Word
from receipts.screening.findings import Kind
from receipts.screening.medical import find_medical
from receipts.screening.passages import Sheets
from tests.receipts.screening import (
    health_papers,
    label_papers,
    prescription_papers,
    sheet_papers,
    shopping_papers,
)
from tests.receipts.screening.papers import (
    is_found,
    is_left,
    judged,
    page_of,
    spots_of,
)

HELD = {
    **prescription_papers.PAPERS,
    **health_papers.PAPERS,
    **label_papers.PAPERS,
    **sheet_papers.PAPERS,
}


def found_on(text, **how):
    return tuple(find_medical(Sheets.of([page_of(text, **how)])))


@pytest.mark.parametrize("whole_lines", [False, True], ids=["words", "fragments"])
@pytest.mark.parametrize("name", HELD)
def test_all_of_a_prescription_is_found_and_the_rest_is_left(name, whole_lines):
    text = HELD[name]
    page = page_of(text, whole_lines=whole_lines)

    spots = spots_of(find_medical(Sheets.of([page])))

    lines = list(zip(judged(text), page.lines, strict=True))
    missed = [
        t for (fate, t), line in lines if fate == "!" and not is_found(line, spots)
    ]
    spoilt = [
        t for (fate, t), line in lines if fate == "=" and not is_left(line, spots)
    ]
    assert (missed, spoilt) == ([], [])


@pytest.mark.parametrize("whole_lines", [False, True], ids=["words", "fragments"])
@pytest.mark.parametrize("name", shopping_papers.PAPERS)
def test_shopping_is_not_held(name, whole_lines):
    assert found_on(shopping_papers.PAPERS[name], whole_lines=whole_lines) == ()


def test_kinds_follow_what_the_paper_is_about():
    (rx,) = found_on("=SHOP\n!RX 1234567   10.00")
    (shot,) = found_on("=SHOP\n!FLU SHOT   39.99")
    (plan,) = found_on("=SHOP\n!RxBIN 004336")

    assert (rx.kind, rx.rule) == (Kind.PRESCRIPTION, "prescription_number")
    assert (shot.kind, shot.rule) == (Kind.HEALTH_SERVICE, "health_service")
    assert (plan.kind, plan.rule) == (Kind.HEALTH_INSURANCE, "health_insurance_number")


def test_more_signs_make_it_surer():
    (alone,) = found_on("=SHOP\n!COPAY   10.00")
    among = found_on("=SHOP\n!RX 1234567\n!COPAY   10.00")

    assert alone.confidence < max(finding.confidence for finding in among)


def test_a_clinics_receipt_is_held_where_nothing_else_tells():
    (finding,) = found_on("=LAKE DENTAL CLINIC\n=1 Lake Rd\n=Total   85.00")

    assert (finding.kind, finding.rule) == (Kind.HEALTH_SERVICE, "health_place")
    assert finding.spots == ()


def test_a_clinics_goods_are_services():
    text = "=LAKE DENTAL CLINIC\n=1 Lake Rd\n!Whitening   85.00\n=Total   85.00"

    service, place = found_on(text)

    assert (service.kind, service.rule) == (Kind.HEALTH_SERVICE, "near_health_service")
    assert service.spots != ()
    # Known before as after painting, where the name is all that still tells.
    assert (place.rule, place.spots) == ("health_place", ())


def test_a_value_that_stands_beside_its_label_as_a_line_of_its_own_is_found():
    def line(text, left, top):
        box = (left, top, left + 10 * len(text), top + 18)
        return Line((Word(text, box, 0.9),))

    label = line("Rx Number:", 0, 100)
    value = line("AB-77", 300, 103)
    page = Page((line("SHOP", 0, 0), label, value), 600, 400, "rapidocr")

    spots = spots_of(find_medical(Sheets.of([page])))

    assert is_found(label, spots)
    assert is_found(value, spots)


@pytest.mark.parametrize("text", ["Flu shot", "Rx 1234567", "Office visit copay"])
def test_a_line_that_somebody_typed_is_no_shops_name(text):
    assert found_on(f"!{text}") != ()


def test_pages_are_judged_each_by_itself():
    first = page_of("=SHOP\n=MILK   3.99")
    second = page_of("=SHOP\n!RX 1234567   10.00")

    found = list(find_medical(Sheets.of([first, second])))

    assert {spot.page for finding in found for spot in finding.spots} == {1}


@pytest.mark.parametrize("name", HELD)
def test_what_is_left_of_a_painted_paper_holds_nothing_more_to_paint(name):
    page = page_of(HELD[name])

    found = find_medical(Sheets.of([page]))
    for _round in range(2):
        spots = spots_of(found)
        lines = tuple(line for line in page.lines if not is_found(line, spots))
        page = replace(page, lines=lines)
        found = tuple(find_medical(Sheets.of([page])))

    assert spots_of(found) == set()


@pytest.mark.parametrize("name", HELD)
def test_a_painted_paper_tells_of_nothing_whole_that_was_not_known_before(name):
    page = page_of(HELD[name])
    before = tuple(find_medical(Sheets.of([page])))
    spots = spots_of(before)
    lines = tuple(line for line in page.lines if not is_found(line, spots))

    after = find_medical(Sheets.of([replace(page, lines=lines)]))

    known = {finding.kind for finding in before}
    assert {one.kind for one in after if not one.spots} <= known
