"""With real processes, started and killed as the services are."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from panel_portal import supervisor
from panel_portal.supervisor import Service, Supervisor


def until(condition, seconds=20):
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "it never came about"
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"


def sleeper(tmp_path) -> list[str]:
    """A command that starts a child, notes both, and stays."""
    code = f"""
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
with open({str(tmp_path / "pids")!r}, "a") as file:
    file.write(f"{{os.getpid()}} {{child.pid}}\\n")
time.sleep(60)
"""
    return [sys.executable, "-c", code]


def noted(tmp_path) -> list[list[int]]:
    path = tmp_path / "pids"
    lines = path.read_text().splitlines() if path.exists() else []
    return [[int(pid) for pid in line.split()] for line in lines]


@pytest.fixture
def service(tmp_path):
    service = Service("worker", sleeper(tmp_path))
    yield service
    if service.process is not None:
        service.signal_group(signal.SIGKILL)
        service.process.wait()


def test_a_service_that_was_killed_is_started_again_without_its_children(
    service, tmp_path
):
    service.look(100)
    until(lambda: len(noted(tmp_path)) == 1)
    [[leader, child]] = noted(tmp_path)
    os.kill(leader, signal.SIGKILL)
    service.process.wait()

    service.look(200)
    service.look(201)

    until(lambda: len(noted(tmp_path)) == 2)
    until(lambda: not is_running(child))
    assert is_running(noted(tmp_path)[1][0])


def test_one_that_keeps_ending_is_started_after_longer_and_longer_pauses(tmp_path):
    service = Service("web", [sys.executable, "-c", ""])
    now, pauses = 0.0, []
    for _time in range(7):
        service.look(now)
        service.process.wait()
        service.look(now)
        pauses.append(service.next_start - now)
        now = service.next_start

    assert pauses == [1, 2, 5, 10, 30, 30, 30]


def test_one_that_ran_well_is_started_again_at_once():
    service = Service("web", [sys.executable, "-c", ""], ended_early=4)
    service.look(0)
    service.process.wait()

    service.look(supervisor.RAN_WELL)

    assert service.next_start == supervisor.RAN_WELL


@pytest.mark.parametrize("age", [None, 31])
def test_one_that_does_not_beat_is_ended_with_all_that_it_started(tmp_path, age):
    service = Service("worker", sleeper(tmp_path), 30, lambda: age)
    service.look(0)
    until(lambda: len(noted(tmp_path)) == 1)

    service.look(29)
    assert service.process is not None
    service.look(30)

    assert service.process is None
    until(lambda: not any(is_running(pid) for pid in noted(tmp_path)[0]))


def test_one_that_beats_is_left_alone(tmp_path, service):
    service.stale_after, service.seconds_since_beat = 30, lambda: 12

    service.look(0)
    pid = service.process.pid
    service.look(500)

    assert service.process.pid == pid


def test_told_to_stop_it_ends_everything(tmp_path, service, monkeypatch):
    monkeypatch.setattr(supervisor.signal, "signal", lambda number, handler: None)
    said = []
    boss = Supervisor([service], lambda: bool(said.append("ready") or len(said) > 1))
    thread = threading.Thread(target=boss.run)
    thread.start()
    until(lambda: len(noted(tmp_path)) == 1 and len(said) == 2)

    boss.ask_to_stop(signal.SIGINT, None)
    thread.join(20)

    assert not thread.is_alive()
    until(lambda: not any(is_running(pid) for pid in noted(tmp_path)[0]))
    assert said == ["ready", "ready"]


def test_one_that_will_not_stop_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr(supervisor, "STOP_WITHIN", 0.2)
    stubborn = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"open({str(tmp_path / 'ready')!r}, 'w')\n"
        "time.sleep(60)"
    )
    service = Service("worker", [sys.executable, "-c", stubborn])
    service.look(0)
    until((tmp_path / "ready").exists)

    Supervisor([service]).stop()

    assert service.process.returncode == -signal.SIGKILL


def test_what_was_supervised_ends_when_the_supervisor_is_killed(tmp_path):
    code = (
        "from panel_portal.supervisor import Service\n"
        f"import time\nservice = Service('worker', {sleeper(tmp_path)!r})\n"
        "service.look(0)\ntime.sleep(60)"
    )
    boss = subprocess.Popen([sys.executable, "-c", code])
    until(lambda: len(noted(tmp_path)) == 1)

    boss.kill()
    boss.wait()

    [[leader, child]] = noted(tmp_path)
    until(lambda: not is_running(leader))
    os.kill(child, signal.SIGKILL)
