"""Whether a free text is no language at all: mashed keys, one letter again and again.

A text is gibberish where more than half of its Latin letters stand in gibberish words,
and they are at least `FEWEST` letters. A word (a run of letters) is gibberish if

1. it is one letter, or two, repeated: "aaaaaa", "hjhjhjhj";
2. it runs along the rows of a keyboard (QWERTY, QWERTZ or AZERTY): "asdfghjkl",
   "qweqwe", or in one direction "asdf";
3. it has no vowel: "dfgkhbnm";
4. it has five consonants in a row, where those that languages write for one sound
   count once (sch, th, ng, cz): "fdjkslaf". A capitalised word is spared, which may
   be a name.

Left alone: texts with fewer than `FEWEST` Latin letters (yes, "n/a", "B&Q"), words in
capitals of up to eight letters (abbreviations), texts that are mostly of another
script, numbers. Rules 3 and 4 look at words of at least seven letters without accents,
which nobody mashes.
"""

import re
import unicodedata
from itertools import pairwise

FEWEST = 6
LONGEST_ABBREVIATION = 8
WORD = re.compile(r"[^\W\d_]+")
VOWELS = frozenset("aeiouy")
# Written together for one sound, or usual neighbours; longest first.
TOGETHER = re.compile(
    "tsch|sch|ght|tch|dzs|szcz|ch|ck|cz|dz|gh|gn|kh|ll|lj|mb|nd|ng|nj|nk|ns|nt|ph|pf|"
    "qu|rz|sh|sk|sp|ss|st|sz|th|ts|tz|tt|wh|zh|[bdgkpt]r|[bfgkp]l"
)
CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]+")
ROWS = (
    *("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    *("qwertzuiop", "yxcvbnm"),
    *("azertyuiop", "qsdfghjklm", "wxcvbn"),
)
# Words that happen to run along a row.
REAL = frozenset({"property", "typewriter", "repertoire", "proprietor", "territory"})


def is_gibberish(text: str) -> bool:
    words = WORD.findall(unicodedata.normalize("NFC", text))
    latin = [word for word in words if _is_latin(word)]
    letters = sum(map(len, latin))
    if letters < FEWEST or 2 * letters < sum(map(len, words)):
        return False
    return 2 * sum(len(word) for word in latin if _is_mashed(word)) > letters


def _is_latin(word: str) -> bool:
    return all("LATIN" in unicodedata.name(letter, "") for letter in word)


def _is_mashed(word: str) -> bool:
    if word.isupper() and len(word) <= LONGEST_ABBREVIATION:
        return _is_repeated(word.lower())
    small = word.lower()
    return (
        _is_repeated(small)
        or _runs_along_a_row(small)
        or (len(word) >= 7 and word.isascii() and _is_clotted(word))
    )


def _is_repeated(word: str) -> bool:
    kinds = len(set(word))
    return (kinds == 1 and len(word) >= 5) or (kinds == 2 and len(word) >= 8)


def _runs_along_a_row(word: str) -> bool:
    """Letters of one row: at least four in one direction, six of which nearly all lie
    beside the letter before, or a run of two to five that begins again."""
    if len(word) < 4 or word in REAL:
        return False
    for row in ROWS:
        if not set(word) <= set(row):
            continue
        places = [row.index(letter) for letter in word]
        turns = [b - a for a, b in pairwise(places)]
        if set(turns) in ({1}, {-1}):
            return True
        if len(word) < 6:
            continue
        steps = list(map(abs, turns))
        beside = sum(step == 1 for step in steps)
        if beside >= 0.85 * len(steps):
            return True
        for size in (2, 3, 4, 5):
            start = word[:size]
            again = (start * len(word))[: len(word)] == word
            is_run = all(step == 1 for step in steps[: size - 1])
            if again and is_run and len(word) >= 2 * size:
                return True
    return False


def _is_clotted(word: str) -> bool:
    """No vowel at all, or five consonants together where no name begins."""
    small = word.lower()
    if not VOWELS & set(small):
        return True
    runs = CONSONANTS.findall(small)
    return not word[0].isupper() and any(
        len(TOGETHER.sub("x", run)) >= 5 for run in runs
    )
