import json
import logging
import sys

import pytest

from panel_portal.logs import FIELDS, JsonFormatter


def formatted(message: str, *args, level=logging.INFO, exc_info=None, **extra) -> dict:
    record = logging.LogRecord(
        "receipts", level, "/srv/portal/x.py", 7, message, args, exc_info
    )
    vars(record).update(extra)
    line = JsonFormatter().format(record)
    assert "\n" not in line
    return json.loads(line)


def test_a_line_says_when_how_grave_where_and_what():
    line = formatted("read_failed", level=logging.WARNING, code="crashed", attempt=2)

    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "warning",
        "logger": "receipts",
        "message": "read_failed",
        "code": "crashed",
        "attempt": 2,
    }


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Mail to ada@example.com failed", "Mail to [address] failed"),
        ("<ada@example.com>: bounced", "<[address]>: bounced"),
        ("card 4111111111111111 seen", "card [number] seen"),
        ("card 4111 1111 1111 1111", "card [number]"),
        ("Not Found: /receipts/bcd234fgh567jkmn/", "Not Found: [path]"),
        ("GET /invitations/s3cr3t-t0ken/?next=/a 200", "GET [path] 200"),
        (
            "Referer checking failed - https://evil.example/x?y=1 does not match",
            "Referer checking failed - [url] does not match",
        ),
        ("postgres://panel:pass@db/panel refused", "[url] refused"),
        ("Enqueued [panel_portal] 81", "Enqueued [panel_portal] 81"),
    ],
)
def test_what_may_name_a_person_or_an_object_is_masked(message, expected):
    assert formatted(message)["message"] == expected


def test_arguments_are_masked_as_well():
    line = formatted("Mail to %s at %s", "ada@example.com", "/receipts/bcd234/")

    assert line["message"] == "Mail to [address] at [path]"


def test_only_listed_extra_fields_are_written_and_they_are_masked_too():
    line = formatted("sweep", merchant="FERNHILL", task="ada@example.com", count=3)

    assert "merchant" not in line
    assert (line["task"], line["count"]) == ("[address]", 3)


@pytest.mark.parametrize("field", FIELDS)
def test_every_listed_field_is_written(field):
    assert formatted("sweep", **{field: 1})[field] == 1


def test_an_exception_is_its_kind_and_its_place_without_its_text():
    try:
        raise ValueError("19.01 at FERNHILL")
    except ValueError:
        line = formatted("task_failed", exc_info=sys.exc_info())

    assert line["exception"] == "ValueError"
    assert line["where"][-1].split(":")[::2] == [
        "panel_portal/test_logs.py",
        "test_an_exception_is_its_kind_and_its_place_without_its_text",
    ]
    assert "FERNHILL" not in json.dumps(line)
