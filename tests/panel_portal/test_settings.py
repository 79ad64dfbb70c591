"""A bad value ends the start with a sentence, not with a fault later on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOOD = {
    "SECRET_KEY": "only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "panel.example.com",
    "BASE_URL": "https://panel.example.com",
}
SYSTEM = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}


def check(tmp_path, *options: str, **variables: str) -> subprocess.CompletedProcess:
    given = {**SYSTEM, **GOOD, "DATA_DIR": str(tmp_path), **variables}
    return subprocess.run(
        [sys.executable, "manage.py", "check", *options],
        cwd=ROOT,
        env={name: value for name, value in given.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_settings_pass_the_deployment_check(tmp_path):
    done = check(tmp_path, "--deploy", "--fail-level", "WARNING")

    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", None, "SECRET_KEY is not set."),
        ("SECRET_KEY", "short-s3cret", "SECRET_KEY is too short"),
        ("SECRET_KEY", "a" * 60, "SECRET_KEY is too short"),
        ("DATABASE_URL", "s3cret", "DATABASE_URL is not a database address."),
        (
            "DATABASE_URL",
            "postgres://panel:s3cret@db:port/panel",
            "DATABASE_URL is not a database address.",
        ),
        ("DATABASE_URL", "mysql://panel:s3cret@db/panel", "SQLite or PostgreSQL"),
        ("DEBUG", "s3cret", "DEBUG must be 1 or 0"),
        ("HTTPS", "s3cret", "HTTPS must be 1 or 0"),
        ("BASE_URL", "s3cret", "BASE_URL must be the portal's address"),
        ("EMAIL_PORT", "70000", "EMAIL_PORT must be a whole number from 1 to 65535."),
        ("EMAIL_DELIVERY", "s3cret", "EMAIL_DELIVERY must be one of"),
        ("TASK_TIMEOUT", "0", "TASK_TIMEOUT must be a whole number from 5"),
        ("WORKERS", "two", "WORKERS must be a whole number from 1 to 64."),
        ("MAX_READ_ATTEMPTS", "0", "MAX_READ_ATTEMPTS must be a whole number from 1"),
        ("HEARTBEAT_STALE_AFTER", "-1", "HEARTBEAT_STALE_AFTER must be a whole number"),
        ("FILE_STORAGE", "s3cret", "FILE_STORAGE must be one of: local, s3."),
        ("FILE_STORAGE", "s3", "S3_BUCKET is not set."),
        ("HEARTBEAT_STALE_AFTER", "179", "a whole number from 180 to 7200"),
        ("LOG_LEVEL", "s3cret", "LOG_LEVEL must be one of"),
        ("DATA_DIR", "/proc/nowhere", "DATA_DIR must name a folder"),
    ],
)
def test_a_bad_value_is_named_in_a_sentence_that_keeps_it_secret(
    tmp_path, name, value, sentence
):
    done = check(tmp_path, **{name: value})

    assert done.returncode != 0
    assert done.stderr.startswith("The portal can't start. ")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert "s3cret" not in done.stderr
