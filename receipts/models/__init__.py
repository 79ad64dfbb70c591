"""Receipts and their parts: files, pages, the machine's reading, items, verdicts."""

from receipts.models.decisions import DuplicateClaim, ReceiptEvent, ReceiptVerdict
from receipts.models.files import ReceiptFile, ReceiptPage
from receipts.models.merchants import Merchant, MerchantAlias
from receipts.models.policy import ExcludedCategory, ReceiptPolicy
from receipts.models.reader_model import ReaderModel
from receipts.models.reading import LineItem, Reading
from receipts.models.receipt import Receipt, ReceiptQuerySet
from receipts.models.redaction import (
    KindChoices,
    Redaction,
    RedactionCheck,
    RedactionReport,
    SensitiveDataPolicy,
    VaultLook,
)
from receipts.models.storages import kept, vault

__all__ = [
    "DuplicateClaim",
    "ExcludedCategory",
    "KindChoices",
    "LineItem",
    "Merchant",
    "MerchantAlias",
    "ReaderModel",
    "Reading",
    "Receipt",
    "ReceiptEvent",
    "ReceiptFile",
    "ReceiptPage",
    "ReceiptPolicy",
    "ReceiptQuerySet",
    "ReceiptVerdict",
    "Redaction",
    "RedactionCheck",
    "RedactionReport",
    "SensitiveDataPolicy",
    "VaultLook",
    "kept",
    "vault",
]
