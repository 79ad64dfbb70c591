from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from benchmarks import screening
from benchmarks.pharmacy.generate import sample
from benchmarks.pharmacy.planted import NoPlace
from benchmarks.pharmacy.scoring import PaintScore, SpanScore
from benchmarks.screening import (
    Row,
    judged,
    kinds_table,
    ordinary_part,
    receipts_table,
)


@dataclass(frozen=True)
class Spot:
    corners: tuple
    page: int = 0


@dataclass(frozen=True)
class Finding:
    kind: str
    rule: str
    spots: tuple


@dataclass(frozen=True)
class Screened:
    findings: tuple
    decision: str
    redacted: Path | None


def a_sample(*, is_ordinary: bool):
    return next(
        one
        for one in (sample(9, number) for number in range(50))
        if one.is_ordinary == is_ordinary
    )


def painter(spans, *, is_verified: bool = True):
    """Screens as if it knew the truth: it finds these spans and nothing else."""

    def screen(path, folder, *, redact_to):
        findings = tuple(
            Finding(span.kind, "known", (Spot(span.polygon),)) for span in spans
        )
        target = None
        if is_verified and findings:
            picture = Image.open(path).convert("RGB")
            draw = ImageDraw.Draw(picture)
            for one in spans:
                for letter in one.characters:
                    draw.polygon(letter, fill="black", outline="black", width=5)
            target = redact_to / "done.jpg"
            picture.save(target, quality=92)
        return Screened(findings, "hold" if findings else "clear", target)

    return screen


def test_who_paints_every_span_leaves_nothing():
    one = a_sample(is_ordinary=False)

    row = judged(one, "it", painter(one.spans))

    assert all(span.is_covered for span in row.spans)
    assert row.is_held and row.is_kept
    assert not row.shows_something
    assert row.paint.on_lines / row.paint.painted > 0.9


def test_a_span_that_is_not_painted_shows_in_what_is_kept(tmp_path):
    one = a_sample(is_ordinary=False)

    row = judged(one, "it", painter(one.spans[1:]), tmp_path)

    assert [span.is_readable for span in row.spans] == [True] + [False] * (
        len(one.spans) - 1
    )
    assert row.shows_something
    assert [path.name for path in tmp_path.iterdir()] == ["it.jpg"]


def test_a_receipt_taken_as_clear_shows_all_of_it():
    one = a_sample(is_ordinary=False)

    row = judged(one, "it", painter(()))

    assert not row.is_held
    assert row.shows_something


def test_what_could_not_be_verified_is_not_kept_but_counts_as_found():
    one = a_sample(is_ordinary=False)

    row = judged(one, "it", painter(one.spans, is_verified=False))

    assert row.is_held and not row.is_kept
    assert not row.shows_something
    assert all(span.coverage > 0.9 for span in row.spans)


def test_a_screening_that_fails_finds_nothing_and_keeps_nothing():
    def screen(path, folder, *, redact_to):
        raise ZeroDivisionError

    row = judged(a_sample(is_ordinary=False), "it", screen)

    assert row.error == "ZeroDivisionError"
    assert row.is_held and not row.is_kept
    assert not any(span.is_covered for span in row.spans)


def row_of(*, name="one", spans=(), is_held=True, is_kept=True):
    scores = tuple(
        SpanScore("payment_card", "4111", coverage, coverage < 0.5)
        for coverage in spans
    )
    paint = PaintScore(200, 150, 100)
    return Row(name, "slip", not spans, is_held, is_kept, scores, paint, ("card",), 1)


def test_the_tables_tell_counts_and_intervals():
    rows = [row_of(spans=(1, 1, 0.2)), row_of(is_held=False), row_of()]

    kinds, receipts = kinds_table(rows), receipts_table(rows)

    assert "| payment card | 2/3 66.67% (20.77%–93.85%) | 1/3 33.33%" in kinds
    assert "| with a span, something readable in the kept picture | 1/1 100" in receipts
    assert "| ordinary, held without cause | 1/2 50.00%" in receipts
    assert "| painted area that lies on a span's line | 75.0% |" in receipts


def test_an_ordinary_receipt_with_a_known_cause_is_no_mistake():
    rows = [row_of(name="a.jpg"), row_of(name="b.jpg"), row_of(name="c", is_held=False)]

    text = ordinary_part(rows, {"a.jpg": "its card's expiry date is printed"})

    assert "| held without cause | 1/2 50.00%" in text
    assert "| held with cause, of those that have one | 1/1 100.00%" in text
    assert "| b.jpg | card |" in text
    assert "| a.jpg |" not in text


def test_a_redacted_picture_of_another_size_is_refused():
    one = a_sample(is_ordinary=False)
    small = one.image.resize((40, 40))

    with pytest.raises(ValueError, match="another size"):
        screening.painted_on(one.image, Screened((), "hold", None), small)


def test_a_receipt_on_which_nothing_can_be_planted_has_no_row(monkeypatch):
    def plant(path, seed):
        raise NoPlace

    monkeypatch.setattr(screening, "plant", plant)

    row = screening.planted_row("a.jpg", folder=Path("shared"), seed=1, misses=None)

    assert row is None


def test_a_limit_spreads_over_all_the_receipts(tmp_path):
    rows = [f'{{"file": "my/{n}.jpg"}}' for n in range(10)]
    (tmp_path / "truth.jsonl").write_text("\n".join(rows))

    names = screening.names_in(tmp_path, 3)

    assert names == ["my/0.jpg", "my/3.jpg", "my/6.jpg"]
