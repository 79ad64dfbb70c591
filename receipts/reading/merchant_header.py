"""Names in the header's lines, in greetings, card slips and web addresses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from receipts.reading.labels import plain
from receipts.reading.merchant_lines import GENERIC, MIXED, Row, is_name, tidy
from receipts.reading.merchant_paper import Candidate, Paper, said_again
from receipts.reading.merchant_people import may_be_a_person
from receipts.reading.merchant_signs import Site
from receipts.reading.registry import key


def header_candidates(paper: Paper) -> Iterator[Candidate]:
    named = [row for row in paper.header if row.is_name]
    for number, row in enumerate(named):
        lines = [row]
        if not row.is_address or row.has_trade or row.has_legal_form:
            yield of_rows(paper, lines)
        for second in named[number + 1 : number + 3]:
            if second.number != lines[-1].number + 1 or not goes_on(
                paper, lines, second
            ):
                break
            lines = [*lines, second]
            yield of_rows(paper, lines)


def goes_on(paper: Paper, lines: Sequence[Row], second: Row) -> bool:
    """Whether a name that began in `lines` goes on in the next one."""
    first = lines[-1]
    if second.is_address or not 0.6 <= first.size / max(second.size, 0.01) <= 1.7:
        return False
    text = " ".join(row.text for row in lines)
    if text.count("(") > text.count(")"):
        return ")" in second.text
    begun = "".join(row.key for row in lines)
    whole = begun + second.key
    for stem in (stem for site in paper.sites for stem in site.keys):
        ratio = fuzz.ratio(whole, stem)
        if ratio >= 85 and ratio > max(
            fuzz.ratio(begun, stem), fuzz.ratio(second.key, stem)
        ):
            return True
    if first.has_legal_form:
        return False
    if first.is_generic:
        return True
    if second.is_generic:
        return not first.has_trade or second.has_legal_form
    if second.has_legal_form and (second.text[0] in "([" or is_shops_word(second)):
        return True
    return bool(re.match(r"(?:of|and|&|at|by|y|de|la|und)\b", second.text, re.I))


def is_shops_word(row: Row) -> bool:
    """Whether it begins as names end: ENTERPRISE (SETIA) SDN BHD."""
    return bool(row.words) and row.words[0] in GENERIC


@dataclass(frozen=True)
class Mark:
    """What one trait of a line adds to its points, and how sure it makes us."""

    points: float
    sure: float = 0.0
    evidence: str = ""


# The number under which a company is registered, in Malaysia and in Germany.
_REGISTERED = re.compile(r"\(?\b\d{4,12}\s?-\s?[A-Z]\b\)?|\bHR[AB]\s?\d{2,}")
# Words that never begin a name.
_ENDS = {"enterprise", "trading", "company", "co", "sdn", "bhd", "gmbh", "inc", "llc"}
# How sure a name is before anything is known of it, and the most that lines alone give:
# a plain one (no legal form, no shop's word), one that heads a whole address, any one,
# one that is said again.
UNKNOWN, PLAIN, HEADING, ALONE, AGAIN, LEAST = 0.82, 0.89, 0.92, 0.95, 0.98, 0.2
# The most that lines give a name which may be a person's: less than the gate asks for.
PERSON = 0.78


def of_rows(paper: Paper, rows: Sequence[Row]) -> Candidate:
    """A candidate of one line, or of two that make one name."""
    number = rows[0].number
    name = tidy(" ".join(row.name for row in rows))
    squeezed = key(name)
    marks = [*place_marks(paper, rows, squeezed), *word_marks(rows, name, squeezed)]
    again = said_again(paper, squeezed, {row.number for row in rows})
    sure = UNKNOWN + sum(mark.sure for mark in marks)
    sure = max(sure, again.confidence) if again.points > 1 else sure + again.more
    if again.points:
        most = AGAIN
    elif any(row.has_legal_form or row.has_trade for row in rows):
        most = ALONE
    else:
        most = HEADING if heads_address(paper, rows) else PLAIN
    # A server's or a card holder's name is printed again, too, but in no address.
    if again.points <= 1 and is_bare(rows) and may_be_a_person(name):
        most = PERSON
    if MIXED.search(name):  # digits for letters: misread
        sure, most = sure - 0.1, PLAIN
    return Candidate(
        spelled_by(paper, name, squeezed),
        squeezed,
        number,
        again.points + sum(mark.points for mark in marks),
        max(LEAST, min(sure, most)),
        (
            f"Line {number + 1} of the header reads like a name.",
            *(mark.evidence for mark in marks if mark.evidence),
            *again.evidence,
        ),
    )


def is_bare(rows: Sequence[Row]) -> bool:
    """Whether nothing in the lines says that they are a shop's."""
    return not any(
        row.has_trade or row.has_legal_form or row.has_store_number for row in rows
    )


def heads_address(paper: Paper, rows: Sequence[Row]) -> bool:
    """Whether the lines are the paper's first, well read, with an address below them:
    a street and below it a town or a phone."""
    first, last = rows[0], rows[-1]
    name = " ".join(row.name for row in rows)
    return (
        not any(row.is_name for row in paper.header if row.number < first.number)
        and sum(row.is_address for row in rows_below(paper, last)) >= 2
        and min(row.sureness for row in rows) >= 0.93
        and 0.6 <= first.size <= 2.5
        # One word may be a town's name.
        and re.search(r"[\s'\u2019]", name) is not None
        and not any(row.is_slogan for row in rows)
    )


