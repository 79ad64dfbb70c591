import pytest
from django.core.exceptions import ImproperlyConfigured

from panel_portal.environment import Environment


def test_a_missing_required_value_names_its_variable():
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is not set"):
        Environment({}).text("SECRET_KEY")


@pytest.mark.parametrize(
    ("written", "expected"),
    [("1", True), ("Yes", True), ("0", False), ("off", False), ("", False)],
)
def test_a_flag_is_read(written, expected):
    assert Environment({"DEBUG": written}).flag("DEBUG", default=True) is expected


def test_an_unset_flag_has_its_default():
    assert Environment({}).flag("DEBUG", default=True) is True


@pytest.mark.parametrize(
    ("look_up", "sentence"),
    [
        (lambda env: env.flag("X", default=True), "X must be 1 or 0"),
        (lambda env: env.number("X", 1), "X must be a whole number from 0"),
        (lambda env: env.choice("X", "a", ("a", "b")), "X must be one of: a, b"),
    ],
)
def test_a_bad_value_is_refused_without_repeating_it(look_up, sentence):
    with pytest.raises(ImproperlyConfigured, match=sentence) as error:
        look_up(Environment({"X": "s3cret-value"}))

    assert "s3cret-value" not in str(error.value)


def test_a_number_outside_its_bounds_is_refused():
    with pytest.raises(ImproperlyConfigured, match="from 1 to 65535"):
        Environment({"PORT": "70000"}).number("PORT", 8000, least=1, most=65535)


def test_words_are_split_and_trimmed():
    assert Environment({"HOSTS": "a.example, b.example,,"}).words("HOSTS") == [
        "a.example",
        "b.example",
    ]
