"""What the commands that read files of receipts share: a row of JSON for each."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from django.core.management.base import BaseCommand

from receipts.imaging.decode import DecodeFailed
from receipts.imaging.inspect import RefusedFile
from receipts.imaging.sentences import refusal


def row_of(path: Path, look: Callable[[Path], dict]) -> dict:
    """What `look` makes of a file; `error`, a sentence, where it can't be opened or
    decoded. No message quotes the file."""
    try:
        return {"file": str(path), **look(path)}
    except (RefusedFile, DecodeFailed) as error:
        return {"file": str(path), "error": str(refusal(error.code))}
    except OSError as error:
        return {
            "file": str(path),
            "error": f"The file can’t be read: {error.strerror}.",
        }


def print_rows(command: BaseCommand, rows: Iterable[dict]) -> None:
    """One JSON object a line, as they come. Exits with 1 if any tells an error."""
    failed = False
    for row in rows:
        failed = failed or "error" in row
        command.stdout.write(json.dumps(row, ensure_ascii=False))
        command.stdout.flush()
    if failed:
        raise SystemExit(1)
