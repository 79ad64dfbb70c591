"""Many people answer one survey at once: quotas exact, no answer lost, how fast.

    .venv/bin/python -m benchmarks.survey_load --people 500

Starts the portal (gunicorn, as in operation) on a database of its own, on the
PostgreSQL server of --server, and drops it afterwards. The throughput is a ratio to one
person after the other in the same run.
"""

import argparse
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psycopg

ALONE = 20


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--workers", type=int, default=2, help="of gunicorn")
    parser.add_argument(
        "--server", default="postgres://postgres@127.0.0.1:5432", help="without a name"
    )
    return parser.parse_args()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(port: int, process: subprocess.Popen) -> None:
    limit = time.monotonic() + 120
    while time.monotonic() < limit and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.2)
    sys.exit("The portal did not start.")


def main() -> None:
    told = arguments()
    name = f"survey_load_{os.getpid()}"
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="panel_portal.settings",
            SECRET_KEY=secrets.token_urlsafe(60),
            DATA_DIR=folder,
            DATABASE_URL=f"{told.server}/{name}",
            DEBUG="0",
            HTTPS="0",
            WEB_WORKERS=str(told.workers),
            ALLOWED_HOSTS="127.0.0.1",
        )
        with psycopg.connect(f"{told.server}/postgres", autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name}")
            try:
                run(told.people, Path(folder))
            finally:
                server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(people: int, folder: Path) -> None:
    # Django reads the environment that was made above.
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from benchmarks import survey_crowd
    from panelists.models import Panel, User

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    panel, author = Panel.objects.first(), User.objects.create_user("a@example.com")
    alone = survey_crowd.gather(panel, ALONE)
    crowd = survey_crowd.gather(panel, people, start=ALONE)
    everyone, coffee = people * 6 // 10, people // 5
    warm = survey_crowd.launch(panel, author, coffee=ALONE, everyone=ALONE)
    survey = survey_crowd.launch(panel, author, coffee=coffee, everyone=everyone)
    connections.close_all()

    port = free_port()
    host = f"127.0.0.1:{port}"
    log = (folder / "log").open("wb")
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "-b", host),
            *("-c", "python:panel_portal.serving", "panel_portal.wsgi"),
        ],
        stdout=log,
        stderr=log,
    )
    try:
        wait_for(port, process)
        single = ALONE / survey_crowd.one_by_one(alone, host, warm)
        together = people / survey_crowd.at_once(crowd, host, survey)
        print(f"{people} people at once on {os.cpu_count()} cores")
        print(f"    one after the other {single:6.1f} people a second   1.00 x")
        print(
            f"    all at once         {together:6.1f} people a second   "
            f"{together / single:.2f} x"
        )
        found = survey_crowd.outcome(crowd, survey)
        for what, value in found.items():
            print(f"    {what:<19} {value}")
        expected = {
            "responses": people,
            "started": 0,
            "complete": everyone,
            "over quota": people - everyone,
            "quotas": {"coffee": coffee, "everyone": everyone},
            "paid or held": everyone,
            "lost answers": 0,
        }
        if {one: found[one] for one in expected} != expected:
            sys.exit(f"Expected {expected}\n{(folder / 'log').read_text()[-5000:]}")
    finally:
        process.terminate()
        process.wait(60)
        log.close()
        connections.close_all()


if __name__ == "__main__":
    main()
