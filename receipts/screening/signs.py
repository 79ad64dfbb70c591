"""Words that speak of health, found in a line as readers damage them.

A sign is a wording with what it tells (its role) and how much: alone, before a value
of the right shape, or on a line that ends in a price. Text and wordings are compared
in a skeleton in which letters and the digits that readers take for them are one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from receipts.screening.passages import Passage


class Role(StrEnum):
    """What a sign speaks of. Signs of different roles near each other confirm one
    another; the same role again tells nothing new."""

    NUMBER = "number"  # of a prescription, or the word for one
    REFILL = "refill"
    PRODUCT = "product"  # its code: NDC, PZN
    QUANTITY = "quantity"
    SUPPLY = "supply"
    PRESCRIBER = "prescriber"
    PATIENT = "patient"
    BIRTH = "birth"
    DIRECTIONS = "directions"
    WARNING = "warning"
    COUNSEL = "counsel"
    FILLED = "filled"
    DRUG = "drug"
    DOSE = "dose"
    COPAY = "copay"
    ACCOUNT = "account"  # health savings: FSA, HSA
    SERVICE = "service"
    CODE = "code"  # of a diagnosis or a procedure
    INSURER = "insurer"
    MEMBER = "member"  # the ids of an insurance


@dataclass(frozen=True)
class Sign:
    """`phrases`, separated by bars: in a phrase a space stands for any or no
    separator, a star at the end for more letters.

    Weights from 0 to 1 are the chance that a line which says so, and nothing else
    near it, is about somebody's health. `bare` is the phrase's own, `valued` where
    `value` (a pattern on lower case) matches what follows it, `priced` where the line
    ends in an amount, and `alone` where nothing else stands on it. `unless`: a pattern
    on the lower-case line that takes the meaning away.
    """

    role: Role
    phrases: str
    bare: float
    value: str = ""
    valued: float = 0.0
    priced: float = 0.0
    alone: float = 0.0
    unless: str = ""

    @cached_property
    def follows(self) -> re.Pattern | None:
        return re.compile(_BETWEEN + self.value) if self.value else None

    @cached_property
    def spoils(self) -> re.Pattern | None:
        return re.compile(self.unless) if self.unless else None


@dataclass(frozen=True)
class Mark:
    """A sign in a line, from letter `start` to `end`. `wants_value`: it is a label
    with nothing after it, so that its value stands below or beside it."""

    role: Role
    weight: float
    start: int
    end: int
    wants_value: bool = False
    is_bare: bool = True


# Between a label and its value.
_BETWEEN = r"[\s:;#.,*=|\-–—)]*(?:(?:no|nr|nbr|num|number|id|is)\b[\s:;#.*=\-–—]*)?"
# Digits as readers see them: at least so many must be real ones.
DIGITS = (
    r"(?=(?:[^\W\d_]|-)?(?:[^\d\n]?\d){%d})[a-z]{0,2}[\s\-]?"
    # No phone number.
    r"(?!1?[ .\-]?\(?\d{3}\)?[ .\-]{1,2}\d{3}[ .\-]\d{4})[\doilsbzq\-]{%d,}"
)
NUMBER = DIGITS % (4, 5)
SHORT_NUMBER = DIGITS % (2, 3)
A_DAY = (
    r"(?:\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}|\d{1,2}[ \-]?[a-z]{3}[ \-,]*\d{2,4}"
    r"|[a-z]{3}[a-z.]* \d)"
)
A_NAME = r"[^\W\d_][^\W\d_.'’, ]"

_SAME = str.maketrans(
    {
        twin: letter
        for letter, twins in {
            "a": "4@äàáâãå",
            "b": "8",
            "c": "ç",
            "e": "3èéêë",
            "g": "69",
            "i": "1l!|ìíîï",
            "n": "ñ",
            "o": "0òóôõöø",
            "s": "5$ß",
            "u": "ùúûü",
            "x": "×χ✕",
            "z": "2",
        }.items()
        for twin in twins
    }
)
_SEPARATOR = r"[\s\-.,:'’`´/_&()#*+]{0,3}"
# Letters from which on a word is told where spaces are lost or another is glued to it.
GLUED, FUZZY = 9, 8
# A damaged wording is looked for in so many tokens, and letters.
MOST_TOKENS, LONGEST = 3, 30
# The shortest wording that is told from two lines by its hyphen.
HYPHENATED = 5
# One letter off a word of ours, and words of their own.
NEIGHBOURS = frozenset(
    {"meditation", "dedication", "prescribed", "subscribers", "apotheke", "apotheken"}
)


def lowered(text: str) -> str:
    """Lower case, letter for letter."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def skeleton(lower: str) -> str:
    """Lower-case text in which letters and digits that look alike are one."""
    return lower.translate(_SAME)


@dataclass(frozen=True)
class Shape:
    """What tells itself by its form, without a wording: a pattern on lower case."""

    role: Role
    weight: float
    pattern: str
    is_bare: bool = False  # counts less in advertising, as bare words do

    @cached_property
    def compiled(self) -> re.Pattern:
        return re.compile(self.pattern)


