"""Payment cards' numbers: whole, torn apart, misread, not masked enough, or as their
magnetic stripes say them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from receipts.screening.card_words import AROUND, Context, Near
from receipts.screening.findings import Finding, Kind, Spot
from receipts.screening.labelled import Label, labelled
from receipts.screening.numbers import (
    AS_DIGITS,
    LIKE_DIGITS,
    Run,
    digits_of,
    is_trade_item,
    mended,
    passes_luhn,
    runs_in,
    whole_spots,
)
from receipts.screening.passages import Passage, Sheets, between
from receipts.screening.wording import words

LENGTHS = range(13, 20)
# The groups in which cards print their number.
SHAPES = {(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3)}
SPLIT = SHAPES - {(4, 6, 4)}
# The first digits of networks, and the lengths of their numbers (ISO/IEC 7812; the
# networks' published ranges). Maestro's and UnionPay's are wide.
MAJOR_NETWORKS = re.compile(
    r"""4(?:\d{12}|\d{15}|\d{18})                                   # Visa
    | 5[1-5]\d{14} | 2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}  # Mastercard
    | 3[47]\d{13}                                                   # American Express
    | 6(?:011|4[4-9]\d|5\d\d)\d{12}(?:\d{3})?                       # Discover
    """,
    re.VERBOSE,
)
OTHER_NETWORKS = re.compile(
    r"""3(?:0[0-5]|095|[689]\d)\d{11,16}        # Diners Club: 14 to 19
    | 35(?:2[89]|[3-8]\d)\d{12,15}              # JCB
    | (?:62|81)\d{14,17}                        # UnionPay
    | (?:50|5[6-9]|6\d)\d{11,17}                # Maestro, girocard, RuPay
    | 220[0-4]\d{12,15}                         # Mir
    """,
    re.VERBOSE,
)
DINERS_CLUB = re.compile(r"3(?:0[0-5]|095|[689]\d)\d{10,11}(?<=\d{14})(?<!\d{15})")
# MMYY, of the years that cards are valid in.
MONTH = re.compile(r"(?:0[1-9]|1[0-2])[23]\d")
SECURITY_CODE = Label(
    Kind.PAYMENT_CARD,
    "card_code",
    words(r"(?<![a-z])(?:cvv2? | cvc2? | cv2 | card\s*security\s*code)(?![a-z])"),
    re.compile(r"\d{3,4}(?![\d.,/:])"),
    lambda _read, _mended: 0.8,
)
# A card's number, each digit a group of its own, and some figures beside it.
MOST_GROUPS = 24
# Half of a card number's digits may be read as letters, not more.
LEAST_READ = 7


@dataclass(frozen=True)
class Judged:
    """`more`: parts of its length by which the number goes on to the left and to the
    right, where nothing was read."""

    rule: str
    confidence: float
    more: tuple[float, float] = (0.0, 0.0)


def find_cards(sheets: Sheets) -> Iterable[Finding]:
    """Payment cards' numbers and magnetic stripes, those that masks show too much of
    among them. Last four digits, and the first six with them, are fine (PCI DSS 3.4).
    """
    lines = sheets.lines
    if any("cv" in line.text.casefold() for line in lines):
        yield from labelled(sheets, (SECURITY_CODE,))
    counts = [digits_of(line.text) for line in lines]
    ends = 0  # where on this line what was found across the line before ends
    for n, line in enumerate(lines):
        context = Context(
            line.text,
            lines[n - 1].text if n else "",
            tuple(one.text for one in lines[max(0, n - AROUND) : n + AROUND + 1]),
        )
        found: list[tuple[int, int]] = []
        if counts[n] >= MOST_SHOWN:
            for start, end, judged in numbers_on(line.text, context, ends):
                found.append((start, end))
                yield finding(sheets, line.part(start, end), judged)
        start, ends = max((end for _start, end in found), default=ends), 0
        if n + 1 < len(lines) and may_go_on(line.text, lines[n + 1].text):
            both = line + lines[n + 1]
            across = number_across(
                replace(context, text=both.text), len(line.text), start
            )
            if across is not None:
                start, end, judged = across
                ends = end - len(line.text) - 1
                yield finding(sheets, both.part(start, end), judged)


def may_go_on(text: str, below: str) -> bool:
    """Whether digits, or what looks like them, end a line and begin the next."""
    ends = text.rstrip("- ")[-1:] + below.lstrip("- ")[:1]
    return (
        all(letter.isdigit() or letter in LIKE_DIGITS for letter in ends)
        and digits_of(text) > 0
        and digits_of(text) + digits_of(below) >= LEAST_READ
    )


def finding(sheets: Sheets, found: Passage, judged: Judged) -> Finding:
    spots = whole_spots(sheets, found)
    if any(judged.more):
        spots = tuple(longer(spot, *judged.more) for spot in spots)
    return Finding(Kind.PAYMENT_CARD, judged.rule, spots, judged.confidence)


def longer(spot: Spot, left: float, right: float) -> Spot:
    one, two, three, four = spot.corners
    corners = (
        between(one, two, -left),
        between(one, two, 1 + right),
        between(four, three, 1 + right),
        between(four, three, -left),
    )
    return Spot(spot.page, corners)


def numbers_on(
    text: str, context: Context, skipped: int
) -> Iterator[tuple[int, int, Judged]]:
    """Start, end and rule of everything on a line, from left to right, that doesn't
    begin before `skipped`."""
    taken = [(0, skipped)]
    options = [
        *stripes(text),
        *card_numbers(context),
        *diners_on_slips(context),
        *hardly_masked(text, context),
        *damaged_masks(text, context),
        *damaged_groups(text, context),
        *cut_off(text, context),
    ]
    # The surest first, and of those the longest: others overlap it.
    options.sort(key=lambda one: (-one[2].confidence, one[0] - one[1]))
    chosen = []
    for start, end, judged in options:
        if all(end <= a or start >= b for a, b in taken):
            taken.append((start, end))
            chosen.append((start, end, judged))
    yield from sorted(chosen, key=lambda one: one[0])


# ISO/IEC 7813: tracks 1 and 2; EMV's tag 57 has a D in the place of the equals sign.
STRIPE = re.compile(
    r"""%?\s?B\s?\d{12,19}\s?\^[^^?]{2,26}(?:\^[\d ]*)?\??   # with the holder's name
    | ;?\d{12,19}\s?=\s?\d{4,20}\??                           # without
    | \d{13,19}D\d\d(?:0[1-9]|1[0-2])\d{3,}F?                # as chips say it
    """,
    re.IGNORECASE | re.VERBOSE,
)


def stripes(text: str) -> Iterator[tuple[int, int, Judged]]:
    for match in STRIPE.finditer(text):
        yield match.start(), match.end(), Judged("card_stripe", 0.97)


def card_numbers(context: Context) -> Iterator[tuple[int, int, Judged]]:
    for run in runs_in(context.text):
        for number in windows(run):
            near = context.near(number.start, number.end)
            judged = judge(number, run, near, context.gap(number.start))
            if judged is not None:
                yield number.start, number.end, judged


def diners_on_slips(context: Context) -> Iterator[tuple[int, int, Judged]]:
    """Fourteen digits could be a barcode's, but not among the words of a card slip."""
    if not context.is_slip:
        return
    for run in runs_in(context.text):
        for number in windows(run):
            if (
                DINERS_CLUB.fullmatch(number.digits)
                and number.is_mostly_digits
                and passes_luhn(number.digits)
                and (len(number.groups) == 1 or number.shape in SHAPES)
                and is_alone_in(number, without_month(run))
                and context.near(number.start, number.end)
                in (Near.CARD_AROUND, Near.NOTHING)
            ):
                yield number.start, number.end, Judged("card_number", 0.7)


