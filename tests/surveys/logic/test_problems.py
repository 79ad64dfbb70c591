"""Each problem: the smallest survey that has it, and one that nearly has it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from surveys.definition import (
    END,
    SCREEN_OUT,
    Definition,
    Kind,
    Option,
    Page,
    Purchase,
    Question,
    Quota,
    Row,
    Skip,
    Text,
)
from surveys.logic.languages import missing
from surveys.logic.paths import Severity, check, count_paths, walks


def question(code="q1", kind=Kind.SINGLE, **more):
    """One without a problem."""
    usual = {"text": Text(en=f"Text of {code}")}
    if kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING, Kind.MATRIX):
        usual["options"] = options("a", "b", "c")
    if kind == Kind.MATRIX:
        usual["rows"] = (Row("r", Text(en="Row")), Row("s", Text(en="Row")))
    if kind == Kind.SCALE:
        usual |= {"least": Decimal(1), "most": Decimal(5)}
    return Question(code, kind, **{**usual, **more})


def options(*codes):
    return tuple(Option(code, Text(en=code)) for code in codes)


def page(page_id, *questions, **more):
    return Page(page_id, questions, **more)


def survey(*pages, **more):
    return Definition(Text(en="Title"), pages=pages, **more)


def one_question(**more):
    return survey(page("p1", question(**more)))


def then(show_if="", *, first=None, to=None, **more):
    """A question on a first page, and a second one of whom the condition holds."""
    first = first or question()
    skips = (Skip(*to),) if to else ()
    second = question("q2", Kind.TEXT, show_if=show_if)
    return survey(page("p1", first, skips=skips), page("p2", second), **more)


def skipping(when, to, *more):
    """Three pages, of which the second skips."""
    return survey(
        page("p1", question()),
        page("p2", question("q2"), skips=(Skip(when, to), *more)),
        page("p3", question("q3")),
    )


def shuffled(**more):
    """The second and third page change places; `more`: of the third."""
    return survey(
        page("p1", question("q1", Kind.MULTIPLE)),
        page("p2", question("q2"), shuffle="x"),
        page("p3", question("q3"), shuffle="x", **more),
        page("p4", question("q4", Kind.TEXT)),
    )


def quota(**more):
    return then(quotas=(Quota(**{"code": "n", "name": "N", "limit": 5, **more}),))


def codes(definition, severity=None):
    return {
        problem.code
        for problem in check(definition)
        if severity is None or problem.severity == severity
    }


def carrying(**more):
    return then_carried(question("q1", Kind.MULTIPLE), **more)


def then_carried(first, **more):
    second = question("q2", **{"carries": "q1", **more})
    return survey(page("p1", first), page("p2", second))


NUMBER = question("q1", Kind.NUMBER)
MULTIPLE = question("q1", Kind.MULTIPLE)
TOP_2 = {"least": Decimal(2), "most": Decimal(2)}

ERRORS = [
    ("no_pages", survey(), one_question()),
    (
        "no_questions",
        survey(page("p1", question("q1", Kind.INFORMATION))),
        one_question(),
    ),
    ("no_language", replace(one_question(), languages=()), one_question()),
    ("no_text", one_question(text=Text(de="Nur deutsch")), one_question()),
    ("no_text", replace(one_question(), title=Text()), one_question()),
    (
        "no_text",
        one_question(options=(Option("a"),)),
        one_question(options=(Option("a", image="picture"),)),
    ),
    (
        "duplicate_page",
        survey(page("p", question()), page("p", question("q2"))),
        survey(page("p", question()), page("P", question("q2"))),
    ),
    (
        "malformed_page",
        survey(page("END", question())),
        survey(page("END1", question())),
    ),
    (
        "duplicate_code",
        survey(page("p1", question(), question())),
        survey(page("p1", question(), question("q2"))),
    ),
    ("malformed_code", one_question(code="Q1"), one_question(code="q_1")),
    ("malformed_code", one_question(code="q__1"), one_question(code="q_1")),
    ("malformed_code", one_question(code="count"), one_question(code="counts")),
    (
        "duplicate_option",
        one_question(options=options("a", "a")),
        one_question(options=options("a", "A")),
    ),
    (
        "malformed_option",
        one_question(options=options("a b")),
        one_question(options=options("a-b")),
    ),
    (
        "malformed_option",
        one_question(kind=Kind.MATRIX, rows=(Row("r-1", Text(en="Row")),)),
        one_question(kind=Kind.MATRIX, rows=(Row("r_1", Text(en="Row")),)),
    ),
    ("dead_end", one_question(options=()), one_question(options=options("a"))),
    ("limits", one_question(options=(), is_required=False), one_question()),
    (
        "dead_end",
        one_question(kind=Kind.MATRIX, rows=()),
        one_question(kind=Kind.MATRIX),
    ),
    (
        "dead_end",
        one_question(kind=Kind.NUMBER, least=Decimal("0.1"), most=Decimal("0.9")),
        one_question(
            kind=Kind.NUMBER, least=Decimal("0.1"), most=Decimal("0.9"), decimals=1
        ),
    ),
    (
        "dead_end",
        one_question(kind=Kind.SCALE, least=Decimal(6)),
        one_question(kind=Kind.SCALE, least=Decimal(4)),
    ),
    (
        "dead_end",
        one_question(kind=Kind.DATE, earliest="2026-02-01", latest="2026-01-31"),
        one_question(kind=Kind.DATE, earliest="2026-02-01", latest="2026-02-01"),
    ),
    (
        "dead_end",
        one_question(kind=Kind.TEXT, least=Decimal(5), most=Decimal(4)),
        one_question(kind=Kind.TEXT, least=Decimal(5), most=Decimal(5)),
    ),
    (
        "dead_end",
        one_question(kind=Kind.MULTIPLE, most=Decimal(0)),
        one_question(kind=Kind.MULTIPLE, most=Decimal(1)),
    ),
    (
        "limits",
        one_question(kind=Kind.MULTIPLE, least=Decimal(3), most=Decimal(2)),
        one_question(kind=Kind.MULTIPLE, **TOP_2),
    ),
    (
        "limits",
        one_question(kind=Kind.RANKING, least=Decimal(4)),
        one_question(kind=Kind.RANKING, least=Decimal(3)),
    ),
    (
        "limits",
        one_question(kind=Kind.SCALE, most=Decimal("4.5")),
        one_question(kind=Kind.SCALE, most=Decimal(4)),
    ),
    (
        "limits",
        one_question(kind=Kind.SCALE, most=Decimal(1)),
        one_question(kind=Kind.SCALE, most=Decimal(2)),
    ),
    (
        "limits",
        one_question(kind=Kind.NUMBER, decimals=7),
        one_question(kind=Kind.NUMBER, decimals=6),
    ),
    (
        "limits",
        one_question(kind=Kind.DATE, latest="tomorrow"),
        one_question(kind=Kind.DATE, latest="today"),
    ),
    (
        "limits",
        replace(one_question(), purchase=Purchase(days=0)),
        replace(one_question(), purchase=Purchase(days=1)),
    ),
    ("expected", one_question(expected=("z",)), one_question(expected=("a",))),
    (
        "expected",
        one_question(kind=Kind.SCALE, expected=("6",)),
        one_question(kind=Kind.SCALE, expected=("5",)),
    ),
    (
        "expected",
        one_question(kind=Kind.TEXT, expected=("a",)),
        one_question(expected=("a",)),
    ),
    (
        "unreachable",
        skipping("q1 answered", END),
        skipping("q1 = 'a'", END),
    ),
    (
        "unreachable",
        survey(
            page("p1", question(), skips=(Skip("q1 != 'a'", "p3"),)),
            page("p2", question("q2", show_if="q1 = 'b'"), question("q3")),
            page("p3", question("q4")),
        ),
        survey(
            page("p1", question(), skips=(Skip("q1 != 'a'", "p3"),)),
            page("p2", question("q2", show_if="q1 = 'a'"), question("q3")),
            page("p3", question("q4")),
        ),
    ),
    ("never_true", then("q1 = 'a' and q1 = 'b'"), then("q1 = 'a' and q1 != 'b'")),
    (
        "never_true",
        then("profile.age < 18 and profile.age > 17"),
        then("profile.age < 18 and profile.age > 16"),
    ),
    (
        "never_true",
        then(
            "q1 < 0.5 and q1 > 0.4",
            first=replace(NUMBER, decimals=1),
        ),
        then(
            "q1 < 0.5 and q1 > 0.4",
            first=replace(NUMBER, decimals=2),
        ),
    ),
    (
        "never_true",
        then("count(q1) > 2", first=replace(MULTIPLE, most=Decimal(2))),
        then("count(q1) > 1", first=replace(MULTIPLE, most=Decimal(2))),
    ),
    (
        "never_true",
        then(
            "q1 includes all of ('a', 'b')",
            first=replace(
                MULTIPLE,
                options=(
                    Option("a", Text(en="None"), is_exclusive=True),
                    *options("b", "c"),
                ),
            ),
        ),
        then("q1 includes all of ('a', 'b')", first=MULTIPLE),
    ),
    ("never_true", then("q1 not answered"), then("q1 answered or q1 not answered")),
    (
        "loop",
        skipping("q2 = 'a'", "p2"),
        skipping("q2 = 'a'", "p3"),
    ),
    ("loop", skipping("q2 = 'a'", "p1"), skipping("q2 = 'a'", "p3")),
    ("unknown_page", skipping("q2 = 'a'", "p9"), skipping("q2 = 'a'", SCREEN_OUT)),
    ("no_end", then(to=("", SCREEN_OUT)), then(to=("q1 = 'a'", SCREEN_OUT))),
    ("unreadable", then("q1 = = 'a'"), then("q1 = 'a'")),
    ("unknown_question", then("q9 = 'a'"), then("q1 = 'a'")),
    ("unknown_option", then("q1 = 'z'"), then("q1 = 'a'")),
    (
        "unknown_option",
        then("q1 includes any of ('a', 'z')", first=MULTIPLE),
        then("q1 includes any of ('a', 'b')", first=MULTIPLE),
    ),
    (
        "unknown_option",
        then("profile.language = 'de'"),
        then("profile.language = 'en' or q1 = 'a'"),
    ),
    (
        "unknown_row",
        then("q1.x = 'a'", first=question(kind=Kind.MATRIX)),
        then("q1.r = 'a'", first=question(kind=Kind.MATRIX)),
    ),
    ("unknown_fact", then("profile.shoe = 40"), then("profile.age = 40")),
    (
        "no_purchase",
        then("purchase.total > 3"),
        replace(then("purchase.total > 3"), purchase=Purchase()),
    ),
    ("used_before_asked", then("q2 answered"), then("q1 = 'a'")),
    (
        "used_before_asked",
        survey(page("p1", question(), question("q2", show_if="q1 = 'a'"))),
        survey(page("p1", question(), skips=(Skip("q1 = 'a'", SCREEN_OUT),))),
    ),
    (
        "used_before_asked",
        then(to=("q2 answered", END)),
        then(to=("q1 = 'a'", END)),
    ),
    ("wrong_type", then("q1 > 3"), then("q1 > 3", first=NUMBER)),
    ("wrong_type", then("q1 = '3'", first=NUMBER), then("q1 = 3", first=NUMBER)),
    ("wrong_type", then("q1 includes 'a'"), then("q1 = 'a'")),
    (
        "wrong_type",
        then("q1 = 'a'", first=MULTIPLE),
        then("q1 includes 'a'", first=MULTIPLE),
    ),
    (
        "wrong_type",
        then("q1 = 3", first=question(kind=Kind.DATE)),
        then("q1 = 2026-01-31", first=question(kind=Kind.DATE)),
    ),
    (
        "wrong_type",
        then("q1 = 'a'", first=question(kind=Kind.TEXT)),
        then("q1 not answered", first=question(kind=Kind.TEXT, is_required=False)),
    ),
    (
        "wrong_type",
        then("q1 = 'a'", first=question(kind=Kind.MATRIX)),
        then("q1.r = 'a'", first=question(kind=Kind.MATRIX)),
    ),
    ("wrong_type", then("q1.r = 'a'"), then("q1 = 'a'")),
    ("wrong_type", then("profile.age = '18'"), then("profile.age = 18")),
    ("wrong_type", then("profile.region = 3"), then("profile.region = 'US-CA'")),
    (
        "wrong_type",
        then_carried(question("q1"), kind=Kind.MULTIPLE),
        carrying(kind=Kind.MULTIPLE),
    ),
    ("wrong_type", carrying(kind=Kind.TEXT), carrying(kind=Kind.RANKING)),
    ("unknown_question", carrying(carries="q9"), carrying()),
    ("used_before_asked", carrying(kind=Kind.MULTIPLE, carries="q2"), carrying()),
    (
        "unreachable",
        carrying(options=options("x", "y")),
        carrying(options=options("a", "y")),
    ),
    (
        "shuffled",
        shuffled(show_if="q2 = 'a'"),
        shuffled(show_if="q1 includes 'a'"),
    ),
    (
        "shuffled",
        shuffled(skips=(Skip("q3 = 'a'", "p4"),)),
        shuffled(skips=(Skip("q3 = 'a'", END),)),
    ),
    (
        "shuffled",
        survey(
            page("p1", question(), skips=(Skip("q1 = 'a'", "p3"),)),
            page("p2", question("q2"), shuffle="x"),
            page("p3", question("q3"), shuffle="x"),
        ),
        survey(
            page("p1", question(), skips=(Skip("q1 = 'a'", "p3"),)),
            page("p2", question("q2"), shuffle="x"),
            page("p3", question("q3"), shuffle="y"),
        ),
    ),
    ("never_fills", quota(when="q1 = 'a' and q1 = 'b'"), quota(when="q1 = 'a'")),
    (
        "never_fills",
        replace(
            then(to=("q1 = 'a'", SCREEN_OUT)), quotas=(Quota("n", "N", 5, "q1 = 'a'"),)
        ),
        replace(then(to=("q1 = 'a'", END)), quotas=(Quota("n", "N", 5, "q1 = 'a'"),)),
    ),
    ("limits", quota(limit=0), quota(limit=1)),
    ("malformed_quota", quota(code="a b"), quota(code="a-b")),
    (
        "duplicate_quota",
        then(quotas=(Quota("n", "N", 5), Quota("n", "M", 5))),
        then(quotas=(Quota("n", "N", 5), Quota("m", "N", 5))),
    ),
    (
        "used_before_asked",
        one_question(text=Text(en="Hello", de="Hallo {q1}")),
        one_question(text=Text(en="Hello", de="Hallo {{q1}")),
    ),
    (
        "unknown_question",
        one_question(help=Text(en="{q9}")),
        one_question(help=Text(en="{profile.region}")),
    ),
    (
        "no_purchase",
        one_question(text=Text(en="{purchase.date}")),
        replace(
            one_question(text=Text(en="{purchase.date}")), purchase=Purchase(days=3)
        ),
    ),
    (
        "unknown_row",
        survey(
            page("p1", question(kind=Kind.MATRIX)),
            page("p2", question("q2", text=Text(en="{q1.x}"))),
        ),
        survey(
            page("p1", question(kind=Kind.MATRIX)),
            page("p2", question("q2", text=Text(en="{q1.r}"))),
        ),
    ),
    (
        "used_before_asked",
        replace(one_question(), welcome=Text(en="{q1}")),
        replace(one_question(), thanks=Text(en="{q1}")),
    ),
]

WARNINGS = [
    ("always_true", then("q1 answered"), then("q1 = 'a'")),
    (
        "always_true",
        then("profile.age <= 130"),
        then("profile.age < 130"),
    ),
    (
        "never_applies",
        skipping("", END, Skip("q1 = 'a'", SCREEN_OUT)),
        skipping("q1 = 'b'", END, Skip("q1 = 'a'", SCREEN_OUT)),
    ),
    ("empty_page", survey(page("p1", question()), page("p2")), one_question()),
    (
        "empty_way",
        one_question(show_if="profile.age > 18"),
        survey(page("p1", question("q1", Kind.INFORMATION), question("q2"))),
    ),
    (
        "never_offered",
        carrying(options=options("a", "x")),
        carrying(options=options("a", "b")),
    ),
    (
        "shuffle_apart",
        survey(
            page("p1", question(), shuffle="x"),
            page("p2", question("q2")),
            page("p3", question("q3"), shuffle="x"),
        ),
        survey(
            page("p1", question(), shuffle="x"),
            page("p2", question("q2"), shuffle="x"),
            page("p3", question("q3")),
        ),
    ),
    (
        "brace",
        one_question(text=Text(en="Sets such as {a, b}?")),
        one_question(text=Text(en="Sets such as {{a, b}?")),
    ),
]


@pytest.mark.parametrize(("code", "has", "nearly"), ERRORS)
def test_an_error_is_found_where_it_is_and_not_where_it_nearly_is(code, has, nearly):
    assert code in codes(has, Severity.ERROR)
    assert codes(nearly, Severity.ERROR) == set()


@pytest.mark.parametrize(("code", "has", "nearly"), WARNINGS)
def test_a_warning_is_told_where_it_is_and_not_where_it_nearly_is(code, has, nearly):
    assert code in codes(has, Severity.WARNING)
    assert code not in codes(nearly)


def test_errors_come_first_and_say_where_and_what_to_do():
    definition = survey(
        page("p1", question(), skips=(Skip("q1 = 'a'", "p1"), Skip("q1 > 3", END))),
        page("p2", question("q2", Kind.TEXT, show_if="q1 answered")),
    )

    found = [
        (one.severity, one.code, one.page, one.question, one.message)
        for one in check(definition)
    ]

    assert found == [
        (
            Severity.ERROR,
            "loop",
            "p1",
            "",
            "Skip 1 leads back to page “p1”: a skip can only lead forward.",
        ),
        (
            Severity.ERROR,
            "wrong_type",
            "p1",
            "",
            "Skip 2: Q1 is one of several: compare it by =, != or in, with values in "
            "quotes.",
        ),
        (
            Severity.WARNING,
            "always_true",
            "p2",
            "q2",
            "The condition always holds: delete it, or correct it.",
        ),
    ]


def test_an_unreadable_condition_is_told_with_its_place():
    [problem] = check(then("q1 = = 'a'"))

    assert (problem.page, problem.question, problem.message) == (
        "p2",
        "q2",
        "A value was expected, not “=”. (at character 6 of the condition)",
    )


def test_what_hangs_on_a_wrong_condition_is_not_called_unreachable():
    assert codes(then("q1 > 3")) == {"wrong_type"}


def test_a_dead_end_stops_only_those_who_come_to_it():
    definition = survey(
        page("p1", question(), skips=(Skip("q1 = 'a'", "p3"),)),
        page("p2", question("q2", options=())),
        page("p3", question("q3", show_if="q1 != 'a'"), question("q4", Kind.TEXT)),
    )

    assert [(one.code, one.question) for one in check(definition)] == [
        ("dead_end", "q2"),
        ("unreachable", "q3"),
        ("never_true", "q3"),
    ]


def test_everything_that_is_carried_may_be_chosen_where_less_than_least_is_offered():
    definition = carrying(kind=Kind.MULTIPLE, **TOP_2)

    assert check(definition) == ()
    [walk] = walks(definition)
    assert walk.answers == {"q1": {"chosen": ["c"]}, "q2": {"chosen": ["c"]}}


def test_fifty_questions_that_hang_on_one_choice_are_few_states():
    brands = [f"b{number}" for number in range(50)]
    first = question("q0", Kind.MULTIPLE, options=options(*brands))
    pages = [
        page(f"p{brand}", question(f"{brand}_x"), show_if=f"q0 includes '{brand}'")
        for brand in brands
    ]
    definition = survey(page("p0", first), *pages)

    assert check(definition) == ()
    assert count_paths(definition) == 2**50 - 1
    assert len(walks(definition, most=7)) == 7


def test_a_survey_of_too_many_states_is_refused():
    many = [f"b{number}" for number in range(30)]
    # Each pair must be told apart until the end, where the order is turned round.
    pages = [
        page(f"p{code}", question(code, Kind.SCALE), skips=(Skip(f"{code} = 1", END),))
        for code in many
    ]
    pages += [
        page(
            f"r{number}",
            question(f"c{number}", Kind.TEXT),
            skips=(Skip(f"{one} > 2 and {other} > 3", SCREEN_OUT),),
        )
        for number, (one, other) in enumerate(zip(many, reversed(many), strict=True))
    ]
    turned = " or ".join(f"({code} = 4 and {code}_ = 3)" for code in many)
    pages.insert(0, page("p", *(question(f"{code}_", Kind.SCALE) for code in many)))
    pages.append(page("z", question("z", show_if=turned)))

    assert "too_complex" in codes(survey(*pages))


def test_what_is_not_translated_is_told_by_question():
    definition = replace(
        one_question(text=Text(en="A", de="A"), help=Text(en="B")),
        languages=("en", "de"),
        title=Text(en="T", de="T"),
    )

    assert check(definition) == ()
    [problem] = missing(definition)
    assert (problem.code, problem.page, problem.question, problem.message) == (
        "untranslated",
        "p1",
        "q1",
        "Q1 lacks in German: the help, option “a”, option “b”, option “c”.",
    )


def test_one_language_lacks_no_translation():
    assert missing(one_question()) == ()


def test_an_option_that_no_later_condition_names_still_takes_its_place():
    """With at most one chosen, those who chose “a” differ from others for good."""
    definition = survey(
        page("p1", replace(MULTIPLE, most=Decimal(1))),
        page("p2", question("q2"), skips=(Skip("q1 includes 'a'", "p4"),)),
        page("p3", question("q3")),
        page(
            "p4", question("q4", Kind.TEXT), question("q5", show_if="q1 includes 'b'")
        ),
    )

    assert check(definition) == ()
    assert {walk.shown for walk in walks(definition)} == {
        ("q1", "q2", "q4"),
        ("q1", "q2", "q3", "q4"),
        ("q1", "q2", "q3", "q4", "q5"),
    }
