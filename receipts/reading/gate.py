"""When a reading may be taken without a person: only on independent evidence.

Measured on real scans, two readers that agree are still wrong on 1 to 3 % of totals
(DESIGN section 4), and a reader's own confidence is no safer. So a total needs its
total line, a margin over its rivals, and a fact from elsewhere on the paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from receipts.reading.dates import DateCandidate
from receipts.reading.result import Reason
from receipts.reading.totals import Candidate

# Facts that don't rest on the total's own line. "paid" and "reader" repeat what may
# be the same mistake, so either needs the other or a wider margin.
STRONG = frozenset({"sum", "change", "card", "items", "table"})
WEAK = frozenset({"paid", "again", "reader"})


@dataclass(frozen=True)
class Gate:
    """Named requirements and thresholds; a panel may set stricter ones."""

    total_margin: float = 1.5
    weak_margin: float = 2.5
    date_margin: float = 1.5
    least_word_confidence: float = 0.80


@dataclass(frozen=True)
class Ruling:
    """Whether a field may be taken, its confidence, and why not."""

    is_sure: bool
    confidence: float
    reasons: tuple[Reason, ...] = ()


def rule_on_total(ranked: Sequence[Candidate], gate: Gate, words: float) -> Ruling:
    """`words`: the first reader's confidence in the total's own line, 0 to 1."""
    if not ranked or ranked[0].points <= 0:
        return Ruling(False, 0.0, (Reason("no_total", "No total was found."),))
    best = ranked[0]
    rival = max((c.points for c in ranked[1:] if c.value > 0), default=0.0)
    margin = best.points - max(rival, 0.0)
    strong, weak = STRONG & best.facts.keys(), WEAK & best.facts.keys()
    reasons = []
    if not best.on_total_line:
        reasons.append(
            Reason("no_total_line", "The total doesn’t stand on a line that names it.")
        )
    if not strong and len(weak) < 2 and not (weak and margin >= gate.weak_margin):
        reasons.append(
            Reason("no_evidence", "Nothing else on the receipt supports the total.")
        )
    if margin < gate.total_margin:
        reasons.append(
            Reason("rival_total", "Another amount is nearly as likely the total.")
        )
    if best.value == 0:
        reasons.append(Reason("zero_total", "The total is 0.00."))
    if words < gate.least_word_confidence:
        reasons.append(Reason("dim_total", "The total is hard to read."))
    support = 0.22 * len(strong) + 0.12 * len(weak)
    confidence = 0.45 + support + min(0.2, 0.06 * max(margin, 0.0))
    confidence += 0.08 if best.on_total_line else -0.1
    if reasons:
        return Ruling(False, max(0.05, min(confidence, 0.90)), tuple(reasons))
    return Ruling(True, max(0.96, min(confidence + 0.1, 0.995)))


def rule_on_date(
    ranked: Sequence[DateCandidate],
    gate: Gate,
    *,
    is_plausible: bool,
    second_agrees: bool,
    words: float,
) -> Ruling:
    """`second_agrees`: the other reader found the same day, or wasn't needed."""
    if not ranked:
        return Ruling(False, 0.0, (Reason("no_date", "No date was found."),))
    best = ranked[0]
    rival = max((c.points for c in ranked[1:]), default=0.0)
    margin = best.points - max(rival, 0.0)
    reasons = []
    if not is_plausible:
        reasons.append(
            Reason("odd_date", "The date can’t be right for this submission.")
        )
    if margin < gate.date_margin:
        reasons.append(Reason("rival_date", "Another date is nearly as likely."))
    if words < gate.least_word_confidence and not second_agrees:
        reasons.append(Reason("dim_date", "The date is hard to read."))
    if best.swapped and not second_agrees:
        reasons.append(Reason("date_order", "Day and month stand in an unusual order."))
    confidence = 0.5 + 0.08 * min(best.points, 4) + min(0.1, 0.05 * max(margin, 0.0))
    confidence += 0.08 if second_agrees else 0.0
    if reasons:
        return Ruling(False, max(0.05, min(confidence, 0.90)), tuple(reasons))
    return Ruling(True, max(0.96, min(confidence, 0.995)))
