"""Surveys with valid defaults; a test names what matters to it."""

import itertools
from decimal import Decimal
from typing import Any

from django.utils import timezone

from panelists.models import Panelist, User
from panelists.roles import SURVEY_AUTHOR
from surveys.definition import (
    SCREEN_OUT,
    Definition,
    Kind,
    Option,
    Page,
    Question,
    Quota,
    Row,
    ScaleStyle,
    Skip,
    Text,
    as_json,
)
from surveys.models import Answer, QuotaCount, Response, Survey, SurveyVersion
from tests.factories import make_panel, make_panelist, make_user

_numbers = itertools.count(1)


def options(*codes: str) -> tuple[Option, ...]:
    return tuple(Option(code, Text(en=code.capitalize())) for code in codes)


# Drinks: four pages, a screen-out, a carried list, a matrix with an attention check.
SURVEY = Definition(
    title=Text(en="Hot drinks"),
    welcome=Text(en="A few questions about what you drink."),
    thanks=Text(en="Thank you for your time."),
    pages=(
        Page(
            "p1",
            (
                Question(
                    "drinks",
                    Kind.MULTIPLE,
                    Text(en="What do you drink at home?"),
                    options=(
                        *options("coffee", "tea", "cocoa"),
                        Option("other", Text(en="Something else"), asks_text=True),
                        Option("none", Text(en="None of these"), is_exclusive=True),
                    ),
                ),
            ),
            skips=(Skip("drinks includes 'none'", SCREEN_OUT),),
        ),
        Page(
            "p2",
            (
                Question(
                    "cups",
                    Kind.NUMBER,
                    Text(en="How many cups of coffee a day?"),
                    show_if="drinks includes 'coffee'",
                    least=Decimal(0),
                    most=Decimal(20),
                ),
                Question(
                    "favourite",
                    Kind.SINGLE,
                    Text(en="Which do you like best?"),
                    carries="drinks",
                    options=options("coffee", "tea", "cocoa", "other"),
                ),
            ),
        ),
        Page(
            "p3",
            (
                Question(
                    "brand",
                    Kind.MATRIX,
                    Text(en="How good is {favourite} at these places?"),
                    rows=tuple(
                        Row(code, Text(en=code.capitalize()))
                        for code in ("home", "work", "train", "cafe")
                    ),
                    options=options("bad", "fair", "good"),
                ),
                Question(
                    "check",
                    Kind.SINGLE,
                    Text(en="Please choose Blue."),
                    options=options("red", "blue", "green"),
                    expected=("blue",),
                ),
            ),
        ),
        Page(
            "p4",
            (
                Question(
                    "recommend",
                    Kind.SCALE,
                    Text(en="Would you recommend {favourite} to a friend?"),
                    style=ScaleStyle.NPS,
                    least=Decimal(0),
                    most=Decimal(10),
                ),
                Question(
                    "why",
                    Kind.TEXT,
                    Text(en="Why?"),
                    is_required=False,
                    is_long=True,
                ),
            ),
        ),
    ),
    quotas=(
        Quota("everyone", "Everyone", 100),
        Quota("coffee", "Coffee drinkers", 50, "drinks includes 'coffee'"),
    ),
)
# A whole set of answers to it, of somebody who reads.
ANSWERS: dict[str, Any] = {
    "drinks": {"chosen": ["coffee", "tea"]},
    "cups": 3,
    "favourite": {"chosen": "coffee"},
    "brand": {"home": "good", "work": "bad", "train": "fair", "cafe": "good"},
    "check": {"chosen": "blue"},
    "recommend": 9,
    "why": "It wakes me up in the morning.",
}


def make_author(**fields) -> User:
    return make_user(SURVEY_AUTHOR, **fields)


def make_survey(definition: Definition = SURVEY, **fields) -> Survey:
    """A draft, unless a status is named. `definition` is what its draft asks."""
    now = timezone.now()
    status = fields.get("status", Survey.Status.DRAFT)
    defaults: dict[str, Any] = {
        "name": f"Survey {next(_numbers)}",
        "draft": as_json(definition),
        "reward": Decimal("1.50"),
    }
    if "panel" not in fields:
        defaults["panel"] = make_panel()
    if "created_by" not in fields:
        defaults["created_by"] = make_author()
    if status != Survey.Status.DRAFT:
        defaults["launched_at"] = now
    if status == Survey.Status.CLOSED:
        defaults["closed_at"] = now
    return Survey.objects.create(**defaults | fields)


def make_version(
    survey: Survey | None = None, definition: Definition | None = None, **fields
) -> SurveyVersion:
    """As after a launch of the draft, or of `definition`: a draft goes live, and its
    quotas are counted from nothing."""
    survey = survey or make_survey(**({"definition": definition} if definition else {}))
    if survey.status == Survey.Status.DRAFT:
        survey.status, survey.launched_at = Survey.Status.LIVE, timezone.now()
        survey.save(update_fields=["status", "launched_at"])
    version = SurveyVersion.objects.create(
        **{
            "survey": survey,
            "number": survey.versions.filter(is_trial=False).count() + 1,
            "content": as_json(definition) if definition else survey.draft,
            "made_by": survey.created_by,
        }
        | fields
    )
    for quota in version.definition.quotas:
        QuotaCount.objects.get_or_create(
            survey=survey, code=quota.code, defaults={"limit": quota.limit}
        )
    return version


def make_response(
    version: SurveyVersion | None = None,
    panelist: Panelist | None = None,
    answers: dict[str, Any] | None = None,
    **fields,
) -> Response:
    """One that has started, unless a status is named, with these answers; `path` and
    `shown` are of the pages that have one of them."""
    version = version or make_version()
    answers = answers or {}
    definition = version.definition
    shown = {
        page.id: codes
        for page in definition.pages
        if (codes := [one.code for one in page.questions if one.code in answers])
    }
    defaults: dict[str, Any] = {
        "survey": version.survey,
        "version": version,
        "is_trial": version.is_trial,
        "language": definition.language,
        "seed": next(_numbers),
        "path": list(shown),
        "shown": shown,
    }
    if version.is_trial:
        defaults["trial_by"] = version.made_by
    else:
        defaults["panelist"] = panelist or make_panelist(panel=version.survey.panel)
    if fields.get("status", Response.Status.STARTED) == Response.Status.STARTED:
        first = next(iter(definition.pages), None)
        defaults["page"] = first.id if first and not shown else ""
        if shown:
            *defaults["path"], defaults["page"] = shown
    else:
        defaults["ended_at"] = timezone.now()
    response = Response.objects.create(**defaults | fields)
    Answer.objects.bulk_create(
        Answer(response=response, question=code, value=value)
        for code, value in answers.items()
    )
    return response
