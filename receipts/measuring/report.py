"""The generated part of docs/reading.md: tables, plots' places, and misses."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from receipts.measuring.run import OWN_STAGES, Measured, readers_seconds
from receipts.measuring.scoring import (
    FIELDS,
    ITEMS_TARGET,
    TARGETS,
    Score,
    Share,
    calibration_error,
    items_of,
    quantile,
    reliability,
    share,
    straight,
    straight_right,
    verdict,
)
from receipts.measuring.truth import Truth

START, END = "<!-- benchmark:start -->", "<!-- benchmark:end -->"
NAMES = {"us": "US photos", "my": "MY scans", "de": "DE scans"}
ALT = {
    "accept": "Share right against share taken, by set: the curve falls from the "
    "surest receipts on the left to all of them on the right; a dot marks what goes "
    "straight through.",
    "reliability": "For each field, the share right of readings of like confidence, "
    "with 95 % intervals, against the diagonal of perfect calibration.",
    "robustness": "For each way of making the pictures worse, the share with date and "
    "total right, with 95 % intervals, and the share that goes straight through.",
    "misses": "Number of misses by field and set.",
}


@dataclass(frozen=True)
class Result:
    """One file of the set: what was read, and what it is worth by label and paper."""

    file: str
    group: str
    source: str
    measured: Measured
    labelled: Score
    printed: Score
    truth: Truth
    printed_truth: Truth
    why: str = ""


class NoMarkers(ValueError):
    """The file has no place for the generated part."""


def put_between_markers(text: str, generated: str) -> str:
    """The text with its generated part replaced. Raises `NoMarkers`."""
    place = re.compile(f"{re.escape(START)}.*{re.escape(END)}", re.DOTALL)
    if not place.search(text):
        raise NoMarkers(f"There are no lines {START} and {END} to write between.")
    return place.sub(lambda _match: f"{START}\n{generated.strip()}\n{END}", text, 1)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(cells)} |" for cells in (head, *rows)]
    return "\n".join([lines[0], "|---" * len(head) + "|", *lines[1:]])


def cell(found: Share) -> str:
    if not found.n:
        return "–"
    interval = f"({decimals(found.low)}–{decimals(found.high)})"
    return f"{found.right}/{found.n} {decimals(found.value)} {interval}"


def decimals(value: float) -> str:
    """.973, as the tables of papers have it."""
    return f"{value:.3f}".removeprefix("0")


def sets_of(results: Sequence[Result]) -> dict[str, list[Result]]:
    """The countries' results, and their sources' where there are several."""
    sets: dict[str, list[Result]] = {}
    for group in sorted({r.group for r in results}, key=place_of):
        whole = [r for r in results if r.group == group]
        sets[NAMES.get(group, group)] = whole
        sources = sorted({r.source for r in whole})
        if len(sources) > 1:
            for source in sources:
                sets[f"– {source}"] = [r for r in whole if r.source == source]
    return sets


def place_of(group: str) -> tuple[int, str]:
    order = list(NAMES)
    return (order.index(group) if group in order else len(order), group)


def shares_table(results: Sequence[Result], kind: str) -> str:
    """`kind`: printed or labelled."""
    rows = []
    for name, held in sets_of(results).items():
        scores = [getattr(r, kind) for r in held]
        taken = straight_right(scores)
        rows.append(
            [
                name,
                str(len(held)),
                *(
                    cell(share(scores, f))
                    for f in ("date", "total", "merchant", "both")
                ),
                cell(straight(scores)),
                str(taken.n - taken.right),
                cell(taken),
            ]
        )
    head = ["set", "n", "date", "total", "merchant", "date and total"]
    head += ["straight through", "wrong among them", "right among them"]
    return table(head, rows)


def targets_table(results: Sequence[Result]) -> str:
    by_group = {g: [r.printed for r in results if r.group == g] for g in NAMES}
    by_label = {g: [r.labelled for r in results if r.group == g] for g in NAMES}
    rows = [
        [
            t.name,
            NAMES[t.group],
            t.words,
            cell(t.share(by_group[t.group])),
            verdict(t.share(by_group[t.group]), t.at_least),
            verdict(t.share(by_label[t.group]), t.at_least),
        ]
        for t in TARGETS
        if by_group[t.group]
    ]
    plain, merged = (items_of(by_group["us"], kind) for kind in ("items", "merged"))
    if plain.wanted:
        verdicts = [
            "met" if n.f1 >= ITEMS_TARGET else "not met" for n in (merged, plain)
        ]
        measured = f"{decimals(merged.f1)}, as labelled {decimals(plain.f1)}"
        words = f">= {ITEMS_TARGET:.2f}"
        rows.append(["line items, F1", NAMES["us"], words, measured, *verdicts])
    rows += cost_targets(results)
    head = ["target", "set", "wanted", "measured", "by the paper", "by the labels"]
    return table(head, rows)


def cost_targets(results: Sequence[Result]) -> list[list[str]]:
    """What the reading may cost; no rows where nothing was read now."""
    timed = timed_now(results)
    us = timed_now(r for r in results if r.group == "us")
    photos = [m.seconds["all"] for m in us]
    rows = []
    if photos:
        rows = [
            limit("CPU seconds, median", NAMES["us"], median(photos), 1.5),
            limit("CPU seconds, p95", NAMES["us"], quantile(photos, 0.95), 4.0),
        ]
    if reading := sum(readers_seconds(m.seconds) for m in timed):
        whole = sum(m.seconds["all"] for m in timed)
        rows.append(limit("whole / readers", "all", whole / reading, 1.15))
        peak = max(m.peak for m in timed) / 1e9
        rows.append(limit("GB of the largest process", "all", peak, 1.2))
    return rows


def limit(name: str, held: str, value: float, most: float) -> list[str]:
    met = "met" if value <= most else "not met"
    return [name, held, f"<= {most:g}", f"{value:.2f}", met, met]


def timed_now(results: Iterable[Result]) -> list[Measured]:
    return [
        r.measured
        for r in results
        if r.measured.seconds and not r.measured.is_remembered
    ]


def items_table(results: Sequence[Result]) -> str:
    rows = []
    for name, held in sets_of(results).items():
        scores = [r.printed for r in held]
        count, merged = items_of(scores), items_of(scores, "merged")
        if not count.wanted:
            continue
        rows.append(
            [
                name,
                f"{count.found} of {count.wanted}, {count.read} read",
                decimals(count.found / count.read) if count.read else "–",
                decimals(count.found / count.wanted),
                decimals(count.f1),
                decimals(merged.f1),
                *(cell(share(scores, f)) for f in ("items", "subtotal", "tax")),
            ]
        )
    head = ["set", "lines found", "precision", "recall", "F1"]
    head += ["F1, repeated lines as one", "all lines right", "subtotal", "tax"]
    return table(head, rows)


def cost_table(results: Sequence[Result]) -> str:
    """Processor seconds of what was read now; empty where all was remembered."""
    rows = []
    for name, held in sets_of(results).items():
        timed = timed_now(held)
        if not timed:
            continue
        whole = [m.seconds["all"] for m in timed]
        reading = sum(readers_seconds(m.seconds) for m in timed)
        rows.append(
            [
                name,
                str(len(timed)),
                f"{median(whole):.2f}",
                f"{quantile(whole, 0.95):.2f}",
                *(
                    f"{sum(m.seconds.get(s, 0.0) for m in timed) / len(timed):.2f}"
                    for s in stages_of(results)
                ),
                f"{sum(whole) / reading:.2f}" if reading else "–",
            ]
        )
    if not rows:
        return ""
    stages = [f"{stage}, mean" for stage in stages_of(results)]
    head = ["set", "n", "median", "95th percentile", *stages, "whole / readers"]
    return table(head, rows)


def stages_of(results: Sequence[Result]) -> list[str]:
    """In the order of the path; the readers' between decode and fields."""
    names = {name for r in results for name in r.measured.seconds} - OWN_STAGES
    return ["decode", *sorted(names), "fields"]


