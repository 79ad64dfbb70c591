"""Logs as one JSON object a line, from a list of fields that hold nothing personal."""

import json
import logging
import re
from datetime import UTC, datetime

from receipts.screening.findings import PERSONAL
from receipts.screening.texts import screen_text

# What a log call may add with `extra=`; anything else is dropped.
FIELDS = (
    "code",
    "receipt",
    "reward",
    "attempt",
    "count",
    "seconds",
    "status",
    "task",
    "method",
)
ADDRESS = re.compile(r"[^\s@'\"<>]+@[^\s@'\"<>]+")
DIGITS = re.compile(r"\d(?:[ -]?\d){11,}")
# An object's id, a file's number or a token may stand in an address of ours.
URL = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s'\"<>]+", re.IGNORECASE)
PATH = re.compile(r"(?<![\w/])/(?:[\w.~%=:+-]+/?)+(?:\?\S*)?")
# What our own code logs: a name. Nothing in it needs a look.
CODE = re.compile(r"[a-z]+(?:_[a-z]+)*")
WITHHELD = "[withheld]"
# More of a message nobody reads; that much of it is looked at, so that nothing is cut
# off which would have told what it is.
LONGEST, SCREENED = 1000, 1200


class JsonFormatter(logging.Formatter):
    """Second line of defense: addresses, long numbers, URLs and paths are masked, and a
    text in which screening finds something sensitive is withheld whole. Never raises:
    what `logging` would then print holds everything that was to be logged."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self.message(record),
        }
        for name in FIELDS:
            if hasattr(record, name):
                line[name] = self.field(getattr(record, name))
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            line["where"] = self.where(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)

    @classmethod
    def message(cls, record: logging.LogRecord) -> str:
        try:
            return cls.mask(record.getMessage())
        except Exception:  # arguments that don't fit the message, or can't be written
            return WITHHELD

    @classmethod
    def field(cls, value) -> str | int | float | bool | None:
        if value is None or isinstance(value, int | float):
            return value
        try:
            return cls.mask(str(value))
        except Exception:
            return WITHHELD

    @staticmethod
    def mask(text: str) -> str:
        if CODE.fullmatch(text):
            return text
        text = text[:SCREENED]
        if not screen_text(text) <= PERSONAL:
            return WITHHELD
        text = text[:LONGEST]
        text = URL.sub("[url]", text)
        text = ADDRESS.sub("[address]", text)
        text = DIGITS.sub("[number]", text)
        return PATH.sub("[path]", text)

    @staticmethod
    def where(traceback) -> list[str]:
        """The frames as file:line:function, without source text or values."""
        frames = []
        while traceback is not None:
            code = traceback.tb_frame.f_code
            name = "/".join(code.co_filename.split("/")[-2:])
            frames.append(f"{name}:{traceback.tb_lineno}:{code.co_name}")
            traceback = traceback.tb_next
        return frames[-12:]