class Signs:
    """Wordings made ready to be looked for all at once."""

    def __init__(self, signs: Iterable[Sign], shapes: Iterable[Shape] = ()) -> None:
        self.shapes = tuple(shapes)
        phrases: dict[str, Sign] = {}
        for sign in signs:
            for phrase in sign.phrases.split("|"):
                phrases.setdefault(phrase.strip(), sign)
        ordered = sorted(phrases, key=len, reverse=True)
        self.signs = [phrases[phrase] for phrase in ordered]
        self.is_open = [
            phrase.endswith("*") or len(phrase.replace(" ", "")) >= GLUED
            for phrase in ordered
        ]
        self.least = [sum(map(str.isalpha, phrase)) for phrase in ordered]
        # By how they begin: trying all of them at every word would take long.
        numbers: dict[str, list[int]] = {}
        for number, phrase in enumerate(ordered):
            numbers.setdefault(skeleton(phrase.split()[0][:2]), []).append(number)
        self.phrases = ordered
        self.patterns = {
            beginning: (
                re.compile("|".join(f"({pattern_of(ordered[n])})" for n in group)),
                group,
            )
            for beginning, group in numbers.items()
        }
        # Long wordings without their spaces: told one letter off, or torn apart.
        self.words = {
            word: phrases[phrase]
            for phrase in ordered
            if len(word := skeleton(phrase.strip("*").replace(" ", ""))) >= FUZZY
        }
        self.by_edges: dict[tuple[int, int, str], list[str]] = {}
        for word in self.words:
            for edge in (0, -1):
                key = (len(word), edge, word[edge])
                self.by_edges.setdefault(key, []).append(word)
        self.long = [
            skeleton(phrase)
            for phrase in ordered
            if " " not in phrase and len(phrase) > GLUED
        ]
        # Wordings without their spaces, for those that go on on the next line.
        self.plain = {
            phrase.strip("*").replace(" ", ""): phrases[phrase] for phrase in ordered
        }
        self.glued = {skeleton(word): sign for word, sign in self.plain.items()}

    def in_line(self, line: Passage, *, has_price: bool) -> list[Mark]:
        """Every sign of the line, from left to right."""
        text = line.text
        lower = lowered(text)
        bones = skeleton(lower)
        marks: list[Mark] = []
        end = 0
        for start in beginnings(text):
            if start < end:
                continue
            found = self.at(text, bones, start)
            if found is None:
                continue
            number, end = found
            mark = marked(self.signs[number], lower, start, end, has_price)
            if mark is not None:
                marks.append(mark)
        marks += self.damaged(text, lower, bones, marks, has_price)
        marks += [
            Mark(shape.role, shape.weight, *match.span(), is_bare=shape.is_bare)
            for shape in self.shapes
            for match in shape.compiled.finditer(lower)
        ]
        return sorted(marks, key=lambda mark: mark.start)

    def at(self, text: str, bones: str, start: int) -> tuple[int, int] | None:
        """The number and the end of the longest sign that begins here."""
        for beginning in (bones[start : start + 2], bones[start]):
            pattern, numbers = self.patterns.get(beginning, (None, ()))
            match = pattern.match(bones, start) if pattern else None
            if match is None:
                continue
            # Where the longest is the beginning of another word, a shorter may do.
            number = numbers[match.lastindex - 1]
            if self.is_whole(text, start, match.end(), number):
                return number, match.end()
            for number in numbers[match.lastindex :]:
                found = re.match(pattern_of(self.phrases[number]), bones[start:])
                end = start + found.end() if found else start
                if found and self.is_whole(text, start, end, number):
                    return number, end
        return None

    def across(
        self, one: Passage, two: Passage, *, has_price: bool
    ) -> tuple[Mark, Mark] | None:
        """A sign that begins at the end of a line and goes on on the next, with a mark
        in each; None where there is none. `has_price`: the second line's."""
        end = _LINE_END.search(lowered(one.text))
        begin = _LINE_BEGIN.match(lower := lowered(two.text))
        if end is None or begin is None:
            return None
        word = end["word"] + begin[0]
        # Without a hyphen they are two words more often: no letter may be doubtful.
        hyphened = self.glued.get(skeleton(word)) if end["hyphen"] else None
        sign = hyphened or self.plain.get(word)
        if sign is None or len(word) < (HYPHENATED if end["hyphen"] else GLUED):
            return None
        mark = marked(sign, lower, 0, begin.end(), has_price)
        if mark is None:
            return None
        start = end.start("word")
        return replace(mark, start=start, end=len(one.text), wants_value=False), mark

    def is_whole(self, text: str, start: int, end: int, number: int) -> bool:
        letters = sum(not c.isdigit() and not c.isspace() for c in text[start:end])
        if letters < min(2, self.least[number]) or 2 * letters < self.least[number]:
            return False
        return self.is_open[number] or is_edge(text, end)

    def near(self, text: str, bones: str) -> str | None:
        """The long wording that a letter too many, too few or wrong makes of this."""
        plain = lowered(text)
        if plain in NEIGHBOURS or sum(map(str.isdigit, text)) * 2 > len(text):
            return None
        for glued in {bones, bones.replace("rn", "m")}:
            glued = _NO_LETTER.sub("", glued)
            if len(glued) < FUZZY - 1:
                continue
            for length in (len(glued) - 1, len(glued), len(glued) + 1):
                for edge in (0, -1):
                    for word in self.by_edges.get((length, edge, glued[edge]), ()):
                        if Levenshtein.distance(glued, word, score_cutoff=1) <= 1:
                            return word
        return None

    def damaged(self, text, lower, bones, marks, has_price) -> Iterable[Mark]:
        """Long words that were misread, torn apart or glued to others."""
        taken = [(mark.start, mark.end) for mark in marks]

        def is_free(start: int, end: int) -> bool:
            """Whether nothing is there yet, or shorter wordings only."""
            return all(
                end <= first
                or start >= last
                or (start <= first and last <= end and last - first < end - start)
                for first, last in taken
            )

        tokens = [match.span() for match in _TOKEN.finditer(bones)]
        for first, (start, _end) in enumerate(tokens):
            for _begin, end in tokens[first : first + MOST_TOKENS]:
                if end - start > LONGEST:
                    break
                if not is_free(start, end):
                    continue
                word = self.near(text[start:end], bones[start:end])
                if word is None:
                    continue
                mark = marked(self.words[word], lower, start, end, has_price)
                if mark is not None:
                    taken.append((start, end))
                    yield mark
                break
        stay = [n for n, letter in enumerate(bones) if letter not in " .-"]
        glued = "".join(bones[n] for n in stay)
        for word in self.long:
            place = glued.find(word)
            if place < 0:
                continue
            start, end = stay[place], stay[place + len(word) - 1] + 1
            if is_free(start, end):
                mark = marked(self.words[word], lower, start, end, has_price)
                if mark is not None:
                    taken.append((start, end))
                    yield mark


