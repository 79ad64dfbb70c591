"""Tests that need the machine for themselves, while others run in other processes."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Of all workers of one run: what tests/environment.py made for the process above them.
_FOLDER = Path(os.environ["DATA_DIR"]).parent


@contextmanager
def holding_the_machine(*, alone: bool) -> Iterator[None]:
    """Waits until no other worker's test is alone; where this one is `alone`, until no
    other runs at all. Without workers there is nothing to wait for."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        yield
        return
    kind = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
    with (_FOLDER / "machine.lock").open("w") as machine:
        # Whoever waits holds the door, so that those who come later can't pass by.
        with (_FOLDER / "door.lock").open("w") as door:
            fcntl.flock(door, fcntl.LOCK_EX)
            fcntl.flock(machine, kind)
        yield
