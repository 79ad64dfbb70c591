"""Who may see results and how much of them, and the filters of a page."""

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from panelists.models import User
from receipts.purchases import CATEGORIES, What
from surveys.definition import Kind, Question, say
from surveys.models import Response, Survey
from surveys.services.exporting import may_export
from surveys.services.results.asking import Asked, Questionnaire
from surveys.services.results.reading import regions
from surveys.services.results.selecting import (
    AGES,
    ALL,
    BAD,
    CHOSEN,
    CLEAN,
    HELD,
    NOT_BAD,
    Claim,
    Filters,
)
from surveys.statistics.tallies import codes_of

AUTHOR, ANALYST = "panelists.author_surveys", "panelists.view_insights"
SMALL = "surveys.see_small_cells"
MOST_DAYS = 730


@dataclass(frozen=True)
class Viewed:
    """A survey, and what the one who looks at it may see."""

    survey: Survey
    user: User

    @property
    def is_author(self) -> bool:
        return self.user.has_perm(AUTHOR)

    @property
    def sees_all(self) -> bool:
        """Small groups, texts, rows of one person each."""
        return may_export(self.user)

    @property
    def minimum(self) -> int:
        return self.survey.panel.minimum_cell


def viewed_or_404(request, public_id: str) -> Viewed:
    """Authors see results of every survey; analysts of those that were launched."""
    user = request.user
    surveys = Survey.objects.select_related("panel")
    if not user.has_perm(AUTHOR):
        if not user.has_perm(ANALYST):
            raise Http404
        surveys = surveys.exclude(status=Survey.Status.DRAFT)
    return Viewed(get_object_or_404(surveys, public_id=public_id), user)


def sees_all_or_404(request, public_id: str) -> Viewed:
    viewed = viewed_or_404(request, public_id)
    if not viewed.sees_all:
        raise Http404
    return viewed


def asked_or_404(questions: Questionnaire, code: str) -> Asked:
    asked = questions.get(code)
    if asked is None:
        raise Http404
    return asked


def label(thing, questions: Questionnaire) -> str:
    """The text of a question, an option or a row, on one line; else its code."""
    told = say(thing.text, questions.language, questions.language)
    return " ".join(told.split()) or thing.code


# Filters ------------------------------------------------------------------------------


def chosen(data: QueryDict, name: str, allowed, default: str = "") -> str:
    value = data.get(name, default)
    return value if value in allowed else default


def number(text: str, default: int | None, most: int) -> int | None:
    if text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) <= most:
        return int(text)
    return default


def claim(told: str, questions: Questionnaire) -> Claim | None:
    """Of `question:option`, or `question:row:option` of a matrix."""
    code, _colon, rest = told.partition(":")
    asked = questions.get(code)
    if asked is None or asked.question.kind not in CHOSEN:
        return None
    question = asked.question
    row, _colon, option = rest.rpartition(":")
    rows = {one.code for one in question.rows} if question.rows else {""}
    if option not in codes_of(question) or row not in rows:
        return None
    return Claim(question, option, row)


def filters_of(viewed: Viewed, data: QueryDict, questions: Questionnaire) -> Filters:
    """What can't be understood is as if it weren't there.

    Who may not see small groups has only filters that make disjoint groups, or parts of
    one another: a day or a word more in what was bought may add one person.
    """
    claims = [claim(told, questions) for told in data.getlist("answer")[:3]]
    filters = Filters(
        version=number(data.get("version", ""), None, 99_999),
        language=data.get("language", "")[:8],
        age=chosen(data, "age", AGES),
        region=data.get("region", "")[:10],
        claims=tuple(dict.fromkeys(one for one in claims if one)),
    )
    if not viewed.sees_all:
        return filters
    return replace(
        filters,
        status=chosen(data, "status", (*STATUSES, ""), "complete"),
        check=chosen(data, "check", (NOT_BAD, CLEAN, HELD, BAD, ALL), NOT_BAD),
        purchase=What(
            category=chosen(data, "category", dict(CATEGORIES)),
            merchant=data.get("merchant", "").strip()[:80],
            product=data.get("product", "").strip()[:80],
        ),
        days=number(data.get("days", ""), 90, MOST_DAYS) or 90,
    )


