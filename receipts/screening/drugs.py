"""The names of medicines, as labels and tills print them.

data/drugs.json is made by data/build_drugs.py; docs/adr/0011 says from what and how.
"""

import json
import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

# The shortest name, and the shortest added by hand; what a till leaves of a longer one
# at least, and where the surroundings speak of a prescription; what may be missed by a
# letter.
SHORTEST, SHORTEST_KNOWN = 5, 4
TRUNCATED = 8
TRUNCATED_IN_CONTEXT = 6
MISREAD = 7
MOST_WORDS = 4
# Readers take these for one another.
_LOOKALIKES = str.maketrans("0158|i", "olsbll")
_PARTS = re.compile(r"[/\-+,.;:&()\[\]*#]+")
# ATORVASTATIN40MG and LISINOPRIL10: a name with its strength glued on.
_GLUED = re.compile(r"([^\W\d_]{5,})\d")
_DIGITS_AMONG_LETTERS = re.compile(
    r"(?=.*[a-z].*[a-z].*[a-z])[a-z0158]*[0158][a-z0158]*"
)


def key(text: str) -> str:
    """Letters and digits without accents, in lower case: L-Thyroxin is lthyroxin."""
    if text.isascii():
        return "".join(filter(str.isalnum, text.lower()))
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if c.isascii() and c.isalnum())


def skeleton(word: str) -> str:
    """What is left of a key if letters that look alike are one letter."""
    word = word.translate(_LOOKALIKES).replace("rn", "m")
    return word.replace("vv", "w")


def candidates(word: str, whole: str) -> Iterator[str]:
    """Keys under which a printed word may be a name: all of it, its parts, its letters.

    `whole`: what `key` makes of it.
    """
    if len(whole) < SHORTEST_KNOWN:
        return
    yield whole
    if _PARTS.search(word):
        for part in _PARTS.split(word):
            if len(part) >= SHORTEST_KNOWN and (found := key(part)) != whole:
                yield found
    if glued := _GLUED.match(whole):
        yield glued[1]


@dataclass(frozen=True, slots=True)
class Hit:
    """A medicine's name among the words of a line.

    `name`: the key of the lexicon's name (of a truncated one, the first that fits).
    `start`, `end`: its words, from and past. `how`: "whole", "truncated" or "misread".
    `is_otc`: sold without a prescription as well, so that the name alone is shopping.
    """

    name: str
    start: int
    end: int
    how: str
    is_otc: bool


