"""From pages of words to fields with confidence, evidence and reasons."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from receipts.reading.amounts import amounts_in
from receipts.reading.chooser import (
    Model,
    Paper,
    load_model,
    offered,
    order_days,
    order_totals,
)
from receipts.reading.clock import Clock
from receipts.reading.currency import currency_of
from receipts.reading.dates import (
    DateCandidate,
    clock_in,
    date_candidates,
    date_evidence,
    is_plausible,
)
from receipts.reading.details import Details, details_of
from receipts.reading.doubts import doubts_about
from receipts.reading.facts import POINTS
from receipts.reading.gate import (
    CONTRADICTED_MERCHANT,
    Gate,
    Ruling,
    Sight,
    is_seconded,
    rule_on_date,
    rule_on_items,
    rule_on_merchant,
    rule_on_total,
)
from receipts.reading.items import items_of
from receipts.reading.joining import Joined, joined
from receipts.reading.labels import Label
from receipts.reading.locales import Locale
from receipts.reading.looks import Looks, Witness, look_at_amount, look_at_day
from receipts.reading.merchant import KnownMerchant, Named, find_merchant
from receipts.reading.no_purchase import no_purchase_reasons
from receipts.reading.page import Line, Page
from receipts.reading.result import LineItem, Reading, Reason
from receipts.reading.rows import Labeled, Sums, labeled, sums_of, values
from receipts.reading.screens import screen_reasons
from receipts.reading.several import purchase_day, several_receipts
from receipts.reading.slips import (
    Comparison,
    Slip,
    SlipFacts,
    SlipKind,
    compare,
    has_other_header,
    is_of_its_own,
    reading_order,
    slip_of,
    slips_of,
)
from receipts.reading.totals import Candidate, candidates

# Four times what the longest receipts have.
MOST_LINES, MOST_AMOUNTS, MOST_LETTERS = 600, 1000, 60_000
# Below it, a slip's merchant may be any of its words.
NAMED = 0.7
TOO_MUCH = Reason("too_much_text", "There is more text than a receipt has.")
NO_TEXT = Reason("no_text", "No text was found in the picture.")


@dataclass(frozen=True)
class Fields:
    """What a receipt's lines come to, before anything is taken for sure."""

    dates: list[DateCandidate]
    totals: list[Candidate]
    rows: list[Labeled]
    sums: Sums
    items: tuple[LineItem, ...]
    merchant: Named


@dataclass(frozen=True)
class Rulings:
    """What the gate says of each field."""

    date: Ruling
    total: Ruling
    merchant: Ruling
    items: Ruling

    @property
    def sure(self) -> frozenset[str]:
        return frozenset(
            name
            for name in ("date", "total", "merchant")
            if getattr(self, name).is_sure
        )

    def reasons(self, gate: Gate) -> list[Reason]:
        """Why not straight through, of the fields that the gate requires."""
        required = [self.date, self.total]
        if gate.requires_merchant or CONTRADICTED_MERCHANT in self.merchant.reasons:
            required.append(self.merchant)
        required += [self.items] if gate.requires_items else []
        return [reason for ruling in required for reason in ruling.reasons]


def fields_of(
    lines: Sequence[Line],
    *,
    locale: Locale,
    submitted_on: date | None,
    today: date,
    known_merchants: Sequence[KnownMerchant] = (),
) -> Fields:
    texts = [line.text for line in lines]
    rows = labeled(texts)
    items = items_of(rows, lines)
    item_sum = sum((item.amount for item in items), Decimal(0)) if items else None
    sums = sums_of(rows, item_sum)
    totals = candidates(rows, sums)
    if not any(candidate.points > 0 for candidate in totals):
        totals = [*zero_totals(rows), *totals]
    return Fields(
        dates=date_candidates(
            texts, locale=locale, submitted_on=submitted_on, today=today
        ),
        totals=totals,
        rows=rows,
        sums=sums,
        items=items,
        merchant=find_merchant(lines, known_merchants, locale=locale),
    )


