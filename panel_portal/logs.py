"""Logs as one JSON object a line, from a list of fields that hold nothing personal."""

import json
import logging
import re
from datetime import UTC, datetime

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


class JsonFormatter(logging.Formatter):
    """Second line of defense: addresses, long numbers, URLs and paths are masked."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self.mask(record.getMessage()),
        }
        for name in FIELDS:
            if hasattr(record, name):
                value = getattr(record, name)
                line[name] = self.mask(value) if isinstance(value, str) else value
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            line["where"] = self.where(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=str)

    @staticmethod
    def mask(text: str) -> str:
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
