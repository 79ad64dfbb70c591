"""Which version of the learned confidence readings use, and its change."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from django.db import IntegrityError, transaction

from receipts.models import ReaderModel
from receipts.reading.chooser import (
    BadModel,
    Model,
    load_model,
    model_as_json,
    model_from_json,
)

logger = logging.getLogger(__name__)
Result = TypeVar("Result")


def current() -> Model:
    """The model to read with: the installed one, or the one of the portal's own.

    Asked before each reading, so that every worker follows a change at once.
    """
    rows = ReaderModel.objects.filter(is_current=True)
    weights = rows.values_list("weights", flat=True).first()
    if weights is None:
        return load_model()
    try:
        return parsed(weights)
    except BadModel:
        logger.error("bad_reader_model")
        return load_model()


def made_at() -> datetime | None:
    """When the installed model was made; None where there is none."""
    rows = ReaderModel.objects.filter(is_current=True)
    return rows.values_list("made_at", flat=True).first()


@lru_cache(maxsize=2)
def parsed(weights: str) -> Model:
    return model_from_json(weights)


def in_turn(change: Callable[[], Result]) -> Result:
    """Run `change` in a transaction, while no other changes which model is current."""
    try:
        return locked(change)
    except IntegrityError:
        # The table was empty, so there was no row to wait for. Now there is.
        return locked(change)


def locked(change: Callable[[], Result]) -> Result:
    with transaction.atomic():
        # In one order, so that no two wait for each other.
        list(ReaderModel.objects.select_for_update().order_by("pk").only("pk"))
        ReaderModel.objects.filter(is_current=True).update(is_current=False)
        return change()


def install(model: Model, *, receipts: int, figures: Mapping) -> ReaderModel:
    """Make it the current one; `figures` say how it did on held-back merchants."""
    weights = model_as_json(model)
    model_from_json(weights)  # what couldn't be read back must not get in

    def change() -> ReaderModel:
        row, _is_new = ReaderModel.objects.update_or_create(
            version=model.version,
            defaults={
                "weights": weights,
                "receipts": receipts,
                "figures": dict(figures),
                "is_current": True,
            },
        )
        return row

    return in_turn(change)


def use(version: str) -> None:
    """Go back to an installed version, or with "" to the portal's own.

    Raises `ReaderModel.DoesNotExist`.
    """

    def change() -> None:
        if version:
            row = ReaderModel.objects.get(version=version)
            row.is_current = True
            row.save(update_fields=["is_current"])

    in_turn(change)
