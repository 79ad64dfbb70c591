"""Measure the reading on a folder with truth.jsonl: shares right, with intervals.

The folder holds the files that `truth.jsonl` names, a row each: file, locale, merchant,
date, total, and items where known. Shares carry Wilson's 95 % interval. Labels are
compared as they are, so a noisy label counts as a miss; the misses are listed.
"""

import json
import math
import re
import statistics
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rapidfuzz import fuzz

from receipts.management.commands.read_receipt import read_file
from receipts.reading.dates import date_candidates
from receipts.reading.locales import locale_named

FIELDS = ("date", "total", "merchant", "both", "straight_through")


def wilson(right: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's score interval for a share (E. B. Wilson, JASA 22, 1927)."""
    if n == 0:
        return 0.0, 1.0
    share = right / n
    middle = share + z * z / (2 * n)
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def true_day(row: dict, today: date) -> date | None:
    candidates = date_candidates(
        [row.get("date", "")],
        locale=locale_named(row["locale"]),
        submitted_on=None,
        today=today,
    )
    return candidates[0].day if candidates else None


def true_sum(text: str) -> Decimal | None:
    digits = re.sub(r"[^\d.\-]", "", str(text).replace(",", ""))
    try:
        return Decimal(digits).quantize(Decimal("0.01")) if digits else None
    except InvalidOperation:
        return None


def squeezed(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def same_merchant(label: str, read: str | None) -> bool:
    a, b = squeezed(label), squeezed(read or "")
    if len(b) < 2:
        return False
    return fuzz.ratio(a, b) >= 80 or a in b or (len(b) >= 3 and b in a)


@dataclass
class Group:
    rows: int = 0
    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    wrong_straight: int = 0
    items: list[int] = field(default_factory=lambda: [0, 0, 0])
    seconds: list[float] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)


def add(group: Group, truth: dict, row: dict, today: date) -> None:
    day, total = true_day(truth, today), true_sum(truth.get("total", ""))
    read_day = date.fromisoformat(row["date"]) if row.get("date") else None
    read_total = Decimal(row["total"]) if row.get("total") else None
    right = {
        "date": day is None or day == read_day,
        "total": total is None or total == read_total,
        "merchant": not truth.get("merchant")
        or same_merchant(truth["merchant"], row.get("merchant")),
    }
    right["both"] = right["date"] and right["total"]
    right["straight_through"] = bool(row.get("straight_through"))
    group.rows += 1
    for name, value in right.items():
        group.right[name] += value
    if right["straight_through"] and not right["both"]:
        group.wrong_straight += 1
    if "seconds" in row:
        group.seconds.append(row["seconds"]["all"])
    if truth.get("items"):
        count_items(group, truth["items"], row.get("items", []))
    for name in ("date", "total", "merchant"):
        if not right[name]:
            mark = " (straight through)" if right["straight_through"] else ""
            group.misses.append(
                f"{truth['file']}: {name} {truth.get(name)!r}, read "
                f"{row.get(name)!r}{mark}"
            )


def count_items(group: Group, wanted: list[dict], read: list[dict]) -> None:
    """Found, wanted, read: alike in words (fuzzy >= 80) and equal in amount."""
    free = list(read)
    for item in wanted:
        for other in free:
            alike = fuzz.token_set_ratio(
                item["description"].casefold(), other["description"].casefold()
            )
            if alike >= 80 and abs(float(other["amount"]) - item["amount"]) < 0.005:
                free.remove(other)
                group.items[0] += 1
                break
    group.items[1] += len(wanted)
    group.items[2] += len(read)


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--limit", type=int, help="only the first so many rows")

    def handle(self, *, folder, limit, **options):
        try:
            lines = (folder / "truth.jsonl").read_text("utf-8").splitlines()
        except OSError:
            raise CommandError(f"There is no truth.jsonl in {folder}.") from None
        today = timezone.now().date()
        groups: dict[str, Group] = defaultdict(Group)
        for line in lines[:limit]:
            truth = json.loads(line)
            row = read_file(
                folder / truth["file"],
                locale=truth["locale"],
                submitted_on=None,
                today=today,
            )
            folder_name, _slash, _file = truth["file"].rpartition("/")
            country = folder_name or "all"
            for name in {country, f"{country}/{truth.get('source', '')}"}:
                add(groups[name], truth, row, today)
        self.report(groups)

    def report(self, groups: dict[str, Group]) -> None:
        self.stdout.write("| set | n | " + " | ".join(FIELDS) + " | wrong among them |")
        self.stdout.write("|---" * (len(FIELDS) + 3) + "|")
        for name, group in sorted(groups.items()):
            cells = []
            for field_name in FIELDS:
                right = group.right[field_name]
                low, high = wilson(right, group.rows)
                cells.append(f"{right / group.rows:.3f} ({low:.3f}-{high:.3f})")
            self.stdout.write(
                f"| {name} | {group.rows} | {' | '.join(cells)} "
                f"| {group.wrong_straight} |"
            )
        for name, group in sorted(groups.items()):
            found, wanted, read = group.items
            if wanted:
                self.stdout.write(
                    f"\n{name}: line items found {found} of {wanted}, {read} read, "
                    f"F1 {2 * found / (wanted + read):.3f}"
                )
            if group.seconds:
                ordered = sorted(group.seconds)
                self.stdout.write(
                    f"\n{name}: seconds a receipt, median "
                    f"{statistics.median(ordered):.2f}, 95th percentile "
                    f"{ordered[int(0.95 * (len(ordered) - 1))]:.2f}"
                )
        self.stdout.write("\nMisses:")
        for name, group in sorted(groups.items()):
            if "/" not in name:
                for miss in group.misses:
                    self.stdout.write(f"- {miss}")
