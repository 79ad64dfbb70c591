from receipts.categories import CATEGORIES
from receipts.reading import merchant


def test_every_category_that_the_reading_names_can_be_chosen_in_review():
    named = {kind for kind, _pattern in merchant._KINDS}
    named |= {brand.category for brand in merchant.brands()}

    assert named - {code for code, _name in CATEGORIES} == set()
