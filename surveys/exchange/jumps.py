"""Skips told as relevance: a page that is jumped over is one that isn't relevant."""

from surveys.definition import END, SCREEN_OUT, Definition, Page
from surveys.logic.conditions import (
    Always,
    And,
    Compared,
    Condition,
    Counted,
    In,
    Includes,
    Not,
    Or,
    WrongCondition,
    claims,
    parse,
)

# Relevance of relevance grows fast: beyond so many claims it is told by nobody.
MOST_CLAIMS = 60


class TooMuch(Exception):
    """The skips can't be told in a relevance that people could read."""


def relevances(definition: Definition) -> dict[int, Condition | None]:
    """By the number of each page that some skip leads over: when it is shown. None:
    that can't be told."""
    found: dict[int, Condition | None] = {}
    for number in range(len(definition.pages)):
        try:
            made = _relevance(definition, number)
        except TooMuch:
            found[number] = None
        else:
            if made is not None:
                found[number] = made
    return found


def _parsed(source: str) -> Condition:
    try:
        return parse(source)
    except WrongCondition:
        raise TooMuch from None


def _relevance(definition: Definition, number: int) -> Condition | None:
    jumps = [
        jump
        for earlier, page in enumerate(definition.pages[:number])
        if (jump := _jump(definition, earlier, page, number))
    ]
    if not jumps:
        return None
    own = _parsed(definition.pages[number].show_if)
    parts = [] if own == Always() else [own]
    made = And((*parts, *(Not(jump) for jump in jumps)))
    if sum(1 for _claim in claims(made)) > MOST_CLAIMS:
        raise TooMuch
    return made


def _jump(
    definition: Definition, earlier: int, page: Page, number: int
) -> Condition | None:
    """When a skip of the earlier page leads over page `number`."""
    ways: list[Condition] = []
    before: list[Condition] = []
    for skip in page.skips:
        when = _parsed(skip.when)
        is_over = _leads_over(definition, earlier, skip.to, number)
        if not is_over:
            before.append(Not(when))
            continue
        parts = [*before, when]
        if not _is_answered_there(when, page):
            # Skips of a page that isn't shown lead nowhere.
            shown = _relevance(definition, earlier) or _parsed(page.show_if)
            parts += [] if shown == Always() else [shown]
        ways.append(parts[0] if len(parts) == 1 else And(tuple(parts)))
    if not ways:
        return None
    return ways[0] if len(ways) == 1 else Or(tuple(ways))


def _leads_over(definition: Definition, earlier: int, to: str, number: int) -> bool:
    if to in (END, SCREEN_OUT):
        return True
    ids = [page.id for page in definition.pages]
    return to in ids and ids.index(to) > number and ids.index(to) > earlier


def _is_answered_there(when: Condition, page: Page) -> bool:
    """Whether it only holds where a question of the page is answered."""
    codes = {question.code for question in page.questions}
    match when:
        case And(parts):
            return any(_is_answered_there(part, page) for part in parts)
        case Or(parts):
            return all(_is_answered_there(part, page) for part in parts)
        case Compared() | In() | Includes() | Counted():
            return when.ref.partition(".")[0] in codes
    return False
