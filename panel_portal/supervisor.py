"""Keeps the web server and the worker running, for `bin/run` and small machines.

Each runs in a process group of its own, so that whatever it started goes with it. One
that ends is started again, after a pause that grows while it keeps ending at once. The
worker is also started again when its heartbeat is stale: a cluster whose idle worker
was killed can look alive and do nothing (DESIGN section 4).
"""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

logger = logging.getLogger(__name__)

# Seconds: between looks, for a clean stop, and of the pauses before another start.
LOOK_EVERY = 0.5
STOP_WITHIN = 20
PAUSES = (0, 1, 2, 5, 10, 30)
# A process that ran this long had started well.
RAN_WELL = 60
PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """In the child before exec: end when the supervisor is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


@dataclass
class Service:
    """One command to keep running. `seconds_since_beat` is None without a heartbeat."""

    name: str
    command: Sequence[str]
    stale_after: float | None = None
    seconds_since_beat: Callable[[], float | None] | None = None
    process: subprocess.Popen | None = None
    started_at: float = 0.0
    ended_early: int = 0
    next_start: float = field(default=0.0)

    def start(self, now: float) -> None:
        self.process = subprocess.Popen(
            self.command, start_new_session=True, preexec_fn=die_with_parent
        )
        self.started_at = now
        logger.info("service_started", extra={"task": self.name})

    def signal_group(self, number: int) -> None:
        try:
            os.killpg(self.process.pid, number)
        except (ProcessLookupError, PermissionError):
            return

    def is_stale(self, now: float) -> bool:
        """Whether it has had time to beat and hasn't."""
        if self.stale_after is None or now - self.started_at < self.stale_after:
            return False
        age = self.seconds_since_beat()
        return age is None or age > self.stale_after

    def look(self, now: float) -> None:
        """Start what isn't running and is due; end what is stale."""
        if self.process is None:
            if now >= self.next_start:
                self.start(now)
            return
        status = self.process.poll()
        if status is None:
            if self.is_stale(now):
                logger.error("service_stale", extra={"task": self.name})
                self.end(now)
            return
        logger.error("service_ended", extra={"task": self.name, "status": status})
        self.end(now)

    def end(self, now: float) -> None:
        """Kill the whole group, and plan the next start."""
        self.signal_group(signal.SIGKILL)
        self.process.wait()
        ran_well = now - self.started_at >= RAN_WELL
        self.ended_early = 0 if ran_well else self.ended_early + 1
        pause = PAUSES[min(self.ended_early, len(PAUSES) - 1)]
        self.process, self.next_start = None, now + pause


class Supervisor:
    """Runs services until it is told to stop by SIGINT or SIGTERM.

    `announce` is called after each look until it says that it has announced.
    """

    def __init__(
        self, services: Sequence[Service], announce: Callable[[], bool] = lambda: True
    ) -> None:
        self.services = services
        self.announce = announce
        self.is_stopping = False

    def run(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.ask_to_stop)
        announced = False
        try:
            while not self.is_stopping:
                for service in self.services:
                    service.look(time.monotonic())
                announced = announced or self.announce()
                time.sleep(LOOK_EVERY)
        finally:
            self.stop()

    def ask_to_stop(self, number: int, frame) -> None:
        self.is_stopping = True

    def stop(self) -> None:
        """Ask each to finish what it is at, then make sure that it has ended.

        Only the leader is asked: gunicorn and qcluster stop their own children.
        """
        running = [service for service in self.services if service.process]
        for service in running:
            service.process.terminate()
        limit = time.monotonic() + STOP_WITHIN
        for service in running:
            try:
                service.process.wait(max(0.1, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                logger.warning("service_killed", extra={"task": service.name})
            service.signal_group(signal.SIGKILL)
            service.process.wait()
