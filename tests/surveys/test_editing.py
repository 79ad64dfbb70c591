"""Operations of authors on a definition, and their lines for undo."""

from dataclasses import replace
from decimal import Decimal

import pytest

from surveys.definition import (
    CODE,
    Definition,
    Kind,
    Option,
    Page,
    Purchase,
    Question,
    Quota,
    Row,
    ScaleStyle,
    Skip,
    Text,
)
from surveys.editing import (
    ROWS,
    WrongEdit,
    add_language,
    add_option,
    add_page,
    add_question,
    add_quota,
    bind_purchase,
    carry_options,
    change_kind,
    change_option,
    change_page,
    change_question,
    change_quota,
    change_survey,
    code_from,
    duplicate_page,
    duplicate_question,
    interlocked,
    make_first_language,
    move_option,
    move_page,
    move_question,
    paste_options,
    remove_language,
    remove_option,
    remove_page,
    remove_question,
    remove_quota,
    shift_option,
    shift_page,
    shift_question,
    split_page,
)

SEX = Question(
    "sex",
    Kind.SINGLE,
    Text(en="You are …", de="Sie sind …"),
    options=(Option("w", Text(en="a woman")), Option("m", Text(en="a man"))),
)
DRINKS = Question(
    "drinks",
    Kind.MULTIPLE,
    Text(en="What do you drink?"),
    options=(
        Option("coffee", Text(en="Coffee", de="Kaffee")),
        Option("tea", Text(en="Tea")),
        Option("none", Text(en="Nothing"), is_exclusive=True),
    ),
    most=Decimal(2),
)
BEST = Question(
    "best",
    Kind.SINGLE,
    Text(en="Which of {drinks} is best? {{drinks}", de="Und von {drinks}?"),
    show_if="drinks includes 'tea' or count(drinks) > 1",
    carries="drinks",
    options=(Option("coffee"), Option("tea", Text(en="Tea"), asks_text=True)),
    expected=("tea",),
)
SHOPS = Question(
    "shops",
    Kind.MATRIX,
    rows=(Row("near"), Row("far")),
    options=(Option("bad"), Option("good")),
)
SURVEY = Definition(
    title=Text(en="Drinks of {sex}"),
    languages=("en", "de"),
    pages=(
        Page("p1", (SEX, DRINKS), skips=(Skip("drinks includes 'none'", "END"),)),
        Page("p2", (BEST, SHOPS), show_if="not sex = 'm'"),
        Page("p3", (Question("why", Kind.TEXT, show_if="shops.near = 'good'"),)),
    ),
    quotas=(Quota("tea", "Tea", 10, "best = 'tea' and drinks includes 'tea'"),),
)


def codes(definition: Definition) -> list[list[str]]:
    return [[one.code for one in page.questions] for page in definition.pages]


def page_ids(definition: Definition) -> list[str]:
    return [page.id for page in definition.pages]


# Pages --------------------------------------------------------------------------------


def test_a_page_is_added_where_it_is_wanted():
    assert page_ids(add_page(SURVEY)) == ["p1", "p2", "p3", "p4"]
    assert page_ids(add_page(SURVEY, position=1)) == ["p1", "p4", "p2", "p3"]


def test_a_page_is_removed_with_its_questions():
    assert codes(remove_page(SURVEY, "p1")) == [["best", "shops"], ["why"]]


def test_a_copied_page_has_questions_of_its_own_and_speaks_of_them():
    changed = duplicate_page(SURVEY, "p1")

    copy = changed.pages[1]
    assert codes(changed)[:2] == [["sex", "drinks"], ["sex_2", "drinks_2"]]
    assert (copy.id, copy.skips) == ("p4", (Skip("drinks_2 includes 'none'", "END"),))
    assert changed.pages[0] == SURVEY.pages[0]
    assert changed.pages[2] == SURVEY.pages[1]


