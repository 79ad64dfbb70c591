"""Signs that somebody answered without reading. They hold the reward until a person
has looked: none is a proof."""

from collections.abc import Collection, Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from surveys.answering.answers import ends
from surveys.answering.gibberish import is_gibberish
from surveys.definition import Definition, Kind, Question
from surveys.logic.facts import Facts

SPEEDER, STRAIGHT_LINING = "speeder", "straight_lining"
FAILED_ATTENTION, GIBBERISH = "failed_attention", "gibberish"
FLAG_WORDS = {
    SPEEDER: _("Took less than a third of the usual time."),
    STRAIGHT_LINING: _("Gave the same answer in every row."),
    FAILED_ATTENTION: _("Failed an attention check."),
    GIBBERISH: _("Typed something that looks like no language."),
}
# So many complete responses make a usual time.
ENOUGH = 10
FEWEST_ROWS = 4


def flags(
    definition: Definition,
    facts: Facts,
    shown: Iterable[str],
    seconds: int,
    median_seconds: float | None,
) -> tuple[str, ...]:
    """Codes of `FLAG_WORDS`. `shown`: the codes of the questions that were shown.
    `median_seconds`: of complete responses, None while there are fewer than `ENOUGH`.
    """
    shown = frozenset(shown)
    asked = [
        question
        for question in definition.questions()
        if question.is_asked and question.code in shown
    ]
    found = {
        SPEEDER: median_seconds is not None and 3 * seconds < median_seconds,
        STRAIGHT_LINING: _is_straight(definition, asked, facts),
        FAILED_ATTENTION: any(
            question.expected and not passes(question, facts.value(question.code))
            for question in asked
        ),
        GIBBERISH: any(
            is_gibberish(text)
            for question in asked
            for text in free_texts(question, facts.answers.get(question.code))
        ),
    }
    return tuple(code for code, is_so in found.items() if is_so)


def passes(question: Question, found: object) -> bool:
    """Whether an attention check is answered as someone does who reads.

    Of several that may be chosen all expected ones, and nothing else; of a matrix the
    expected column in every row. Unanswered fails.
    """
    if isinstance(found, dict):
        rows = [one if isinstance(one, list) else [one] for one in found.values()]
        return bool(rows) and all(set(row) <= set(question.expected) for row in rows)
    if isinstance(found, list):
        return set(found) == set(question.expected)
    return found is not None and str(found) in question.expected


def free_texts(question: Question, value: object) -> Iterator[str]:
    """What a person typed freely: a text, an "other". Names of brands are none."""
    if question.kind == Kind.TEXT and isinstance(value, str):
        yield value
    elif isinstance(value, dict) and isinstance(value.get("other"), str):
        yield value["other"]


def _is_straight(definition: Definition, asked: list[Question], facts: Facts) -> bool:
    """A matrix, or the alike scales of one page, with at least four rows of one column.
    Where there is only one column nothing else can be answered."""
    codes = {question.code for question in asked}
    for question in asked:
        value = facts.answers.get(question.code)
        is_grid = question.kind == Kind.MATRIX and len(question.options) > 1
        if is_grid and value and _is_alike(value.values()):
            return True
    for page in definition.pages:
        by_ends: dict[tuple[int, int], list[int]] = {}
        for question in page.questions:
            value = facts.answers.get(question.code)
            if question.kind != Kind.SCALE or question.code not in codes:
                continue
            if value is not None and not question.expected:
                by_ends.setdefault(ends(question), []).append(value)
        if any(map(_is_alike, by_ends.values())):
            return True
    return False


def _is_alike(values: Collection[object]) -> bool:
    first, *rest = values
    return len(values) >= FEWEST_ROWS and all(one == first for one in rest)
