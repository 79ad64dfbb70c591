"""The admin's pages of this app, by subject. Importing one registers its models."""

from receipts.admin import (
    merchants,
    parts,
    policies,
    reader_models,
    receipts,
    redaction,
)

__all__ = [
    "merchants",
    "parts",
    "policies",
    "reader_models",
    "receipts",
    "redaction",
]
