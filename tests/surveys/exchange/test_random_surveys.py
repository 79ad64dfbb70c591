"""Whatever an author builds comes back from a workbook as it was."""

from decimal import Decimal

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from surveys.definition import (
    Definition,
    Kind,
    Option,
    Page,
    Purchase,
    Question,
    Row,
    ScaleStyle,
    Text,
)
from surveys.exchange import (
    export_json,
    export_xlsform,
    import_json,
    import_xlsform,
    not_carried,
)
from tests.surveys.exchange.workbooks import check_with_pyxform
from tests.surveys.strategies import surveys

SLOW = settings(
    max_examples=30,
    deadline=None,
    # Shrinking whole workbooks takes minutes and shows no more.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
WORDS = st.one_of(
    st.sampled_from(["", "-", "=1+1", "{q1}", "{{", "${", "a ${b} {x", " a ", "é\n"]),
    st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=8),
)
TEXTS = st.dictionaries(st.sampled_from(["en", "de", "pt-br"]), WORDS).map(Text)
CODES = st.text("aB_1 ", min_size=1, max_size=5)
SOURCES = st.sampled_from(
    ["", "-", "q1 =", "a = 'b'", "profile.age > 3", "not purchase.days < 4"]
)
NUMBERS = st.sampled_from([None, Decimal(0), Decimal("1.5"), Decimal(3), Decimal(-2)])
OPTIONS = st.builds(
    Option,
    CODES,
    TEXTS,
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "abc"]),
)
QUESTIONS = st.builds(
    Question,
    code=CODES,
    kind=st.sampled_from(Kind),
    text=TEXTS,
    help=TEXTS,
    is_required=st.booleans(),
    show_if=SOURCES,
    message=TEXTS,
    options=st.lists(OPTIONS, max_size=3).map(tuple),
    shuffles_options=st.booleans(),
    carries=st.one_of(st.just(""), CODES),
    rows=st.lists(st.builds(Row, CODES, TEXTS), max_size=2).map(tuple),
    shuffles_rows=st.booleans(),
    is_multiple=st.booleans(),
    least=NUMBERS,
    most=NUMBERS,
    decimals=st.integers(-1, 3),
    unit=TEXTS,
    style=st.sampled_from(ScaleStyle),
    low=TEXTS,
    earliest=st.sampled_from(["", "today", "2026-01-31", "never"]),
    latest=st.sampled_from(["", "today", 'it\'s "so"']),
    is_long=st.booleans(),
    expected=st.sampled_from([(), ("a",), ("a", "b")]),
    shows_purchase=st.booleans(),
)
DRAFTS = st.builds(
    Definition,
    title=TEXTS,
    languages=st.sampled_from([("en",), ("de", "en"), ("pt-br",)]),
    pages=st.lists(
        st.builds(
            Page,
            CODES,
            st.lists(QUESTIONS, max_size=3).map(tuple),
            title=TEXTS,
            show_if=SOURCES,
            shuffle=st.sampled_from(["", "s"]),
        ),
        max_size=3,
    ).map(tuple),
    purchase=st.one_of(st.none(), st.builds(Purchase, st.integers(0, 40), WORDS)),
    welcome=TEXTS,
)


@SLOW
@given(surveys())
def test_a_survey_comes_back_from_its_workbook(definition):
    workbook = export_xlsform(definition)

    reading = import_xlsform(workbook)

    assert reading.definition == definition
    assert reading.notes == ()
    check_with_pyxform(workbook)


@SLOW
@given(DRAFTS)
def test_even_a_wrong_draft_comes_back_or_it_is_told_that_it_does_not(definition):
    workbook = export_xlsform(definition)

    again = import_xlsform(workbook, language=definition.language).definition

    is_told = any("can’t hold all of it" in one.what for one in not_carried(definition))
    assert is_told == (again != definition)
    if has_words(definition):
        check_with_pyxform(workbook)


def has_words(definition: Definition) -> bool:
    """Whether all that a person reads has a text: XLSForm knows no element without."""
    return all(
        one.text
        for question in definition.questions()
        for one in (question, *question.options, *question.rows)
    )


@SLOW
@given(DRAFTS)
def test_json_holds_everything(definition):
    data = export_json(definition)

    again = import_json(data).definition

    assert again == definition
