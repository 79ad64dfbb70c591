from receipts.categories import CATEGORIES
from receipts.reading.merchant_kind import KINDS
from receipts.reading.registry import brands


def test_every_category_that_the_reading_names_can_be_chosen_in_review():
    named = {kind for kind, _pattern in KINDS}
    named |= {brand.category for brand in brands()}

    assert named - {code for code, _name in CATEGORIES} == set()