STATUSES = ("complete", "screened_out", "over_quota")


def query_of(filters: Filters) -> str:
    """The filters as of a GET form, without those that are as by default."""
    default = Filters()
    told: list[tuple[str, object]] = []
    for name in ("status", "check", "version", "language", "age", "region"):
        value = getattr(filters, name)
        if value != getattr(default, name):
            told.append((name, value))
    told += [
        ("answer", ":".join(filter(None, (c.question.code, c.row, c.code))))
        for c in filters.claims
    ]
    for name in ("category", "merchant", "product"):
        if value := getattr(filters.purchase, name):
            told.append((name, value))
    if filters.purchase != What():
        told.append(("days", filters.days))
    return urlencode(told)


@dataclass(frozen=True)
class Choice:
    value: str
    text: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Group:
    text: str
    choices: tuple[Choice, ...]


def choices(pairs, value) -> list[Choice]:
    return [Choice(str(code), str(text), code == value) for code, text in pairs]


def filter_form(
    viewed: Viewed, questions: Questionnaire, filters: Filters
) -> dict[str, object]:
    """What the filters' form shows, for the template."""
    status_words = dict(Response.Status.choices)
    statuses = [(code, status_words[code]) for code in STATUSES]
    every = ("", _("All"))
    checks = [
        (NOT_BAD, _("All but bad ones")),
        (CLEAN, _("Without flags, or found good")),
        (HELD, _("Held for a check")),
        (BAD, _("Found bad")),
        (ALL, _("All")),
    ]
    least = 1 if viewed.sees_all else viewed.minimum
    languages = [(one, one) for one in questions.definition.languages]
    return {
        "statuses": choices([*statuses, ("", _("All that ended"))], filters.status),
        "checks": choices(checks, filters.check),
        "versions": choices(
            [every, *((one, one) for one in questions.versions)],
            filters.version or "",
        ),
        "languages": choices([every, *languages], filters.language),
        "ages": choices([every, *((age, age) for age in AGES)], filters.age),
        "regions": choices(
            [every, *((one, one) for one in regions(viewed.survey, least))],
            filters.region,
        ),
        "categories": choices([every, *CATEGORIES], filters.purchase.category),
        "answers": [
            (place, answer_groups(questions, told)) for place, told in slots(filters)
        ],
        "purchase": filters.purchase,
        "days": filters.days,
        "is_narrowed": bool(filters.narrowed),
        "count": len(filters.narrowed),
        "query": query_of(filters),
        "kept": parse_qsl(query_of(filters)),
    }


def slots(filters: Filters) -> list[tuple[int, Claim | None]]:
    """The claims, and an empty place for one more, of three."""
    held: list[Claim | None] = [*filters.claims]
    return list(enumerate([*held, None][:3], 1))


def answer_groups(questions: Questionnaire, told: Claim | None) -> list[Group]:
    groups = []
    for asked in questions.asked:
        question = asked.question
        if question.kind not in CHOSEN:
            continue
        name = label(question, questions)
        if question.kind == Kind.RANKING:
            name = _("%(question)s (first)") % {"question": name}
        for row in question.rows or (None,):
            heading = f"{name}: {label(row, questions)}" if row else name
            code = row.code if row else ""
            groups.append(
                Group(heading, tuple(_options(question, code, questions, told)))
            )
    return groups


def _options(
    question: Question, row: str, questions: Questionnaire, told: Claim | None
):
    labels = {one.code: label(one, questions) for one in question.options}
    for code in codes_of(question):
        value = ":".join(filter(None, (question.code, row, code)))
        is_chosen = told is not None and (
            (told.question.code, told.row, told.code) == (question.code, row, code)
        )
        yield Choice(value, labels.get(code, code), is_chosen)


def context_of(
    viewed: Viewed, questions: Questionnaire, filters: Filters
) -> dict[str, object]:
    """What all pages of results need."""
    return {
        "viewed": viewed,
        "survey": viewed.survey,
        "form": filter_form(viewed, questions, filters),
        "nav_active": "author",
    }
