"""The end of a response: complete, screened out or over quota, and what it pays."""

from datetime import datetime

from django.utils.translation import gettext as _

import rewards.services
from rewards.models import Reward
from surveys.answering.flow import Trail
from surveys.answering.quality import ENOUGH, flags
from surveys.definition import END, say
from surveys.models import Response, Survey
from surveys.services import quotas

Status, Check = Response.Status, Response.Check


def reward_source(response: Response) -> str:
    """What the reward is for; unique, so that a survey pays a person once."""
    return f"survey:{response.survey.public_id}:{response.panelist.public_id}"


def pay(response: Response) -> Reward | None:
    """Propose what an ended response pays, once; None where it pays nothing."""
    if response.is_trial:
        return None
    survey = response.survey
    amounts = {
        Status.COMPLETE: survey.reward,
        Status.SCREENED_OUT: survey.partial_reward,
    }
    definition = response.version.definition
    title = say(definition.title, response.language, definition.language)
    return rewards.services.propose_once(
        panelist=response.panelist,
        source=reward_source(response),
        description=(_("Survey: %s") % (title or _("without a title")))[:200],
        amount=amounts.get(Status(response.status), survey.reward * 0),
    )


def median_seconds(survey: Survey) -> float | None:
    """Of complete responses; None while there are fewer than `ENOUGH`."""
    seconds = quotas.counted(survey).order_by("seconds").values_list("seconds")
    count = seconds.count()
    if count < ENOUGH:
        return None
    middle = [row[0] for row in seconds[(count - 1) // 2 : count // 2 + 1]]
    return sum(middle) / len(middle) if middle else None


def end(response: Response, outcome: str, way: Trail, *, at: datetime) -> None:
    """End the locked response, in the caller's transaction.

    Only what the way shows is left of its answers. `outcome`: `END`, `SCREEN_OUT`, or
    "" where a quota is full before the end.
    """
    response.page, response.path = "", list(way.pages)
    response.shown = {page: list(codes) for page, codes in way.shown.items()}
    response.ended_at = at
    response.answers.exclude(question__in=way.facts.answers).delete()
    if outcome == END:
        _complete(response, way)
    else:
        response.status = Status.SCREENED_OUT if outcome else Status.OVER_QUOTA
    response.revision += 1
    response.save(
        update_fields=[
            *("page", "path", "shown", "ended_at", "status", "flags", "check_state"),
            *("revision", "seconds", "touched_at"),
        ]
    )
    if response.check_state != Check.HELD:
        pay(response)


def _complete(response: Response, way: Trail) -> None:
    survey = response.survey
    found = flags(
        response.version.definition,
        way.facts,
        way.codes,
        response.seconds,
        median_seconds(survey),
    )
    response.status, response.flags = Status.COMPLETE, list(found)
    if response.is_trial:
        return
    try:
        quotas.take(quotas.lock_survey(survey.pk), way.facts)
    except quotas.QuotaFull:
        response.status, response.flags = Status.OVER_QUOTA, []
        return
    if found:
        response.check_state = Check.HELD
