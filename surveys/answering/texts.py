"""What was typed, as far as it can be kept."""

import unicodedata
from collections.abc import Mapping
from typing import Any


def is_empty(value: Any) -> bool:
    if isinstance(value, str):
        return not plain(value)
    if isinstance(value, list | tuple):
        return all(is_empty(one) for one in value)
    if isinstance(value, Mapping):
        if "chosen" in value:
            return is_empty(value["chosen"])
        return all(is_empty(one) for one in value.values())
    return value is None


def plain(text: str) -> str:
    """Without what no database keeps (nulls, halves of characters) or nobody sees."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.encode("utf-8", "ignore").decode()
    kept = (one for one in text if one in "\n\t" or unicodedata.category(one) != "Cc")
    return "".join(kept).strip()