def zero_totals(rows: Sequence[Labeled]) -> list[Candidate]:
    """A total line's 0.00, for where no amount may be the total: never sure."""
    lines = [r.number for r in rows if r.label == Label.TOTAL and r.value == 0]
    if not lines:
        return []
    return [Candidate(Decimal("0.00"), 0.1, lines, on_total_line=True, is_printed=True)]


def read_lines(
    pages: Sequence[Page],
    *,
    locale: Locale,
    submitted_on: date | None,
    today: date,
    known_merchants: Sequence[KnownMerchant] = (),
    witness: Witness | None = None,
    gate: Gate | None = None,
    model: Model | None = None,
    watch: Clock | None = None,
) -> Reading:
    """The fields of pages that have been read; also for text that needs no reader."""
    watch, gate, model = watch or Clock(), gate or Gate(), model or load_model()
    if is_too_much(pages):
        return Reading(
            currency=locale.currency,
            pages=tuple(pages),
            reasons=(TOO_MUCH,),
            confidence=dict.fromkeys(("merchant", "date", "total"), 0.0),
        )
    with watch.stage("fields"):
        slips = [slips_of(page) for page in pages]
        whole = joined([in_order(*pair) for pair in zip(pages, slips, strict=True)])

        def fields(lines: Sequence[Line]) -> Fields:
            return fields_of(
                lines,
                locale=locale,
                submitted_on=submitted_on,
                today=today,
                known_merchants=known_merchants,
            )

        found = fields(whole.lines)
        several = compare(
            [
                *(
                    facts_of_slip(slip, fields(slip.lines))
                    for papers in slips
                    if len(papers) > 1
                    for slip in papers
                ),
                *facts_of_pages(whole, slips, fields),
            ]
        )
        paper = Paper(
            rows=found.rows,
            confidences=[least_confidence(line) for line in whole.lines],
            submitted_on=submitted_on,
            today=today,
        )
        found = replace(
            found,
            totals=order_totals(found.totals, paper, model),
            dates=order_days(found.dates, paper, model),
        )
    looks = Looks(
        whole.lines, whole.pages, [page.reader for page in pages], witness, watch
    )
    total, total_sight = judge_total(found, looks, gate)
    if found.totals and found.totals[0].value > 0:
        total = total.against(doubts_about(found.totals[0], found.rows, found.sums))
    day, date_sight = judge_date(found, looks, gate, locale, submitted_on, today)
    with watch.stage("fields"):
        paper = replace(paper, total_sight=total_sight, date_sight=date_sight)
        described = offered(found.totals, found.dates, found.merchant, paper)
        rulings = Rulings(
            date=with_confidence(day, "date", described, model, gate),
            total=with_confidence(total, "total", described, model, gate),
            merchant=rule_on_merchant(
                with_learned(found.merchant, described, model), gate
            ),
            items=rule_on_items(found.items, gate),
        )
        elsewhere = screen_reasons(pages) + no_purchase_reasons(found.rows)
        several = replace(several, reasons=elsewhere + several.reasons)
        reading = assemble(found, whole, several, locale, rulings, gate)
    return replace(
        reading, pages=tuple(pages), candidates=described, model=model.version
    )


def in_order(page: Page, slips: Sequence[Slip]) -> Page:
    """The page with the lines of its slips one after the other."""
    if len(slips) < 2:
        return page
    return replace(page, lines=reading_order(slips))


def facts_of_slip(slip: Slip, found: Fields) -> SlipFacts:
    best = found.totals[0] if found.totals else None
    # Card slips say "Amount" where a receipt says "Total".
    has_total = best is not None and (
        best.on_total_line or (slip.kind == SlipKind.CARD and best.points > 0)
    )
    total = best.value if has_total else None
    return SlipFacts(
        kind=slip.kind,
        total=total,
        day=purchase_day(found.rows, found.dates),
        merchant=found.merchant.name if found.merchant.confidence >= NAMED else None,
        tip=details_of(found.rows, total).tip,
    )


