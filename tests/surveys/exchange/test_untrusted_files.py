"""Files from anywhere: each wrong one is refused with a sentence."""

import io
import json
import zipfile

import pytest

from surveys.definition import as_json
from surveys.exchange import WrongFile, export_json, import_json, import_xlsform
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
