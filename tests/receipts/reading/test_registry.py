from importlib.resources import files

import pytest

from receipts.categories import CATEGORIES
from receipts.reading.data.build_registry import countries_of, is_latin, stem_of
from receipts.reading.locales import known_locales
from receipts.reading.registry import Brand, Registry, brands, key, registry


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        ("Stop & Shop", "stopshop"),
        ("STOP AND SHOP", "stopshop"),
        ("The Home Depot", "homedepot"),
        ("Müller", "muller"),
        ("7-Eleven", "7eleven"),
        ("The The", "thethe"),
        ("", ""),
    ],
)
def test_a_key_is_the_same_for_all_ways_of_writing(text, squeezed):
    assert key(text) == squeezed


def test_the_registry_has_the_brands_of_all_locales_countries():
    there = {country for brand in registry().brands for country in brand.countries}

    assert {name[-2:].casefold() for name in known_locales()} <= there
    assert 5000 < len(registry().brands) < 12000


def test_the_registry_is_compact_and_has_its_licence_beside_it():
    folder = files("receipts.reading").joinpath("data")

    assert len(folder.joinpath("registry.json").read_bytes()) < 1_000_000
    licence = folder.joinpath("name-suggestion-index.LICENSE.md").read_text("utf-8")
    assert "BSD 3-Clause" in licence


def test_every_brand_has_a_category_that_review_can_choose():
    assert {b.category for b in registry().brands} <= {
        code for code, _name in CATEGORIES
    }


@pytest.mark.parametrize(
    ("name", "country", "expected", "category"),
    [
        ("dm", "de", "dm-drogerie markt", "drug_store"),
        ("aldinord", "de", "Aldi", "supermarket"),
        ("mullerdrogerie", "de", "Müller", "drug_store"),
        ("real", "de", "Real", "supermarket"),
        ("coles", "au", "Coles", "supermarket"),
        ("cvspharmacy", "us", "CVS", "pharmacy"),
        ("amc", "us", "AMC Theatres", "cinema"),
        ("kentuckyfriedchicken", "my", "KFC", "fast_food"),
    ],
)
def test_spellings_lead_to_the_brand(name, country, expected, category):
    brand = registry().named(name, country)

    assert (brand.name, brand.category) == (expected, category)


@pytest.mark.parametrize("name", ["market", "grill", "express", "coffee", "restaurant"])
def test_ordinary_words_are_no_famous_brand(name):
    brand = registry().named(name, "us")

    assert brand is None or not brand.is_famous


def test_an_ordinary_word_is_famous_only_where_its_brand_is():
    assert registry().named("real", "us") is None


def test_a_brand_is_found_only_in_its_countries():
    known = Registry([Brand("Kesto Mart", "supermarket", ("fi",), ("kestomart",))])

    assert known.named("kestomart", "fi").name == "Kesto Mart"
    assert known.named("kestomart", None).name == "Kesto Mart"
    assert known.named("kestomart", "us") is None


def test_a_misread_letter_is_near_but_another_number_is_not():
    known = Registry(
        [Brand("99 Kesto Market", "supermarket", ("us",), ("99kestomarket",))]
    )

    assert known.near("99kestomarkot", "us")[0].name == "99 Kesto Market"
    assert known.near("98kestomarket", "us") == (None, 0.0)
    assert known.near("kestomarket", "us") == (None, 0.0)


def test_a_web_address_leads_to_its_brand():
    assert registry().at_site("rossstores", "us").name == "Ross Dress for Less"
    assert registry().at_site("traderjoes", "us").name == "Trader Joe's"
    assert registry().at_site("nosuchshop", "us") is None


@pytest.mark.parametrize(
    ("url", "stem"),
    [
        ("https://www.rossstores.com/", "rossstores"),
        ("http://shop.kesto-mart.co.uk", "kestomart"),
        ("https://www.group.com/brands/kesto-mart", None),
        ("https://www.facebook.com/", None),
        ("https://kesto.jp", None),
        ("nothing", None),
    ],
)
def test_the_stem_of_a_web_address(url, stem):
    assert stem_of(url) == stem


@pytest.mark.parametrize(
    ("include", "countries"),
    [
        (["us-ca.geojson"], {"us"}),
        (["001"], {"*"}),
        (["jp"], set()),
        (["fx", "155"], {"fr", "de", "at", "ch", "be", "nl"}),
        ([[8.5, 47.4, 20]], set()),
    ],
)
def test_the_countries_of_a_brand(include, countries):
    assert countries_of({"locationSet": {"include": include}}) == countries


def test_brands_leave_out_names_that_a_person_might_have():
    names = {brand.name for brand in brands()}

    assert {"Walgreens", "Giant Eagle"} <= names
    assert not {"Paul Smith", "Hugo Boss", "Yves Rocher"} & names


def test_names_have_latin_letters():
    assert is_latin("Łowicz")
    assert not is_latin("マクドナルド")
    assert not is_latin("99")