@dataclass(frozen=True)
class Lexicon:
    """Names as keys.

    `phrases`: names of several words none of which is a name. `otc`: those of `names`
    and `phrases` that are sold without a prescription too. `ordinary`: words of any
    kind that begin a name, or miss one by a letter.
    """

    names: frozenset[str]
    phrases: frozenset[tuple[str, ...]] = frozenset()
    otc: frozenset[str] = frozenset()
    ordinary: frozenset[str] = frozenset()

    def hits(self, words: Sequence[str], *, fuzzy: bool = False) -> Iterator[Hit]:
        """All names among a line's words, at most one a place, in their order.

        `fuzzy`: something else speaks of a prescription, so that names count that are
        cut shorter, or misread by a letter.
        """
        keys = [key(word) for word in words]
        past = 0
        for start in range(len(words)):
            if start < past:
                continue
            hit = self._phrase_at(keys, start) or self._word_at(words, keys, start)
            if hit is None and fuzzy:
                hit = self._uncertain_at(words, keys, start)
            if hit is not None:
                past = hit.end
                yield hit

    def find(self, words: Sequence[str], *, fuzzy: bool = False) -> Hit | None:
        """The hit that says most: of a prescription's medicine, whole, at the front."""
        order = {"whole": 0, "truncated": 1, "misread": 2}
        return min(
            self.hits(words, fuzzy=fuzzy),
            key=lambda hit: (hit.is_otc, order[hit.how], hit.start),
            default=None,
        )

    def _phrase_at(self, keys: Sequence[str], start: int) -> Hit | None:
        if keys[start] not in self._phrase_heads:
            return None
        for end in range(min(len(keys), start + MOST_WORDS), start + 1, -1):
            phrase = tuple(keys[start:end])
            if phrase in self.phrases:
                name = " ".join(phrase)
                return Hit(name, start, end, "whole", name in self.otc)
        return None

    def _word_at(
        self, words: Sequence[str], keys: Sequence[str], start: int
    ) -> Hit | None:
        for word in candidates(words[start], keys[start]):
            if word in self.names:
                return self._hit(word, start, "whole")
            if found := self._beginning_with(word, TRUNCATED):
                return self._hit(found, start, "truncated", word)
            if _DIGITS_AMONG_LETTERS.fullmatch(word) and (
                found := self._looking_like(word)
            ):
                return self._hit(found, start, "misread")
        return None

    def _uncertain_at(
        self, words: Sequence[str], keys: Sequence[str], start: int
    ) -> Hit | None:
        for word in candidates(words[start], keys[start]):
            if word in self.ordinary:
                continue
            if found := self._beginning_with(word, TRUNCATED_IN_CONTEXT):
                return self._hit(found, start, "truncated", word)
            found = self._looking_like(word) or self._missed_by_a_letter(word)
            if found:
                return self._hit(found, start, "misread")
        return None

    def _hit(self, name: str, start: int, how: str, printed: str = "") -> Hit:
        # Of a truncated name, all that it may stand for must be shopping.
        meant = self._all_beginning_with(printed) if printed else (name,)
        is_otc = all(other in self.otc for other in meant)
        return Hit(name, start, start + 1, how, is_otc)

    def _beginning_with(self, word: str, shortest: int) -> str | None:
        if len(word) < shortest or word in self.ordinary:
            return None
        place = bisect_left(self._sorted, word)
        if place < len(self._sorted) and self._sorted[place].startswith(word):
            return self._sorted[place]
        return None

    def _all_beginning_with(self, word: str) -> Sequence[str]:
        first = bisect_left(self._sorted, word)
        return self._sorted[first : bisect_left(self._sorted, word + "~")]

    def _looking_like(self, word: str) -> str | None:
        if len(word) < SHORTEST + 1 or word in self.ordinary:
            return None
        return self._skeletons.get(skeleton(word))

    def _missed_by_a_letter(self, word: str) -> str | None:
        """A name one edit away; its first or its last letters then are as printed."""
        if len(word) < MISREAD - 1 or sum(map(str.isdigit, word)) > 1:
            return None
        near = {*self._by_head[word[:3]], *self._by_tail[word[-3:]]}
        sizes = range(max(MISREAD, len(word) - 1), len(word) + 2)
        found = process.extractOne(
            word,
            sorted(name for name in near if len(name) in sizes),
            scorer=Levenshtein.distance,
            score_cutoff=1,
            processor=None,
        )
        return found[0] if found else None

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.names)

    @cached_property
    def _phrase_heads(self) -> frozenset[str]:
        return frozenset(phrase[0] for phrase in self.phrases)

    @cached_property
    def _skeletons(self) -> dict[str, str]:
        return {skeleton(name): name for name in self._sorted if len(name) > SHORTEST}

    @cached_property
    def _by_head(self) -> dict[str, list[str]]:
        return self._grouped(slice(0, 3))

    @cached_property
    def _by_tail(self) -> dict[str, list[str]]:
        return self._grouped(slice(-3, None))

    def _grouped(self, letters: slice) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = defaultdict(list)
        for name in self._sorted:
            if len(name) >= MISREAD:
                groups[name[letters]].append(name)
        return groups


def lexicon_of(data: dict) -> Lexicon:
    """Of the shape that data/build_drugs.py writes: lists of lines of words."""

    def words(field: str) -> Iterable[str]:
        return (word for line in data[field] for word in line.split())

    phrases = frozenset(tuple(line.split()) for line in data["phrases"])
    rx, otc = frozenset(words("prescription")), frozenset(words("otc"))
    otc_phrases = frozenset(data["otc_phrases"])
    return Lexicon(
        names=rx | otc,
        phrases=phrases | {tuple(line.split()) for line in otc_phrases},
        otc=otc | otc_phrases,
        ordinary=frozenset(words("ordinary")),
    )


@cache
def lexicon() -> Lexicon:
    """The lexicon that the portal ships."""
    path = files("receipts.screening") / "data" / "drugs.json"
    return lexicon_of(json.loads(path.read_text("utf-8")))


def drug_in(words: Sequence[str], *, fuzzy: bool = False) -> Hit | None:
    """The medicine that the words of a line name, if they name one.

    One that only a prescription gives comes before one that is sold without. `fuzzy`
    is for lines near something else that speaks of a prescription.
    """
    return lexicon().find(words, fuzzy=fuzzy)


def drugs_in(words: Sequence[str], *, fuzzy: bool = False) -> tuple[Hit, ...]:
    """All medicines that the words of a line name, in their order."""
    return tuple(lexicon().hits(words, fuzzy=fuzzy))