def facts_of_pages(
    whole: Joined,
    slips: Sequence[Sequence[Slip]],
    fields: Callable[[Sequence[Line]], Fields],
) -> list[SlipFacts]:
    """What pages say that have one paper each, where some don't overlap: they may be
    of several purchases. The rest of a long receipt says nothing of its own."""
    if len(whole.parts) < 2:
        return []
    found, others = [], []
    for part in whole.parts:
        if any(len(slips[number]) > 1 for number in part):
            continue
        lines = whole.lines_of(part)
        own = fields(lines)
        facts = facts_of_slip(slip_of(lines), own)
        (found if is_of_its_own(facts, own.rows) else others).append(facts)
    strange = [one for one in others if any(has_other_header(one, a) for a in found)]
    return found + strange


def is_too_much(pages: Sequence[Page]) -> bool:
    """Whether it is no receipt, and would take minutes to search for one's fields."""
    texts = [line.text for page in pages for line in page.lines]
    return (
        len(texts) > MOST_LINES
        or sum(map(len, texts)) > MOST_LETTERS
        or sum(map(len, map(amounts_in, texts))) > MOST_AMOUNTS
    )


def judge_total(found: Fields, looks: Looks, gate: Gate) -> tuple[Ruling, Sight | None]:
    """The ruling on the likeliest total. Its line is looked at again where that may
    be the fact that is lacking; None where nobody looked."""
    if not found.totals or not found.totals[0].lines:
        return rule_on_total(found.totals, gate, words=1.0), None
    best = found.totals[0]
    words = max(least_confidence(looks.lines[n]) for n in best.lines)
    ruling = rule_on_total(found.totals, gate, words)
    codes = {reason.code for reason in ruling.reasons}
    number = max(
        (n for n in best.lines if found.rows[n].label == Label.TOTAL),
        default=best.lines[-1],
    )
    # A second look can second a weak fact, or make up for dim print.
    can_second = is_seconded({*best.facts, "reader"})
    settles = {"dim_total"} | ({"no_evidence"} if can_second else set())
    if not codes or not codes <= settles or looks.is_text(number):
        return ruling, None
    sight = look_at_amount(looks, number, best.value)
    if sight == Sight.CONFIRMED:
        best.facts["reader"] = f"A second look at its line reads {best.value:.2f} too."
        best.points += POINTS["reader"]
    return rule_on_total(found.totals, gate, words, sight), sight


def judge_date(
    found: Fields,
    looks: Looks,
    gate: Gate,
    locale: Locale,
    submitted_on: date | None,
    today: date,
) -> tuple[Ruling, Sight | None]:
    """The ruling on the likeliest day. Its line is looked at again unless the day
    stands elsewhere too, or is no sure one anyway; None where nobody looked."""
    if not found.dates:
        return rule_on_date([], gate, is_plausible=False, words=1.0), None
    best = found.dates[0]
    words = max(least_confidence(looks.lines[n]) for n in best.lines)
    plausible = is_plausible(best.day, submitted_on=submitted_on, today=today)
    is_twice = len(best.lines) > 1 or looks.is_text(best.line)
    ruling = rule_on_date(
        found.dates,
        gate,
        is_plausible=plausible,
        words=words,
        sight=Sight.CONFIRMED if is_twice else Sight.UNSEEN,
    )
    settles = {"unseen_date", "dim_date", "date_order"}
    if is_twice or not {reason.code for reason in ruling.reasons} <= settles:
        return ruling, None
    sight = look_at_day(
        looks,
        best.line,
        best.day,
        locale=locale,
        submitted_on=submitted_on,
        today=today,
    )
    ruling = rule_on_date(
        found.dates, gate, is_plausible=plausible, words=words, sight=sight
    )
    return ruling, sight


def least_confidence(line: Line) -> float:
    return min(word.confidence for word in line.words)


def with_confidence(
    ruling: Ruling,
    name: str,
    found: Mapping[str, Sequence[Mapping]],
    model: Model,
    gate: Gate,
) -> Ruling:
    """The ruling with the learned confidence in the place of the rules' own."""
    if not found[name]:
        return ruling
    learned = model.confidence(name, found[name][0]["features"])
    if learned is None:
        return ruling
    return gate.with_confidence(ruling, name, learned)


