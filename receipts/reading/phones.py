"""Phone numbers as paper prints them, and what a country dials for them.

A number counts by its country's plan (recommendation ITU-T E.164 and the plans that the
countries file under E.129): so many digits, with such beginnings. Free and shared-cost
numbers are left out, even where no other is printed: card companies, banks, surveys and
makers of tills print theirs on the receipts of many shops, and a chain has one for all
its shops, whose name tells it better.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

# Words that say of a line that a phone is meant. None of them is part of shops' names.
LABEL = re.compile(
    r"\b(?:tel(?:ephone|efon|efono)?|ph(?:one)?|fax|call)\b", re.IGNORECASE
)
# What may be a phone's number, of whatever country.
PRINTED = re.compile(
    r"(?<![\d.,])\+?(?:\(\d{2,4}\)[\s\-./]{0,2}|\d{2,4}[\s\-./]{1,2})"
    r"\d{3,4}[\s\-.:]{0,2}\d{3,4}(?!\d)"
)


_GAP = r"[\s.\-\u2013/()]{0,3}"
_START = r"(?<!\d)(?<!\d[.\-/])(?<![#$\u20ac\u00a3])"
# Digits in groups: a number, or several behind one another.
_RUN = re.compile(rf"{_START}\+?\(?\+?\d(?:{_GAP}\d){{5,24}}(?!\d)")


@dataclass(frozen=True)
class Plan:
    """How a country dials: `code` from abroad, `trunk` before a number at home.

    `numbers`: the shapes of whole numbers without either. `hotlines`: how those begin
    that are nobody's shop. `run`: what a number is printed like, where all are alike.
    """

    code: str
    trunk: str
    numbers: re.Pattern
    hotlines: re.Pattern
    run: re.Pattern | None = None

    def national(self, digits: str, *, is_abroad: bool = False) -> str | None:
        """The number as it is dialled within the country, or None for no shop's.

        `is_abroad`: a plus stands before the digits.
        """
        for number in self.readings(digits, is_abroad=is_abroad):
            if self.numbers.fullmatch(number):
                is_hotline = self.hotlines.match(number)
                return None if is_hotline else self.trunk + number
        return None

    def readings(self, digits: str, *, is_abroad: bool) -> Iterator[str]:
        """The digits without what is dialled before them. Some print the code without
        a plus, others a trunk in brackets behind it."""
        if digits.startswith("00"):
            digits, is_abroad = digits[2:], True
        if not is_abroad and digits.startswith(self.trunk):
            yield digits.removeprefix(self.trunk)
        if digits.startswith(self.code):
            rest = digits.removeprefix(self.code)
            yield rest.removeprefix(self.trunk)


def plan(code: str, trunk: str, numbers: str, hotlines: str = "(?!)", run: str = ""):
    return Plan(
        code,
        trunk,
        re.compile(numbers),
        re.compile(hotlines),
        re.compile(run) if run else None,
    )


_NORTH_AMERICA = plan(
    "1",
    "",
    r"[2-9](?!11)\d\d[2-9]\d{6}",
    r"8(?:00|33|44|55|66|77|88)|[59]00",
    # Readers take a hyphen for a colon.
    _START
    + r"(?:\+?1[\s.\-]{0,3})?\(?\d{3}\)?[\s.\-/]{0,3}\d{3}[\s.\-:]{0,3}\d{4}(?!\d)",
)
PLANS = {
    "US": _NORTH_AMERICA,
    "CA": _NORTH_AMERICA,
    "MX": plan("52", "", r"[2-9]\d{9}", r"[89]00"),
    "GB": plan("44", "0", r"[12]\d{8,9}|7\d{9}", r"70"),
    "IE": plan("353", "0", r"1\d{7}|[24-79]\d{6,8}|8[35-9]\d{7}"),
    "MY": plan("60", "0", r"3\d{8}|1[02-46-9]\d{7}|1[15]\d{8}|8\d{7}|[4-79]\d{7}"),
    "SG": plan("65", "", r"[3689]\d{7}"),
    "AU": plan("61", "0", r"[23478]\d{8}"),
    "NZ": plan("64", "0", r"[34679][2-9]\d{6}|2\d{7,9}"),
    "DE": plan("49", "0", r"[2-9]\d{6,10}|1[567]\d{8,9}", r"[789]00"),
    "AT": plan("43", "0", r"[1-7]\d{6,11}", r"710"),
    "CH": plan("41", "0", r"[2-9]\d{8}", r"80|84|87|90"),
    "FR": plan("33", "0", r"[1-79]\d{8}"),
    "BE": plan("32", "0", r"[1-9]\d{7}|4[5-9]\d{7}", r"70|78|80|90"),
    "NL": plan("31", "0", r"[1-7]\d{8}|8[58]\d{7}"),
    "ES": plan("34", "", r"[6-9]\d{8}", r"[89]0"),
    "IT": plan("39", "", r"0\d{5,10}|3\d{8,9}"),
    "PT": plan("351", "", r"[29]\d{8}"),
    "FI": plan("358", "0", r"[1-9]\d{6,10}", r"[678]00"),
    "PL": plan("48", "", r"[1-9]\d{8}", r"[78]0"),
    "SE": plan("46", "0", r"[1-9]\d{6,8}", r"20|77|9(?:00|39|9)"),
    "DK": plan("45", "", r"[2-9]\d{7}", r"[89]0"),
    "NO": plan("47", "", r"[2-79]\d{7}"),
}


class Kind(StrEnum):
    """What stands before a number."""

    PHONE = "phone"
    FAX = "fax"
    OTHER = "other"  # another kind of number's name
    NOTHING = "nothing"


@dataclass(frozen=True)
class Phone:
    """A number in its country's national form, and whether a word says that it is one.

    `is_fax`: a fax's alone.
    """

    number: str
    is_labelled: bool
    is_fax: bool = False


_DAY = re.compile(r"\d{1,4}([./\-])\d{1,2}\1\d{1,4}(?!\1?\d)")
_PHONE_WORDS = (
    r"t[e\u00e9]l(?:[e\u00e9](?:phone|fon[oe]?|foon))?|tlf|puh(?:elin)?|ph(?:one)?|fon|call"
    r"|mob(?:ile)?|cell|hand ?phone|h/?p|contact|whats ?app|hubungi|talian|(?<!\w)[tp]"
)
_FAX_WORDS = r"(?:tele)?fax|facsimile|fa(?:ks|x[eo])|(?<!\w)f"
# Between such a word and its number.
_AND = r"(?:[\s:.#()\-/]|(?<![a-z])(?:no|nr|num(?:ber)?|us|at|kami)(?![a-z]))*"
_PHONE_BEFORE = re.compile(rf"(?<![a-z])(?:{_PHONE_WORDS}){_AND}$", re.IGNORECASE)
_FAX_BEFORE = re.compile(rf"(?<![a-z])(?:{_FAX_WORDS}){_AND}$", re.IGNORECASE)
# "Tel/Fax": both are on the same line.
_WITH_FAX = re.compile(
    rf"(?<![a-z])(?:{_PHONE_WORDS}){_AND}(?:&|and|und|dan|,|\+)?\s*$", re.IGNORECASE
)
_OTHER_BEFORE = re.compile(
    r"(?:\b(?:id(?:nr|no)?|no|nr|num(?:ber)?|code|reg\w*|roc|brn|ssm|gst|sst|vat|tax|tin|abn|acn"
    r"|siret|siren|ust\w*|steuer\w*|uid|hr[ab]|iban|order|inv\w*|check|chk|receipt|bill"
    r"|doc\w*|ref\w*|acc\w*|card|member\w*|loyalty|cust\w*|cashier|trans\w*|trx"
    r"|term\w*|tid|mid|appr\w*|auth\w*|store|shop|lic\w*|permit|ean|upc|serial|s/n"
    r"|p\.?o\.? ?box|zip|plz)|[#*])[\s:.#()\-]*$",
    re.IGNORECASE,
)


def phones_in(text: str, country: str | None) -> list[Phone]:
    """The numbers of a line, as the plan of a two-letter country has them. Without a
    word before it, a number must be printed as phones are."""
    found: list[Phone] = []
    plan_here = PLANS.get((country or "").upper())
    if plan_here is None:
        return found
    kind, end = Kind.NOTHING, 0
    for run in (plan_here.run or _RUN).finditer(text):
        between = text[end : run.start()]
        # A second number behind the first is of the same kind: Tel 03-... / 03-...
        if end == 0 or re.search(r"[^\W\d_]", between):
            kind = kind_before(text[: run.start()], run[0])
        end = run.end()
        if kind == Kind.OTHER or _DAY.match(run[0]):
            continue
        is_labelled = kind in (Kind.PHONE, Kind.FAX)
        if is_labelled or is_printed_as_one(run[0], plan_here):
            numbers = numbers_of(run[0], plan_here)
            found += [Phone(n, is_labelled, kind == Kind.FAX) for n in numbers]
    return found


def national_form(text: str, country: str | None) -> str | None:
    """The one number that a text is, as the plan of a two-letter country has it; None
    where it isn't one, or is a hotline's."""
    found = phones_in(f"tel {text}", country)
    is_whole = len(found) == 1 and re.fullmatch(r"[\d\s().+/\-\u2013]+", text)
    return found[0].number if is_whole else None


def kind_before(text: str, run: str) -> Kind:
    if fax := _FAX_BEFORE.search(text):
        return Kind.PHONE if _WITH_FAX.search(text[: fax.start()]) else Kind.FAX
    if _PHONE_BEFORE.search(text):
        return Kind.PHONE
    is_in_word = re.search(r"[^\W\d_]$", text) and run[0] not in "(+"
    return Kind.OTHER if is_in_word or _OTHER_BEFORE.search(text) else Kind.NOTHING


def is_printed_as_one(run: str, plan_here: Plan) -> bool:
    """Whether it has a plus, the groups that all the country's have, or several of
    which the first begins with the trunk's 0."""
    if run.lstrip("(").startswith("+"):
        return True
    if plan_here.run is not None:
        return len(re.findall(r"\d+", run)) >= 3
    return run.lstrip("(").startswith("0") and re.search(r"\d\D+\d", run) is not None