def test_a_page_is_moved_to_a_place_and_by_steps():
    assert page_ids(move_page(SURVEY, "p3", position=0)) == ["p3", "p1", "p2"]
    assert page_ids(move_page(SURVEY, "p1", position=9)) == ["p2", "p3", "p1"]
    assert page_ids(shift_page(SURVEY, "p1", steps=1)) == ["p2", "p1", "p3"]
    assert page_ids(shift_page(SURVEY, "p1", steps=-1)) == ["p1", "p2", "p3"]


def test_the_fields_of_a_page_are_changed():
    changed = change_page(SURVEY, "p2", title=Text(en="Best"), shuffle="a", show_if="")

    assert changed.pages[1] == Page(
        "p2", (BEST, SHOPS), title=Text(en="Best"), shuffle="a"
    )


def test_a_page_is_split_and_skips_are_decided_behind_both_halves():
    changed = split_page(SURVEY, "drinks")

    assert codes(changed) == [["sex"], ["drinks"], ["best", "shops"], ["why"]]
    assert [page.skips for page in changed.pages[:2]] == [(), SURVEY.pages[0].skips]


def test_the_second_half_of_a_page_is_shown_where_the_first_is():
    changed = split_page(SURVEY, "shops")

    assert [page.show_if for page in changed.pages[1:3]] == ["not sex = 'm'"] * 2


def test_no_page_is_split_before_its_first_question():
    with pytest.raises(WrongEdit, match="before its first question"):
        split_page(SURVEY, "sex")


# Questions ----------------------------------------------------------------------------


def test_a_question_is_added_with_the_next_free_code():
    changed = add_question(SURVEY, Kind.SCALE, page="p1", position=1)

    assert changed.pages[0].questions[1] == Question(
        "q1", Kind.SCALE, least=Decimal(1), most=Decimal(5)
    )


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("Big", "A code begins with a small letter"),
        ("1a", "A code begins with a small letter"),
        ("a" * 41, "at most 40"),
        ("count", "“count” is a word of conditions"),
        ("sex", "“sex” is taken"),
    ],
)
def test_a_wrong_code_is_refused_in_words(code, told):
    with pytest.raises(WrongEdit, match=told):
        add_question(SURVEY, Kind.TEXT, page="p1", code=code)
    with pytest.raises(WrongEdit, match=told):
        change_question(SURVEY, "drinks", code=code)


def test_a_question_is_removed_and_copied():
    assert codes(remove_question(SURVEY, "sex"))[0] == ["drinks"]

    changed = duplicate_question(SURVEY, "sex")
    assert codes(changed)[0] == ["sex", "sex_2", "drinks"]
    assert changed.question("sex_2") == replace(SEX, code="sex_2")


def test_a_question_is_moved_within_its_page_and_to_another():
    within = move_question(SURVEY, "sex", page="p1", position=1)
    between = move_question(SURVEY, "sex", page="p3", position=0)

    assert codes(within)[0] == ["drinks", "sex"]
    assert codes(between) == [["drinks"], ["best", "shops"], ["sex", "why"]]
    assert codes(move_question(SURVEY, "sex", page="p3"))[2] == ["why", "sex"]


@pytest.mark.parametrize(
    ("code", "steps", "expected"),
    [
        ("sex", 1, [["drinks", "sex"], ["best", "shops"], ["why"]]),
        ("drinks", 1, [["sex"], ["drinks", "best", "shops"], ["why"]]),
        ("best", -1, [["sex", "drinks", "best"], ["shops"], ["why"]]),
        ("sex", -1, codes(SURVEY)),
        ("why", 1, codes(SURVEY)),
    ],
)
def test_a_question_goes_up_and_down_over_the_ends_of_pages(code, steps, expected):
    assert codes(shift_question(SURVEY, code, steps=steps)) == expected


