"""Every rule has a sentence for the reviewer."""

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from receipts.screening import rules
from receipts.screening.rules import RULES

FOLDER = Path(rules.__file__).parent
# Helpers of rules and the blunt screen, whose rules are sentences themselves.
RECOGNISERS = sorted(
    path for path in FOLDER.glob("*.py") if path.stem not in {"lines", "rules"}
)


def is_kind(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Kind"
    )


def codes_in(tree: ast.AST) -> Iterator[str]:
    """Text that stands right after a kind, in a call, a tuple or a list."""
    for node in ast.walk(tree):
        listed = getattr(node, "args", None) or getattr(node, "elts", None)
        if not isinstance(listed, list):
            continue
        for kind, code in pairwise(listed):
            if is_kind(kind) and isinstance(code, ast.Constant):
                yield code.value


@pytest.mark.parametrize("path", RECOGNISERS, ids=lambda path: path.stem)
def test_every_rule_that_a_recogniser_names_has_a_sentence(path):
    used = set(codes_in(ast.parse(path.read_text())))

    assert used - set(RULES) == set()


@pytest.mark.parametrize("code", RULES)
def test_a_sentence_is_a_sentence(code):
    assert str(RULES[code]).endswith(".")


def test_every_sentence_is_of_a_rule_that_a_recogniser_names():
    named = {
        node.value
        for path in RECOGNISERS
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant)
    }

    assert set(RULES) - named == set()