def number_across(
    context: Context, break_at: int, skipped: int
) -> tuple[int, int, Judged] | None:
    """A number that goes on on the next line: in a card's groups, or after a card's
    label. Totals below one another make long numbers too."""
    best, text = None, context.text
    for run in runs_in(text):
        if not run.start < break_at < run.end:
            continue
        for number in windows(run):
            if not (skipped <= number.start < break_at < number.end):
                continue
            if text[number.start - 1 : number.start] in tuple(MASK):
                continue  # the last four of another
            near = context.near(number.start, number.end)
            is_torn_group = number.shape not in SHAPES
            if is_torn_group and near is not Near.CARD:
                continue
            judged = judge(number, run, near, None)
            if judged is not None and (
                best is None or judged.confidence > best[2].confidence
            ):
                best = number.start, number.end, judged
    return best


def windows(run: Run) -> Iterator[Run]:
    """The parts of a run that have a card number's length; of a table of figures only
    those in a card's groups."""
    count = len(run.groups)
    is_table = count > MOST_GROUPS
    for start in range(count):
        length = 0
        for end in range(start + 1, count + 1):
            length += len(run.groups[end - 1].digits)
            if length > LENGTHS[-1]:
                break
            if length >= LENGTHS[0]:
                number = run.window(start, end)
                if not is_table or end - start == 1 or number.shape in SHAPES:
                    yield number