def test_a_renamed_question_is_renamed_wherever_it_is_named():
    changed = change_question(SURVEY, "drinks", code="beverages")

    best = changed.question("best")
    assert changed.question("beverages") == replace(DRINKS, code="beverages")
    assert changed.pages[0].skips == (Skip("beverages includes 'none'", "END"),)
    assert best.show_if == "beverages includes 'tea' or count(beverages) > 1"
    assert best.carries == "beverages"
    assert best.text == Text(
        en="Which of {beverages} is best? {{drinks}", de="Und von {beverages}?"
    )
    assert changed.quotas[0].when == "best = 'tea' and beverages includes 'tea'"


def test_a_renamed_question_is_renamed_in_conditions_of_pages_rows_and_titles():
    assert change_question(SURVEY, "sex", code="s").pages[1].show_if == "not s = 'm'"
    assert change_question(SURVEY, "sex", code="s").title == Text(en="Drinks of {s}")
    assert (
        change_question(SURVEY, "shops", code="s").question("why").show_if
        == "s.near = 'good'"
    )


def test_a_condition_that_cant_be_read_outlives_a_new_code():
    broken = change_page(SURVEY, "p3", show_if="sex = = 'm' )) (")

    changed = change_question(broken, "drinks", code="d")

    assert changed.pages[2].show_if == "sex = = 'm' )) ("


def test_the_fields_of_a_question_are_changed():
    changed = change_question(SURVEY, "sex", is_required=False, help=Text(en="Yes?"))

    assert changed.question("sex") == replace(
        SEX, is_required=False, help=Text(en="Yes?")
    )


def test_a_kind_keeps_what_fits():
    multiple = change_kind(SURVEY, "sex", Kind.MULTIPLE).question("sex")
    single = change_kind(SURVEY, "drinks", Kind.SINGLE).question("drinks")
    number = change_kind(SURVEY, "best", Kind.NUMBER).question("best")
    ranking = change_kind(SURVEY, "drinks", Kind.RANKING).question("drinks")

    assert multiple == replace(SEX, kind=Kind.MULTIPLE)
    assert (single.most, single.options[2].is_exclusive) == (None, False)
    assert single.options[:2] == DRINKS.options[:2]
    assert number == Question("best", Kind.NUMBER, BEST.text, show_if=BEST.show_if)
    assert ranking.most == Decimal(2)


def test_a_new_kind_begins_with_limits_of_its_own():
    scale = change_kind(SURVEY, "drinks", Kind.SCALE, style=ScaleStyle.NPS)

    assert scale.question("drinks") == Question(
        "drinks",
        Kind.SCALE,
        DRINKS.text,
        least=Decimal(0),
        most=Decimal(10),
        style=ScaleStyle.NPS,
    )


def test_information_that_becomes_a_question_is_required():
    told = change_kind(SURVEY, "why", Kind.INFORMATION)
    asked = change_kind(told, "why", Kind.TEXT)

    assert told.question("why").is_required is False
    assert asked.question("why").is_required is True


def test_carried_options_are_those_of_the_source():
    changed = carry_options(SURVEY, "sex", "drinks").question("sex")

    assert changed.carries == "drinks"
    assert [one.code for one in changed.options] == ["coffee", "tea", "none"]
    assert (
        carry_options(SURVEY, "best", "drinks").question("best").options[1]
        == (BEST.options[1])
    )
    assert carry_options(SURVEY, "best", "").question("best").carries == ""


@pytest.mark.parametrize(("code", "source"), [("best", "sex"), ("why", "drinks")])
def test_options_are_carried_only_from_multiple_to_choices(code, source):
    with pytest.raises(WrongEdit):
        carry_options(SURVEY, code, source)


# Options ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Very good!", "very_good"),
        ("Café crème", "cafe_creme"),
        ("Straße", "strasse"),
        ("コーヒー", "option"),
        ("18 to 24", "option_18_to_24"),
        (
            "None of them, and not the others at all",
            "none_of_them_and_not_the_others_at_all",
        ),
        ("Tea", "tea_2"),
        ("And", "and_2"),
    ],
)
def test_a_code_comes_from_the_text(text, code):
    made = code_from(text, {"tea"}, "option")

    assert made == code[:40].rstrip("_")
    assert CODE.match(made)


