"""Whatever a draft says, the path tester answers."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.definition import Kind, Option, Quota, Row, Skip
from surveys.logic.conditions import WrongCondition, parse
from surveys.logic.languages import missing
from surveys.logic.paths import check, count_paths, walks
from surveys.logic.sentences import sentence
from tests.surveys.logic.generated import surveys

SOURCES = st.sampled_from(
    [
        "",
        "q0 =",
        "q0 = 'a'",
        "q0 > 3",
        "q0 answered",
        "count(q1) > 2",
        "q1 includes any of ('a', 'z', 'z')",
        "q2.r1 = 'a' or q2.r1 != 'z' or q2.x = 'a'",
        "q3 in ('a', 3, 2026-01-31)",
        "q9 answered",
        "profile.x = 3 or profile.age = 'a'",
        "purchase.total > 3 and purchase.merchant = 'Costco'",
        "profile.age > 99999999999999999999999999999999.5",
    ]
)
LIMITS = st.sampled_from([None, *map(Decimal, ["-1", "0", "1.5", "2", "1e30"])])
CODES = st.sampled_from(["q0", "q1", "q2", "q3", "", "count", "A b"])


@st.composite
def spoilt(draw, question):
    changes = {
        "code": CODES,
        "kind": st.sampled_from(list(Kind)),
        "show_if": SOURCES,
        "options": st.lists(CODES, max_size=3).map(
            lambda some: tuple(map(Option, some))
        ),
        "rows": st.lists(CODES, max_size=3).map(lambda some: tuple(map(Row, some))),
        "carries": CODES,
        "least": LIMITS,
        "most": LIMITS,
        "decimals": st.sampled_from([-3, 0, 2, 10**9]),
        "earliest": st.sampled_from(["", "today", "2026-02-30", "9999-12-31"]),
        "latest": st.sampled_from(["", "today", "0001-01-01"]),
        "expected": st.lists(CODES, max_size=2).map(tuple),
        "is_multiple": st.booleans(),
        "shows_purchase": st.booleans(),
    }
    names = draw(st.lists(st.sampled_from(list(changes)), max_size=3, unique=True))
    return replace(question, **{name: draw(changes[name]) for name in names})


@st.composite
def drafts(draw):
    definition = draw(surveys()).definition
    pages = []
    for page in definition.pages:
        told = tuple(draw(spoilt(one)) for one in page.questions)
        page = replace(page, questions=told[: draw(st.integers(0, 2))])
        if draw(st.booleans()):
            ids = st.sampled_from(["p0", "p1", "p2", "p3", "END", "nowhere"])
            skip = Skip(draw(SOURCES), draw(ids))
            page = replace(page, id=draw(ids), skips=(*page.skips, skip))
        pages.append(replace(page, shuffle=draw(st.sampled_from(["", "", "x"]))))
    quotas = (Quota("n", "", draw(st.integers(-1, 1)), draw(SOURCES)),)
    languages = draw(st.sampled_from([(), ("en",), ("xx", "en", "de")]))
    return replace(definition, pages=tuple(pages), quotas=quotas, languages=languages)


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(drafts())
def test_any_draft_is_checked_walked_and_told(draft):
    problems = check(draft)
    ways = walks(draft, most=20)

    assert len(set(problems)) == len(problems)
    assert all(problem.message for problem in (*problems, *missing(draft)))
    assert len(ways) <= 20
    assert count_paths(draft) is None or count_paths(draft) >= len(ways)
    for question in draft.questions():
        told = sentence(question.show_if, draft, "en")
        try:
            parse(question.show_if)
        except WrongCondition:
            assert told == question.show_if
