"""What a page of a survey shows to somebody, as data for the view."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from panelists.templatetags.money import money
from surveys.answering.answers import standing
from surveys.answering.flow import Trail, progress, shown_questions, trail
from surveys.answering.piping import answer_words, piped, piped_question
from surveys.answering.words import day_in_words
from surveys.definition import Kind, Question, Text, say
from surveys.logic.facts import Facts
from surveys.models import Response
from surveys.services.quotas import facts_of


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


def words_about(response: Response) -> dict[str, str]:
    """What texts may say of the person and of the purchase, by "profile.age" etc."""
    words = {f"profile.{name}": str(told) for name, told in response.profile.items()}
    purchase = response.purchase
    for name in ("merchant", "category", "days"):
        words[f"purchase.{name}"] = str(purchase.get(name, ""))
    if purchase.get("total"):
        total, currency = Decimal(purchase["total"]), purchase.get("currency", "")
        words["purchase.total"] = money(total, currency).strip()
    if purchase.get("date"):
        day = date.fromisoformat(purchase["date"])
        words["purchase.date"] = day_in_words(day, response.language)
    return words


def current(response: Response) -> PageView:
    """What the response's person sees now. Writes nothing."""
    definition = response.version.definition
    language, fallback = response.language, definition.language
    facts = facts_of(response)
    way = trail(definition, facts, response.seed, until=response.page or None)
    words = answer_words(definition, way.facts, language, words_about(response))

    def said(text: Text) -> str:
        return piped(say(text, language, fallback), words=words)

    view = PageView(
        response=response,
        page="",
        survey_title=said(definition.title),
        progress=100,
        thanks=said(definition.thanks),
        purchase=response.purchase,
    )
    page = definition.page(response.page)
    if response.status != Response.Status.STARTED or page is None:
        return view
    before = earlier(way, page.id)
    return replace(
        view,
        page=page.id,
        title=said(page.title),
        questions=tuple(
            _shown(question, facts.answers.get(question.code), response, words)
            for question in shown_questions(definition, before, response.seed, page.id)
        ),
        progress=progress(definition, response.seed, page.id),
        can_go_back=bool(response.path),
        is_first=not response.path,
        welcome="" if response.path else said(definition.welcome),
        thanks="",
    )


def earlier(way: Trail, page_id: str) -> Facts:
    """What a page's questions see: the facts of a way to it, without its own."""
    own = way.shown.get(page_id, ())
    return replace(
        way.facts,
        answers={
            code: value for code, value in way.facts.answers.items() if code not in own
        },
    )


def _shown(
    question: Question, value: Any, response: Response, words: Mapping[str, str]
) -> QuestionView:
    language, fallback = response.language, response.version.definition.language
    told = piped_question(question, words)

    def said(text: Text) -> str:
        return say(text, language, fallback)

    return QuestionView(
        question=told,
        text=said(told.text),
        help=said(told.help),
        unit=said(told.unit),
        low=said(told.low),
        high=said(told.high),
        options=tuple(
            Choice(
                option.code,
                said(option.text) or option.code,
                option.image,
                option.is_exclusive,
                option.asks_text,
            )
            for option in told.options
        ),
        rows=tuple(Choice(row.code, said(row.text) or row.code) for row in told.rows),
        value=standing(question, value),
        purchase=response.purchase if question.shows_purchase else {},
    )