def test_codes_of_long_texts_differ():
    long = "a" * 60

    assert code_from(long, {"a" * 40}, "option") == "a" * 38 + "_2"


def test_an_option_is_added_changed_moved_and_removed():
    added = add_option(SURVEY, "sex", Text(en="Other"), position=0, asks_text=True)
    moved = move_option(SURVEY, "drinks", "none", position=0)
    changed = change_option(SURVEY, "sex", "w", text=Text(en="female"))

    assert added.question("sex").options[0] == Option(
        "other", Text(en="Other"), asks_text=True
    )
    assert [one.code for one in moved.question("drinks").options] == [
        *("none", "coffee", "tea")
    ]
    assert shift_option(SURVEY, "drinks", "none", steps=-2) == moved
    assert changed.question("sex").options[0] == Option("w", Text(en="female"))
    removed = remove_option(SURVEY, "best", "tea").question("best")
    assert (removed.options, removed.expected) == ((Option("coffee"),), ())


def test_rows_are_edited_as_options_are():
    added = add_option(SURVEY, "shops", Text(en="Online"), part=ROWS)
    removed = remove_option(SURVEY, "shops", "far", part=ROWS)
    moved = shift_option(SURVEY, "shops", "near", steps=1, part=ROWS)

    assert added.question("shops").rows[2] == Row("online", Text(en="Online"))
    assert removed.question("shops").rows == (Row("near"),)
    assert moved.question("shops").rows == (Row("far"), Row("near"))


def test_pasted_lines_become_options_once_each():
    changed = paste_options(SURVEY, "drinks", ["Milk", "", "  tea ", "Milk", "Mi lk?"])

    assert [one.code for one in changed.question("drinks").options] == [
        *("coffee", "tea", "none", "milk", "mi_lk")
    ]


def test_pasted_lines_may_be_all_the_options():
    changed = paste_options(SURVEY, "drinks", ["Tea", "Beer", "tea"], replaces=True)

    assert changed.question("drinks").options == (
        DRINKS.options[1],
        Option("beer", Text(en="Beer")),
    )


def test_lines_are_pasted_in_a_language_and_as_rows():
    german = paste_options(SURVEY, "sex", ["Divers"], language="de")
    rows = paste_options(SURVEY, "shops", ["Online"], part=ROWS)

    assert german.question("sex").options[2] == Option("divers", Text(de="Divers"))
    assert rows.question("shops").rows[2].code == "online"


def test_a_question_has_no_more_options_than_can_be_read():
    with pytest.raises(WrongEdit, match="at most 200 options"):
        paste_options(SURVEY, "sex", [f"Shop {number}" for number in range(200)])


def test_a_renamed_option_is_renamed_in_conditions_and_where_it_is_carried():
    changed = change_option(SURVEY, "drinks", "tea", code="chai")

    best = changed.question("best")
    assert changed.question("drinks").options[1] == Option("chai", Text(en="Tea"))
    assert best.show_if == "drinks includes 'chai' or count(drinks) > 1"
    assert (best.options[1].code, best.expected) == ("chai", ("chai",))
    assert changed.quotas[0].when == "best = 'chai' and drinks includes 'chai'"
    assert changed.question("why") == SURVEY.question("why")


def test_a_renamed_row_and_column_are_renamed_in_conditions():
    row = change_option(SURVEY, "shops", "near", code="close", part=ROWS)
    column = change_option(SURVEY, "shops", "good", code="fine")

    assert row.question("why").show_if == "shops.close = 'good'"
    assert column.question("why").show_if == "shops.near = 'fine'"


def test_two_options_have_no_code_in_common():
    with pytest.raises(WrongEdit, match="“tea” is taken"):
        change_option(SURVEY, "drinks", "coffee", code="tea")


