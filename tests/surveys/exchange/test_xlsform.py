from dataclasses import replace

import pytest

from surveys.exchange import export_xlsform, import_xlsform, not_carried
from surveys.exchange.languages import LANGUAGES, header_of, language_of
from surveys.exchange.sheets import read_sheets, write_sheets
from tests.surveys.exchange.workbooks import WORKBOOKS, check_with_pyxform
from tests.surveys.factories import SURVEY
from tests.surveys.kinds import KINDS

EACH = pytest.mark.parametrize("name", WORKBOOKS)


@EACH
def test_a_workbook_is_one_of_xlsform(name):
    check_with_pyxform(WORKBOOKS[name].data())


@EACH
def test_what_is_not_carried_is_listed(name):
    reading = import_xlsform(WORKBOOKS[name].data())

    told = sorted((one.where, one.what) for one in reading.notes)
    assert told == sorted(WORKBOOKS[name].notes)


@EACH
def test_import_export_import_loses_nothing(name):
    definition = import_xlsform(WORKBOOKS[name].data()).definition

    workbook = export_xlsform(definition)

    again = import_xlsform(workbook)
    assert again.definition == definition
    assert again.notes == ()
    check_with_pyxform(workbook)


def test_relevance_becomes_conditions():
    definition = import_xlsform(WORKBOOKS["relevance"].data()).definition

    assert {one.code: one.show_if for one in definition.questions()} == {
        "a": "",
        "b": "a = 'yes'",
        "c": "b includes 'no' and not a = 'no'",
        "d": "(c > 3 or c <= 1) and b answered",
        "e": "count(b) >= 2",
        "f": "e not answered or a = 'yes'",
        "g": "d >= 2026-01-31",
        "h": "",
        "i": "",
        "j": "not a = 'no'",
    }


def test_constraints_become_limits():
    definition = import_xlsform(WORKBOOKS["constraints"].data()).definition

    a, b, c, d, e, f, g = definition.questions()
    assert (a.least, a.most, a.message) == (1, 120, {"en": "Between 1 and 120"})
    assert str(b.least) == "0.5"
    assert (c.earliest, c.latest) == ("2020-01-01", "today")
    assert (d.least, d.most) == (3, None)
    assert e.most == 2
    assert [one.code for one in e.options if one.is_exclusive] == ["none"]
    assert (f.least, f.most) == (None, None)
    assert [one.code for one in g.options if one.is_exclusive] == ["none"]


def test_translations_are_read_with_their_fallback_first():
    definition = import_xlsform(WORKBOOKS["translations"].data()).definition

    assert definition.languages == ("fr", "en")
    assert definition.title == {"fr": "Couleurs"}
    assert definition.question("a").option("red").text == {"en": "Red", "fr": "Rouge"}
    assert definition.question("b").message == {"fr": "Au moins un"}
    assert definition.question("c").text == {
        "en": "You said {a}",
        "fr": "Vous avez dit {a} {{ici}",
    }


def test_groups_become_pages():
    definition = import_xlsform(WORKBOOKS["pages"].data()).definition

    assert [
        (page.id, [one.code for one in page.questions], page.show_if, dict(page.title))
        for page in definition.pages
    ] == [
        ("first", ["a", "b"], "", {"en": "First page"}),
        ("second", ["c"], "a = 'yes'", {"en": "Second page"}),
        ("second_2", ["d"], "a = 'yes'", {"en": "Second page"}),
        ("e", ["e"], "a = 'no'", {"en": "Outer"}),
        ("inner", ["f", "g"], "a = 'no' and c > 1", {"en": "Inner"}),
    ]


def test_tables_become_matrices():
    definition = import_xlsform(WORKBOOKS["tables"].data()).definition

    likes, uses, _one = definition.questions()
    assert (likes.kind, likes.is_required, likes.is_multiple) == ("matrix", True, False)
    assert [one.code for one in likes.rows] == ["tea", "milk"]
    assert [one.code for one in likes.options] == ["1", "2"]
    assert (uses.kind, uses.is_required, uses.is_multiple) == ("matrix", False, True)
    assert uses.text == {"en": "When?"}
    assert [one.code for one in uses.rows] == ["u1", "u2"]


def test_a_choice_filter_becomes_what_is_carried():
    definition = import_xlsform(WORKBOOKS["choice filters"].data()).definition

    best = definition.question("best")
    assert (best.carries, best.shuffles_options) == ("used", True)


@pytest.mark.parametrize("definition", [SURVEY, KINDS])
def test_our_surveys_come_back_as_they_were(definition):
    workbook = export_xlsform(definition)

    reading = import_xlsform(workbook)

    assert (reading.definition, reading.notes) == (definition, ())
    check_with_pyxform(workbook)


def test_a_skip_is_told_as_relevance_of_the_pages_behind_it():
    sheets = read_sheets(export_xlsform(SURVEY))

    relevant = {line.get("name"): line.get("relevant") for line in sheets.survey}
    assert [relevant[page] for page in ("p1", "p2", "p3", "p4")] == [
        "",
        *["not(selected(${drinks}, 'none'))"] * 3,
    ]


def test_what_other_tools_do_not_know_is_listed():
    told = [(one.where, one.what) for one in not_carried(SURVEY)]

    assert told == [
        ("the whole survey", "the welcome and the thanks aren’t shown."),
        ("the whole survey", "quotas aren’t counted."),
        (
            "the whole survey",
            "texts show the code of a chosen option, not its words.",
        ),
        (
            "page “p1”",
            "who is screened out sees no more pages, but ends complete.",
        ),
        ("check", "it doesn’t check attention."),
    ]


def test_a_relevance_that_was_changed_elsewhere_is_told():
    sheets = read_sheets(export_xlsform(SURVEY))
    lines = tuple(
        replace(line, cells={**line.cells, "relevant": "${cups} > 3"})
        if line.get("name") == "p4"
        else line
        for line in sheets.survey
    )
    workbook = write_sheets(replace(sheets, survey=lines))

    reading = import_xlsform(workbook)

    assert reading.definition == SURVEY
    [note] = reading.notes
    assert note.what.startswith("its relevance was changed")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_known_by_its_header(language):
    assert language_of(header_of(language), "xx") == language
