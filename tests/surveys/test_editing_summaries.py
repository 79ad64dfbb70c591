"""Each operation of authors refuses what is gone, and is told in one line for undo."""

import inspect

import pytest

from surveys.definition import Kind, Purchase, Question, Text
from surveys.editing import (
    OPERATIONS,
    WrongEdit,
    add_language,
    add_option,
    add_page,
    add_question,
    add_quota,
    bind_purchase,
    carry_options,
    change_kind,
    change_option,
    change_page,
    change_question,
    change_quota,
    change_survey,
    duplicate_page,
    duplicate_question,
    insert_question,
    interlocked,
    make_first_language,
    move_option,
    move_question,
    paste_options,
    remove_language,
    remove_option,
    remove_page,
    remove_question,
    remove_quota,
    shift_page,
    shift_question,
    split_page,
    summaries,
    summary_of,
)
from tests.surveys.test_editing import SURVEY


@pytest.mark.parametrize(
    ("operation", "arguments"),
    [
        (remove_page, {"page_id": "p9"}),
        (duplicate_page, {"page_id": "p9"}),
        (change_page, {"page_id": "p9", "show_if": ""}),
        (add_question, {"kind": Kind.TEXT, "page": "p9"}),
        (move_question, {"code": "sex", "page": "p9"}),
        (remove_question, {"code": "gone"}),
        (change_question, {"at": ("gone",), "is_required": True}),
        (change_kind, {"code": "gone", "kind": Kind.TEXT}),
        (add_option, {"code": "gone", "text": Text(en="A")}),
        (remove_option, {"code": "sex", "choice": "x"}),
        (change_option, {"at": ("sex", "x"), "text": Text(en="A")}),
        (change_quota, {"code": "gone", "limit": 1}),
        (make_first_language, {"language": "fr"}),
    ],
)
def test_what_is_gone_is_refused(operation, arguments):
    arguments = dict(arguments)
    places = arguments.pop("at", ())

    with pytest.raises(WrongEdit):
        operation(SURVEY, *places, **arguments)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_each_operation_has_a_summary_of_the_same_arguments(operation):
    summary = getattr(summaries, operation.__name__)

    assert list(inspect.signature(summary).parameters.values()) == list(
        inspect.signature(operation).parameters.values()
    )


@pytest.mark.parametrize(
    ("operation", "arguments", "told"),
    [
        (add_page, {}, "Added a page"),
        (remove_page, {"page_id": "p2"}, "Removed page 2"),
        (duplicate_page, {"page_id": "p2"}, "Duplicated page 2"),
        (shift_page, {"page_id": "p2", "steps": 1}, "Moved page 2 to place 3"),
        (shift_page, {"page_id": "p3", "steps": 1}, "Moved page 3 to place 3"),
        (
            change_page,
            {"page_id": "p2", "show_if": "", "title": Text(de="A")},
            "Changed the condition, the title (German) of page 2",
        ),
        (split_page, {"code": "shops"}, "Split page 2 before SHOPS"),
        (add_question, {"kind": Kind.TEXT, "page": "p2"}, "Added Q1 to page 2"),
        (
            insert_question,
            {"question": Question("age", Kind.NUMBER), "page": "p1"},
            "Added AGE to page 1",
        ),
        (remove_question, {"code": "sex"}, "Removed SEX"),
        (duplicate_question, {"code": "sex"}, "Duplicated SEX"),
        (move_question, {"code": "sex", "page": "p2"}, "Moved SEX to page 2"),
        (
            move_question,
            {"code": "sex", "page": "p1", "position": 1},
            "Moved SEX to place 2 of its page",
        ),
        (shift_question, {"code": "sex", "steps": 1}, "Moved SEX down"),
        (shift_question, {"code": "best", "steps": -1}, "Moved BEST to page 1"),
        (change_question, {"at": ("sex",), "code": "who"}, "Renamed sex to who"),
        (
            change_question,
            {"at": ("sex",), "text": Text(en="You?", de="Sie sind …")},
            "Changed the text (English) of SEX",
        ),
        (
            change_kind,
            {"code": "sex", "kind": Kind.RANKING},
            "Made SEX a question of the kind “ranking”",
        ),
        (
            carry_options,
            {"code": "best", "source": "drinks"},
            "Carried the options of DRINKS over to BEST",
        ),
        (add_option, {"code": "sex", "text": Text(en="X")}, "Added “X” to SEX"),
        (paste_options, {"code": "sex", "lines": ["a", " "]}, "Pasted 1 line into SEX"),
        (
            remove_option,
            {"code": "drinks", "choice": "tea"},
            "Removed “Tea” from DRINKS",
        ),
        (
            move_option,
            {"code": "drinks", "choice": "tea", "position": 0},
            "Moved “Tea” of DRINKS",
        ),
        (
            change_option,
            {"at": ("drinks", "tea"), "is_fixed": True},
            "Changed option tea of DRINKS",
        ),
        (
            change_survey,
            {"title": Text(en="A")},
            "Changed the title (English) of the survey",
        ),
        (
            bind_purchase,
            {"purchase": Purchase()},
            "Changed the purchase that the survey is about",
        ),
        (add_language, {"language": "fr"}, "Added the language French"),
        (remove_language, {"language": "de"}, "Removed the language German"),
        (make_first_language, {"language": "de"}, "Made German the first language"),
        (add_quota, {"name": "Men", "limit": 3}, "Added the quota “Men”"),
        (change_quota, {"code": "tea", "limit": 3}, "Changed the quota “Tea”"),
        (remove_quota, {"code": "tea"}, "Removed the quota “Tea”"),
        (
            interlocked,
            {"codes": ["sex", "best"], "limits": 1},
            "Interlocked quotas of SEX × BEST",
        ),
    ],
)
def test_an_edit_is_told_in_one_line(operation, arguments, told):
    arguments = dict(arguments)
    places = arguments.pop("at", ())

    line = summary_of(operation, SURVEY, *places, **arguments)

    assert line == told
