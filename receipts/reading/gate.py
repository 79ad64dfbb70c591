"""When a reading may be taken without a person: only on independent evidence.

Measured on real scans, two readers that agree are still wrong on 1 to 3 % of totals
(DESIGN section 4), and a reader's own confidence is no safer. So a total needs its
total line, a margin over its rivals, and a fact from elsewhere on the paper; a date
needs a second look at its digits; and a shop that isn't sure may be the operator's own.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from receipts.reading.dates import DateCandidate
from receipts.reading.merchant import Named
from receipts.reading.result import LineItem, Reason
from receipts.reading.totals import Candidate

# Facts that don't rest on the total's own line.
STRONG = frozenset({"sum", "change", "card", "items", "table", "suggested", "rounding"})


class Mistake(StrEnum):
    """What may be wrong about a total although a weak fact speaks for it."""

    NAME = "name"  # the lines that are called total are of another sum
    CASH = "cash"  # more was handed over than was owed, and the change is unread
    TAX = "tax"  # the tax is of another amount, or the last digits are misread


# Facts that one mistake may bring about, with the mistakes that each leaves open. Two
# that have none in common are as good as a strong one; what one alone is worth is up to
# the margin.
WEAK = {
    "paid": frozenset({Mistake.CASH}),
    "again": frozenset({Mistake.NAME}),
    # That another look sees the same digits says nothing of what they mean.
    "reader": frozenset({Mistake.NAME, Mistake.CASH}),
    # A sum that is a cent off and the tax that the amount contains come from one tax
    # line, and fit the amounts beside the right one as well.
    "near_sum": frozenset({Mistake.TAX}),
    "rate": frozenset({Mistake.TAX}),
}
# A tax of 6 % fits twenty amounts, a second look any meaning: whatever the margin.
ONLY_SECONDS = frozenset({"reader", "rate"})
# The first print of a date that has only this many points is bare: two digits for the
# year, no time, no word, no second print beside it.
BARE_DATE = 2.0


class Sight(StrEnum):
    """What second looks at a line came to."""

    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    UNSEEN = "unseen"  # no look was possible, or none made sense of the line


@dataclass(frozen=True)
class Ruling:
    """Whether a field may be taken, its confidence, and why not."""

    is_sure: bool
    confidence: float
    reasons: tuple[Reason, ...] = ()

    def against(self, reasons: Sequence[Reason]) -> "Ruling":
        """The ruling with more that speaks against the field."""
        if not reasons:
            return self
        return replace(self, is_sure=False, reasons=(*self.reasons, *reasons))


@dataclass(frozen=True)
class Gate:
    """Named requirements and thresholds; every panel may set its own.

    Confidences run from 0 to 1, margins are in points of the candidates' weights.
    """

    requires_total_line: bool = True
    requires_second_fact: bool = True
    requires_date_witness: bool = True
    requires_merchant: bool = True
    requires_items: bool = False
    total_margin: float = 1.5
    weak_margin: float = 2.5
    date_margin: float = 1.5
    least_word_confidence: float = 0.80
    least_total_confidence: float = 0.90
    least_date_confidence: float = 0.90
    least_merchant_confidence: float = 0.80

    def with_confidence(self, ruling: Ruling, name: str, learned: float) -> Ruling:
        """The ruling on the date or total under a learned confidence, 0 to 1."""
        least = {
            "date": self.least_date_confidence,
            "total": self.least_total_confidence,
        }[name]
        if learned >= least:
            return replace(ruling, confidence=learned)
        reason = Reason(f"doubtful_{name}", f"The {name} isn’t certain enough.")
        return Ruling(False, learned, (*ruling.reasons, reason))


def rule_on_total(
    ranked: Sequence[Candidate],
    gate: Gate,
    words: float,
    sight: Sight = Sight.UNSEEN,
) -> Ruling:
    """`words`: the first reader's confidence in the total's own line, 0 to 1. `sight`:
    what a second look at that line came to, where one was worth it."""
    if not ranked or ranked[0].points <= 0:
        return Ruling(False, 0.0, (Reason("no_total", "No total was found."),))
    best = ranked[0]
    margin = margin_of(best, ranked[1:])
    strong, weak = STRONG & best.facts.keys(), WEAK.keys() & best.facts.keys()
    reasons = []
    if gate.requires_total_line and not stands_as_total(best):
        reasons.append(
            Reason("no_total_line", "The total doesn’t stand on a line that names it.")
        )
    alone = weak - ONLY_SECONDS and margin >= gate.weak_margin
    if gate.requires_second_fact and not (strong or alone or is_seconded(weak)):
        reasons.append(
            Reason("no_evidence", "Nothing else on the receipt supports the total.")
        )
    if margin < gate.total_margin or is_contradicted(best, ranked[1:]):
        reasons.append(
            Reason("rival_total", "Another amount is nearly as likely the total.")
        )
    if best.is_unrounded:
        reasons.append(
            Reason(
                "unrounded_total", "What was paid differs by some cents of rounding."
            )
        )
    if best.value == 0:
        reasons.append(Reason("zero_total", "The total is 0.00."))
    is_dim = words < gate.least_word_confidence and sight != Sight.CONFIRMED
    if is_dim or not best.is_printed:
        reasons.append(Reason("dim_total", "The total is hard to read."))
    if sight == Sight.DISPUTED:
        reasons.append(
            Reason("disputed_total", "A second look reads another amount there.")
        )
    support = 0.22 * len(strong) + 0.12 * len(weak)
    confidence = 0.45 + support + min(0.2, 0.06 * max(margin, 0.0))
    confidence += 0.08 if best.on_total_line else -0.1
    if reasons:
        return Ruling(False, max(0.05, min(confidence, 0.90)), tuple(reasons))
    return Ruling(True, max(0.96, min(confidence + 0.1, 0.995)))


def is_seconded(facts: Collection[str]) -> bool:
    """Whether two of the weak facts among these can't come from one mistake."""
    weak = [WEAK[kind] for kind in facts if kind in WEAK]
    return any(not one & other for one, other in combinations(weak, 2))


