"""Random small surveys that break no rule of order, with their conditions as tuples."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from surveys.definition import (
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
from tests.surveys.logic.oracle import source

KINDS = [
    *(Kind.SINGLE, Kind.MULTIPLE, Kind.MULTIPLE, Kind.SCALE, Kind.NUMBER, Kind.DATE),
    *(Kind.TEXT, Kind.MATRIX, Kind.RANKING, Kind.BRAND, Kind.INFORMATION),
]
ORDER = ["=", "!=", "<", "<=", ">", ">="]
CODES = ["a", "b", "c"]


@dataclass
class Generated:
    definition: Definition
    conditions: dict


@st.composite
def questions(draw, code, earlier):
    kind = draw(st.sampled_from(KINDS))
    carried = [one.code for one in earlier if one.kind == Kind.MULTIPLE]
    more = {"is_required": draw(st.booleans())}
    codes = CODES[: draw(st.integers(1, 3))]
    options = tuple(Option(one, Text(en=one)) for one in codes)
    limits = [None, Decimal(1), Decimal(2), Decimal(3)]
    match kind:
        case Kind.SINGLE | Kind.MULTIPLE | Kind.RANKING:
            more["options"] = options
            if carried and draw(st.booleans()):
                more["carries"] = draw(st.sampled_from(carried))
            if kind == Kind.MULTIPLE and draw(st.booleans()):
                last = Option(codes[-1], Text(en="None"), is_exclusive=True)
                more["options"] = (*options[:-1], last)
            if kind != Kind.SINGLE:
                more["least"] = draw(st.sampled_from(limits[: len(codes) + 1]))
                more["most"] = draw(
                    st.sampled_from(
                        [
                            None,
                            *(one for one in limits[1:] if one >= (more["least"] or 1)),
                        ]
                    )
                )
        case Kind.MATRIX:
            more["options"] = options[:2]
            more["rows"] = (Row("r1", Text(en="R")), Row("r2", Text(en="S")))
            more["is_multiple"] = draw(st.booleans())
            if carried and draw(st.booleans()):
                more["carries"] = draw(st.sampled_from(carried))
        case Kind.SCALE:
            more |= {"least": Decimal(1), "most": Decimal(3)}
        case Kind.NUMBER:
            more |= {"least": Decimal(0), "decimals": draw(st.integers(0, 1))}
            more["most"] = Decimal("0.5") if more["decimals"] else Decimal(4)
        case Kind.DATE:
            more |= {"earliest": "2026-01-01", "latest": "2026-01-03"}
        case Kind.BRAND:
            more["is_multiple"] = draw(st.booleans())
        case Kind.INFORMATION:
            more = {}
    return Question(code, kind, Text(en=code), **more)


@st.composite
def claims(draw, known, has_purchase):
    """A claim about one of the known questions, or the person."""
    facts = ["profile.age", "profile.region"]
    facts += ["purchase.days"] if has_purchase else []
    asked = [one for one in known if one.is_asked]
    subject = draw(st.sampled_from([*asked, *asked, *facts]))
    sign = st.sampled_from(ORDER)
    equal = st.sampled_from(["=", "!="])
    if isinstance(subject, str):
        if draw(st.integers(0, 4)) == 0:
            return (draw(st.sampled_from(["answered", "unanswered"])), subject)
        if subject == "profile.region":
            return ("cmp", subject, draw(equal), "US-CA")
        constants = {"profile.age": [18, 65, 131], "purchase.days": [0, 1, 2]}
        return ("cmp", subject, draw(sign), draw(st.sampled_from(constants[subject])))
    ref = subject.code
    if draw(st.integers(0, 4)) == 0 or subject.kind == Kind.TEXT:
        return (draw(st.sampled_from(["answered", "unanswered"])), ref)
    names = [option.code for option in subject.options] or ["Acme", "Bolt"]
    some = st.lists(st.sampled_from(names), min_size=1, max_size=3).map(tuple)
    if subject.kind == Kind.MATRIX:
        ref = f"{ref}.{draw(st.sampled_from(['r1', 'r2']))}"
    if subject.kind in (Kind.MULTIPLE, Kind.RANKING) or subject.is_multiple:
        if draw(st.booleans()):
            return (draw(st.sampled_from(["any", "all"])), ref, draw(some))
        return ("count", ref, draw(sign), draw(st.integers(0, 3)))
    numbers = {
        Kind.SCALE: st.integers(0, 4),
        Kind.NUMBER: st.sampled_from([-1, 0, 0.2, 0.25, 0.5, 2, 4]),
        Kind.DATE: st.integers(1, 4).map(lambda day: date(2026, 1, day)),
    }
    if subject.kind in numbers:
        values = numbers[subject.kind]
        if draw(st.booleans()):
            return ("cmp", ref, draw(sign), draw(values))
        return ("in", ref, tuple(draw(st.lists(values, min_size=1, max_size=2))))
    if draw(st.booleans()):
        return ("cmp", ref, draw(equal), draw(st.sampled_from(names)))
    return ("in", ref, draw(some))


@st.composite
def conditions(draw, known, has_purchase):
    claim = claims(known, has_purchase)
    return draw(
        st.recursive(
            claim,
            lambda part: st.one_of(
                st.tuples(st.just("not"), part),
                st.tuples(st.sampled_from(["and", "or"]), part, part),
            ),
            max_leaves=3,
        )
    )


@st.composite
def surveys(draw, shuffles=True):
    """At most four pages and five questions."""
    has_purchase = draw(st.booleans())
    count = draw(st.integers(1, 4))
    group = range(0)
    if shuffles and count > 1 and draw(st.integers(0, 3)) == 0:
        start = draw(st.integers(0, count - 2))
        group = range(start, draw(st.integers(start + 2, count)))
    told: dict = {}
    pages: list[Page] = []
    earlier: list[Question] = []
    of_group: list[Question] = []

    def condition(place, known, chance):
        if draw(st.integers(0, 9)) >= chance:
            return ""
        told[place] = draw(conditions(known, has_purchase))
        return source(told[place])

    for number in range(count):
        page_id = f"p{number}"
        if number not in group:
            earlier += of_group
            of_group = []
        own = []
        for _ in range(draw(st.integers(1, 2)) if len(earlier) < 4 else 1):
            code = f"q{sum(map(len, (earlier, of_group, own)))}"
            question = draw(questions(code, earlier))
            show_if = condition(("question", code), earlier, 3)
            shows = has_purchase and draw(st.integers(0, 5)) == 0
            own.append(
                Question(
                    **{
                        **vars(question),
                        "show_if": show_if,
                        "shows_purchase": shows,
                    }
                )
            )
        ends = ["END", "SCREEN_OUT"]
        later = [f"p{n}" for n in range(number + 1, count) if n not in group]
        skips = []
        for index in range(draw(st.integers(0, 2))):
            when = condition(("skip", page_id, index), [*earlier, *own], 9)
            to = draw(st.sampled_from([*ends, *([] if number in group else later)]))
            skips.append(Skip(when, to))
        pages.append(
            Page(
                page_id,
                tuple(own),
                show_if=condition(("page", page_id), earlier, 3),
                skips=tuple(skips),
                shuffle="mixed" if number in group else "",
            )
        )
        of_group += own
    earlier += of_group
    quotas = tuple(
        Quota(f"n{index}", f"N{index}", 5, condition(("quota", index), earlier, 9))
        for index in range(draw(st.integers(0, 2)))
    )
    return Generated(
        Definition(
            Text(en="Random"),
            pages=tuple(pages),
            quotas=quotas,
            purchase=Purchase(days=2) if has_purchase else None,
        ),
        told,
    )