def reasons_table(results: Sequence[Result]) -> str:
    """Why readings need a person: a reading may have several reasons."""
    sets = {
        NAMES.get(group, group): Counter(
            code for r in results if r.group == group for code in r.measured.reasons
        )
        for group in sorted({r.group for r in results}, key=place_of)
    }
    whole = sum(sets.values(), Counter())
    rows = [
        [f"`{code}`", *(str(counts[code]) for counts in sets.values())]
        for code, _count in sorted(whole.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return table(["reason", *sets], rows)


def robustness_table(rows: Sequence[Mapping]) -> str:
    """The rows of benchmarks/robustness.py: counts for each variant of a set."""
    cells = [
        [
            row["variant"],
            NAMES.get(row["set"], row["set"]),
            *(cell(Share(row[name], row["n"])) for name in ("date", "total", "both")),
            cell(Share(row["straight"], row["n"])),
            str(row["wrong"]),
        ]
        for row in rows
    ]
    head = ["made worse", "set", "date", "total", "date and total"]
    return table([*head, "straight through", "wrong among them"], cells)


def calibration_table(results: Sequence[Result]) -> str:
    rows = []
    for name in FIELDS:
        bins = reliability((r.printed for r in results), name)
        whole = sum(b.share.n for b in bins)
        if not whole:
            continue
        mean = sum(b.confidence * b.share.n for b in bins) / whole
        found = Share(sum(b.share.right for b in bins), whole)
        error = decimals(calibration_error(bins))
        rows.append([name, decimals(mean), cell(found), error])
    head = ["field", "mean confidence", "right", "expected calibration error"]
    return table(head, rows)


def misses(results: Sequence[Result], kind: str) -> list[str]:
    """One line for each field that is not as the paper (`printed`) or label has it."""
    lines = []
    for result in results:
        scored = getattr(result, kind)
        truth = result.printed_truth if kind == "printed" else result.truth
        mark = " (straight through)" if scored.straight_through else ""
        if "error" in result.measured.row:
            error = result.measured.row["error"]
            lines.append(f"- {result.file}: not read ({error})")
            continue
        for name in ("date", "total", "merchant"):
            if scored.right.get(name, True):
                continue
            read = result.measured.row.get(name) or "nothing"
            lines.append(
                f"- {result.file}: {name} {told(truth, name)}, read {read}{mark}"
            )
    return lines


def told(truth: Truth, name: str) -> str:
    if name == "merchant":
        return " or ".join(truth.merchants)
    return str((truth.day or "none") if name == "date" else truth.total)


def disagreements(results: Sequence[Result]) -> list[str]:
    """Where the paper isn't as the label says, and why."""
    return [f"- {r.file}: {r.why}" for r in results if r.why]


def markdown(
    results: Sequence[Result],
    about: str,
    plots: Mapping[str, str],
    robustness: Sequence[Mapping] = (),
) -> str:
    """The whole generated part. `plots`: paths from the report, by plot's name.

    `robustness`: rows of benchmarks/robustness.py, where it was run.
    """
    pictures = {name: f"![{ALT[name]}]({path})" for name, path in plots.items()}
    parts = [
        about,
        "### Targets",
        targets_table(results),
        "### Shares right, by the paper",
        shares_table(results, "printed"),
        "### Shares right, by the labels",
        shares_table(results, "labelled"),
        "### Line items, subtotal and tax",
        items_table(results),
        "### Taking more, or fewer",
        pictures.get("accept", ""),
        "Why readings need a person, by reason; a reading may have several:",
        reasons_table(results),
        "### What a confidence is worth",
        pictures.get("reliability", ""),
        calibration_table(results),
        "### Processor seconds a receipt",
        cost_table(results) or "All pages were remembered, so nothing was timed.",
        *(
            [
                "### The same receipts made worse",
                pictures.get("robustness", ""),
                robustness_table(robustness),
            ]
            if robustness
            else []
        ),
        "### The whole list of misses",
        pictures.get("misses", ""),
        "\n".join(misses(results, "printed")) or "There are none.",
        "### Where paper and label disagree",
        "\n".join(disagreements(results)) or "There are no notes.",
    ]
    return "\n\n".join(filter(None, parts))
