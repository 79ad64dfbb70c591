"""What a survey asks, as data: pages of questions, their logic and their quotas.

A definition is immutable, knows no database and no language of its own: everything
that a person reads is a text by language. It is stored as JSON (`as_json`, `from_json`)
in a draft, and frozen in a version when the survey is launched.

Conditions are sources in the language of `surveys.logic`; they see the answers of
earlier pages, `profile.*` and `purchase.*`. Answers are JSON values by question code:

- single, brand (not `is_multiple`): {"chosen": code or name, "other": text}
- multiple, brand (`is_multiple`): {"chosen": [codes or names], "other": text}
- scale: int; number: int or float; date: "YYYY-MM-DD"; text: str
- matrix: {row code: column code}, or {row code: [column codes]} if `is_multiple`
- ranking: [option codes], best first

"other" is there only where an option that asks for a text was chosen.
"""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from django.utils.translation import gettext as _

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
# Words of the language of conditions, and fields of the form in which a page is
# answered, which no question may be called.
RESERVED = frozenset(
    {
        *("page", "revision", "back", "csrfmiddlewaretoken"),
        *("and", "or", "not", "in", "includes", "any", "all", "of", "answered"),
        *("count", "profile", "purchase", "true", "false", "end", "screen_out"),
    }
)
# Where a skip may lead beside to a page.
END, SCREEN_OUT = "END", "SCREEN_OUT"
FORMAT = 1
MOST_DIGITS = 30


class Text(Mapping[str, str]):
    """A text by language code, immutable and hashable: `Text(en="Hello")`."""

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str] | None = None, /, **more: str) -> None:
        told = {**(texts or {}), **more}
        # In the order of their codes: a database's JSON keeps no other.
        self._texts = {code: told[code] for code in sorted(told) if told[code]}

    def __getitem__(self, language: str) -> str:
        return self._texts[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(frozenset(self._texts.items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and self._texts == dict(other)

    def __repr__(self) -> str:
        return f"Text({self._texts!r})"

    def within(self, language: str, text: str) -> "Text":
        """With the text in one language replaced."""
        return Text({**self._texts, language: text})


NO_TEXT = Text()


class Kind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    MATRIX = "matrix"
    RANKING = "ranking"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    BRAND = "brand"
    INFORMATION = "information"


CHOICES = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING})


class ScaleStyle(StrEnum):
    NUMBERS = "numbers"
    NPS = "nps"
    STARS = "stars"


@dataclass(frozen=True)
class Option:
    """One answer to choose. `is_exclusive`: nothing else may be chosen with it.
    `asks_text`: an "other" with a field to type in. `is_fixed`: keeps its place when
    the options are shuffled. `image`: the public id of a `SurveyImage`."""

    code: str
    text: Text = NO_TEXT
    is_exclusive: bool = False
    asks_text: bool = False
    is_fixed: bool = False
    image: str = ""


@dataclass(frozen=True)
class Row:
    """One row of a matrix."""

    code: str
    text: Text = NO_TEXT


@dataclass(frozen=True)
class Question:
    """One thing that is asked, or told (information).

    `options`: of single, multiple, ranking; the columns of a matrix.
    `least`, `most`: of a scale its ends (integers); of a number its limits; of
    multiple, ranking and brand how many to choose; of a text its length in characters.
    `earliest`, `latest`: ISO days, or "today", of a date.
    `decimals`: how many places of a number. `unit`: what stands behind it.
    `carries`: the code of an earlier multiple question; only its chosen options are
    shown here (the code of each option is the same there). Without any, the question is
    left out.
    `shows_purchase`: the panelist's bound purchase is shown above it; without one, the
    question is left out.
    `expected`: of an attention check the option codes (or the scale's numbers as
    strings) that someone who reads chooses.
    `message`: told where an answer is outside its limits, instead of our own sentence.
    `low`, `high`: labels of a scale's ends.
    `is_long`: a text of several lines.
    """

    code: str
    kind: Kind
    text: Text = NO_TEXT
    help: Text = NO_TEXT
    is_required: bool = True
    show_if: str = ""
    message: Text = NO_TEXT
    options: tuple[Option, ...] = ()
    shuffles_options: bool = False
    carries: str = ""
    rows: tuple[Row, ...] = ()
    shuffles_rows: bool = False
    is_multiple: bool = False
    least: Decimal | None = None
    most: Decimal | None = None
    decimals: int = 0
    unit: Text = NO_TEXT
    style: ScaleStyle = ScaleStyle.NUMBERS
    low: Text = NO_TEXT
    high: Text = NO_TEXT
    earliest: str = ""
    latest: str = ""
    is_long: bool = False
    expected: tuple[str, ...] = ()
    shows_purchase: bool = False

    @property
    def is_asked(self) -> bool:
        return self.kind != Kind.INFORMATION

    def option(self, code: str) -> Option | None:
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True)
class Skip:
    """On leaving a page: the first skip whose condition holds leads to a page's id,
    `END` (complete) or `SCREEN_OUT`; without any the next page follows."""

    when: str
    to: str


