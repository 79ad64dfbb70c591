"""What a page of a survey shows to somebody, as data for the view."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from surveys.definition import Kind, Question
from surveys.models import Response


@dataclass(frozen=True)
class Choice:
    """An option, a column or a row as it is shown: its text in words."""

    code: str
    text: str
    image: str = ""
    is_exclusive: bool = False
    asks_text: bool = False


@dataclass(frozen=True)
class QuestionView:
    """One question as it is shown: texts piped and in the response's language, options
    and rows filtered and in their order. `question` holds the rest: limits, style.

    `value`: the present answer as in `surveys.definition`, or None. `purchase`: what
    `Response.purchase` says, where the question shows it; else empty.
    """

    question: Question
    text: str
    help: str = ""
    unit: str = ""
    low: str = ""
    high: str = ""
    options: tuple[Choice, ...] = ()
    rows: tuple[Choice, ...] = ()
    value: Any = None
    purchase: Mapping[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.question.code

    @property
    def kind(self) -> Kind:
        return self.question.kind


@dataclass(frozen=True)
class PageView:
    """The page that a response is at. After its end `page` is "", there are no
    questions, and `thanks` is what the survey says. `progress`: 0 to 100."""

    response: Response
    page: str
    survey_title: str
    title: str = ""
    questions: tuple[QuestionView, ...] = ()
    progress: int = 0
    can_go_back: bool = False
    is_first: bool = False
    welcome: str = ""
    thanks: str = ""
    purchase: Mapping[str, Any] = field(default_factory=dict)

    @property
    def revision(self) -> int:
        """For a hidden field: `answer` takes it back."""
        return self.response.revision

    @property
    def has_ended(self) -> bool:
        return not self.page


def current(response: Response) -> PageView:
    """What the response's person sees now. Writes nothing."""
    raise NotImplementedError
