"""What the worker runs: a key in, one service called."""

from receipts.services import processing, redacting, releasing, sweeping


def read_receipt(receipt_pk: int) -> None:
    processing.read(receipt_pk)


def check_redaction(check_pk: int) -> None:
    redacting.check(check_pk)


def release_receipt(receipt_pk: int) -> None:
    releasing.release_by_key(receipt_pk)


def sweep() -> None:
    sweeping.sweep()
