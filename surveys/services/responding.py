"""Answering: from the start to the end, one page after the other, losing nothing."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panelists.models import Panelist, User
from surveys.answering.answers import WrongAnswer, clean, is_empty
from surveys.answering.flow import (
    Trail,
    first_step,
    next_step,
    open_codes,
    shown_questions,
    trail,
)
from surveys.answering.piping import answer_words, piped_question
from surveys.definition import Definition, Kind, Question
from surveys.logic.facts import Facts
from surveys.models import Answer, Response, Survey, SurveyInvitation, SurveyVersion
from surveys.services import audience, quotas, screened
from surveys.services.ending import end
from surveys.services.errors import (
    AlreadyAnswered,
    ChangedMeanwhile,
    NotAllowed,
    NotOpen,
)
from surveys.services.profiles import profile_of, purchase_of
from surveys.services.quotas import facts_of
from surveys.services.showing import (
    Choice,
    PageView,
    QuestionView,
    current,
    earlier,
    words_about,
)

__all__ = [
    "Choice",
    "Outcome",
    "PageView",
    "QuestionView",
    "answer",
    "back",
    "current",
    "keep",
    "start",
    "sweep_trials",
    "try_out",
]

# More than this between two steps is a break.
LONGEST_STEP = timedelta(minutes=5)
TRIAL_LASTS = timedelta(days=1)
PROFILE = ("age", "region", "months", "language")
PURCHASE = (
    *("merchant", "category", "total", "days", "date", "currency", "items", "key"),
)
Status = Response.Status


@dataclass(frozen=True)
class Outcome:
    """What came of answering. `errors`: by question code a sentence for the person;
    with any, the response stays at its page (what was right is stored)."""

    response: Response
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_moved_on(self) -> bool:
        return not self.errors

    @property
    def has_ended(self) -> bool:
        return self.response.status != Status.STARTED


# Starting -----------------------------------------------------------------------------


def start(survey: Survey, *, panelist: Panelist, language: str = "") -> Response:
    """The panelist's response: a new one, or the one that they began, on any device.

    It may have ended at once: screened out, or over quota by profile alone. Raises
    `NotOpen`, `AlreadyAnswered` and `NotAllowed` (who isn't of the panel).
    """
    survey = Survey.objects.select_related("panel").get(pk=survey.pk)
    _check_member(survey, panelist)
    mine = Response.objects.real().filter(survey=survey, panelist=panelist)
    begun = mine.first()
    if begun is None:
        version = survey.current
        if version is None or not survey.is_open() or not _is_asked(survey, panelist):
            raise NotOpen
        try:
            with transaction.atomic():
                return _begin(
                    version,
                    language,
                    panelist=panelist,
                    profile=profile_of(panelist, _language(version, language)),
                    purchase=purchase_of(panelist, version.definition.purchase),
                )
        except IntegrityError:
            # Begun on another device at this moment.
            begun = mine.get()
    if begun.status != Status.STARTED:
        raise AlreadyAnswered
    if survey.status == Survey.Status.CLOSED:
        raise NotOpen
    return begun


def try_out(
    survey: Survey,
    *,
    by: User,
    profile: Mapping[str, Any] | None = None,
    purchase: Mapping[str, Any] | None = None,
    language: str = "",
) -> Response:
    """A trial of the draft as it is now, as anybody: `profile` and `purchase` as of
    `Facts` (age, region, months, language; merchant, category, total, date, days).

    Raises `NotAllowed`.
    """
    check_author(by)
    with transaction.atomic():
        version = SurveyVersion.objects.create(
            survey=survey, number=0, is_trial=True, content=survey.draft, made_by=by
        )
        return _begin(
            version,
            language,
            is_trial=True,
            trial_by=by,
            profile=_known(profile, PROFILE),
            purchase=_known(purchase, PURCHASE),
        )


def check_author(by: User) -> None:
    if not by.has_perm("panelists.author_surveys"):
        raise NotAllowed(_("Only authors of surveys may do this."))


def _known(told: Mapping[str, Any] | None, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: told[name] for name in names if told and not is_empty(told.get(name))}


def _check_member(survey: Survey, panelist: Panelist) -> None:
    if not panelist.is_active or panelist.panel_id != survey.panel_id:
        raise NotAllowed(_("Only members of the panel can answer its surveys."))


def _is_asked(survey: Survey, panelist: Panelist) -> bool:
    """Who was invited stays so, whatever has become of the audience."""
    invited = SurveyInvitation.objects.filter(survey=survey, panelist=panelist)
    return invited.exists() or audience.is_for(survey, panelist)


def _language(version: SurveyVersion, language: str) -> str:
    definition = version.definition
    return language if language in definition.languages else definition.language


def _begin(
    version: SurveyVersion,
    language: str,
    *,
    profile: dict[str, Any],
    purchase: dict[str, Any],
    **fields,
) -> Response:
    definition, survey = version.definition, version.survey
    seed, facts = secrets.randbits(62), Facts(profile=profile, purchase=purchase)
    step = first_step(definition, facts, seed)
    response = Response.objects.create(
        survey=survey,
        version=version,
        language=_language(version, language),
        seed=seed,
        profile=profile,
        purchase=purchase,
        page=step.page or "",
        **fields,
    )
    _go(response, definition, Trail(facts=facts, step=step))
    return response


# Answering ----------------------------------------------------------------------------


def answer(
    response: Response, page_id: str, values: Mapping[str, Any], *, revision: int
) -> Outcome:
    """Check and store a page's answers, and move on if all are right.

    `values`: by question code, as `answers.from_form` reads them; None clears an
    answer, a code that isn't there keeps what is stored. `revision`: of the page's
    form. The same form sent twice moves on once.

    Raises `ChangedMeanwhile` (the form is old), `AlreadyAnswered`, `NotOpen`,
    `NotAllowed` (who has left the panel).
    """
    definition = response.version.definition
    refused = _refusals(definition, page_id, values)
    with transaction.atomic():
        response = _lock(response)
        stored = facts_of(response).answers
        if _is_sent_again(response, definition, page_id, values, stored, revision):
            return Outcome(response)
        _check_open(response)
        if page_id != response.page or revision != response.revision:
            raise ChangedMeanwhile
        errors, stored = _take(
            response, definition, values, refused, stored, is_final=True
        )
        _spend(response, timezone.now())
        if errors:
            response.save(update_fields=["seconds", "touched_at"])
            return Outcome(response, errors)
        way = _way(response, definition, page_id, stored)
        step = next_step(definition, way.facts, response.seed, page_id)
        _go(response, definition, replace(way, step=step))
    return Outcome(response)


def keep(response: Response, page_id: str, values: Mapping[str, Any]) -> Outcome:
    """Autosave: store what is right of a page, and never move on or raise.

    `errors` are for what isn't right; what is merely unanswered is no error here. Does
    nothing where the response is no longer at the page.
    """
    definition = response.version.definition
    refused = _refusals(definition, page_id, values)
    with transaction.atomic():
        response = _lock(response)
        is_there = response.status == Status.STARTED and response.page == page_id
        if not is_there or not _is_open(response):
            return Outcome(response)
        stored = facts_of(response).answers
        errors, _now = _take(
            response, definition, values, refused, stored, is_final=False
        )
        _spend(response, timezone.now())
        response.save(update_fields=["seconds", "touched_at"])
    return Outcome(response, errors)


def back(response: Response, *, revision: int | None = None) -> Response:
    """To the page before, keeping all answers; with an old `revision`, or on the first
    page, nothing happens."""
    with transaction.atomic():
        response = _lock(response)
        is_old = revision is not None and revision != response.revision
        if response.status != Status.STARTED or is_old or not response.path:
            return response
        *response.path, response.page = response.path
        response.shown = {
            page: codes
            for page, codes in response.shown.items()
            if page in response.path
        }
        response.revision += 1
        _spend(response, timezone.now())
        response.save(
            update_fields=["page", "path", "shown", "revision", "seconds", "touched_at"]
        )
    return response


def _lock(response: Response) -> Response:
    return (
        Response.objects.select_for_update(of=("self",), no_key=True)
        .select_related("survey__panel", "version", "panelist__panel")
        .get(pk=response.pk)
    )


def _is_open(response: Response) -> bool:
    """Whoever has begun may finish, also while a survey is paused or past its end;
    when it is closed its results are final."""
    if response.is_trial:
        return True
    is_closed = response.survey.status == Survey.Status.CLOSED
    return response.panelist.is_active and not is_closed


def _check_open(response: Response) -> None:
    if response.status != Status.STARTED:
        raise AlreadyAnswered
    if not response.is_trial:
        _check_member(response.survey, response.panelist)
    if not _is_open(response):
        raise NotOpen


def _refusals(
    definition: Definition, page_id: str, values: Mapping[str, Any]
) -> dict[str, str]:
    # Before the lock: it takes as long as what was typed is.
    page = definition.page(page_id)
    return screened.refusals(page, values) if page else {}


def _way(
    response: Response, definition: Definition, page_id: str, stored: Mapping[str, Any]
) -> Trail:
    facts = Facts(stored, response.profile, response.purchase)
    return trail(definition, facts, response.seed, until=page_id)


def _questions(
    response: Response, definition: Definition, page_id: str, stored: Mapping[str, Any]
) -> tuple[Question, ...]:
    """What a page of the way asks, with its texts piped."""
    before = earlier(_way(response, definition, page_id, stored), page_id)
    words = answer_words(definition, before, response.language, words_about(response))
    return tuple(
        piped_question(question, words)
        for question in shown_questions(definition, before, response.seed, page_id)
        if question.is_asked
    )


def _is_sent_again(
    response: Response,
    definition: Definition,
    page_id: str,
    values: Mapping[str, Any],
    stored: Mapping[str, Any],
    revision: int,
) -> bool:
    """Whether it is the form that was sent last: a second click, or a lost reply."""
    is_last = bool(response.path) and response.path[-1] == page_id
    if not is_last or revision != response.revision - 1:
        return False
    try:
        return all(
            _clean(response, question, values[question.code])
            == stored.get(question.code)
            for question in _questions(response, definition, page_id, stored)
            if question.code in values
        )
    except WrongAnswer:
        return False


def _clean(response: Response, question: Question, value: Any) -> Any:
    return clean(
        question,
        value,
        today=response.survey.panel.today(),
        language=response.language,
        fallback=response.version.definition.language,
    )


def _take(
    response: Response,
    definition: Definition,
    values: Mapping[str, Any],
    refused: Mapping[str, str],
    stored: Mapping[str, Any],
    *,
    is_final: bool,
) -> tuple[dict[str, str], dict[str, Any]]:
    """Store what is right of the present page. Returned are, by code, what isn't, in
    sentences, and all that is stored by now.

    Half an answer (some rows of a matrix) is stored, so that it is there again; the
    page can't be left with it.
    """
    errors: dict[str, str] = {}
    found: dict[str, Any] = {}
    for question in _questions(response, definition, response.page, stored):
        code = question.code
        if code in refused:
            errors[code] = refused[code]
            continue
        if code not in values and not is_final:
            continue
        value = values[code] if code in values else stored.get(code)
        try:
            if is_final:
                found[code] = _clean(response, question, value)
                continue
        except WrongAnswer as error:
            errors[code] = str(error)
        try:
            found[code] = _clean(response, _unfinished(question), value)
        except WrongAnswer as error:
            errors.setdefault(code, str(error))
    _store(response, stored, found)
    now = {**stored, **found}
    return errors, {code: value for code, value in now.items() if value is not None}


def _unfinished(question: Question) -> Question:
    """The question while somebody is still at it: less is enough."""
    counts = {Kind.MULTIPLE, Kind.RANKING, Kind.BRAND, Kind.TEXT}
    least = None if question.kind in counts else question.least
    return replace(question, is_required=False, least=least)


def _store(
    response: Response, stored: Mapping[str, Any], found: Mapping[str, Any]
) -> None:
    gone = [code for code, value in found.items() if value is None and code in stored]
    if gone:
        response.answers.filter(question__in=gone).delete()
    now = timezone.now()
    changed = [
        Answer(response=response, question=code, value=value, at=now)
        for code, value in found.items()
        if value is not None and (code not in stored or stored[code] != value)
    ]
    if changed:
        Answer.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["response", "question"],
            update_fields=["value", "at"],
        )


def _spend(response: Response, now: datetime) -> None:
    """Count the seconds since the last step; parts of one are left for the next."""
    since = max(now - response.touched_at, timedelta())
    if since > LONGEST_STEP:
        response.seconds += int(LONGEST_STEP.total_seconds())
        response.touched_at = now
        return
    whole = int(since.total_seconds())
    response.seconds += whole
    response.touched_at += timedelta(seconds=whole)


def _go(response: Response, definition: Definition, way: Trail) -> None:
    """To where the way's step leads, which may be the end."""
    if way.step.page is None:
        end(response, way.step.outcome, way, at=timezone.now())
        return
    is_over = not response.is_trial and quotas.is_full(
        response.survey,
        way.facts,
        open_codes(definition, response.seed, way.step.page),
    )
    if is_over:
        end(response, "", way, at=timezone.now())
        return
    response.page, response.path = way.step.page, list(way.pages)
    response.shown = {page: list(codes) for page, codes in way.shown.items()}
    response.revision += 1
    response.save(
        update_fields=["page", "path", "shown", "revision", "seconds", "touched_at"]
    )


# Trials -------------------------------------------------------------------------------


def sweep_trials() -> int:
    """Delete what was tried out a day ago, with its versions; how many responses."""
    before = timezone.now() - TRIAL_LASTS
    with transaction.atomic():
        old = Response.objects.filter(is_trial=True, started_at__lt=before)
        count = old.count()
        old.delete()
        SurveyVersion.objects.filter(
            is_trial=True, made_at__lt=before, responses=None
        ).delete()
    return count