def margin_of(best: Candidate, others: Sequence[Candidate]) -> float:
    """Points ahead of the likeliest other amount."""
    rival = max((c.points for c in others if c.value > 0), default=0.0)
    return best.points - max(rival, 0.0)


def is_contradicted(best: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether another amount is proven better: by cash and change that this one isn't
    the rounding of, or as a larger one by more facts."""
    strong = STRONG & best.facts.keys()
    return any(
        ("change" in other.facts and not {"change", "rounding"} & strong)
        or (other.value > best.value and len(STRONG & other.facts.keys()) > len(strong))
        for other in others
    )


def stands_as_total(best: Candidate) -> bool:
    """On a total line; or, where a till names no total, proven by two strong facts, by
    the cash that was given and the change, or by the sum right below the tax."""
    strong = STRONG & best.facts.keys()
    return (
        best.on_total_line
        or len(strong) >= 2
        or "change" in strong
        or ("sum" in strong and (best.is_below_tax or "paid" in best.facts))
    )


def rule_on_date(
    ranked: Sequence[DateCandidate],
    gate: Gate,
    *,
    is_plausible: bool,
    words: float,
    sight: Sight = Sight.UNSEEN,
) -> Ruling:
    """`sight`: confirmed where the day is printed twice, stands in text, or a second
    look at its line saw the same digits."""
    if not ranked:
        return Ruling(False, 0.0, (Reason("no_date", "No date was found."),))
    best = ranked[0]
    rival = max((c.points for c in ranked[1:]), default=0.0)
    margin = best.points - max(rival, 0.0)
    confirmed = sight == Sight.CONFIRMED
    reasons = []
    if not is_plausible:
        reasons.append(
            Reason("odd_date", "The date can’t be right for this submission.")
        )
    if margin < gate.date_margin:
        reasons.append(Reason("rival_date", "Another date is nearly as likely."))
    if best.is_other_day:
        sentence = "The words beside the date say that it isn’t the purchase’s."
        reasons.append(Reason("other_day", sentence))
    if best.points <= BARE_DATE:
        reasons.append(Reason("bare_date", "Nothing beside the date supports it."))
    if words < gate.least_word_confidence and not confirmed:
        reasons.append(Reason("dim_date", "The date is hard to read."))
    if best.swapped and not confirmed:
        reasons.append(Reason("date_order", "Day and month stand in an unusual order."))
    if sight == Sight.DISPUTED:
        reasons.append(Reason("disputed_date", "A second look reads another date."))
    elif gate.requires_date_witness and not confirmed:
        reasons.append(
            Reason("unseen_date", "No second look could confirm the date’s digits.")
        )
    confidence = 0.5 + 0.08 * min(best.points, 4) + min(0.1, 0.05 * max(margin, 0.0))
    confidence += 0.08 if confirmed else 0.0
    if reasons:
        return Ruling(False, max(0.05, min(confidence, 0.90)), tuple(reasons))
    return Ruling(True, max(0.96, min(confidence, 0.995)))


# Whatever a panel requires, nobody but a person can tell which of two shops it is.
CONTRADICTED_MERCHANT = Reason(
    "contradicted_merchant",
    "The phone number is another shop’s than the name.",
)


def rule_on_merchant(merchant: Named, gate: Gate) -> Ruling:
    if merchant.is_contradicted:
        return Ruling(False, merchant.confidence, (CONTRADICTED_MERCHANT,))
    if merchant.name and merchant.confidence >= gate.least_merchant_confidence:
        return Ruling(True, merchant.confidence)
    reason = Reason("unsure_merchant", "The shop’s name is uncertain.")
    return Ruling(False, merchant.confidence, (reason,))


def rule_on_items(items: Sequence[LineItem], gate: Gate) -> Ruling:
    if items or not gate.requires_items:
        return Ruling(bool(items), 1.0 if items else 0.0)
    return Ruling(False, 0.0, (Reason("no_items", "No line items were found."),))
