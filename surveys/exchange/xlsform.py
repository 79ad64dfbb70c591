"""XLSForm workbooks out and in."""

from django.utils.translation import gettext as _

from surveys.definition import Definition
from surveys.exchange.notes import Note, Reading
from surveys.exchange.own import PREFIX
from surveys.exchange.reading import read
from surveys.exchange.sheets import Sheets, read_sheets, write_sheets
from surveys.exchange.writing import write


def import_xlsform(data: bytes, *, language: str = "en") -> Reading:
    """`language`: of texts that don't say theirs. Raises `WrongFile`."""
    sheets = read_sheets(data)
    reading = read(sheets, language)
    return Reading(reading.definition, (*reading.notes, *_overruled(sheets, reading)))


def export_xlsform(
    definition: Definition, *, form_id: str = "", version: str = ""
) -> bytes:
    """A workbook from which `import_xlsform` reads the same survey again."""
    sheets, _notes = write(definition, form_id=form_id, version=version)
    return write_sheets(sheets)


def not_carried(definition: Definition) -> tuple[Note, ...]:
    """What of the survey other tools will not know when they open its workbook, and
    what even our own columns can't hold."""
    sheets, notes = write(definition)
    again = read(read_sheets(write_sheets(sheets)), definition.language).definition
    return (*notes, *_differences(definition, again))


def _differences(definition: Definition, again: Definition) -> list[Note]:
    if definition == again:
        return []
    told = _(
        "a workbook can’t hold all of it exactly: characters that Excel refuses, "
        "or codes, limits and conditions that are wrong, or parts that a question of "
        "its kind has no use for. The JSON file holds everything."
    )
    found = []
    for page, other in zip(definition.pages, again.pages, strict=False):
        for question, twin in zip(page.questions, other.questions, strict=False):
            if question != twin:
                found.append(Note(question.code, told))
    return found or [Note(_("the whole survey"), told)]


def _overruled(sheets: Sheets, reading: Reading) -> list[Note]:
    """Rows of a workbook of ours whose relevance another tool changed: our own column
    still says what it was."""
    own = f"{PREFIX}show_if"
    if not any(own in line.cells for line in sheets.survey):
        return []
    again, _notes = write(reading.definition)
    was = {line.get("name"): line.get("relevant") for line in again.survey}
    return [
        Note(
            _("survey, row %d") % line.number + f" ({line.get('name')})",
            _(
                "its relevance was changed, but the column “%s” says something else "
                "and was taken. Empty that cell to take the relevance."
            )
            % own,
        )
        for line in sheets.survey
        if own in line.cells
        and line.get("name") in was
        and was[line.get("name")] != line.get("relevant")
    ]
