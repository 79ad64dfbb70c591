"""Random surveys that are valid by construction, and random people who answer them."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from surveys.answering.answers import ends
from surveys.definition import (
    END,
    SCREEN_OUT,
    Definition,
    Kind,
    Option,
    Page,
    Question,
    Quota,
    Row,
    Skip,
    Text,
)

CODES = ("a", "b", "c", "d")
ASKED = [kind for kind in Kind if kind != Kind.INFORMATION]


def text(told: str) -> Text:
    return Text(en=told)


@st.composite
def questions(draw, code: str, earlier: list[Question]) -> Question:
    """One that may look at and carry over from `earlier` questions."""
    kind = draw(st.sampled_from([*ASKED, Kind.INFORMATION]))
    several = [one.code for one in earlier if one.kind == Kind.MULTIPLE]
    fields: dict[str, Any] = {
        "is_required": draw(st.booleans()),
        "show_if": draw(conditions(earlier)),
    }
    if kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING, Kind.MATRIX):
        fields["options"] = draw(options(kind))
        fields["shuffles_options"] = draw(st.booleans())
        if kind != Kind.MATRIX and several and draw(st.booleans()):
            fields["carries"] = draw(st.sampled_from(several))
    if kind == Kind.MATRIX:
        fields["rows"] = tuple(Row(one, text(one)) for one in ("x", "y"))
        fields["is_multiple"] = draw(st.booleans())
        fields["shuffles_rows"] = draw(st.booleans())
    if kind == Kind.MULTIPLE:
        fields["least"] = draw(st.sampled_from([None, Decimal(1), Decimal(2)]))
    if kind == Kind.BRAND:
        fields["is_multiple"] = draw(st.booleans())
    if kind == Kind.NUMBER:
        fields |= {"least": Decimal(0), "most": Decimal(9)}
        fields["decimals"] = draw(st.integers(0, 2))
    if kind == Kind.DATE:
        fields["latest"] = "today"
    spoken_of = ["", *("{" + one.code + "}" for one in earlier)]
    told = "About " + draw(st.sampled_from(spoken_of))
    return Question(code, kind, text(told), **fields)


@st.composite
def options(draw, kind: Kind) -> tuple[Option, ...]:
    made = [Option(code, text(code)) for code in CODES[: draw(st.integers(2, 4))]]
    if kind in (Kind.SINGLE, Kind.MULTIPLE) and draw(st.booleans()):
        made[-1] = Option(made[-1].code, text("Other"), asks_text=True)
    if kind == Kind.MULTIPLE and draw(st.booleans()):
        made.append(Option("none", text("None"), is_exclusive=True))
    return tuple(made)


@st.composite
def claims(draw, question: Question) -> str:
    code = question.code
    match question.kind:
        case Kind.SINGLE:
            return f"{code} = '{draw(st.sampled_from(CODES))}'"
        case Kind.MULTIPLE | Kind.RANKING:
            return f"{code} includes '{draw(st.sampled_from(CODES))}'"
        case Kind.MATRIX if not question.is_multiple:
            return f"{code}.x = '{draw(st.sampled_from(CODES))}'"
        case Kind.SCALE | Kind.NUMBER:
            return f"{code} >= {draw(st.integers(0, 9))}"
    return f"{code} answered"


@st.composite
def conditions(draw, earlier: list[Question]) -> str:
    """Mostly none; else a claim or two about earlier questions, or the profile."""
    asked = [one for one in earlier if one.is_asked]
    if draw(st.integers(0, 2)) or not asked:
        return draw(st.sampled_from(["", "", "profile.age >= 40"]))
    one = draw(st.sampled_from(asked).flatmap(claims))
    other = draw(st.sampled_from(asked).flatmap(claims))
    form = draw(st.sampled_from(["{0}", "not {0}", "{0} or {1}", "{0} and not ({1})"]))
    return form.format(one, other)


@st.composite
def surveys(draw, most_pages: int = 5) -> Definition:
    """Skips lead forward and not into or out of shuffled pages, which see only what
    stands before their group."""
    count = draw(st.integers(1, most_pages))
    shuffles = [draw(st.sampled_from(["", "", "s"])) for _page in range(count)]
    pages: list[Page] = []
    before: list[Question] = []
    seen: list[Question] = []
    for number in range(count):
        if not (number and shuffles[number] and shuffles[number - 1]):
            seen = list(before)
        own = tuple(
            draw(questions(f"q{number}_{place}", seen))
            for place in range(draw(st.integers(1, 3)))
        )
        targets = [END, SCREEN_OUT]
        if not shuffles[number]:
            targets += [
                f"p{later}" for later in range(number + 1, count) if not shuffles[later]
            ]
        skips = tuple(
            Skip(draw(conditions([*seen, *own])) or "profile.age > 60", target)
            for target in draw(st.lists(st.sampled_from(targets), max_size=2))
        )
        pages.append(
            Page(
                f"p{number}",
                own,
                show_if=draw(conditions(seen)),
                skips=skips,
                shuffles_questions=draw(st.booleans()),
                shuffle=shuffles[number],
            )
        )
        before += own
    quotas = tuple(
        Quota(f"quota{number}", "Quota", draw(st.integers(1, 3)), when)
        for number, when in enumerate(draw(st.lists(conditions(before), max_size=2)))
    )
    return Definition(title=text("Random"), pages=tuple(pages), quotas=quotas)


@st.composite
def answers(draw, question: Question) -> Any:
    """A right answer to a question as it is shown, or None where it may be left."""
    if not question.is_asked or (not question.is_required and draw(st.booleans())):
        return None
    codes = [option.code for option in question.options]
    match question.kind:
        case Kind.SINGLE:
            chosen = draw(st.sampled_from(codes))
            return {"chosen": chosen, **_other(question, [chosen])}
        case Kind.MULTIPLE:
            plain = [one.code for one in question.options if not one.is_exclusive]
            alone = [one.code for one in question.options if one.is_exclusive]
            least = min(int(question.least or 1), len(codes))
            if alone and (len(plain) < least or draw(st.booleans())):
                return {"chosen": alone[:1]}
            chosen = draw(st.lists(st.sampled_from(plain), min_size=least, unique=True))
            return {"chosen": chosen, **_other(question, chosen)}
        case Kind.RANKING:
            return draw(st.permutations(codes))
        case Kind.MATRIX:
            columns = st.sampled_from(codes)
            if question.is_multiple:
                columns = st.lists(columns, min_size=1, unique=True)
            return {row.code: draw(columns) for row in question.rows}
        case Kind.SCALE:
            return draw(st.integers(*ends(question)))
        case Kind.NUMBER:
            return draw(st.integers(0, 9))
        case Kind.DATE:
            return draw(st.sampled_from(["2026-01-31", "2020-02-29"]))
        case Kind.BRAND:
            names = st.sampled_from(["Corner Grocery", "Café Nine"])
            if question.is_multiple:
                names = st.lists(names, min_size=1, unique=True)
            return {"chosen": draw(names)}
    return draw(st.sampled_from(["Good", "Because it is near."]))


def _other(question: Question, chosen: list[str]) -> dict[str, str]:
    asks = any(one.asks_text for one in question.options if one.code in chosen)
    return {"other": "Mate"} if asks else {}
