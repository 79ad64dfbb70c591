"""Responses as files: CSV, Excel, SPSS, Parquet, each with its codebook."""

import csv
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import polars
import pyreadstat
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from surveys.services.exporting.columns import Cell, Column, Row, Type

# What a spreadsheet takes for the start of a formula; OWASP, "CSV Injection".
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NOT_SHOWN, NOT_ANSWERED = -98, -99
BATCH = 2_000
# What SPSS stores of a text, in bytes.
LONGEST_TEXT = 32_767

Rows = Iterable[Row]
Columns = Sequence[Column]


def guarded(text: str) -> str:
    """With an apostrophe before what a spreadsheet would compute."""
    return f"'{text}" if text.startswith(FORMULA) else text


def codebook(columns: Columns) -> Iterator[tuple[str, str, str, str, str]]:
    """Name, label, type; then one line for each code and its text."""
    for column in columns:
        yield column.name, column.label, column.type.value, "", ""
        for code, label in codes(column).items():
            yield column.name, "", "", code, label


def codes(column: Column) -> dict[str, str]:
    if column.type == Type.YES_NO:
        return {"0": _("No"), "1": _("Yes")}
    return dict(column.labels)


HEAD = ("variable", "label", "type", "code", "meaning")


def write_csv(path: Path, columns: Columns, rows: Rows) -> None:
    """A zip of responses.csv and codebook.csv, after RFC 4180."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        with file.open("responses.csv", "w", force_zip64=True) as raw:
            _write_lines(raw, (one.name for one in columns), map(_plain, rows))
        with file.open("codebook.csv", "w") as raw:
            _write_lines(raw, HEAD, codebook(columns))


def _plain(row: Row) -> tuple[Cell, ...]:
    return row.cells


class _Bytes:
    """A text file for `csv`, on a binary one that can't be closed yet."""

    def __init__(self, raw) -> None:
        self.raw = raw

    def write(self, text: str) -> None:
        self.raw.write(text.encode())


def _write_lines(raw, head: Iterable[str], lines: Iterable[Sequence[Cell]]) -> None:
    writer = csv.writer(_Bytes(raw))
    writer.writerow(list(head))
    for line in lines:
        writer.writerow(
            [guarded(cell) if isinstance(cell, str) else cell for cell in line]
        )


def write_xlsx(path: Path, columns: Columns, rows: Rows) -> None:
    book = Workbook(write_only=True)
    _write_sheet(
        book.create_sheet(_("Responses")[:31]),
        [one.name for one in columns],
        map(_plain, rows),
    )
    _write_sheet(book.create_sheet(_("Codebook")[:31]), HEAD, codebook(columns))
    book.save(path)


def _write_sheet(sheet, head: Sequence[str], lines: Iterable[Sequence[Cell]]) -> None:
    sheet.freeze_panes = "A2"
    sheet.append(list(head))
    for line in lines:
        sheet.append([_excel(sheet, cell) for cell in line])


def _excel(sheet, cell: Cell) -> Any:
    if not isinstance(cell, str):
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", cell)
    if not text.startswith(FORMULA):
        return text
    # A text, whatever it looks like: openpyxl takes "=1" for a formula.
    told = WriteOnlyCell(sheet, value=guarded(text))
    told.data_type = "s"
    return told


# Data frames --------------------------------------------------------------------------

DATA_TYPES = {
    Type.TEXT: polars.String,
    Type.CHOICE: polars.String,
    Type.YES_NO: polars.Int8,
    Type.WHOLE: polars.Int64,
    Type.NUMBER: polars.Float64,
    Type.DAY: polars.Date,
}


def _pieces(folder: Path, schema: dict, lines: Iterable[tuple]) -> Path:
    """The lines as small Parquet files, so that few are ever in memory."""
    source, number = iter(lines), 0
    while True:
        batch = list(islice(source, BATCH))
        if not batch and number:
            return folder / "*.piece"
        frame = polars.DataFrame(batch, schema=schema, orient="row")
        frame.write_parquet(folder / f"{number:06}.piece")
        number += 1


def write_parquet(path: Path, columns: Columns, rows: Rows) -> None:
    """The codebook is JSON under the key `codebook` of the file's metadata."""
    schema = {one.name: DATA_TYPES[one.type] for one in columns}
    pieces = _pieces(path.parent, schema, map(_plain, rows))
    book = [
        {
            "name": one.name,
            "label": one.label,
            "type": one.type.value,
            "codes": codes(one),
        }
        for one in columns
    ]
    polars.scan_parquet(pieces).sink_parquet(
        path, metadata={"codebook": json.dumps(book, ensure_ascii=False)}
    )


# SPSS ---------------------------------------------------------------------------------

MISSES = (Type.CHOICE, Type.YES_NO)


def _tells_missing(column: Column) -> bool:
    """Whether -98 and -99 can be no answers of it."""
    return bool(column.question) and column.type in MISSES


def _spss(columns: Columns, rows: Rows) -> Iterator[tuple]:
    numbers = [
        {code: number for number, code in enumerate(column.labels, 1)}
        if column.type == Type.CHOICE
        else None
        for column in columns
    ]
    for row in rows:
        yield tuple(
            _spss_cell(column, cell, known, column.question in row.shown)
            for column, cell, known in zip(columns, row.cells, numbers, strict=True)
        )


def _spss_cell(column: Column, cell: Cell, known, was_shown: bool) -> Cell:
    if cell is None:
        if _tells_missing(column):
            return NOT_ANSWERED if was_shown else NOT_SHOWN
        return "" if column.type == Type.TEXT else None
    if known is not None:
        return known.get(cell)
    if isinstance(cell, str):
        return cell.encode()[:LONGEST_TEXT].decode(errors="ignore")
    return cell


def write_sav(path: Path, columns: Columns, rows: Rows) -> None:
    """Choices are numbers with labels; -98 and -99 are missing values."""
    types = {
        **DATA_TYPES,
        Type.CHOICE: polars.Int32,
        Type.YES_NO: polars.Int32,
        Type.WHOLE: polars.Float64,
    }
    schema = {one.name: types[one.type] for one in columns}
    pieces = _pieces(path.parent, schema, _spss(columns, rows))
    missing = [one for one in columns if _tells_missing(one)]
    labels = {one.name: _spss_labels(one) for one in columns}
    pyreadstat.write_sav(
        polars.read_parquet(pieces),
        str(path),
        column_labels={one.name: one.label[:250] for one in columns},
        variable_value_labels={name: told for name, told in labels.items() if told},
        missing_ranges={one.name: [NOT_SHOWN, NOT_ANSWERED] for one in missing},
        variable_measure={
            one.name: "scale"
            if one.type in (Type.WHOLE, Type.NUMBER, Type.DAY)
            else "nominal"
            for one in columns
        },
        row_compress=True,
    )


def _spss_labels(column: Column) -> dict[int | float, str]:
    told: dict[int | float, str] = {}
    if column.type == Type.CHOICE:
        told = dict(enumerate((one[:120] for one in column.labels.values()), 1))
    elif column.type in (Type.YES_NO, Type.WHOLE):
        told = {int(code): label[:120] for code, label in codes(column).items()}
    if _tells_missing(column):
        told |= {NOT_SHOWN: _("Not shown"), NOT_ANSWERED: _("Not answered")}
    return told