def numbers_of(run: str, plan_here: Plan) -> list[str]:
    """The numbers in a run of digits: one, or several behind one another."""
    groups = list(re.finditer(r"\d+", run))
    found, first = [], 0
    while first < len(groups):
        after, number = longest(groups, first, run, plan_here)
        if number is None:
            break
        found.append(number)
        first = after
    return found


def longest(
    groups: list[re.Match], first: int, run: str, plan_here: Plan
) -> tuple[int, str | None]:
    """The longest number from the group `first`, and the group after it. One that
    holds a second number's beginning ends before that."""
    starts = [
        n
        for n in range(first + 1, len(groups))
        if is_start(groups[n], run) and any(numbers_from(groups, n, run, plan_here))
    ]
    whole = dict(numbers_from(groups, first, run, plan_here))
    for after in sorted(whole, reverse=True):
        if not any(n < after and any(m <= n for m in whole) for n in starts):
            return after, whole[after]
    return first, None


def numbers_from(
    groups: list[re.Match], first: int, run: str, plan_here: Plan
) -> Iterator[tuple[int, str]]:
    """Each number that begins with a group: the group after it, and the number."""
    is_abroad = "+" in run[: groups[first].start()][-2:]
    for after in range(first + 1, len(groups) + 1):
        digits = "".join(group[0] for group in groups[first:after])
        number = plan_here.national(digits, is_abroad=is_abroad)
        if number is not None:
            yield after, number


def is_start(group: re.Match, run: str) -> bool:
    """Whether a number may begin with the group: a plus, a bracket or a 0 does."""
    before = run[: group.start()][-1:]
    return before == "+" or (group[0] != "0" and (before == "(" or group[0][0] == "0"))
