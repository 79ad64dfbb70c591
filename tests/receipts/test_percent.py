import pytest

from receipts.templatetags.percent import percent


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "0.0\xa0%"),
        (0.09453, "9.5\xa0%"),
        (0.9996, "100.0\xa0%"),
        (1, "100.0\xa0%"),
    ],
)
def test_a_share_is_rounded_to_a_tenth_of_a_percent(share, words):
    assert percent(share) == words
