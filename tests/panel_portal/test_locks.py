"""The lock files stand in one environment, whichever of them are installed there."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
_PINNED = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)


def pinned(name: str) -> set[tuple[str, str]]:
    """Packages with their versions; of some there is one for each Python."""
    return set(_PINNED.findall((ROOT / name).read_text("utf-8")))


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-s3.txt", "requirements-train.txt"]
)
def test_a_lock_file_pins_nothing_that_the_tests_do_not(name):
    assert pinned(name)
    assert pinned(name) - pinned("requirements-test.txt") == set()
