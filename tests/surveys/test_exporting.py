"""Each format is read back by another program's reader, or by the standard library."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import polars
import pyreadstat
import pytest
from django.conf import settings

from surveys.definition import Definition, Kind, Option, Page, Question, Row, Text
from surveys.models import Response
from surveys.services import exporting
from surveys.services.errors import NotAllowed
from surveys.services.exporting import writers
from surveys.services.results.selecting import Filters
from tests.factories import make_user
from tests.surveys.factories import make_author, make_response, make_version, options

pytestmark = pytest.mark.django_db
COMPLETE = Response.Status.COMPLETE
OTHER = Option("else", Text(en="Something else"), asks_text=True)
EVERY_KIND = Definition(
    languages=("en",),
    pages=(
        Page(
            "p1",
            (
                Question(
                    "one",
                    Kind.SINGLE,
                    Text(en="Which one?"),
                    options=(*options("a", "b"), OTHER),
                ),
                Question(
                    "many", Kind.MULTIPLE, Text(en="Which?"), options=options("a", "b")
                ),
                Question(
                    "scale",
                    Kind.SCALE,
                    Text(en="How good?"),
                    low=Text(en="Bad"),
                    high=Text(en="Good"),
                ),
                Question(
                    "grid",
                    Kind.MATRIX,
                    Text(en="Rate"),
                    options=options("bad", "good"),
                    rows=(Row("x", Text(en="Ex")), Row("y", Text(en="Why"))),
                ),
                Question(
                    "rank", Kind.RANKING, Text(en="Order"), options=options("a", "b")
                ),
                Question("spent", Kind.NUMBER, Text(en="How much?"), decimals=2),
                Question("cups", Kind.NUMBER, Text(en="How many?")),
                Question("when", Kind.DATE, Text(en="When?")),
                Question("why", Kind.TEXT, Text(en="Why?")),
                Question(
                    "shops",
                    Kind.BRAND,
                    Text(en="Where?"),
                    is_multiple=True,
                    most=Decimal(2),
                ),
            ),
        ),
    ),
)
ANSWERS = {
    "one": {"chosen": "else", "other": "=cmd()"},
    "many": {"chosen": ["b"]},
    "scale": 5,
    "grid": {"x": "good"},
    "rank": ["b", "a"],
    "spent": 12.5,
    "cups": -3,
    "when": "2026-01-31",
    "why": '+1, said "she"\nand left — é',
    "shops": {"chosen": ["Corner Grocery"]},
}
CELLS = {
    "one": "else",
    "one_other": "=cmd()",
    "many_a": 0,
    "many_b": 1,
    "scale": 5,
    "grid_x": "good",
    "grid_y": None,
    "rank_a": 2,
    "rank_b": 1,
    "spent": 12.5,
    "cups": -3,
    "when": date(2026, 1, 31),
    "why": '+1, said "she"\nand left — é',
    "shops_1": "Corner Grocery",
    "shops_2": None,
}


@pytest.fixture
def version():
    version = make_version(definition=EVERY_KIND)
    make_response(
        version,
        answers=ANSWERS,
        status=COMPLETE,
        seconds=77,
        profile={"age": 30, "region": "US-CA", "months": 4},
        weight=1.5,
        flags=["speeder"],
        check_state="held",
    )
    make_response(version, status=COMPLETE, shown={"p1": ["one", "many"]})
    return version


def exported(version, kind, **filters) -> bytes:
    with exporting.export(
        version.survey, kind, Filters(**filters), by=make_author()
    ) as file:
        return file.read()


def saved(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "export"
    path.write_bytes(content)
    return path


def test_csv_is_read_back(version):
    file = zipfile.ZipFile(io.BytesIO(exported(version, "csv")))
    text = file.read("responses.csv").decode()

    first, second = csv.DictReader(io.StringIO(text, newline=""))

    assert {name: first[name] for name in CELLS} == {
        name: "" if cell is None else str(cell) for name, cell in CELLS.items()
    } | {"one_other": "'=cmd()", "why": '\'+1, said "she"\nand left — é'}
    assert [first[n] for n in ("version", "status", "check_state", "seconds")] == [
        *("1", "complete", "held", "77")
    ]
    assert [first[n] for n in ("profile_age", "profile_region", "weight")] == [
        *("30", "US-CA", "1.5")
    ]
    assert first["flags"] == "speeder"
    assert {second[name] for name in CELLS} == {""}
    assert text.count("\r\n") == 3


def test_csv_brings_a_codebook(version):
    file = zipfile.ZipFile(io.BytesIO(exported(version, "csv")))
    lines = list(csv.reader(io.StringIO(file.read("codebook.csv").decode())))

    assert lines[0] == ["variable", "label", "type", "code", "meaning"]
    assert ["one", "Which one?", "choice", "", ""] in lines
    assert ["one", "", "", "else", "Something else"] in lines
    assert ["many_b", "", "", "1", "Yes"] in lines
    assert ["grid_x", "Rate: Ex", "choice", "", ""] in lines


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_texts_that_a_spreadsheet_would_compute_are_guarded(start):
    assert writers.guarded(f"{start}1") == f"'{start}1"


def test_other_texts_are_left_alone():
    assert writers.guarded("1 = 1") == "1 = 1"


def test_excel_is_read_back(version):
    book = openpyxl.load_workbook(io.BytesIO(exported(version, "xlsx")))
    head, first, second = book["Responses"].iter_rows()
    found = {name.value: cell for name, cell in zip(head, first, strict=True)}

    values = {name: found[name].value for name in CELLS}
    assert values.pop("when").date() == CELLS["when"]
    assert values == {name: cell for name, cell in CELLS.items() if name != "when"} | {
        "one_other": "'=cmd()",
        "why": '\'+1, said "she"\nand left — é',
    }
    assert found["one_other"].data_type == "s"
    assert ("one", None, None, "else", "Something else") in list(
        book["Codebook"].iter_rows(values_only=True)
    )
    assert second[1].value == 1


def test_control_characters_do_not_break_excel(version):
    make_response(version, answers={"why": "a\x0bb"}, status=COMPLETE)

    book = openpyxl.load_workbook(io.BytesIO(exported(version, "xlsx")))

    head, *_rows, last = book["Responses"].iter_rows(values_only=True)
    assert last[head.index("why")] == "ab"


def test_parquet_is_read_back(version, tmp_path):
    path = saved(tmp_path, exported(version, "parquet"))

    first, second = polars.read_parquet(path).to_dicts()

    assert {name: first[name] for name in CELLS} == CELLS
    assert {second[name] for name in CELLS} == {None}
    book = {
        one["name"]: one
        for one in json.loads(polars.read_parquet_metadata(path)["codebook"])
    }
    assert book["one"] == {
        "name": "one",
        "label": "Which one?",
        "type": "choice",
        "codes": {"a": "A", "b": "B", "else": "Something else"},
    }


def test_spss_is_read_back(version, tmp_path):
    path = saved(tmp_path, exported(version, "sav"))

    frame, meta = pyreadstat.read_sav(
        str(path), user_missing=True, output_format="dict"
    )
    first = {name: values[0] for name, values in frame.items()}
    second = {name: values[1] for name, values in frame.items()}

    assert {name: first[name] for name in CELLS} == CELLS | {
        "one": 3,
        "grid_x": 2,
        "grid_y": -99,
        "shops_2": "",
    }
    # Shown and not answered, and not shown.
    assert (second["one"], second["many_a"], second["grid_x"]) == (-99, -99, -98)
    assert meta.column_names_to_labels["grid_x"] == "Rate: Ex"
    assert meta.variable_value_labels["one"] == {
        **{1: "A", 2: "B", 3: "Something else"},
        **{-98: "Not shown", -99: "Not answered"},
    }
    assert meta.variable_value_labels["scale"] == {1: "Bad", 5: "Good"}
    assert meta.variable_value_labels["many_a"][1] == "Yes"
    assert meta.missing_ranges["one"] == [
        {"lo": -98.0, "hi": -98.0},
        {"lo": -99.0, "hi": -99.0},
    ]
    assert meta.variable_measure["one"] == "nominal"


def test_spss_drops_what_is_missing_by_itself(version, tmp_path):
    path = saved(tmp_path, exported(version, "sav"))

    frame, _meta = pyreadstat.read_sav(str(path), output_format="dict")

    assert [frame["grid_y"], frame["grid_x"]] == [[None, None], [2, None]]


@pytest.mark.parametrize("kind", exporting.FORMATS)
def test_nobody_answered_is_an_empty_table(kind, tmp_path):
    content = exported(make_version(definition=EVERY_KIND), kind)

    assert len(content) > 200


@pytest.mark.parametrize("kind", exporting.FORMATS)
def test_an_export_leaves_no_file(version, kind):
    exported(version, kind)

    assert list(settings.WORK_DIR.glob("export-*")) == []


def test_a_failed_export_leaves_no_file(version, monkeypatch):
    def fail(*args):
        args[0].write_bytes(b"half")
        raise OSError

    told = replace(exporting.FORMATS["csv"], write=fail)
    monkeypatch.setitem(exporting.FORMATS, "csv", told)

    with pytest.raises(OSError):
        exported(version, "csv")

    assert list(settings.WORK_DIR.glob("export-*")) == []


def test_no_name_of_a_response_or_panelist_is_exported(version):
    held = Response.objects.get(seconds=77)

    file = zipfile.ZipFile(io.BytesIO(exported(version, "csv")))
    text = file.read("responses.csv").decode()

    assert held.public_id not in text
    assert held.panelist.public_id not in text
    assert held.panelist.user.email not in text


def test_two_exports_name_a_response_differently(version, tmp_path):
    names = [
        polars.read_parquet(saved(tmp_path, exported(version, "parquet")))["response"]
        for _ in range(2)
    ]

    assert set(names[0]).isdisjoint(names[1])


def test_filters_choose_what_is_exported(version, tmp_path):
    content = exported(version, "parquet", check="clean")

    assert polars.read_parquet(saved(tmp_path, content)).height == 1


def test_an_export_is_recorded(version):
    author = make_author()

    exporting.export(version.survey, "csv", by=author).close()

    event = version.survey.events.get()
    assert (event.actor, event.what) == (author, "Exported 2 responses (CSV)")


def test_who_may_not_see_small_groups_exports_nothing(version):
    with pytest.raises(NotAllowed):
        exporting.export(version.survey, "csv", by=make_user("Analyst"))


def test_names_are_unique_short_and_no_words_of_spss(tmp_path):
    long = "q" + "x" * 39
    questions = (
        Question("by", Kind.TEXT, Text(en="By")),
        Question("a", Kind.MULTIPLE, options=options("b_c")),
        Question("a_b", Kind.MULTIPLE, options=options("c")),
        Question(
            long,
            Kind.MATRIX,
            options=options("y" * 40, "y" * 39 + "z"),
            rows=(Row("r" * 40),),
            is_multiple=True,
        ),
    )
    version = make_version(
        definition=replace(EVERY_KIND, pages=(Page("p", questions),))
    )
    make_response(version, answers={"by": "me"}, status=COMPLETE)

    path = saved(tmp_path, exported(version, "sav"))

    frame, _meta = pyreadstat.read_sav(str(path), output_format="dict")
    names = list(frame)[13:]
    assert names[:3] == ["by_", "a_b_c", "a_b_c_2"]
    assert [len(name) for name in names[3:]] == [60, 59]


def only(*questions: Question) -> Definition:
    return replace(EVERY_KIND, pages=(Page("p", questions),))


def test_all_names_that_somebody_may_type_are_exported():
    shops = Question("shops", Kind.BRAND, Text(en="Where?"), is_multiple=True)
    version = make_version(definition=only(shops))
    names = [f"Shop {number}" for number in range(20)]
    make_response(version, answers={"shops": {"chosen": names}}, status=COMPLETE)

    text = zipfile.ZipFile(io.BytesIO(exported(version, "csv"))).read("responses.csv")

    [row] = csv.DictReader(io.StringIO(text.decode()))
    assert [row[f"shops_{number}"] for number in range(1, 21)] == names


def test_what_an_older_version_allowed_is_exported_too():
    spent = Question("spent", Kind.NUMBER, Text(en="How much?"), decimals=2)
    shops = Question(
        "shops", Kind.BRAND, Text(en="Where?"), is_multiple=True, most=Decimal(2)
    )
    old = make_version(definition=only(spent, shops))
    told = {"spent": 12.5, "shops": {"chosen": ["Corner Grocery", "Café Nine"]}}
    make_response(old, answers=told, status=COMPLETE)
    make_version(
        old.survey, only(replace(spent, decimals=0), replace(shops, most=Decimal(1)))
    )

    frame = polars.read_parquet(io.BytesIO(exported(old, "parquet")))

    [row] = frame.select("spent", "shops_1", "shops_2").rows()
    assert row == (12.5, "Corner Grocery", "Café Nine")