@dataclass(frozen=True)
class Page:
    """Questions that stand on one screen. `shuffle`: neighbouring pages of the same
    word change places with one another, by the response's seed."""

    id: str
    questions: tuple[Question, ...] = ()
    title: Text = NO_TEXT
    show_if: str = ""
    skips: tuple[Skip, ...] = ()
    shuffles_questions: bool = False
    shuffle: str = ""


@dataclass(frozen=True)
class Quota:
    """At most `limit` complete responses for which `when` holds (empty: all).

    Interlocked quotas are several whose conditions combine. `code` is what a count is
    kept under, across versions."""

    code: str
    name: str
    limit: int
    when: str = ""


@dataclass(frozen=True)
class Purchase:
    """Which verified purchase the survey is about; the newest one that fits is bound
    when someone starts. Empty fields allow all. `product`: text in a line item."""

    days: int = 30
    category: str = ""
    merchant: str = ""
    product: str = ""


@dataclass(frozen=True)
class Definition:
    """A whole survey. The first language is what others fall back to."""

    title: Text = NO_TEXT
    languages: tuple[str, ...] = ("en",)
    pages: tuple[Page, ...] = ()
    quotas: tuple[Quota, ...] = ()
    purchase: Purchase | None = None
    welcome: Text = NO_TEXT
    thanks: Text = NO_TEXT

    @property
    def language(self) -> str:
        return self.languages[0]

    def questions(self) -> Iterator[Question]:
        for page in self.pages:
            yield from page.questions

    def question(self, code: str) -> Question | None:
        return next((one for one in self.questions() if one.code == code), None)

    def page(self, page_id: str) -> Page | None:
        return next((page for page in self.pages if page.id == page_id), None)

    def page_of(self, code: str) -> Page | None:
        return next(
            (
                page
                for page in self.pages
                if any(question.code == code for question in page.questions)
            ),
            None,
        )


def say(text: Text, language: str, fallback: str = "") -> str:
    """The text in a language; else in the fallback, else in any that it has."""
    told = text.get(language) or text.get(fallback)
    return told or next(iter(text.values()), "")


# JSON ---------------------------------------------------------------------------------


class WrongDefinition(Exception):
    """The JSON is no survey; `str(error)` says where and why, for its author."""


def wrong(where: str, why: str) -> WrongDefinition:
    return WrongDefinition(f"{where}: {why}.")


def as_json(definition: Definition) -> dict[str, Any]:
    """Only what differs from the defaults, so that two definitions that mean the same
    are the same JSON."""
    return {"format": FORMAT, **_told(definition)}


