"""What results of a survey cost as responses become many.

    .venv/bin/python -m benchmarks.survey_results

Each size has a SQLite database of its own, each measurement a process of its own, whose
largest memory is told above that of a process that only starts the portal. Seconds are
of the processor. Ratios are to the smallest size.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

SIZES = (1_000, 10_000, 100_000)
BATCH = 5_000
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
READING = ("counts", "funnel", "single", "number", "matrix", "crosstab", "filtered")
ACTIONS = ("nothing", *READING, "csv", "xlsx", "sav", "parquet")


def set_up(folder: Path) -> None:
    os.environ.update(
        SECRET_KEY="benchmark-" * 6, DATA_DIR=str(folder), DEBUG="0", HTTPS="0"
    )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panel_portal.settings")
    import django

    django.setup()


# Filling a database -------------------------------------------------------------------


def fill(size: int) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from panelists.models import Panel, User
    from surveys.definition import as_json
    from surveys.models import Survey, SurveyVersion

    call_command("migrate", verbosity=0)
    panel, _made = Panel.objects.get_or_create(
        name="Benchmark",
        defaults={
            "country": "US",
            "currency": "USD",
            "time_zone": "America/New_York",
            "locale": "en_US",
            "capacity": 10 * size,
        },
    )
    author = User.objects.create_superuser("author@example.com", None)
    definition = as_json(asked())
    survey = Survey.objects.create(
        panel=panel,
        name="Benchmark",
        status="live",
        launched_at=timezone.now(),
        created_by=author,
        draft=definition,
    )
    version = SurveyVersion.objects.create(
        survey=survey, number=1, content=definition, made_by=author
    )
    rng = random.Random(size)
    for start in range(0, size, BATCH):
        fill_batch(version, range(start, min(size, start + BATCH)), rng)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def asked():
    """Ten questions of the usual kinds on five pages."""
    from decimal import Decimal

    from surveys.definition import Definition, Kind, Option, Page, Question, Row, Text

    options = tuple(Option(f"o{n}", Text(en=f"Option {n}")) for n in range(8))
    rows = tuple(Row(f"r{n}", Text(en=f"Row {n}")) for n in range(5))
    kinds = (
        *(Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE, Kind.MATRIX, Kind.RANKING),
        *(Kind.NUMBER, Kind.DATE, Kind.TEXT, Kind.SINGLE, Kind.SCALE),
    )
    questions = [
        Question(
            f"q{number}",
            kind,
            Text(en=f"Question {number}?"),
            options=options if kind != Kind.MATRIX else options[:5],
            rows=rows if kind == Kind.MATRIX else (),
            decimals=2 if kind == Kind.NUMBER else 0,
            least=Decimal(0) if kind == Kind.NUMBER else None,
        )
        for number, kind in enumerate(kinds, 1)
    ]
    return Definition(
        pages=tuple(
            Page(f"p{place // 2 + 1}", tuple(questions[place : place + 2]))
            for place in range(0, len(questions), 2)
        )
    )


def answers_of(number: int, rng: random.Random) -> dict:
    codes = [f"o{n}" for n in range(8)]
    return {
        "q1": {"chosen": rng.choice(codes)},
        "q2": {"chosen": rng.sample(codes, 3)},
        "q3": rng.randint(1, 5),
        "q4": {f"r{n}": rng.choice(codes[:5]) for n in range(5)},
        "q5": rng.sample(codes, 4),
        "q6": round(rng.expovariate(0.02), 2),
        "q7": f"2026-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
        "q8": f"What person {number} has to say about it, in some words.",
        "q9": {"chosen": rng.choice(codes)},
        "q10": rng.randint(1, 5),
    }


def fill_batch(version, numbers: range, rng: random.Random) -> None:
    from django.utils import timezone

    from panelists.models import Panelist, User
    from surveys.models import Answer, Response

    users = User.objects.bulk_create(
        User(email=f"person{n}@example.com") for n in numbers
    )
    panelists = Panelist.objects.bulk_create(
        Panelist(user=user, panel=version.survey.panel, born_on=date(1990, 1, 1))
        for user in users
    )
    shown = {
        page.id: [one.code for one in page.questions]
        for page in version.definition.pages
    }
    pages = list(shown)
    responses, held = [], []
    for number, panelist in zip(numbers, panelists, strict=True):
        found = answers_of(number, rng)
        reached = rng.choice([2, 3, 4]) if number % 10 == 0 else len(pages)
        is_complete = reached == len(pages)
        kept = pages[:reached]
        responses.append(
            Response(
                survey=version.survey,
                version=version,
                panelist=panelist,
                status="complete" if is_complete else "started",
                language="en",
                seed=number,
                profile={
                    "age": rng.randint(18, 80),
                    "region": f"US-{rng.choice(['CA', 'NY', 'TX', 'WA'])}",
                    "months": rng.randint(0, 40),
                },
                path=kept if is_complete else kept[:-1],
                page="" if is_complete else kept[-1],
                shown={page: shown[page] for page in kept},
                ended_at=timezone.now() if is_complete else None,
                touched_at=LONG_AGO,
                seconds=rng.randint(30, 900),
                weight=rng.choice([0.5, 1.0, 1.5]),
            )
        )
        codes = {code for page in kept for code in shown[page]}
        held.append({code: value for code, value in found.items() if code in codes})
    responses = Response.objects.bulk_create(responses)
    Answer.objects.bulk_create(
        (
            Answer(response=response, question=code, value=value)
            for response, found in zip(responses, held, strict=True)
            for code, value in found.items()
        ),
        batch_size=BATCH,
    )


# Measuring ----------------------------------------------------------------------------


def do(action: str) -> None:
    from panelists.models import User
    from surveys.models import Survey
    from surveys.services import exporting
    from surveys.services.results import asking, counting, reading
    from surveys.services.results.selecting import Claim, Filters

    survey = Survey.objects.get()
    questions = asking.questionnaire(survey)

    def one(code: str):
        return questions.get(code)

    claim = Claim(one("q9").question, "o1")
    match action:
        case "counts":
            counting.counts(survey)
        case "funnel":
            counting.funnel(survey)
        case "single":
            reading.distribution(survey, one("q1"))
        case "number":
            reading.distribution(survey, one("q6"))
        case "matrix":
            reading.distribution(survey, one("q4"))
        case "crosstab":
            reading.crossed(survey, one("q1"), reading.heads(questions, "q9"))
        case "filtered":
            wanted = Filters(age="25-34", claims=(claim,))
            reading.distribution(survey, one("q1"), wanted)
        case "csv" | "xlsx" | "sav" | "parquet":
            by = User.objects.get(is_superuser=True)
            exporting.export(survey, action, by=by).close()


def measure(action: str, folder: Path) -> None:
    set_up(folder)
    # Once on nothing, so that neither imports nor the first connection count.
    do("nothing")
    start = time.process_time()
    do(action)
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "memory": memory}))


def run(*arguments: str) -> str:
    command = [sys.executable, "-m", "benchmarks.survey_results", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--fill", type=int)
    parser.add_argument("--measure", choices=ACTIONS)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.measure:
        measure(given.measure, given.folder)
        return
    if given.fill:
        set_up(given.folder)
        fill(given.fill)
        return
    firsts: dict[str, dict] = {}
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            run("--fill", str(size), "--folder", folder)
            found = {
                action: json.loads(run("--measure", action, "--folder", folder))
                for action in ACTIONS
            }
        idle = found.pop("nothing")["memory"]
        for action, told in found.items():
            first = firsts.setdefault(action, told)
            ratio = told["seconds"] / first["seconds"]
            above = max(0.0, told["memory"] - idle)
            print(
                f"{size:>7} responses  {action:<9}{told['seconds']:8.2f} s"
                f"{ratio:8.1f} x  {above:6.0f} MB",
                flush=True,
            )


if __name__ == "__main__":
    main()
