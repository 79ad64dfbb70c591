"""A portal as it runs for real: gunicorn and qcluster, supervised, on a file database.

The processes share the tests' database and data folder, so a test may look at the rows
that the pages made; it must let the processes do the work.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import sync_playwright

from tests.defaults import write_defaults

MANAGE = settings.BASE_DIR / "manage.py"


def database_url() -> str:
    """Of the tests' own database, which has another name than the settings say."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    password = f":{found['PASSWORD']}" if found["PASSWORD"] else ""
    place = f"{found['HOST'] or '127.0.0.1'}:{found['PORT'] or 5432}"
    return f"postgres://{found['USER']}{password}@{place}/{found['NAME']}"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until(condition: Callable[[], object], what: str, seconds: float = 120):
    """The first true answer of `condition`. Generous: CI's machines are slow."""
    limit = time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < limit, f"{what} did not come about in {seconds} s"
        time.sleep(0.1)
    return answer


def children_of(pid: int) -> list[int]:
    """The processes that a process started, by /proc."""
    with suppress(FileNotFoundError):
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(child) for child in text.split()]
    return []


@dataclass
class Portal:
    """A running portal. `settings` are environment variables for its processes."""

    url: str
    port: int
    log: Path
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None

    def start(self) -> None:
        environment = {
            **os.environ,
            "DATABASE_URL": database_url(),
            "BASE_URL": self.url,
            "LOG_LEVEL": "INFO",
            **self.settings,
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, MANAGE, "supervise"),
                    *("--bind", f"127.0.0.1:{self.port}"),
                ],
                env=environment,
                stdout=log,
                stderr=log,
            )
        wait_until(self.is_healthy, "a healthy portal")

    def is_healthy(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        with suppress(OSError):
            address = f"{self.url}/healthz"
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310
                return answer.status == 200
        return False

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    # The processes, for tests that kill them ---------------------------------------

    def service(self, word: str) -> int:
        """The process id of `gunicorn` or `qcluster` itself."""

        def find():
            for pid in children_of(self.process.pid):
                with suppress(FileNotFoundError):
                    if word in Path(f"/proc/{pid}/cmdline").read_text():
                        return pid
            return None

        return wait_until(find, f"a running {word}")

    def cluster_processes(self) -> list[int]:
        """Of qcluster's sentinel: the workers, then monitor and pusher."""
        [sentinel] = wait_until(
            lambda: children_of(self.service("qcluster")), "a sentinel"
        )
        return wait_until(lambda: children_of(sentinel), "workers")

    def workers(self, count: int = 2) -> list[int]:
        """They are started first, so they have the lowest numbers."""
        return sorted(self.cluster_processes())[:count]


@pytest.fixture(scope="session")
def _collected_static(django_db_setup, django_db_blocker):
    """The pages' files under hashed names, as in production."""
    subprocess.run(
        [sys.executable, MANAGE, "collectstatic", "--no-input", "--verbosity", "0"],
        check=True,
        env=dict(os.environ),
    )


@pytest.fixture
def start_portal(transactional_db, _collected_static, tmp_path, settings):
    """Start a portal with the default panel; environment variables by keyword."""
    # The portal's processes check passwords by the real hashers.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    write_defaults()
    call_command("createcachetable", verbosity=0)
    portals = []

    def start(**variables: str) -> Portal:
        port = free_port()
        portal = Portal(
            f"http://127.0.0.1:{port}", port, tmp_path / f"{port}.log", variables
        )
        portals.append(portal)
        portal.start()
        return portal

    yield start
    for portal in portals:
        portal.stop()


@pytest.fixture
def portal(start_portal) -> Portal:
    return start_portal()


@pytest.fixture
def browser(monkeypatch):
    """Debian's Chromium. Playwright runs an event loop, which Django takes for one
    that its queries would block."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()
