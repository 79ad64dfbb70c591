"""The panel's rules on one receipt: which verdicts it gets, and what follows.

Pure: everything that the rules look at is passed in. A rule rejects without a person
only where the field that it rests on is as sure as acceptance would need; otherwise
it marks the receipt for review.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum


class Outcome(StrEnum):
    ACCEPT = "accept"
    REVIEW = "review"
    REJECT = "reject"


class StraightThrough(StrEnum):
    """Whether the machine may accept: see `judge`."""

    OFF = "off"
    DRY_RUN = "dry_run"
    ON = "on"


class Trial(StrEnum):
    """Why a person decides although the evidence would have been enough for the
    machine, or in a dry run whether it was."""

    NONE = ""
    DRY_RUN = "dry_run"
    QUALITY_CHECK = "quality_check"


class Standing(StrEnum):
    COUNTS = "counts"
    OWN_STORE = "own_store"
    EXCLUDED = "excluded"


class Duplicate(StrEnum):
    NONE = "none"
    POSSIBLE = "possible"
    SAME = "same"


@dataclass(frozen=True)
class Rules:
    """The policy that holds on the day of submission.

    `first_month_grace_days` widens the window for those who have just joined.
    """

    currency: str
    window_days: int
    first_month_grace_days: int = 0
    excluded_categories: frozenset[str] = frozenset()
    straight_through: StraightThrough = StraightThrough.ON


@dataclass(frozen=True)
class Facts:
    """What is believed of a receipt. `sure` names the fields on which a rule may reject
    without a person: merchant, category, date, total, currency. `is_merchant_sure`:
    sure enough to accept. `is_quality_check`: the lot fell on it."""

    submitted_on: date
    merchant: str | None = None
    standing: Standing = Standing.COUNTS
    category: str | None = None
    purchased_on: date | None = None
    total: Decimal | None = None
    currency: str | None = None
    has_items: bool = False
    sure: frozenset[str] = field(default_factory=frozenset)
    straight_through: bool = False
    is_merchant_sure: bool = True
    is_quality_check: bool = False
    is_sensitive: bool = False
    duplicate: Duplicate = Duplicate.NONE
    in_first_month: bool = False


@dataclass(frozen=True)
class Finding:
    """A verdict's code, and whether it rejects without a person."""

    code: str
    rejects: bool = False


@dataclass(frozen=True)
class Judgement:
    """`would_be` is the outcome with straight through on and without quality checks,
    and `would_be_code` the first finding that speaks for it."""

    outcome: Outcome
    findings: tuple[Finding, ...]
    would_be: Outcome
    would_be_code: str = ""
    trial: Trial = Trial.NONE


def find(facts: Facts, rules: Rules) -> tuple[Finding, ...]:
    """Every rule that the receipt falls under, in the order in which they matter."""
    found: list[Finding] = []

    def add(code: str, *rests_on: str) -> None:
        found.append(Finding(code, bool(rests_on) and facts.sure.issuperset(rests_on)))

    if facts.is_sensitive:
        add("sensitive")
    if facts.standing == Standing.OWN_STORE:
        add("own_store", "merchant")
    elif facts.standing == Standing.EXCLUDED:
        add("excluded_merchant", "merchant")
    elif facts.category and facts.category in rules.excluded_categories:
        add("excluded_category", "merchant", "category")
    if facts.currency and facts.currency != rules.currency:
        add("wrong_currency", "currency")
    if facts.purchased_on is None:
        add("missing_date")
    elif facts.purchased_on > facts.submitted_on:
        add("future_date", "date")
    else:
        window = rules.window_days
        if facts.in_first_month:
            window += rules.first_month_grace_days
        if facts.submitted_on - facts.purchased_on > timedelta(days=window):
            add("too_old", "date")
    if facts.total is None:
        add("missing_total")
    elif facts.total <= 0:
        add("not_positive_total", "total")
    if not facts.merchant:
        add("missing_merchant")
    elif not facts.is_merchant_sure and facts.standing == Standing.COUNTS:
        # It may be a shop that doesn't count, misread.
        add("unsure_merchant")
    if facts.duplicate == Duplicate.SAME:
        # The name may be read wrong, but then it is read wrong in the same way twice.
        add("duplicate_purchase", "date", "total")
    elif facts.duplicate == Duplicate.POSSIBLE:
        add("possible_duplicate")
    if not facts.has_items:
        add("missing_items")
    if not facts.straight_through:
        add("not_sure")
    return tuple(found)


# Whatever else is true of a receipt, nobody may accept it under one of these.
BARRIERS = frozenset(
    {
        "own_store",
        "excluded_merchant",
        "excluded_category",
        "wrong_currency",
        "future_date",
        "too_old",
        "not_positive_total",
    }
)


def barriers(facts: Facts, rules: Rules) -> tuple[Finding, ...]:
    """The findings that forbid a reviewer, too, to accept the receipt."""
    return tuple(found for found in find(facts, rules) if found.code in BARRIERS)


def judge(facts: Facts, rules: Rules) -> Judgement:
    """Reject on a sure rule, accept on evidence without any finding, else review.

    What may show something sensitive always goes to a person, who sees to it that
    nothing of it is kept. With straight through off nothing is accepted without a
    person; in a dry run nothing is rejected either, so that a person's decision stands
    beside each that the machine would have made.
    """
    findings = find(facts, rules)
    rejecting = tuple(finding for finding in findings if finding.rejects)
    if facts.is_sensitive:
        would_be, because = Outcome.REVIEW, findings
    elif rejecting:
        would_be, because = Outcome.REJECT, rejecting
    else:
        would_be, because = (Outcome.REVIEW if findings else Outcome.ACCEPT), findings
    code = because[0].code if because else ""
    mode = rules.straight_through
    if mode == StraightThrough.DRY_RUN:
        seen = findings or (Finding("every_receipt"),)
        return Judgement(Outcome.REVIEW, seen, would_be, code, Trial.DRY_RUN)
    if would_be == Outcome.ACCEPT and mode == StraightThrough.OFF:
        return Judgement(Outcome.REVIEW, (Finding("every_receipt"),), would_be)
    if would_be == Outcome.ACCEPT and facts.is_quality_check:
        seen = (Finding("quality_check"),)
        return Judgement(Outcome.REVIEW, seen, would_be, trial=Trial.QUALITY_CHECK)
    return Judgement(would_be, because, would_be, code)