def judge(number: Run, run: Run, near: Near, gap: int | None) -> Judged | None:
    """What a number of 13 to 19 digits is, in its run and after its label.

    `gap`: letters between the label and the number. Without a label only a network's
    number counts that stands alone, or in a card's groups: one number in ten passes
    Luhn by chance.
    """
    digits, is_grouped = number.digits, number.shape in SHAPES
    if near not in (Near.OTHER, Near.OTHER_OF_CARD):
        run = without_month(run)
    if not number.is_mostly_digits or len(set(digits)) == 1:
        return None
    if number.has_dots and not is_grouped:
        return None
    is_major = MAJOR_NETWORKS.fullmatch(digits) is not None
    is_network = is_major or OTHER_NETWORKS.fullmatch(digits) is not None
    is_alone = is_alone_in(number, run)
    if gap is None and is_barcode(number):
        return None
    if passes_luhn(digits):
        if near is Near.CARD:
            if is_network and (is_grouped or is_alone):
                return Judged("card_number", 0.98)
            if digits[0] in "23456" and (is_network or is_alone or gap is not None):
                return Judged("card_number", 0.7)
            return None
        if not is_network or not is_alone:
            return None
        if near is Near.SHOPS_CARD:
            return Judged("card_number", 0.6) if is_major else None
        if near is Near.OTHER_OF_CARD:
            return Judged("card_number", 0.6) if is_major else None
        if near is Near.OTHER:
            is_split = is_grouped and len(number.groups) > 1
            return Judged("card_number", 0.6) if is_major and is_split else None
        if is_of_the_shop(number, is_major):
            return None
        if near is Near.NOTHING and goes_on(number, run):
            return None
        is_sure = is_major and (is_grouped or len(number.groups) == 1)
        return Judged("card_number", 0.9 if is_sure else 0.6)
    is_whole = is_whole_of(run, number)
    has_shape = number.shape in SPLIT or is_line(number)
    if near is Near.CARD_AROUND and is_major and is_whole and has_shape:
        return Judged("card_number_damaged", 0.5)
    if near is not Near.CARD or not is_alone or not (is_whole or gap is not None):
        return None
    if is_major and is_grouped:
        return Judged("card_number_damaged", 0.7)
    is_likely = digits[0] in "3456" or len(digits) == 16
    if is_likely and gap is not None and len(digits) in range(14, 18):
        return Judged("card_number_damaged", 0.5)
    return None


def is_line(number: Run) -> bool:
    """Whether nothing else stands on its line."""
    return number.end - number.start >= len(number.text.strip(" *#:.")) >= 15


def is_of_the_shop(number: Run, is_major: bool) -> bool:
    """Whether a number that nobody calls a card's is rather a barcode's."""
    if len(number.groups) > 1:
        # A barcode and what follows it, or figures of a table.
        return (
            number.shape not in SHAPES
            and not 2 <= min(number.shape) <= max(number.shape) < 12
        )
    if len(number.digits) >= 15:
        return False
    return is_trade_item(number.digits) or not is_major


def is_barcode(number: Run) -> bool:
    """Whether it is rather a barcode's, or one and a quantity: cards of thirteen digits
    are a thing of the past, and a word for a card may stand above or behind anything.
    """
    if number.shape == (1, 6, 6):
        return is_trade_item(number.digits)
    return any(
        len(group.digits) == 13 and is_trade_item(group.digits)
        for group in number.groups
    )


def without_month(run: Run) -> Run:
    """Without the month of expiry that slips print behind the number."""
    last = run.groups[-1]
    if len(run.groups) > 1 and not last.is_soft and MONTH.fullmatch(last.digits):
        return run.window(0, len(run.groups) - 1)
    return run


def goes_on(number: Run, run: Run) -> bool:
    """Whether a short group follows, as drug stores print the numbers of their sales:
    the whole is longer than a card's number."""
    begins = number.start == run.start
    return begins and number.end < run.end and not run.groups[-1].is_soft


def is_whole_of(run: Run, number: Run) -> bool:
    """Whether the number is all of its run but for short words at its ends."""
    return any(
        part.start == number.start and part.end == number.end for part in run.trimmed()
    )


def is_alone_in(number: Run, run: Run) -> bool:
    """Whether the number is all of its run but for short words, or stands in a card's
    groups with no more of the same beside them."""
    if is_whole_of(run, number):
        return True
    if len(number.groups) > 1 and number.shape not in SHAPES:
        return False
    starts = [group.start for group in run.groups]
    first = starts.index(number.start)
    last = first + len(number.groups)
    beside = [*run.groups[max(0, first - 1) : first], *run.groups[last : last + 1]]
    return all(group.is_soft or len(group.digits) < 4 for group in beside)


