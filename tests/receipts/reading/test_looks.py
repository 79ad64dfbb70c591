from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest

from receipts.reading.clock import Clock
from receipts.reading.fields import Fields, judge_total
from receipts.reading.gate import Gate, Sight
from receipts.reading.locales import locale_named
from receipts.reading.looks import Looks, look_at_amount, look_at_day
from receipts.reading.merchant import Named
from receipts.reading.page import Line, Word
from receipts.reading.rows import labeled, sums_of
from receipts.reading.totals import Candidate

US = locale_named("en_US")
DAY = date(2026, 3, 14)
LINE = Line((Word("03/14/2026", (0, 0, 100, 20), 0.98),))


@dataclass
class Seen:
    text: str


@dataclass
class Others:
    """Readers that see what they are told to."""

    texts: tuple[str, ...]
    asked: list[tuple[int, Line]] = field(default_factory=list)

    def reread(self, page, line):
        self.asked.append((page, line))
        return [Seen(text) for text in self.texts]


def looks_of(*texts):
    return Looks([LINE], [0], ["rapidocr"], Others(texts), Clock())


def look_at(looks):
    return look_at_day(
        looks, 0, DAY, locale=US, submitted_on=None, today=date(2026, 3, 20)
    )


@pytest.mark.parametrize(
    ("texts", "sight"),
    [
        (("03/14/2026", "03/14/2026"), Sight.CONFIRMED),
        (("03/14/2026", "~..~"), Sight.CONFIRMED),
        (("03/14/2026", "03/19/2026"), Sight.DISPUTED),
        (("03/19/2026",), Sight.DISPUTED),
        (("03/14/2026", "03/14/2076"), Sight.CONFIRMED),
        (("03/14/2076",), Sight.UNSEEN),
        (("~..~", ""), Sight.UNSEEN),
        ((), Sight.UNSEEN),
    ],
)
def test_a_day_is_confirmed_or_disputed_by_other_readers(texts, sight):
    assert look_at(looks_of(*texts)) == sight


@pytest.mark.parametrize(
    ("texts", "sight"),
    [
        (("Total 21.64",), Sight.CONFIRMED),
        (("Total 21.64", "Total 27.64"), Sight.DISPUTED),
        (("Total",), Sight.UNSEEN),
    ],
)
def test_an_amount_is_confirmed_or_disputed_by_other_readers(texts, sight):
    assert look_at_amount(looks_of(*texts), 0, Decimal("21.64")) == sight


def test_a_line_is_looked_at_once():
    looks = looks_of("03/14/2026")

    look_at(looks)
    look_at_amount(looks, 0, Decimal("1.00"))

    assert looks.witness.asked == [(0, LINE)]
    assert "looks" in looks.watch.seconds


def test_without_another_reader_nothing_is_seen():
    looks = Looks([LINE], [0], ["rapidocr"], None, Clock())

    assert look_at(looks) == Sight.UNSEEN


@pytest.mark.parametrize(
    ("facts", "is_asked"),
    [
        (("rate",), True),
        (("near_sum",), True),
        # It would see the same digits, and say nothing of what they mean.
        (("paid",), False),
        (("again",), False),
        ((), False),
    ],
)
def test_a_totals_line_is_looked_at_where_that_can_be_what_it_lacks(facts, is_asked):
    line = Line((Word("TOTAL 21.64", (0, 0, 100, 20), 0.98),))
    looks = Looks([line], [0], ["rapidocr"], Others(("TOTAL 21.64",)), Clock())
    rows = labeled([line.text])
    totals = [
        Candidate(
            Decimal("21.64"),
            6.0,
            [0],
            dict.fromkeys(facts, "so."),
            on_total_line=True,
            is_printed=True,
        ),
        Candidate(Decimal("9.00"), 4.0),
    ]
    found = Fields(
        [], totals, rows, sums_of(rows, None), (), Named(None, None, 0.0, ())
    )

    ruling, _sight = judge_total(found, looks, Gate())

    assert bool(looks.witness.asked) == is_asked
    assert ruling.is_sure == is_asked
