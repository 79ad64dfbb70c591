"""The sheets of a workbook as texts, from untrusted bytes and back to bytes."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from surveys.exchange.notes import MOST_BYTES, WrongFile

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 2000, 200, 20
# Unpacked, and how many files the archive holds: a workbook of 5 MB has far less.
MOST_UNPACKED, MOST_ENTRIES = 50_000_000, 1000
# What a cell of Excel can hold.
LONGEST_CELL = 32_767
QUOTAS = "panel_portal_quotas"
SHEETS = ("survey", "choices", "settings", QUOTAS)


@dataclass(frozen=True)
class Line:
    """One row: `number` as the spreadsheet counts, `cells` by header, none empty."""

    number: int
    cells: Mapping[str, str] = field(default_factory=dict)

    def get(self, header: str) -> str:
        return self.cells.get(header, "").strip()


@dataclass(frozen=True)
class Sheets:
    """`others`: names of sheets that mean nothing here."""

    survey: tuple[Line, ...] = ()
    choices: tuple[Line, ...] = ()
    settings: Line = Line(2)
    quotas: tuple[Line, ...] = ()
    others: tuple[str, ...] = ()


# In -----------------------------------------------------------------------------------


def read_sheets(data: bytes) -> Sheets:
    """Raises `WrongFile`. Formulas are read as the text that they are."""
    _check_archive(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        names = {name.strip().lower(): name for name in book.sheetnames[:MOST_SHEETS]}
        found = {key: _lines(book[names[key]], key) for key in SHEETS if key in names}
    except WrongFile:
        raise
    # Whatever a broken or hostile workbook makes of openpyxl, it is no survey.
    except Exception:
        raise WrongFile(_("The workbook is damaged and can’t be read.")) from None
    if "survey" not in found:
        raise WrongFile(_("The workbook has no sheet “survey”, so it’s no XLSForm."))
    settings = found.get("settings") or (Line(2),)
    others = tuple(name for key, name in names.items() if key not in SHEETS)
    return Sheets(
        found["survey"],
        found.get("choices", ()),
        settings[0],
        found.get(QUOTAS, ()),
        others,
    )


def _check_archive(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise WrongFile(_("The file is larger than 5 MB."))
    if not data:
        raise WrongFile(_("The file is empty."))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise WrongFile(
            _("This is an old or encrypted Excel file: save it as .xlsx first.")
        )
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise WrongFile(_("The file is no Excel workbook (.xlsx).")) from None
    # zipfile never unpacks more of an entry than it declares here.
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED or len(entries) > MOST_ENTRIES:
        raise WrongFile(_("The workbook is too large once unpacked."))


def _lines(sheet: Any, name: str) -> tuple[Line, ...]:
    rows = sheet.iter_rows(
        max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True
    )
    headers = [_header(cell) for cell in next(rows, ())]
    found = []
    for number, row in enumerate(rows, start=2):
        if number > MOST_ROWS + 1:
            raise WrongFile(
                _("Sheet “%(sheet)s” has more than %(most)d rows.")
                % {"sheet": name, "most": MOST_ROWS}
            )
        cells = {
            header: text
            for header, cell in zip(headers, row, strict=False)
            if header and (text := _text(cell)).strip()
        }
        if cells:
            found.append(Line(number, cells))
    return tuple(found)


def _header(cell: Any) -> str:
    return "::".join(part.strip() for part in _text(cell).split("::"))


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    # No database of ours keeps a null character.
    return str(cell).replace("\x00", "")


# Out ----------------------------------------------------------------------------------

FIRST = {
    "survey": ["type", "name"],
    "choices": ["list_name", "name"],
    "settings": ["form_title", "form_id", "version", "default_language"],
    QUOTAS: ["code", "name", "limit", "when"],
}


def write_sheets(sheets: Sheets) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    _write(book, "survey", sheets.survey)
    _write(book, "choices", sheets.choices)
    _write(book, "settings", [sheets.settings])
    if sheets.quotas:
        _write(book, QUOTAS, sheets.quotas)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write(book: openpyxl.Workbook, name: str, lines: Iterable[Line]) -> None:
    sheet = book.create_sheet(name)
    lines = list(lines)
    told = list(dict.fromkeys(header for line in lines for header in line.cells))
    headers = [
        *FIRST[name],
        *(header for header in told if header not in FIRST[name]),
    ]
    # Own columns come last: most people who look never need them.
    headers.sort(key=lambda header: header.startswith("panel_portal"))
    for column, header in enumerate(headers, start=1):
        cell = sheet.cell(1, column, header)
        cell.font = Font(bold=True)
        letter = cell.column_letter
        sheet.column_dimensions[letter].width = 40 if "label" in header else 18
    for number, line in enumerate(lines, start=2):
        for column, header in enumerate(headers, start=1):
            text = as_cell(line.cells.get(header, ""))
            if not text:
                continue
            cell = sheet.cell(number, column)
            cell.value = text
            # A text that begins with "=" is a text, and nothing to be computed.
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "C2"


def as_cell(text: str) -> str:
    """What of a text a cell can hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_CELL]