# The whole ----------------------------------------------------------------------------


def test_texts_and_purchase_of_the_survey_are_changed():
    assert change_survey(SURVEY, thanks=Text(en="Bye")).thanks == Text(en="Bye")
    assert bind_purchase(SURVEY, Purchase(7)).purchase == Purchase(7)
    assert bind_purchase(bind_purchase(SURVEY, Purchase(7)), None) == SURVEY
    with pytest.raises(WrongEdit, match="at least one day"):
        bind_purchase(SURVEY, Purchase(0))


def test_a_language_is_added_made_first_and_removed_with_its_texts():
    assert add_language(SURVEY, "fr").languages == ("en", "de", "fr")
    assert make_first_language(SURVEY, "de").languages == ("de", "en")
    removed = remove_language(SURVEY, "de")
    assert removed.languages == ("en",)
    assert removed.question("sex").text == Text(en="You are …")
    assert removed.question("drinks").options[0].text == Text(en="Coffee")


@pytest.mark.parametrize("language", ["de", "english", "E", ""])
def test_a_wrong_language_is_refused(language):
    with pytest.raises(WrongEdit):
        add_language(SURVEY, language)


def test_the_last_language_stays():
    with pytest.raises(WrongEdit, match="needs a language"):
        remove_language(remove_language(SURVEY, "de"), "en")


def test_a_quota_keeps_its_code_when_it_changes():
    added = add_quota(SURVEY, "Tea", limit=5, when="best = 'tea'")
    changed = change_quota(added, "tea_2", name="Late", limit=7)

    assert added.quotas[1] == Quota("tea_2", "Tea", 5, "best = 'tea'")
    assert changed.quotas[1] == Quota("tea_2", "Late", 7, "best = 'tea'")
    assert remove_quota(changed, "tea").quotas == changed.quotas[1:]


@pytest.mark.parametrize(("name", "limit"), [(" ", 1), ("A", -1)])
def test_a_quota_has_a_name_and_a_limit(name, limit):
    with pytest.raises(WrongEdit):
        add_quota(SURVEY, name, limit=limit)


def test_interlocked_quotas_are_one_for_each_combination():
    limits = {("w", "coffee"): 1, ("w", "tea"): 2, ("m", "coffee"): 3, ("m", "tea"): 4}

    changed = interlocked(SURVEY, ["sex", "best"], limits=limits)

    assert changed.quotas[1:] == (
        Quota("sex_w_best_coffee", "a woman × ", 1, "sex = 'w' and best = 'coffee'"),
        Quota("sex_w_best_tea", "a woman × Tea", 2, "sex = 'w' and best = 'tea'"),
        Quota("sex_m_best_coffee", "a man × ", 3, "sex = 'm' and best = 'coffee'"),
        Quota("sex_m_best_tea", "a man × Tea", 4, "sex = 'm' and best = 'tea'"),
    )


def test_quotas_that_are_interlocked_again_keep_their_codes():
    once = interlocked(SURVEY, ["sex", "best"], limits=10)
    named = change_quota(once, "sex_w_best_tea", name="Women with tea")

    again = interlocked(named, ["sex", "best"], limits=20)

    assert [one.code for one in again.quotas] == [one.code for one in once.quotas]
    assert again.quotas[2].name == "Women with tea"
    assert {one.limit for one in again.quotas[1:]} == {20}


@pytest.mark.parametrize(
    ("questions", "limits"),
    [
        (["sex"], 1),
        (["sex", "sex"], 1),
        (["sex", "drinks"], 1),
        (["sex", "best"], {("w", "tea"): 1}),
        (["sex", "best"], -1),
    ],
)
def test_quotas_that_cant_be_interlocked_are_refused(questions, limits):
    with pytest.raises(WrongEdit):
        interlocked(SURVEY, questions, limits=limits)
