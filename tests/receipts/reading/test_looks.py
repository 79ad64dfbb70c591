from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest

from receipts.reading.clock import Clock
from receipts.reading.gate import Sight
from receipts.reading.locales import locale_named
from receipts.reading.looks import Looks, look_at_amount, look_at_day
from receipts.reading.page import Line, Word

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