def with_learned(
    merchant: Named, found: Mapping[str, Sequence[Mapping]], model: Model
) -> Named:
    """The merchant, as sure as the rules and what is learned both are: a slogan in a
    shop's place looks to the learned weights like a shop's name, to the rules less."""
    if not found["merchant"]:
        return merchant
    learned = model.confidence("merchant", found["merchant"][0]["features"])
    if learned is None:
        return merchant
    return replace(merchant, confidence=min(merchant.confidence, learned))


def assemble(
    found: Fields,
    whole: Joined,
    slips: Comparison,
    locale: Locale,
    rulings: Rulings,
    gate: Gate,
) -> Reading:
    texts = [line.text for line in whole.lines]
    best = found.totals[0] if found.totals else None
    best_day = found.dates[0] if found.dates else None
    total = best.value if best and best.points > 0 else None
    details = details_of(found.rows, total)
    subtotal = subtotal_of(found.rows, total, details)
    at = best_day.at if best_day else None
    at = at or next((t for t in map(clock_in, texts) if t is not None), None)
    currency, currency_confidence = currency_of(texts, locale)
    reasons = [*slips.reasons, *rulings.reasons(gate)]
    several = several_receipts(found.rows, found.dates)
    if several and not slips.reasons:
        reasons.insert(0, several)
    return Reading(
        merchant=found.merchant.name,
        category=found.merchant.category,
        date=best_day.day if best_day else None,
        time=at,
        currency=currency,
        subtotal=subtotal,
        tax=details.tax,
        total=total,
        tip=details.tip,
        taxes=details.taxes,
        payments=details.payments,
        phones=found.merchant.phones,
        store_number=details.store_number,
        transaction_number=details.transaction_number,
        items=found.items,
        confidence={
            "merchant": rulings.merchant.confidence,
            "date": rulings.date.confidence,
            "time": 0.0 if at is None else 0.9,
            "currency": currency_confidence,
            "subtotal": 0.0 if subtotal is None else 0.85,
            "tax": 0.0 if details.tax is None else 0.85,
            "total": rulings.total.confidence,
            "items": items_confidence(found, best, subtotal),
        },
        evidence={
            "merchant": found.merchant.evidence,
            "date": date_evidence(best_day, locale) if best_day else (),
            "total": total_evidence(best) + slips.evidence,
            "items": items_evidence(found.items) + tuple(whole.notes),
            **details.evidence,
        },
        sure=rulings.sure,
        straight_through=bool(texts) and not reasons,
        reasons=tuple(reasons) if texts else (NO_TEXT,),
    )


def subtotal_of(
    rows: Sequence[Labeled], total: Decimal | None, details: Details
) -> Decimal | None:
    """The subtotal that leads to the total, else the first that isn't of a part only;
    where none is named, the amount right above the tax if it leads to the total."""
    named = [value for value in values(rows, Label.SUBTOTAL) if value]
    added = (details.tax or 0) + (details.tip or 0)
    before = None if total is None else total - added
    if before in named:
        return before
    if named:
        return named[0]
    amounts = [row for row in rows if row.amounts]
    for above, row in pairwise(amounts):
        if row.label == Label.TAX and above.label is None and above.value == before:
            return before
    return None


def items_confidence(
    found: Fields, best: Candidate | None, subtotal: Decimal | None
) -> float:
    if not found.items:
        return 0.0
    whole = sum(item.amount for item in found.items)
    fits = best is not None and ("items" in best.facts or whole == subtotal)
    # Measured: of those that add up, three in four have every line right.
    return 0.75 if fits else 0.5


def items_evidence(items: Sequence[LineItem]) -> tuple[str, ...]:
    if not items:
        return ()
    whole = sum(item.amount for item in items)
    return (f"{len(items)} lines add up to {whole:.2f}.",)


def total_evidence(best: Candidate | None) -> tuple[str, ...]:
    if best is None:
        return ()
    first = ()
    if best.on_total_line:
        first = ("It stands on a line that names the total.",)
    elif best.is_below_tax:
        first = ("It stands right below the tax.",)
    return first + tuple(best.facts.values())
