"""People who answer one survey over HTTP, all at once, and what must be true after it.

Each is a session of their own without a browser: they load each page, send its form and
follow where it leads, as somebody without JavaScript does.
"""

import http.client
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from importlib import import_module
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from panelists.models import Panel, Panelist, User
from rewards.models import Reward
from surveys.definition import (
    Definition,
    Kind,
    Option,
    Page,
    Question,
    Quota,
    Row,
    ScaleStyle,
    Text,
    as_json,
)
from surveys.models import Response, Survey, SurveyVersion
from surveys.services import quotas

CSRF = "0123456789abcdefghijklmnopqrstuv"
HIDDEN = re.compile(r'name="(page|revision)" value="([^"]*)"')
# What the form of each page says. The drink is the person's.
FORMS = {
    "p1": {"drink": ""},
    "p2": {"cups": "3", **{f"taste__{row}": "good" for row in ("home", "work")}},
    "p3": {"recommend": "9", "why": "It wakes me up in the morning."},
}


def survey_of(coffee: int, everyone: int) -> Definition:
    def options(*codes: str) -> tuple[Option, ...]:
        return tuple(Option(code, Text(en=code)) for code in codes)

    drink = Question("drink", Kind.SINGLE, options=options("coffee", "tea"))
    return Definition(
        title=Text(en="Hot drinks"),
        pages=(
            Page("p1", (drink,)),
            Page(
                "p2",
                (
                    Question("cups", Kind.NUMBER, most=Decimal(20)),
                    Question(
                        "taste",
                        Kind.MATRIX,
                        rows=(Row("home"), Row("work")),
                        options=options("bad", "good"),
                    ),
                ),
            ),
            Page(
                "p3",
                (
                    Question("recommend", Kind.SCALE, style=ScaleStyle.NPS),
                    Question("why", Kind.TEXT, is_required=False),
                ),
            ),
        ),
        quotas=(
            Quota("coffee", "Coffee", coffee, "drink = 'coffee'"),
            Quota("everyone", "Everyone", everyone),
        ),
    )


# What the forms above are stored as.
STORED = {
    "p2": {"cups": 3, "taste": {"home": "good", "work": "good"}},
    "p3": {"recommend": 9, "why": FORMS["p3"]["why"]},
}


def launch(panel: Panel, author: User, *, coffee: int, everyone: int) -> Survey:
    definition = survey_of(coffee, everyone)
    survey = Survey.objects.create(
        panel=panel,
        name="Load",
        created_by=author,
        draft=as_json(definition),
        reward=Decimal("1.00"),
        status=Survey.Status.LIVE,
        launched_at=timezone.now(),
    )
    SurveyVersion.objects.create(
        survey=survey, number=1, content=survey.draft, made_by=author
    )
    quotas.recount(survey, definition)
    return survey


@dataclass
class Person:
    """`acknowledged`: by page the answers that the portal said it had taken."""

    panelist: Panelist
    session: str
    drink: str
    acknowledged: dict[str, dict] = field(default_factory=dict)
    error: str = ""

    def answer(self, host: str, survey: Survey) -> None:
        """From the start to the end."""
        try:
            self._answer(host, survey)
        except (OSError, http.client.HTTPException, AssertionError) as error:
            self.error = f"{type(error).__name__}: {error}"

    def _answer(self, host: str, survey: Survey) -> None:
        place = self.send(host, f"/surveys/{survey.public_id}/start/", {})
        page = dict(HIDDEN.findall(self.load(host, place)))
        while page:
            form = {**FORMS[page["page"]], **page}
            if page["page"] == "p1":
                form["drink"] = self.drink
            place = self.send(host, place, form)
            stored = STORED.get(page["page"], {"drink": {"chosen": self.drink}})
            self.acknowledged[page["page"]] = stored
            page = dict(HIDDEN.findall(self.load(host, place)))

    def load(self, host: str, path: str) -> str:
        status, _place, text = self.call(host, "GET", path)
        assert status == 200, f"{status} of a page"
        return text

    def send(self, host: str, path: str, form: dict[str, str]) -> str:
        """Where the portal leads after it; what it doesn't take is an error."""
        body = urlencode({**form, "csrfmiddlewaretoken": CSRF})
        status, place, _text = self.call(host, "POST", path, body)
        assert status == 302, f"{status} of a form"
        return place

    def call(
        self, host: str, verb: str, path: str, body: str | None = None
    ) -> tuple[int, str, str]:
        headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.session}; "
            f"{settings.CSRF_COOKIE_NAME}={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection = http.client.HTTPConnection(host, timeout=280)
        try:
            connection.request(verb, path, body, headers)
            reply = connection.getresponse()
            text = reply.read().decode()
            return reply.status, reply.getheader("Location", ""), text
        finally:
            connection.close()


def gather(panel: Panel, count: int, start: int = 0) -> list[Person]:
    """People who are signed in; of two the first drinks coffee."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    found = []
    for number in range(start, start + count):
        user = User.objects.create_user(email=f"load{number}@example.com")
        panelist = Panelist.objects.create(
            user=user, panel=panel, born_on=date(1990, 1, 1)
        )
        session = store()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        drink = "tea" if number % 2 else "coffee"
        found.append(Person(panelist, session.session_key, drink))
    return found


def one_by_one(people: list[Person], host: str, survey: Survey) -> float:
    """Seconds that they took, one after the other."""
    began = time.perf_counter()
    for person in people:
        person.answer(host, survey)
    return time.perf_counter() - began


def at_once(people: list[Person], host: str, survey: Survey) -> float:
    """Seconds that they took, all beginning at one moment."""
    barrier = threading.Barrier(len(people) + 1)

    def run(person: Person) -> None:
        barrier.wait()
        person.answer(host, survey)

    threads = [threading.Thread(target=run, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    barrier.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def lost(people: list[Person], survey: Survey) -> int:
    """How many answers the portal took and doesn't have."""
    responses = Response.objects.filter(survey=survey).prefetch_related("answers")
    by_panelist = {
        response.panelist_id: {
            one.question: one.value for one in response.answers.all()
        }
        for response in responses
    }
    return sum(
        by_panelist.get(person.panelist.pk, {}).get(code) != value
        for person in people
        for page in person.acknowledged.values()
        for code, value in page.items()
    )


def outcome(people: list[Person], survey: Survey) -> dict[str, object]:
    """The figures that must be exact."""
    responses = Response.objects.filter(survey=survey)
    counts = dict(survey.quota_counts.values_list("code", "count"))
    complete = responses.filter(status=Response.Status.COMPLETE)
    rewards = Reward.objects.filter(source__startswith=f"survey:{survey.public_id}:")
    return {
        "errors": Counter(person.error for person in people if person.error),
        "responses": responses.count(),
        "started": responses.filter(status=Response.Status.STARTED).count(),
        "complete": complete.count(),
        "over quota": responses.filter(status=Response.Status.OVER_QUOTA).count(),
        "quotas": counts,
        # Who was let through quickly may look like a speeder beside those who waited.
        "paid or held": rewards.count() + complete.filter(check_state="held").count(),
        "lost answers": lost(people, survey),
    }
