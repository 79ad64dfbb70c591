"""Files from anywhere: each wrong one is refused with a sentence."""

import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.definition import as_json, from_json
from surveys.exchange import WrongFile, export_json, import_json, import_xlsform
from surveys.exchange.reading import read
from surveys.exchange.sheets import Line, Sheets
from surveys.exchange.writing import write
from surveys.exchange.xpath import NotTold, parse
from tests.surveys.exchange.workbooks import as_bytes
from tests.surveys.kinds import KINDS


def archive(size: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b" " * size)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "The file is empty."),
        (b"hello", "The file is no Excel workbook (.xlsx)."),
        (b"x" * 5_000_001, "The file is larger than 5 MB."),
        (
            b"\xd0\xcf\x11\xe0old",
            "This is an old or encrypted Excel file: save it as .xlsx first.",
        ),
        (archive(60_000_000), "The workbook is too large once unpacked."),
        (archive(10), "The workbook is damaged and can’t be read."),
        (
            as_bytes(other=[["type"]]),
            "The workbook has no sheet “survey”, so it’s no XLSForm.",
        ),
        (
            as_bytes(survey=[["type"], *[["note"]] * 2001]),
            "Sheet “survey” has more than 2000 rows.",
        ),
        (
            as_bytes(survey=[["type"], ["end group"]]),
            "Row 2 ends a group that never began.",
        ),
        (
            as_bytes(survey=[["type"], ["begin group"]]),
            "The group that begins in row 2 never ends.",
        ),
    ],
)
def test_a_wrong_workbook_is_refused(data, why):
    with pytest.raises(WrongFile) as error:
        import_xlsform(data)

    assert str(error.value) == why


WORDS = st.sampled_from(
    [
        *("", "a", "b", "begin group", "end group", "begin repeat", "end repeat"),
        *("select_one l", "select_multiple l or_other", "rank l", "range", "integer"),
        *("date", "text", "note", "calculate", "field-list", "table-list", "label"),
        *("list-nolabel", "l", "${a} = 'b'", "not(", "selected(${a}, 'b')", "${b", "("),
        *(". > 1", "selected(${a}, name)", "start=1 end=nan", "start=x step=-1", "yes"),
        *("count-selected(.) <= 1e999", "-", "END if", "p if q", "matrix", "NaN", "1"),
    ]
)
HEADERS = [
    *("type", "name", "label", "label::French (fr)", "hint", "relevant", "required"),
    *("constraint", "appearance", "parameters", "choice_filter", "default"),
    *("panel_portal::id", "panel_portal::kind", "panel_portal::skips"),
    *("panel_portal::least", "panel_portal::options", "panel_portal::part_of"),
]
ROWS = st.lists(
    st.dictionaries(st.sampled_from(HEADERS), st.one_of(WORDS, st.text(max_size=6))),
    max_size=8,
)


@settings(deadline=None, max_examples=300)
@given(ROWS)
def test_whatever_stands_in_the_cells_is_read_or_refused(rows):
    survey = tuple(Line(number, row) for number, row in enumerate(rows, start=2))
    choices = (Line(2, {"list_name": "l", "name": "b", "label": "B"}),)

    try:
        definition = read(Sheets(survey, choices)).definition
    except WrongFile as error:
        assert "group" in str(error)
    else:
        assert from_json(as_json(definition)) == definition
        again, _notes = write(definition)
        assert len(read(again).definition.pages) == len(definition.pages)


@settings(deadline=None)
@given(st.text("ab${}'().,<>=!- 12notradselected"))
def test_any_xpath_is_read_or_refused(source):
    try:
        node = parse(source)
    except NotTold as error:
        assert str(error)
    else:
        assert node is not None


@pytest.mark.parametrize("size", ["nan", "inf", "1e999999999", "1e-999999999", "x"])
def test_numbers_that_nobody_writes_are_not_carried(size):
    cells = {"type": "range", "name": "a", "label": "A", "parameters": f"end={size}"}
    number = {"type": "integer", "name": "b", "label": "B"}
    number |= {"constraint": f". < '{size}'", "panel_portal::most": size}

    reading = read(Sheets((Line(2, cells), Line(3, number))))

    assert [(one.least, one.most) for one in reading.definition.questions()] == [
        (1, 10),
        (None, None),
    ]
    assert [one.what for one in reading.notes] == [
        "the parameter “end” isn’t carried.",
        f"the constraint “. < '{size}'” isn’t carried: “{size}” is no number.",
        f"“{size}” can’t be “most”.",
    ]


def test_deep_parentheses_are_refused():
    with pytest.raises(NotTold, match="too deep"):
        parse("(" * 1000 + "1" + ")" * 1000)


def test_a_formula_is_the_text_that_it_is():
    data = as_bytes(
        survey=[["type", "name", "label"], ["text", "a", '=HYPERLINK("http://x")']]
    )

    [question] = import_xlsform(data).definition.questions()

    assert question.text == {"en": '=HYPERLINK("http://x")'}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"{", "The file isn’t JSON."),
        (b"\xff\xfe", "The file isn’t JSON."),
        (b"[" * 100_000, "The file isn’t JSON."),
        (b" " * 5_000_001, "The file is larger than 5 MB."),
        (b"[]", "A survey is a JSON object."),
        (b'{"languages": []}', "The file names no language."),
        (
            b'{"title": {"en": "\\u0000"}}',
            "The file holds characters that can’t be kept.",
        ),
        (b'{"title": {"en": "\\ud800"}}', "The file isn’t JSON."),
        (
            b'{"pages": [{"id": "p", "questions": [{"code": "q", "kind": "number", '
            b'"least": "1e999999999"}]}]}',
            "survey.pages[0].questions[0].least: a number was expected.",
        ),
        (
            b'{"pages": [{"id": "p", "questions": [{"code": "q", "kind": "number", '
            b'"least": "1e25"}]}]}',
            "The file holds numbers that nobody can answer.",
        ),
        (b'{"pages": [{}]}', "survey.pages[0]: “id” is missing."),
    ],
)
def test_a_wrong_json_file_is_refused(data, why):
    with pytest.raises(WrongFile) as error:
        import_json(data)

    assert str(error.value) == why


def test_json_is_the_definition():
    data = export_json(KINDS)

    assert json.loads(data) == as_json(KINDS)
    assert import_json(data).definition == KINDS
