import pytest

from receipts.reading.page import Line, Word


def test_a_line_is_as_wide_as_its_words_and_as_high_as_they_are_on_average():
    line = Line((Word("TOTAL", (0, 4, 50, 24), 0.9), Word("9.99", (60, 0, 99, 22), 1)))

    assert (line.text, line.box, line.height) == ("TOTAL 9.99", (0, 0, 99, 24), 21)


def test_a_line_without_a_word_is_refused():
    with pytest.raises(ValueError, match="at least one word"):
        Line(())
