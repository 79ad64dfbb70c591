"""Locks belong to the opened file: within one process they hold as between several."""

import fcntl
import threading
import time

import pytest

from tests import machine
from tests.machine import holding_the_machine


@pytest.fixture
def folder(monkeypatch, tmp_path):
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw0")
    monkeypatch.setattr(machine, "_FOLDER", tmp_path)
    return tmp_path


def is_free(path, kind: int) -> bool:
    with path.open("w") as file:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def test_tests_run_beside_each_other(folder):
    with holding_the_machine(alone=False), holding_the_machine(alone=False):
        assert is_free(folder / "machine.lock", fcntl.LOCK_SH)
        assert not is_free(folder / "machine.lock", fcntl.LOCK_EX)

    assert is_free(folder / "machine.lock", fcntl.LOCK_EX)


def test_none_runs_beside_one_that_is_alone(folder):
    with holding_the_machine(alone=True):
        assert not is_free(folder / "machine.lock", fcntl.LOCK_SH)

    assert is_free(folder / "machine.lock", fcntl.LOCK_EX)


def test_those_who_come_later_do_not_pass_by_one_that_waits(folder):
    has_run = []

    def run_alone():
        with holding_the_machine(alone=True):
            has_run.append(True)

    with holding_the_machine(alone=False):
        waiting = threading.Thread(target=run_alone)
        waiting.start()
        limit = time.monotonic() + 20
        while is_free(folder / "door.lock", fcntl.LOCK_EX):
            assert time.monotonic() < limit
            time.sleep(0.02)
        assert has_run == []

    waiting.join()
    assert has_run == [True]
    assert is_free(folder / "door.lock", fcntl.LOCK_EX)


def test_without_workers_nothing_is_locked(folder, monkeypatch):
    monkeypatch.delenv("PYTEST_XDIST_WORKER")

    with holding_the_machine(alone=True):
        assert list(folder.iterdir()) == []
