"""Importing this fills `registry.LAYOUTS`."""

from benchmarks.pharmacy.layouts import (  # noqa: F401
    britain,
    cards,
    desks,
    germany,
    labels,
    letters,
    lookalikes,
    malaysia,
    offices,
    ordinary,
    tills,
)
from benchmarks.pharmacy.layouts.registry import LAYOUTS, Layout

__all__ = ["LAYOUTS", "Layout"]
