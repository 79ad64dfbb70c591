"""Surveys as files: XLSForm workbooks and JSON, out and in."""

from surveys.exchange.json_files import export_json, import_json
from surveys.exchange.notes import MOST_BYTES, Note, Reading, WrongFile
from surveys.exchange.xlsform import export_xlsform, import_xlsform, not_carried

__all__ = [
    "MOST_BYTES",
    "Note",
    "Reading",
    "WrongFile",
    "export_json",
    "export_xlsform",
    "import_json",
    "import_xlsform",
    "not_carried",
]
