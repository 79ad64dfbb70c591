import numpy as np
import pytest

from receipts.training.degrade import KINDS, degraded
from tests.receipts.reading.paper import picture_of

TEXT = "LANTERN MARKET\nSoap 4.00\nTotal 4.32"


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_is_worse_and_always_the_same(kind):
    picture = picture_of(TEXT)

    copy = degraded(picture, kind, "one.jpg")

    again = degraded(picture, kind, "one.jpg")
    assert np.array_equal(np.asarray(copy), np.asarray(again))
    assert copy.mode == "RGB"
    assert copy.size != picture.size or not np.array_equal(
        np.asarray(copy), np.asarray(picture)
    )
