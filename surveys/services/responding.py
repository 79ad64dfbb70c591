"""Answering: from the start to the end, one page after the other, losing nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from panelists.models import Panelist, User
from surveys.models import Response, Survey
from surveys.services.showing import Choice, PageView, QuestionView, current

__all__ = ["Choice", "Outcome", "PageView", "QuestionView", "current"]


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
        return self.response.status != Response.Status.STARTED


def start(survey: Survey, *, panelist: Panelist, language: str = "") -> Response:
    """The panelist's response: a new one, or the one that they began, on any device.

    It may have ended at once: screened out, or over quota by profile alone. Raises
    `NotOpen`, `AlreadyAnswered` and `NotAllowed` (who isn't of the panel).
    """
    raise NotImplementedError


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
    raise NotImplementedError


def answer(
    response: Response, page_id: str, values: Mapping[str, Any], *, revision: int
) -> Outcome:
    """Check and store a page's answers, and move on if all are right.

    `values`: by question code, as `answers.from_form` reads them; None clears an
    answer, a code that isn't there keeps what is stored. `revision`: of the page's
    form. The same form sent twice moves on once.

    Raises `ChangedMeanwhile` (the form is old), `AlreadyAnswered`, `NotOpen`.
    """
    raise NotImplementedError


def keep(response: Response, page_id: str, values: Mapping[str, Any]) -> Outcome:
    """Autosave: store what is right of a page, and never move on or raise.

    `errors` are for what isn't right; what is merely unanswered is no error here. Does
    nothing where the response is no longer at the page.
    """
    raise NotImplementedError


def back(response: Response, *, revision: int | None = None) -> Response:
    """To the page before, keeping all answers; with an old `revision`, or on the first
    page, nothing happens."""
    raise NotImplementedError


def sweep_trials() -> int:
    """Delete what was tried out a day ago, with its versions; how many responses."""
    raise NotImplementedError
