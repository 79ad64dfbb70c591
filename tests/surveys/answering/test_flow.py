"""Which page comes next, and what it shows."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.answering.flow import (
    Step,
    first_step,
    next_step,
    open_codes,
    page_order,
    progress,
    shown_questions,
    shuffled,
    trail,
)
from surveys.definition import (
    END,
    SCREEN_OUT,
    Definition,
    Kind,
    Option,
    Page,
    Question,
    Row,
    Skip,
)
from surveys.logic.facts import Facts
from tests.surveys.factories import ANSWERS, SURVEY, options


def text(code: str, **fields) -> Question:
    return Question(code, Kind.TEXT, **fields)


def page(page_id: str, *questions: Question, **fields) -> Page:
    return Page(page_id, questions or (text(f"of_{page_id}"),), **fields)


def survey(*pages: Page) -> Definition:
    return Definition(pages=pages)


def yes(*codes: str) -> Facts:
    return Facts(dict.fromkeys(codes, "yes"))


def test_pages_come_in_order_and_after_the_last_comes_the_end():
    definition = survey(page("a"), page("b"))

    assert first_step(definition, Facts(), 1) == Step("a")
    assert next_step(definition, yes("of_a"), 1, "a") == Step("b")
    assert next_step(definition, yes("of_a", "of_b"), 1, "b") == Step(outcome=END)


def test_a_page_that_is_not_shown_is_left_out_and_its_skips_with_it():
    hidden = page(
        "b", show_if="of_a not answered", skips=(Skip("of_a answered", SCREEN_OUT),)
    )
    definition = survey(page("a"), hidden, page("c"))

    assert next_step(definition, yes("of_a"), 1, "a") == Step("c")


def test_a_page_none_of_whose_questions_is_shown_is_left_out():
    empty = page("b", text("x", show_if="profile.age > 90"))
    definition = survey(page("a"), empty, page("c"))

    assert next_step(definition, yes("of_a"), 1, "a") == Step("c")


def test_a_page_of_information_alone_is_shown():
    definition = survey(page("a", Question("hello", Kind.INFORMATION)))

    assert first_step(definition, Facts(), 1) == Step("a")
    assert trail(definition, Facts(), 1).step == Step(outcome=END)


@pytest.mark.parametrize(
    ("to", "step"),
    [
        ("d", Step("d")),
        (END, Step(outcome=END)),
        (SCREEN_OUT, Step(outcome=SCREEN_OUT)),
    ],
)
def test_the_first_true_skip_decides(to, step):
    skips = (Skip("of_a not answered", "b"), Skip("of_a answered", to), Skip("", "c"))
    definition = survey(page("a", skips=skips), page("b"), page("c"), page("d"))

    assert next_step(definition, yes("of_a"), 1, "a") == step


@pytest.mark.parametrize("to", ["a", "b", "nowhere"])
def test_a_skip_backward_or_to_nowhere_leads_on(to):
    definition = survey(page("a"), page("b", skips=(Skip("", to),)), page("c"))

    assert next_step(definition, Facts(), 1, "b") == Step("c")


def test_a_condition_that_cannot_be_read_never_holds():
    definition = survey(page("a", show_if="of what"), page("b"))

    assert first_step(definition, Facts(), 1) == Step("b")


def test_options_are_those_that_were_chosen_before():
    facts = Facts({"drinks": ANSWERS["drinks"]})

    [_cups, favourite] = shown_questions(SURVEY, facts, 1, "p2")

    assert [option.code for option in favourite.options] == ["coffee", "tea"]


def test_a_question_that_offers_nothing_is_left_out():
    none = Facts({"drinks": {"chosen": ["none"]}})

    assert shown_questions(SURVEY, none, 1, "p2") == ()
    assert shown_questions(SURVEY, Facts(), 1, "p2") == ()


def test_a_question_about_a_purchase_needs_one():
    definition = survey(page("a", text("x", shows_purchase=True), text("y")))
    bought = Facts(purchase={"merchant": "Corner Grocery"})

    assert [one.code for one in shown_questions(definition, Facts(), 1, "a")] == ["y"]
    assert len(shown_questions(definition, bought, 1, "a")) == 2


def test_a_trail_has_only_what_its_pages_show():
    way = trail(SURVEY, Facts({**ANSWERS, "drinks": {"chosen": ["tea"]}}), 1)

    assert way.step == Step("p2")
    assert way.shown["p2"] == ("favourite",)
    assert way.facts.answers == {"drinks": {"chosen": ["tea"]}}


def test_a_trail_with_all_answers_reaches_the_end():
    way = trail(SURVEY, Facts({**ANSWERS, "stranger": 1}), 1)

    assert way.step == Step(outcome=END)
    assert dict(way.facts.answers) == ANSWERS
    assert way.pages == ("p1", "p2", "p3", "p4")


def test_a_trail_stops_where_it_is_told_to():
    way = trail(SURVEY, Facts(ANSWERS), 1, until="p2")

    assert (way.pages, way.step) == (("p1", "p2"), Step("p2"))
    assert set(way.facts.answers) == {"drinks", "cups", "favourite"}


def test_neighbours_of_one_word_change_places_and_others_stay():
    definition = survey(
        page("a"),
        page("b", shuffle="x"),
        page("c", shuffle="x"),
        page("d", shuffle="y"),
        page("e"),
    )

    orders = {page_order(definition, seed) for seed in range(40)}

    assert orders == {("a", "b", "c", "d", "e"), ("a", "c", "b", "d", "e")}


def test_shuffled_options_rows_and_questions_keep_what_is_fixed():
    codes = [f"o{number}" for number in range(6)]
    last = Option("none", is_fixed=True)
    grid = Question(
        "grid",
        Kind.MATRIX,
        options=(*options(*codes), last),
        shuffles_options=True,
        rows=tuple(Row(code) for code in codes),
        shuffles_rows=True,
    )
    intro = Question("intro", Kind.INFORMATION)
    definition = survey(page("a", intro, grid, text("x"), shuffles_questions=True))
    shown = [shown_questions(definition, Facts(), seed, "a") for seed in range(30)]

    orders = {tuple(one.code for one in questions) for questions in shown}
    grids = [one for questions in shown for one in questions if one.code == "grid"]

    assert orders == {("intro", "grid", "x"), ("intro", "x", "grid")}
    assert {one.options[-1] for one in grids} == {last}
    assert len({one.options for one in grids}) > 20
    assert len({one.rows for one in grids}) > 20
    assert {frozenset(one.rows) for one in grids} == {frozenset(grid.rows)}


@given(st.integers(0, 2**62), st.sets(st.integers(0, 9)))
def test_a_shuffle_is_stable_whatever_is_left_out(seed, gone):
    things = [f"thing{number}" for number in range(10)]
    kept = [one for number, one in enumerate(things) if number not in gone]

    order = shuffled(things, seed, things)

    assert shuffled(things, seed, things) == order
    assert list(shuffled(kept, seed, kept)) == [one for one in order if one in kept]


def test_a_stored_answer_that_is_no_longer_offered_is_no_fact():
    pick = Question("pick", Kind.MULTIPLE, carries="drinks", options=options("tea"))
    first = replace(SURVEY.pages[0], skips=())
    definition = survey(first, page("b", pick, text("z", is_required=False)))
    stored = {
        "drinks": {"chosen": ["coffee", "tea"]},
        "pick": {"chosen": ["coffee", "tea"]},
    }

    assert trail(definition, Facts(stored), 1).facts.answers["pick"] == {
        "chosen": ["tea"]
    }


def test_what_may_yet_be_answered_and_how_far_a_page_is():
    assert open_codes(SURVEY, 1, "p3") == {"brand", "check", "recommend", "why"}
    assert [progress(SURVEY, 1, one) for one in ("p1", "p2", "p4", "")] == [
        0,
        25,
        75,
        100,
    ]


def test_a_way_is_the_same_after_a_trip_through_json():
    facts = Facts(json.loads(json.dumps(ANSWERS)))

    assert trail(SURVEY, facts, 7) == trail(SURVEY, Facts(ANSWERS), 7)
