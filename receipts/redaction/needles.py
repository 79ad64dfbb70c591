"""What was painted over, as patterns to look for everywhere else.

Readers take letters for figures and tear numbers apart, so a pattern matches what they
might have made of the same print. What can still be read on the painted picture is no
secret, so it isn't looked for.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from receipts.reading.page import Corners, Line, Page
from receipts.redaction.texts import without

# Letters that readers confuse, each class as a set of the characters for one another.
CONFUSED = ("0OoQD", "1IlL|i!", "2Zz", "5Ss$", "6Gb", "8B", "9gq")
# Each to the first of its class.
FOLD = {
    ord(letter): confused[0]
    for confused in CONFUSED
    for letter in confused.swapcase() + confused
}
# As many letters and figures may be chance or an ordinary word: of what stands in the
# receipt's own rows, and of what stands anywhere.
LEAST_WORD, LEAST_NUMBER, LEAST_ANYWHERE, LEAST_PHRASE = 7, 5, 7, 12
MOST_PATTERNS = 400
# What kind of shop it is tells of nobody, and merchants are called so.
SHOPS = frozenset(
    {
        *("pharmacy", "pharmacies", "pharmacie", "farmacia", "apotheke", "drogerie"),
        *("drugstore", "chemist", "chemists", "supermarket", "hospital", "dentist"),
    }
)
TORN = r"[ \-.]{0,2}"
# What may not stand before and after a text. In bytes one letter or figure may be a
# length, but not two.
EDGES = (r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])")
RAW_EDGES = (r"(?<![A-Za-z0-9.][A-Za-z0-9])", r"(?![A-Za-z0-9]{2})")


@dataclass(frozen=True)
class Needles:
    """`words` would be found in the receipt's own rows only if they were left there;
    `phrases` (numbers, and texts of several words) nowhere at all."""

    words: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()

    @property
    def count(self) -> int:
        return len(self.words | self.phrases)

    def in_rows(self) -> re.Pattern[str] | None:
        return pattern_of(self.words | self.phrases)

    def anywhere(self) -> re.Pattern[bytes] | None:
        """Over bytes, so that a file needs no decoding. In databases' files and in
        pickles a text touches the one before it, or a length that looks like a letter:
        only a short number has to stand by itself."""
        long = {phrase for phrase in self.phrases if letters(phrase) >= LEAST_PHRASE}
        parts = [
            found.pattern
            for found in (
                pattern_of(long, edges=("", "")),
                pattern_of(self.phrases - long, edges=RAW_EDGES),
            )
            if found is not None
        ]
        return re.compile("|".join(parts).encode(), re.IGNORECASE) if parts else None

    def anywhere_in_text(self) -> re.Pattern[str] | None:
        return pattern_of(self.phrases)


def needles_of(pages: Sequence[Page], quads: Sequence[Sequence[Corners]]) -> Needles:
    """Of the words under the quads of each page, which are in the page's pixels."""
    covered: list[list[str]] = []
    left: list[str] = []
    for page, over in zip(pages, quads, strict=True):
        for line in page.lines:
            stay = tokens_of(without(Page((line,), 0, 0, ""), over).lines)
            left += stay
            covered += runs(tokens_of([line]), stay)
    visible = folded(" ".join(left))
    told = {token for run in covered for token in run}
    words = {
        token
        for token in told
        if is_telling(token)
        and token.lower() not in SHOPS
        and folded(token) not in visible
    }
    phrases = {" ".join(run) for run in covered} | {
        token for token in told if figures(token) >= LEAST_ANYWHERE
    }
    return Needles(
        frozenset(words),
        frozenset(
            phrase
            for phrase in phrases
            if is_telling_anywhere(phrase) and folded(phrase) not in visible
        ),
    )


def tokens_of(lines: Iterable[Line]) -> list[str]:
    return [
        token for line in lines for word in line.words for token in word.text.split()
    ]


def runs(tokens: Sequence[str], stay: Sequence[str]) -> list[list[str]]:
    """The tokens that don't stay, those that follow one another together."""
    left = Counter(stay)
    flagged = []
    for token in tokens:
        stays = left[token] > 0
        left[token] -= stays
        flagged.append((stays, token))
    return [
        [token for _stays, token in group]
        for stays, group in groupby(flagged, key=lambda one: one[0])
        if not stays
    ]


def figures(text: str) -> int:
    return sum(letter.isdigit() for letter in text)


def letters(text: str) -> int:
    return sum(letter.isalnum() for letter in text)


def is_telling(token: str) -> bool:
    """Whether a word is long enough to be more than an ordinary one."""
    if figures(token):
        return letters(token) >= LEAST_NUMBER and figures(token) >= LEAST_NUMBER - 1
    return letters(token) >= LEAST_WORD


def is_telling_anywhere(phrase: str) -> bool:
    return figures(phrase) >= LEAST_ANYWHERE or (
        letters(phrase) >= LEAST_PHRASE and " " in phrase
    )


def folded(text: str) -> str:
    """Without what readers confuse or leave out: for comparing, not for reading."""
    return "".join(
        letter.lower() for letter in text.translate(FOLD) if letter.isalnum()
    )


def pattern_of(
    texts: Iterable[str], edges: tuple[str, str] = EDGES
) -> re.Pattern[str] | None:
    """One pattern for all of them, None without any; the longest first, and no more
    than a search can bear."""
    chosen = sorted(texts, key=lambda text: (-letters(text), text))[:MOST_PATTERNS]
    parts = [part for text in chosen if (part := loose(text))]
    if not parts:
        return None
    before, after = edges
    return re.compile(rf"{before}(?:{'|'.join(parts)}){after}", re.IGNORECASE)


def loose(text: str) -> str:
    """A pattern for a text and for what readers make of it."""
    return TORN.join(
        one_of(letter) for letter in text if letter.isalnum() or letter in "$|!"
    )


def one_of(letter: str) -> str:
    for confused in CONFUSED:
        if letter in confused or letter.upper() in confused:
            return f"[{re.escape(confused)}]"
    # In JSON and in pickles a letter beyond ASCII may stand escaped.
    if not letter.isascii():
        return rf"(?:{letter}|\\u{ord(letter):04x}|\\x{ord(letter):02x})"
    return re.escape(letter)
