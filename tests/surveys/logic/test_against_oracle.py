"""The path tester agrees with a second opinion that asks everybody one by one."""

from collections import Counter

from hypothesis import HealthCheck, given, note, reject, settings

from surveys.answering import flow
from surveys.logic.facts import Facts
from surveys.logic.paths import Severity, check, count_paths, walks
from tests.surveys.logic.generated import surveys
from tests.surveys.logic.oracle import Oracle, Person, TooMany

SLOW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
)


def asked(generated):
    try:
        return Oracle(generated.definition, generated.conditions).ask_everybody()
    except TooMany:
        reject()


def told(problems, code):
    return {(one.page, one.question) for one in problems if one.code == code}


@SLOW
@given(surveys())
def test_what_is_reached_and_which_conditions_are_one_sided_agree(generated):
    definition = generated.definition

    problems = check(definition)
    opinion = asked(generated)

    note(definition)
    note(problems)
    note(opinion)
    reached = {page.id for page in definition.pages} & opinion.pages
    assert told(problems, "unreachable") == {
        *((page.id, "") for page in definition.pages if page.id not in reached),
        *(
            (page.id, question.code)
            for page in definition.pages
            if page.id in reached
            for question in page.questions
            if question.code not in opinion.shown
        ),
    }
    for code, truths in (("never_true", {False}), ("always_true", {True})):
        assert Counter(
            (one.page, one.question) for one in problems if one.code == code
        ) == Counter(
            (definition.page_of(place[1]).id, place[1])
            if place[0] == "question"
            else (place[1], "")
            for place in generated.conditions
            if place[0] != "quota" and opinion.truths.get(place) == truths
        )
    ends = {outcome for _pages, _shown, outcome in opinion.ways}
    assert bool(told(problems, "no_end")) == ("END" not in ends)
    assert sum(one.code == "never_fills" for one in problems) == (
        len(definition.quotas) - len(opinion.filled) if "END" in ends else 0
    )
    assert bool(told(problems, "empty_way")) == (((), (), "END") in opinion.ways)


@SLOW
@given(surveys(shuffles=False))
def test_all_ways_agree_and_their_examples_go_them(generated):
    definition = generated.definition

    found = walks(definition, most=2000)
    opinion = asked(generated)

    note(definition)
    ways = [(walk.pages, walk.shown, walk.outcome) for walk in found]
    assert Counter(ways) == Counter(opinion.ways)
    assert count_paths(definition) == len(opinion.ways)
    for walk in found:
        note(walk)
        facts = Facts(walk.answers, walk.profile, walk.purchase)
        trail = flow.trail(definition, facts, seed=7)
        shown = tuple(code for page in trail.pages for code in trail.shown[page])
        assert (trail.pages, shown, trail.step.outcome) == (
            walk.pages,
            walk.shown,
            walk.outcome,
        )
        assert trail.facts.answers == walk.answers


@SLOW
@given(surveys(shuffles=False))
def test_examples_are_answers_that_a_person_may_give(generated):
    definition = generated.definition

    for walk in walks(definition):
        person = Person(walk.profile, walk.purchase, walk.answers)
        oracle = Oracle(definition, generated.conditions)

        note(walk)
        assert set(walk.answers) <= set(walk.shown)
        for code in walk.shown:
            question = definition.question(code)
            if question.is_required and question.is_asked:
                assert code in walk.answers
            if question.carries and code in walk.answers:
                offered = set(oracle.offered(question, person))
                given_ = person.says(code)
                rows = given_.values() if isinstance(given_, dict) else [given_]
                for one in rows:
                    assert set(one if isinstance(one, list) else [one]) <= offered


@SLOW
@given(surveys())
def test_a_survey_that_was_found_good_has_no_dead_end(generated):
    definition = generated.definition
    is_good = all(one.severity != Severity.ERROR for one in check(definition))

    opinion = asked(generated)

    if is_good:
        assert opinion.shown == {one.code for one in definition.questions()}
        assert any(outcome == "END" for _pages, _shown, outcome in opinion.ways)