MASK = "*xX#•●█·+"
MASKED = re.compile(
    rf"(?<![0-9A-Za-z])[0-9{re.escape(MASK)}]"
    rf"(?:[ \-]{{0,2}}[0-9{re.escape(MASK)}]){{12,18}}(?![0-9A-Za-z])"
)
# The last four may stay (DESIGN section 2); a digit or two before them tell only the
# network. PCI DSS lets tills print the first six as well; the panel keeps them not.
MOST_SHOWN = 6


def hardly_masked(text: str, context: Context) -> Iterator[tuple[int, int, Judged]]:
    for match in MASKED.finditer(mended(text)):
        number = match[0]
        hidden = max(map(len, re.findall(rf"[{re.escape(MASK)}]+", number)), default=0)
        if hidden < 2 or digits_of(number) <= MOST_SHOWN or number[0] not in "23456":
            continue
        near = context.near(match.start(), match.end())
        if near not in (Near.OTHER, Near.OTHER_OF_CARD, Near.SHOPS_CARD):
            yield match.start(), match.end(), Judged("card_number_unmasked", 0.8)


# A mask of which the reader left out signs, or took some for others.
_LIKE_MASK = r"""[*xX#•●█·+.,kKwWvVyY%&^~°=¥×"'“”«»?]"""
DAMAGED_MASK = re.compile(
    rf"(?<![0-9A-Za-z*.])(?P<shown>[2-6]\d{{3}}[ \-]?\d\d)"
    rf"[ \-]{{0,2}}(?P<mask>{_LIKE_MASK}(?:[ \-]{{0,2}}{_LIKE_MASK}){{1,13}})"
    r"[ \-]{0,2}(?P<last>\d{2,5})?(?![0-9A-Za-z]|[.,/]\d)"
)
# So many alike are a mask's: three beside any word, more where they are dots.
LEAST_ALIKE = 3
# Behind a mask of which some signs were mistaken, so many digits were read.
LEAST_LAST = 3


def damaged_masks(text: str, context: Context) -> Iterator[tuple[int, int, Judged]]:
    """Behind the first six digits, where a card is spoken of: at least its last digits
    or most of its mask was read."""
    for match in DAMAGED_MASK.finditer(mended(text)):
        mask = re.sub(r"[ \-]", "", match["mask"]).casefold()
        alike = max(map(mask.count, mask))
        if alike < LEAST_ALIKE or 2 * alike < len(mask):
            continue
        if match["last"] is None and alike < 2 * LEAST_ALIKE:
            continue
        is_plain = alike == len(mask) and mask[0] in f"{MASK}.".casefold()
        if not is_plain and digits_of(match["last"] or "") < LEAST_LAST:
            continue
        near = context.near(match.start(), match.end())
        is_cards = near in (Near.CARD, Near.CARD_AROUND)
        if is_cards or (near is Near.NOTHING and is_plain and context.is_slip):
            end = match.end() if match["last"] else match.end("mask")
            yield match.start(), end, Judged("card_number_unmasked", 0.6)


# Four groups of four, of which the reader took a digit or two for something else.
_GROUP, _GAP = r"[0-9A-Za-z?|!/$]{4}", r"[ \-.]{1,2}"
DAMAGED = re.compile(rf"(?<!\w)(?=({_GROUP}(?:{_GAP}{_GROUP}){{3}})(?!\w))")


def damaged_groups(text: str, context: Context) -> Iterator[tuple[int, int, Judged]]:
    for match in DAMAGED.finditer(text):
        mended = match[1].translate(AS_DIGITS)
        if digits_of(mended) not in (14, 15) or mended[0] not in "23456":
            continue
        if context.near(match.start(1), match.end(1)) is Near.CARD:
            yield match.start(1), match.end(1), Judged("card_number_damaged", 0.5)


# Three groups at a line's end, of which one was left unread: the last, if they begin
# as a network's numbers do. It is as wide as they, with its gap.
THREE_GROUPS = re.compile(
    r"(?<![\w*])(?P<first>4\d{3}|5[1-5]\d\d|2[2-7]\d\d|6011|65\d\d)?(?(first)|\d{4})"
    r"(?:[ \-]{1,2}\d{4}){2}[ \-.]*$"
)
A_GROUP = 0.45


def cut_off(text: str, context: Context) -> Iterator[tuple[int, int, Judged]]:
    match = THREE_GROUPS.search(mended(text))
    if match is None or context.gap(match.start()) is None:
        return
    if context.near(match.start(), match.end()) is Near.CARD:
        more = (0.0, A_GROUP) if match["first"] else (A_GROUP, 0.0)
        judged = Judged("card_number_damaged", 0.5, more)
        yield match.start(), len(text.rstrip(" -.")), judged