def _told(thing: Any) -> Any:
    if dataclasses.is_dataclass(thing):
        told = {}
        for one in fields(thing):
            value = getattr(thing, one.name)
            is_needed = (
                one.default is dataclasses.MISSING
                and one.default_factory is dataclasses.MISSING
            )
            if is_needed or value != one.default:
                told[one.name] = _told(value)
        return told
    if isinstance(thing, Text):
        return dict(thing)
    if isinstance(thing, tuple):
        return [_told(one) for one in thing]
    if isinstance(thing, Decimal):
        return str(thing)
    if isinstance(thing, StrEnum):
        return thing.value
    return thing


def from_json(data: Any) -> Definition:
    """Raises `WrongDefinition`. Only shapes are checked here: what a survey lacks or
    contradicts is for the path tester to say."""
    if not isinstance(data, Mapping):
        raise WrongDefinition(_("A survey is a JSON object."))
    data = dict(data)
    if data.pop("format", FORMAT) != FORMAT:
        raise WrongDefinition(_("This survey was written by a newer version."))
    return _made(Definition, data, "survey")


def _made(kind: type, value: Any, where: str) -> Any:
    origin = get_origin(kind)
    if origin is UnionType:
        if value is None:
            return None
        [kind] = [one for one in get_args(kind) if one is not NoneType]
        origin = get_origin(kind)
    if dataclasses.is_dataclass(kind):
        return _object(kind, value, where)
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise wrong(where, _("a list was expected"))
        item = get_args(kind)[0]
        return tuple(
            _made(item, one, f"{where}[{number}]") for number, one in enumerate(value)
        )
    if kind is Text:
        if not isinstance(value, Mapping) or not all(
            isinstance(one, str) for pair in value.items() for one in pair
        ):
            raise wrong(where, _("a text by language was expected"))
        return Text(value)
    return _plain(kind, value, where)


def _object(kind: type, value: Any, where: str) -> Any:
    if not isinstance(value, Mapping):
        raise wrong(where, _("an object was expected"))
    hints = get_type_hints(kind)
    unknown = sorted(set(value) - hints.keys())
    if unknown:
        raise wrong(where, _("“%s” is unknown") % unknown[0])
    lacking = [
        one.name
        for one in fields(kind)
        if one.default is dataclasses.MISSING and one.name not in value
    ]
    if lacking:
        raise wrong(where, _("“%s” is missing") % lacking[0])
    return kind(
        **{
            name: _made(hints[name], one, f"{where}.{name}")
            for name, one in value.items()
        }
    )


def _plain(kind: type, value: Any, where: str) -> Any:
    if kind is Decimal:
        try:
            made = Decimal(str(value))
        except ArithmeticError:
            made = Decimal("NaN")
        # A number as long as a page is an attack: printing it takes for ever.
        is_told = made.is_finite() and abs(made.adjusted()) <= MOST_DIGITS
        if isinstance(value, bool) or not is_told:
            raise wrong(where, _("a number was expected"))
        return made
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        try:
            return kind(value)
        except ValueError:
            raise wrong(where, _("“%s” is unknown") % value) from None
    if type(value) is not kind:
        raise wrong(where, _("something else was expected"))
    return value


# Changing one ------------------------------------------------------------------------


def with_page(definition: Definition, page: Page) -> Definition:
    """The definition with the page of the same id replaced."""
    return replace(
        definition,
        pages=tuple(page if one.id == page.id else one for one in definition.pages),
    )


def with_question(definition: Definition, code: str, question: Question) -> Definition:
    """The definition with the question `code` replaced, which may change its code."""
    return replace(
        definition,
        pages=tuple(
            replace(
                page,
                questions=tuple(
                    question if one.code == code else one for one in page.questions
                ),
            )
            for page in definition.pages
        ),
    )


def free_code(definition: Definition, start: str = "q") -> str:
    """The first of q1, q2, ... that no question has."""
    taken = {question.code for question in definition.questions()}
    number = 1
    while f"{start}{number}" in taken:
        number += 1
    return f"{start}{number}"


def free_page_id(definition: Definition) -> str:
    taken = {page.id for page in definition.pages}
    number = 1
    while f"p{number}" in taken:
        number += 1
    return f"p{number}"
