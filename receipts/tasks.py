"""What the worker runs: a key in, one service called."""

from receipts.services import processing, sweeping


def read_receipt(receipt_pk: int) -> None:
    processing.read(receipt_pk)


def sweep() -> None:
    sweeping.sweep()