def rows_below(paper: Paper, last: Row) -> list[Row]:
    return [row for row in paper.header if 0 < row.number - last.number <= 3]


def place_marks(paper: Paper, rows: Sequence[Row], squeezed: str) -> Iterator[Mark]:
    """By where the lines stand, and how large they are."""
    first, last = rows[0], rows[-1]
    ahead = sum(row.is_name for row in paper.header if row.number < first.number)
    above = [row for row in paper.header if row.number < first.number]
    next_ones = rows_below(paper, last)
    yield Mark(-min(1.4, 0.3 * ahead + 0.05 * first.number), -0.04 * min(ahead, 3))
    is_large = first.size >= 1.25 and ahead == 0
    yield Mark(max(-0.3, min(0.9, 0.7 * (first.size - 1))), 0.03 if is_large else 0.0)
    # Names stand above their addresses; what stands below one is rarely a name.
    addresses = [row.number - last.number for row in next_ones if row.is_address]
    if 1 in addresses:
        is_top = ahead == 0 and len(addresses) >= 2
        evidence = "It stands directly above the address."
        yield Mark(0.9, 0.09 if is_top else 0.06, evidence)
    elif addresses:
        yield Mark(0.4, 0.02)
    # What stands below an address may be the customer's.
    if sum(row.is_address and not row.is_number for row in above) >= 2:
        yield Mark(-1.0, -0.25)
    if len(squeezed) >= 4 and any(
        row.is_address and fuzz.partial_ratio(squeezed, row.key) >= 82
        for row in next_ones
        if len(row.key) >= len(squeezed)
    ):  # the town's name
        yield Mark(-0.8, -0.2)
    elif all(row.is_quarter and not row.has_trade for row in rows):
        yield Mark(-0.5, -0.1)
    if any(row.is_address for row in rows):
        yield Mark(-1.2, -0.3)
    if len(rows) > 1:
        yield Mark(0.15)


def word_marks(rows: Sequence[Row], name: str, squeezed: str) -> Iterator[Mark]:
    """By the words, and how well they were read."""
    words = plain(name).split()
    if any(row.has_legal_form for row in rows):
        yield Mark(1.0, 0.08, "It has a company's legal form.")
        if any(_REGISTERED.search(row.text) for row in rows):
            yield Mark(0.3, 0.1, "The company's registration number stands beside it.")
    elif any(row.has_trade for row in rows):
        yield Mark(0.7, 0.05)
    if any(row.has_store_number for row in rows):
        yield Mark(0.4, 0.03)
    if name.upper() == name:
        yield Mark(0.2)
    if name.lower() == name:  # handwriting, slogans
        yield Mark(-1.2, -0.15)
    if all(row.is_generic for row in rows):
        yield Mark(-1.6, -0.3)
    if words and words[0] in _ENDS:  # its beginning is missing
        yield Mark(-0.6, -0.15)
    if name.count("(") != name.count(")") or name[0] in "([&":
        yield Mark(-0.8, -0.1)
    if len(squeezed) < 4 or ":" in name:
        yield Mark(-0.5, -0.1)
    if len(words) > 6 or len(name) > 38:
        yield Mark(-0.5, -0.05)
    if re.search(r"[!?]$", name) or (name.endswith(".") and len(words) > 3):  # a slogan
        yield Mark(-0.6, -0.1)
    if re.search(r"\d", name) and not re.match(r"^\d+ ?\w", name):
        yield Mark(0.0, -0.06)
    reader = min(row.sureness for row in rows)
    if reader < 0.93:
        yield Mark(-0.8 if reader < 0.8 else 0.0, -0.15 if reader < 0.85 else -0.04)


def spelled_by(paper: Paper, name: str, squeezed: str) -> str:
    """The name with digits read for letters put right by the web address."""
    for site in paper.sites:
        stem = site.key
        if len(stem) != len(squeezed) or stem == squeezed or not site.is_own:
            continue
        wrong = [
            i for i, (a, b) in enumerate(zip(squeezed, stem, strict=True)) if a != b
        ]
        letters = [i for i, c in enumerate(name) if plain(c)]
        if len(letters) == len(stem) and all(squeezed[i].isdigit() for i in wrong):
            spelled = list(name)
            for i in wrong:
                spelled[letters[i]] = stem[i]
            return "".join(spelled)
    return name


def said_candidates(paper: Paper) -> Iterator[Candidate]:
    for spoken in paper.spoken:
        if is_name(spoken.name) and len(key(spoken.name)) >= 4:
            again = said_again(paper, key(spoken.name), {spoken.row})
            sign = "card slip" if spoken.is_slip else "greeting"
            yield Candidate(
                spoken.name,
                key(spoken.name),
                -1,
                1.2 + again.points,
                0.94 if again.points else 0.82,
                (f"The {sign} names it.", *again.evidence),
            )
    for site in paper.sites:
        if site.is_own and len(site.key) >= 5:
            yield Candidate(
                spoken_stem(site),
                site.key,
                -1,
                0.5,
                0.7,
                (f"The web address {site.printed} names it.",),
            )


def spoken_stem(site: Site) -> str:
    """730 Tavern of 730tavern.com: what can be told of the words in an address."""
    text = re.sub(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)", " ", " ".join(site.parts))
    text = re.sub(
        r"(?<=[a-z]{3})(restaurant|tavern|grill|kitchen|cafe|pizza|pizzeria|buffet|bistro"
        r"|diner|bakery|market|burgers?|steakhouse|sushi|foods?|pharmacy|coffee|deli)$",
        r" \1",
        text,
    )
    return text.title()
