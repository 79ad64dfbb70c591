"""One file through the whole reading, with the processor time that it took."""

import resource
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from receipts.imaging.decode import DecodeFailed, decode
from receipts.imaging.inspect import RefusedFile, inspect_file
from receipts.measuring.words import decoded, has_remembered, keep_decoded, remembering
from receipts.reading.chooser import Model, shipped_model
from receipts.reading.read import read_receipt
from receipts.reading.readers import Readers, text_of
from receipts.reading.result import reading_as_json

# Stages of a reading that aren't a reader's.
OWN_STAGES = frozenset({"all", "decode", "fields"})


@dataclass(frozen=True)
class Measured:
    """What came of one file.

    `row` is the reading as `read_receipt` prints it, or only an `error`; `reasons` are
    codes. `seconds` are of the processor, this process and its children, by stage.
    `peak` is this process's largest size so far, in bytes. `is_remembered`: at least
    one page wasn't read now, so that the seconds mean nothing.
    """

    row: Mapping
    reasons: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    peak: int = 0
    is_remembered: bool = False


def measure(
    path: Path,
    *,
    locale: str,
    today: date,
    readers: Readers,
    words: Path | None = None,
    model: Model | None = None,
) -> Measured:
    """Read one file. `words`: a folder with what was read and decoded before. `model`:
    in the place of the portal's own.

    Never raises for what is in the file: a reading that crashes is a miss that the
    report names, and the others are still worth their hour.
    """
    start = processor_seconds()
    asked = remembering(readers, words) if words else readers
    try:
        with tempfile.TemporaryDirectory() as folder:
            kept = decoded(path, words) if words else []
            if kept:
                pictures, texts = kept, []
            else:
                with path.open("rb") as file:
                    inspect_file(file)
                pages = decode(path, Path(folder))
                pictures, texts = (
                    [page.path for page in pages],
                    list(map(text_of, pages)),
                )
                if words and not any(texts):
                    keep_decoded(path, pictures, words)
            decoding = processor_seconds() - start
            reading = read_receipt(
                pictures,
                locale=locale,
                submitted_on=None,
                today=today,
                texts=texts,
                readers=asked,
                model=model or shipped_model(),
            )
    except (RefusedFile, DecodeFailed) as error:
        return Measured({"error": error.code})
    except OSError as error:
        return Measured({"error": error.strerror or "unreadable"})
    except Exception as error:
        return Measured({"error": f"crashed: {type(error).__name__}"})
    seconds = dict(reading.seconds)
    seconds["decode"] = seconds.get("decode", 0.0) + decoding
    seconds["all"] = processor_seconds() - start
    return Measured(
        row=reading_as_json(reading),
        reasons=tuple(reason.code for reason in reading.reasons),
        seconds=seconds,
        peak=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        is_remembered=bool(kept) or any(map(has_remembered, vars(asked).values())),
    )


def processor_seconds() -> float:
    """User and system time of this process and of its children that have ended."""
    spent = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        usage = resource.getrusage(who)
        spent += usage.ru_utime + usage.ru_stime
    return spent


def readers_seconds(seconds: Mapping[str, float]) -> float:
    return sum(spent for name, spent in seconds.items() if name not in OWN_STAGES)
