"""The currency of a receipt, by the marks on it and the locale."""

import re
from collections.abc import Sequence
from functools import cache

from receipts.reading.locales import CURRENCY_MARKS, Locale


@cache
def mark_pattern(mark: str) -> re.Pattern[str]:
    """A currency's mark standing alone or before an amount: CAD isn't in AVOCADOS, nor
    in what a reader makes of it (AVO CAD0S), nor S$ in US$."""
    before = r"(?<![A-Za-z0-9])" if mark[0].isalpha() else ""
    after = r"(?:(?![A-Za-z0-9])|(?=\d+[.,]\d\d))" if mark[-1].isalpha() else ""
    return re.compile(before + re.escape(mark) + after)


def currency_of(texts: Sequence[str], locale: Locale) -> tuple[str, float]:
    """(ISO code, confidence): the locale's currency, unless the receipt names another
    and never that one."""
    text = "\n".join(texts)
    named = {
        code: sum(len(mark_pattern(mark).findall(text)) for mark in marks)
        for code, marks in CURRENCY_MARKS.items()
    }
    if named.get(locale.currency):
        return locale.currency, 0.97
    others = [(count, code) for code, count in named.items() if count]
    if others:
        count, code = max(others)
        return code, 0.96 if count >= 2 else 0.6
    return locale.currency, 0.8
