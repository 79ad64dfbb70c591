"""A survey with a question of every kind, and answers to it."""

from decimal import Decimal
from typing import Any

from surveys.definition import (
    Definition,
    Kind,
    Option,
    Page,
    Question,
    Row,
    ScaleStyle,
    Text,
)
from tests.surveys.factories import options

KINDS = Definition(
    title=Text(en="Everything", de="Alles"),
    languages=("en", "de"),
    welcome=Text(en="One question of each kind."),
    pages=(
        Page(
            "choices",
            (
                Question(
                    "pet",
                    Kind.SINGLE,
                    Text(en="Which pet do you have?", de="Welches Tier?"),
                    help=Text(en="The one that you had first."),
                    options=(
                        *options("cat", "dog"),
                        Option("other", Text(en="Another"), asks_text=True),
                    ),
                ),
                Question(
                    "meals",
                    Kind.MULTIPLE,
                    Text(en="Which meals do you cook?"),
                    options=(
                        *options("breakfast", "lunch", "dinner"),
                        Option("none", Text(en="None"), is_exclusive=True),
                    ),
                ),
            ),
            title=Text(en="At home"),
        ),
        Page(
            "scales",
            (
                Question(
                    "tell",
                    Kind.SCALE,
                    Text(en="Would you tell a friend?"),
                    style=ScaleStyle.NPS,
                    least=Decimal(0),
                    most=Decimal(10),
                    low=Text(en="Not at all"),
                    high=Text(en="Surely"),
                ),
                Question(
                    "stars",
                    Kind.SCALE,
                    Text(en="How many stars?"),
                    style=ScaleStyle.STARS,
                    least=Decimal(1),
                    most=Decimal(5),
                ),
                Question(
                    "agree",
                    Kind.MATRIX,
                    Text(en="How much do you agree?"),
                    rows=tuple(
                        Row(code, Text(en=text))
                        for code, text in (
                            ("cheap", "It is cheap"),
                            ("fast", "It is fast"),
                            ("near", "It is near, which includes places on my way"),
                        )
                    ),
                    options=options("no", "partly", "yes"),
                ),
            ),
        ),
        Page(
            "typed",
            (
                Question(
                    "rank",
                    Kind.RANKING,
                    Text(en="Put these in your order"),
                    options=options("price", "taste", "looks"),
                ),
                Question(
                    "cups",
                    Kind.NUMBER,
                    Text(en="How much coffee a week?"),
                    least=Decimal(0),
                    most=Decimal(50),
                    decimals=1,
                    unit=Text(en="cups"),
                ),
                Question("day", Kind.DATE, Text(en="When last?"), latest="today"),
                Question(
                    "shops",
                    Kind.BRAND,
                    Text(en="Where do you buy it?"),
                    is_multiple=True,
                ),
                Question(
                    "why",
                    Kind.TEXT,
                    Text(en="Why there?"),
                    is_long=True,
                    is_required=False,
                ),
                Question("bye", Kind.INFORMATION, Text(en="That was all.")),
            ),
        ),
    ),
)
# As a form sends it, page by page.
FORMS: list[dict[str, Any]] = [
    {"pet": "other", "pet__other": "Tortoise", "meals": ["lunch", "dinner"]},
    {
        "tell": "9",
        "stars": "4",
        "agree__cheap": "yes",
        "agree__fast": "no",
        "agree__near": "partly",
    },
    {
        "rank__rank_price": "2",
        "rank__rank_taste": "1",
        "rank__rank_looks": "3",
        "cups": "3.5",
        "day": "2026-01-31",
        "shops": ["Corner Grocery", "", ""],
        "why": "It is on my way home.",
    },
]
ANSWERS: dict[str, Any] = {
    "pet": {"chosen": "other", "other": "Tortoise"},
    "meals": {"chosen": ["lunch", "dinner"]},
    "tell": 9,
    "stars": 4,
    "agree": {"cheap": "yes", "fast": "no", "near": "partly"},
    "rank": ["taste", "price", "looks"],
    "cups": 3.5,
    "day": "2026-01-31",
    "shops": {"chosen": ["Corner Grocery"]},
    "why": "It is on my way home.",
}
