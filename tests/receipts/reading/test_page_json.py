import json

import pytest

from receipts.reading.page import Line, Page, Word
from receipts.reading.page_json import page_as_json, page_from_json

TILTED = ((0, 0), (9, 1), (9, 5), (0, 4))
PAGE = Page(
    (
        Line((Word("Olive", (0, 0, 9, 5), 0.9, TILTED), Word("oil", (9, 0, 12, 5), 1))),
        Line((Word("4.9", (0, 6, 9, 9), 0.8, None, (0.2, 0.5, 0.8)),)),
    ),
    20,
    10,
    "rapidocr",
    90,
)


def test_a_page_comes_back_as_it_was():
    assert page_from_json(json.loads(json.dumps(page_as_json(PAGE)))) == PAGE


def test_what_is_no_page_is_refused():
    with pytest.raises(KeyError):
        page_from_json({"width": 3})
