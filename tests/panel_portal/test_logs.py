import json
import logging
import sys

import pytest

from panel_portal import logs
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
        ("order 100000000000000 seen", "order [number] seen"),
        ("order 1000 0000 0000 000", "order [number]"),
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


@pytest.mark.parametrize(
    "message",
    [
        "card 4111111111111111 seen",
        "card 4111 1111 1111 1111",
        "RX 7788991 LISINOPRIL 10MG",
        "Rx: 0940867  Refills: 2",
        "QTY 30  REFILLS 2",
        "SSN 078-05-1120",
        "EXP 12/29",
        "IBAN DE89 3704 0044 0532 0130 00",
        "Patient: Castillo, Mackenzie",
        "UNIQUE constraint failed: row ('RX 7788991 LISINOPRIL 10MG', 12.34)",
        "x" * 990 + "\ncard 4111 1111 1111 1111",
    ],
)
def test_a_text_with_something_sensitive_is_withheld_whole(message):
    assert formatted(message)["message"] == "[withheld]"
    assert formatted("%s", message)["message"] == "[withheld]"
    assert formatted("sweep", task=message)["task"] == "[withheld]"
    assert formatted("sweep", code=ValueError(message))["code"] == "[withheld]"


@pytest.mark.parametrize(
    "message",
    [
        "read_failed",
        "Process-1:2 processing winter-uniform-kansas-four 'receipts.tasks.sweep'",
        "Q Cluster panel_portal [winter-uniform-kansas-four] running.",
        "recycled worker Process-1:1",
        "Booting worker with pid: 4123",
        "Worker (pid:4123) was sent SIGKILL! Perhaps out of memory?",
        "Broken pipe from ('127.0.0.1', 53412)",
        "database is locked",
        "Forbidden (CSRF token missing.): [path]",
        "Processed 30 of 120 tasks in 12.5 seconds, 2 failed, 11/24/2026",
    ],
)
def test_what_the_servers_say_every_day_is_left_alone(message):
    assert formatted(message)["message"] == message


def test_nobody_reads_the_end_of_a_long_message():
    assert formatted("a b " * 1000)["message"] == "a b " * 250


class Unspeakable:
    def __str__(self):
        raise RuntimeError("4111 1111 1111 1111")

    __repr__ = __str__


def test_what_cannot_be_written_is_withheld_and_nothing_is_raised(capsys):
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    logger = logging.Logger("apart")
    logger.addHandler(handler)

    logger.error("%d of %d", "RX 7788991")
    logger.error("%s", Unspeakable())
    logger.error("sweep", extra={"task": Unspeakable()})

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(line["message"], line.get("task")) for line in lines] == [
        ("[withheld]", None),
        ("[withheld]", None),
        ("sweep", "[withheld]"),
    ]


def test_a_fault_of_screening_itself_withholds(monkeypatch):
    def broken(text):
        raise RecursionError(text)

    monkeypatch.setattr(logs, "screen_text", broken)

    assert formatted("Booting worker")["message"] == "[withheld]"
    assert formatted("read_failed")["message"] == "read_failed"


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
