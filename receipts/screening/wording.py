"""Labels' words as readers damage them: letters mixed up, one too few or wrong."""

import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

_IN_WORD = re.compile(r"(?<=[^\W\d_])[1|!05](?=[^\W\d_])")
_LETTERS = str.maketrans("lL1|!05", "iIiiios")


def words(pattern: str) -> re.Pattern[str]:
    """A pattern of words, verbose and in any case, to be looked for in folded text."""
    return re.compile(re.sub(r"(?<!\\)l", "i", pattern), re.IGNORECASE | re.VERBOSE)


def folded(text: str) -> str:
    """The text with letters that readers mix up made one: Drlver Llcense, Passp0rt."""
    text = _IN_WORD.sub(lambda match: match[0].translate(_LETTERS), text)
    return text.replace("l", "i").replace("L", "I")


# Words of labels, long enough to be known by most of their letters.
KNOWN = folded(
    "account checking savings routing passport driver drivers driving license licence"
    " security social insurance national military personalausweis ausweis kontonummer"
    " bankleitzahl reisepass identification"
).split()
# A reader seldom mistakes both ends of a word.
BY_FIRST: dict[str, list[str]] = {}
BY_LAST: dict[str, list[str]] = {}
for known in KNOWN:
    BY_FIRST.setdefault(known[0], []).append(known)
    BY_LAST.setdefault(known[-1], []).append(known)
LETTERS = re.compile(r"[^\W\d_]{5,}")
# From so many letters on a second one may be wrong.
LONG = 9


@dataclass(frozen=True)
class Wording:
    """Folded text with its words spelt right. `starts`: where each of its letters was
    in the text as read, and where that ends."""

    text: str
    starts: tuple[int, ...]

    def at(self, place: int) -> int:
        return self.starts[place]


def wording(text: str) -> Wording:
    text = folded(text)
    letters: list[str] = []
    starts: list[int] = []
    done = 0
    for match in LETTERS.finditer(text):
        start, end = match.span()
        glue = glued_at(match[0])
        right = None if glue else right_spelling(match[0].casefold())
        if glue:
            letters.append(text[done : start + glue] + " ")
            starts += (*range(done, start + glue), start + glue)
            done = start + glue
        elif right is not None:
            letters.append(text[done:start] + right)
            starts += range(done, start)
            starts += (min(start + n, end - 1) for n in range(len(right)))
            done = end
    letters.append(text[done:])
    return Wording("".join(letters), (*starts, *range(done, len(text) + 1)))


_CAMEL = re.compile(r"(?<=[a-z]{3})[A-Z]")
_NUMBER = re.compile(r"(?:number|num|no|nr)$")


def glued_at(word: str) -> int | None:
    """Where a word is two whose gap was lost: RoutingNumber, PASSPORTNO."""
    camel = _CAMEL.search(word)
    if camel:
        return camel.start()
    last = _NUMBER.search(word.casefold())
    if last and word[: last.start()].casefold() in KNOWN:
        return last.start()
    return None


def right_spelling(word: str) -> str | None:
    """The label's word that a word of lower case was meant to be, if another."""
    likely = (*BY_FIRST.get(word[0], ()), *BY_LAST.get(word[-1], ()))
    if word in likely:
        return None
    for known in likely:
        most = 2 if len(known) >= LONG else 1
        if abs(len(known) - len(word)) <= most and (
            Levenshtein.distance(known, word, score_cutoff=most) <= most
        ):
            return known
    return None