_OTHER_WORD = re.compile(
    r"(?!pharm|phrm|copay|sale|item|total|cost|charge|paid|price|amount|cash|dept"
    r"|number|each|with|your|today|nhs|private|levy)(?<![^\W\d_])[^\W\d_]{4,}"
)
_LINE_END = re.compile(r"(?P<word>[^\W_]+)(?P<hyphen>\s?[\-–])?\s*$")
_LINE_BEGIN = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"[a-z\d]+")
_NO_LETTER = re.compile(r"[^a-z\d]+")


def pattern_of(phrase: str) -> str:
    words = phrase.strip("*").split()
    body = _SEPARATOR.join(re.escape(skeleton(word)) for word in words)
    return body if phrase.endswith("*") else f"{body}s?"


def beginnings(text: str) -> list[int]:
    """Where a word may begin: not after a letter, but for a capital after a small one,
    where a space was lost."""
    return [
        n
        for n, letter in enumerate(text)
        if letter.isalnum() or letter in "℞@$!|"
        if n == 0
        or not text[n - 1].isalpha()
        or (letter.isupper() and text[n - 1].islower())
    ]


def is_edge(text: str, end: int) -> bool:
    """Whether a word may end before `end`."""
    return (
        end >= len(text)
        or not text[end].isalpha()
        or (text[end].isupper() and text[end - 1].islower())
    )


def marked(
    sign: Sign, lower: str, start: int, end: int, has_price: bool
) -> Mark | None:
    """The sign's mark with its weight here; None where it means something else."""
    if sign.spoils is not None and sign.spoils.search(lower):
        return None
    weight, is_bare = sign.bare, True
    if sign.follows is not None:
        match = sign.follows.match(lower, end)
        if match is not None and match.end() > end:
            weight, is_bare = max(weight, sign.valued), False
    wants_value = is_bare and not re.search(r"\w", lower[end : end + 3])
    if has_price:
        # Other words may make it something else: a prescription cocktail.
        others = _OTHER_WORD.search(lower[:start] + " " + lower[end:])
        is_doubtful = sign.role is Role.NUMBER and others is not None
        priced = sign.priced * (0.5 if is_doubtful else 1.0)
        if priced > weight:
            weight, is_bare = priced, False
    if sign.alone > weight and not re.search(r"\w", lower[:start] + lower[end:]):
        weight, is_bare = sign.alone, False
    return Mark(sign.role, weight, start, end, wants_value, is_bare)


def together(marks: Sequence[Mark]) -> float:
    """The chance that at least one of the roles is what it seems to be."""
    best: dict[Role, float] = {}
    for mark in marks:
        best[mark.role] = max(best.get(mark.role, 0.0), mark.weight)
    doubt = 1.0
    for weight in best.values():
        doubt *= 1.0 - weight
    return 1.0 - doubt
