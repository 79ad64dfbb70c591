"""Other tools, which know relevance but no skips, ask the same people the same."""

import json
from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from surveys.answering.flow import shown_questions, trail
from surveys.definition import Definition, as_json, from_json
from surveys.exchange import xpath
from surveys.exchange.writing import write
from surveys.logic.facts import Facts
from tests.surveys.strategies import answers, surveys

SEED = 1


@settings(
    max_examples=120,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(surveys(), st.data())
def test_relevance_shows_what_the_flow_shows(definition, data):
    definition = without_profile(definition)
    sheets, notes = write(definition)
    assume(not any("told" in one.what for one in notes))
    # What ends a survey amid shuffled pages depends on their order.
    assume(not any(page.shuffle for page in definition.pages))
    shown, given = answered(definition, data)

    told = asked_elsewhere(sheets.survey, given)

    assert told == shown


def without_profile(definition: Definition) -> Definition:
    told = json.dumps(as_json(definition))
    told = told.replace('"profile.age >= 40"', '""')
    return from_json(json.loads(told.replace("profile.age > 60", "q0_0 answered")))


def answered(definition: Definition, data) -> tuple[set[str], dict]:
    """The codes that somebody is shown, and their answers."""
    given: dict = {}
    while True:
        facts = Facts({code: one for code, one in given.items() if one is not None})
        way = trail(definition, facts, SEED)
        page = next((p for p in way.pages if set(way.shown[p]) - set(given)), None)
        page = page or way.step.page
        if page is None:
            return set(way.codes), given
        for one in shown_questions(definition, way.facts, SEED, page):
            given[one.code] = data.draw(answers(one))


def asked_elsewhere(lines, given: dict) -> set[str]:
    values: dict[str, str] = {}
    asked = set()
    groups: list[bool] = []
    matrix = ""
    for line in lines:
        kind, name = line.get("type"), line.get("name")
        if kind == "end group":
            groups.pop()
            matrix = matrix if len(groups) > 1 else ""
            continue
        relevant = line.get("relevant")
        is_on = all(groups) and (
            not relevant or bool(evaluated(xpath.parse(relevant), values))
        )
        is_table = line.get("appearance") == "table-list"
        if kind == "begin group":
            groups.append(is_on)
            matrix = name if is_table else ""
            if not is_table:
                continue
        if line.get("panel_portal::part_of"):
            continue
        if matrix and not is_table:
            answer = given.get(matrix) or {}
            row = answer.get(name.removeprefix(f"{matrix}_"), "")
            values[name] = as_text(row) if is_on else ""
            if name.endswith("_y"):
                matrix = ""
            continue
        if is_on:
            asked.add(name)
        values[name] = as_text(given.get(name)) if is_on else ""
    return asked


def as_text(answer) -> str:
    if isinstance(answer, dict):
        answer = answer.get("chosen", "")
    if isinstance(answer, list | tuple):
        return " ".join(answer)
    return "" if answer is None else str(answer)


def evaluated(node, values: dict[str, str]):
    """As XForms do: what isn't answered is an empty text, and no number."""
    match node:
        case xpath.Both(parts):
            return all(evaluated(part, values) for part in parts)
        case xpath.Either(parts):
            return any(evaluated(part, values) for part in parts)
        case xpath.Call("true", ()):
            return True
        case xpath.Call("not", (part,)):
            return not evaluated(part, values)
        case xpath.Call("selected", (one, option)):
            return evaluated(option, values) in evaluated(one, values).split()
        case xpath.Call("count-selected", (one,)):
            return Decimal(len(evaluated(one, values).split()))
        case xpath.Call("date", (one,)):
            return date.fromisoformat(evaluated(one, values)).isoformat()
        case xpath.Name(name):
            return values.get(name, "")
        case xpath.Literal(value):
            return value
        case xpath.Compare(left, sign, right):
            return compared(evaluated(left, values), sign, evaluated(right, values))
    raise AssertionError(node)


def compared(left, sign: str, right) -> bool:
    if isinstance(right, str):
        return (left == right) == (sign == "=")
    try:
        left = Decimal(left)
    except ArithmeticError:
        return sign == "!="
    return {
        "=": left == right,
        "!=": left != right,
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
    }[sign]
