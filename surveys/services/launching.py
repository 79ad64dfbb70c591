"""Launching surveys: whether one is ready, and the moves of its life."""

from enum import StrEnum

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from panelists.models import User
from surveys import changes
from surveys.definition import Definition
from surveys.logic import languages, paths
from surveys.logic.paths import Problem, Severity
from surveys.logic.problems import called
from surveys.models import Survey, SurveyEvent, SurveyVersion
from surveys.services import quotas
from surveys.services.authoring import check_author
from surveys.services.errors import ChangedMeanwhile, NotAllowed, SurveyError

DRAFT, LIVE, PAUSED, CLOSED = Survey.Status


class Move(StrEnum):
    LAUNCH = "launch"
    PAUSE = "pause"
    RESUME = "resume"
    CLOSE = "close"


# A launch of a survey that is live brings its draft as the next version.
TRANSITIONS: dict[tuple[Survey.Status, Move], Survey.Status] = {
    (DRAFT, Move.LAUNCH): LIVE,
    (LIVE, Move.LAUNCH): LIVE,
    (PAUSED, Move.LAUNCH): PAUSED,
    (LIVE, Move.PAUSE): PAUSED,
    (PAUSED, Move.RESUME): LIVE,
    (LIVE, Move.CLOSE): CLOSED,
    (PAUSED, Move.CLOSE): CLOSED,
}


class NotReady(SurveyError):
    """`problems`: what a launch waits for, as the path tester tells it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(_("This survey can’t be launched yet."))
        self.problems = problems


def may(survey: Survey, move: Move) -> bool:
    return (Survey.Status(survey.status), move) in TRANSITIONS


def readiness(survey: Survey) -> tuple[Problem, ...]:
    """What is wrong with the draft and what it pays, errors first; no error: it can be
    launched."""
    definition = survey.definition
    found = (
        *paths.check(definition),
        *languages.missing(definition),
        *_settings(survey),
        *_other_kinds(survey, definition),
    )
    return tuple(sorted(found, key=lambda one: one.severity != Severity.ERROR))


def _settings(survey: Survey):
    if survey.ends_at and survey.ends_at <= timezone.now():
        message = _t("The survey’s end is past: choose a later one, or none.")
        yield Problem(Severity.ERROR, "has_ended", "", "", message)
    if survey.reward == 0:
        message = _t("Nobody is paid for answering: set a reward, or leave it so.")
        yield Problem(Severity.WARNING, "no_reward", "", "", message)


def _other_kinds(survey: Survey, definition: Definition):
    """Results of two versions are counted together by the questions' codes."""
    current = survey.current
    for question in current.definition.questions() if current else ():
        now = definition.question(question.code)
        if now is not None and now.kind != question.kind:
            message = _t(
                "%s is of another kind than in the version that was launched: answers "
                "to the two can’t be counted together. Give it a new code."
            ) % called(question.code)
            page = definition.page_of(question.code).id
            yield Problem(
                Severity.WARNING, "another_kind", page, question.code, message
            )


def pending_changes(survey: Survey) -> tuple[str, ...]:
    """What a launch would change for panelists, in sentences."""
    current = survey.current
    if current is None:
        return (_t("First version."),)
    return changes.sentences(current.definition, survey.definition)


def launch(survey: Survey, *, by: User, revision: int | None = None) -> SurveyVersion:
    """Freeze the draft as the next version; whoever starts from now on answers it. A
    draft goes live; a paused survey stays paused.

    `revision`: of the draft that the author saw. Raises `NotAllowed`,
    `ChangedMeanwhile`, and `NotReady` while there are errors.
    """
    with transaction.atomic():
        survey, target = _locked(survey, Move.LAUNCH, by)
        if revision is not None and survey.revision != revision:
            raise ChangedMeanwhile(
                _t("This survey was changed meanwhile. Look at it before you launch.")
            )
        problems = readiness(survey)
        if any(one.severity == Severity.ERROR for one in problems):
            raise NotReady(problems)
        current = survey.current
        told = pending_changes(survey)
        if not told:
            raise NotAllowed(_("Nothing has changed since the last launch."))
        number = current.number + 1 if current else 1
        version = SurveyVersion.objects.create(
            survey=survey,
            number=number,
            content=survey.draft,
            changes=list(told),
            made_by=by,
        )
        quotas.recount(survey, version.definition)
        _move(survey, target, by, _t("Launched version %d.") % number)
    return version


def pause(survey: Survey, *, by: User) -> Survey:
    """Nobody starts, and who has started goes on later. Raises `NotAllowed`."""
    return _moved(survey, Move.PAUSE, by, _t("Paused."))


def resume(survey: Survey, *, by: User) -> Survey:
    """Raises `NotAllowed`."""
    return _moved(survey, Move.RESUME, by, _t("Resumed."))


def close(survey: Survey, *, by: User) -> Survey:
    """For good. Raises `NotAllowed`."""
    return _moved(survey, Move.CLOSE, by, _t("Closed."))


def _moved(survey: Survey, move: Move, by: User, what: str) -> Survey:
    with transaction.atomic():
        survey, target = _locked(survey, move, by)
        _move(survey, target, by, what)
    return survey


def _locked(survey: Survey, move: Move, by: User) -> tuple[Survey, Survey.Status]:
    """The survey's row, locked, and the status that the move leads to."""
    check_author(by)
    survey = quotas.lock_survey(survey.pk)
    target = TRANSITIONS.get((Survey.Status(survey.status), move))
    if target is None:
        raise NotAllowed(
            _t("This can’t be done with a survey in the state “%s”.")
            % survey.get_status_display()
        )
    return survey, target


def _move(survey: Survey, target: Survey.Status, by: User, what: str) -> None:
    now = timezone.now()
    survey.status = target
    survey.launched_at = survey.launched_at or now
    if target == CLOSED:
        survey.closed_at = now
    survey.save(update_fields=["status", "launched_at", "closed_at"])
    SurveyEvent.objects.create(survey=survey, actor=by, what=what)
