"""Ten XLSForm workbooks as other people write them, and what isn't carried of each."""

import io
from dataclasses import dataclass, field

import openpyxl
from pyxform.xls2xform import convert

Table = list[list[str]]


@dataclass(frozen=True)
class Workbook:
    """Sheets as tables with a row of headers. `notes`: where and what, as told."""

    survey: Table
    choices: Table = field(default_factory=list)
    settings: Table = field(default_factory=list)
    notes: tuple[tuple[str, str], ...] = ()

    def data(self) -> bytes:
        return as_bytes(
            survey=self.survey, choices=self.choices, settings=self.settings
        )


def as_bytes(**sheets: Table) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([cell or None for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def check_with_pyxform(workbook: bytes) -> None:
    """Raises where the reference converter of XLSForm refuses the workbook."""
    convert(workbook, validate=False, file_type=".xlsx")


YES_NO = [
    ["list_name", "name", "label"],
    ["yn", "yes", "Yes"],
    ["yn", "no", "No"],
]

WORKBOOKS = {
    "types": Workbook(
        survey=[
            ["type", "name", "label", "hint", "required", "appearance", "parameters"],
            ["note", "hello", "Welcome", "", "", "", ""],
            ["select_one yn", "shops", "Do you shop?", "Often", "yes", "", ""],
            ["select_multiple yn", "both", "Which?", "", "", "", ""],
            ["rank yn", "order", "In your order", "", "true", "", ""],
            ["integer", "age", "How old are you?", "", "yes", "", ""],
            ["decimal", "weight", "How heavy?", "", "", "", ""],
            ["range", "mood", "Mood", "", "", "", "start=0 end=10 step=1"],
            ["range", "stars", "Stars", "", "", "rating", "start=1 end=5 step=1"],
            ["range", "half", "Halves", "", "", "", "start=0 end=2 step=0.5"],
            ["text", "name", "Name", "", "", "", ""],
            ["text", "why", "Why?", "", "", "multiline", ""],
            ["date", "day", "When?", "", "", "", ""],
            ["acknowledge", "agree", "I agree", "", "yes", "", ""],
            ["select_one yn or_other", "else", "Else?", "", "", "minimal", ""],
        ],
        choices=YES_NO,
        notes=(
            (
                "survey, row 10 (half)",
                "a scale in steps of 0.5 is a number with limits here.",
            ),
            ("survey, row 15 (else)", "the appearance “minimal” isn’t carried."),
        ),
    ),
    "relevance": Workbook(
        survey=[
            ["type", "name", "label", "relevant"],
            ["select_one yn", "a", "A", ""],
            ["select_multiple yn", "b", "B", "${a} = 'yes'"],
            ["integer", "c", "C", "selected(${b}, 'no') and not(${a} = 'no')"],
            ["date", "d", "D", "(${c} > 3 or ${c} <= 1) and ${b} != ''"],
            ["text", "e", "E", "count-selected(${b}) >= 2"],
            ["text", "f", "F", "${e} = '' or 'yes' = ${a}"],
            ["text", "g", "G", "${d} >= date('2026-01-31')"],
            ["text", "h", "H", "${c} + 1 > 3"],
            ["text", "i", "I", "${e} = 'hello'"],
            ["text", "j", "J", "${a} != 'no'"],
        ],
        choices=YES_NO,
        notes=(
            (
                "survey, row 9 (h)",
                "the relevance “${c} + 1 > 3” isn’t carried, so it "
                "is always shown: “+” isn’t known here.",
            ),
            (
                "survey, row 10 (i)",
                "the relevance “${e} = 'hello'” isn’t carried, so "
                "it is always shown: what a text says isn’t compared here.",
            ),
        ),
    ),
    "constraints": Workbook(
        survey=[
            ["type", "name", "label", "constraint", "constraint_message"],
            ["integer", "a", "A", ". > 0 and . <= 120", "Between 1 and 120"],
            ["decimal", "b", "B", ". >= 0.5", ""],
            ["date", "c", "C", ". <= today() and . >= date('2020-01-01')", ""],
            ["text", "d", "D", "string-length(.) >= 3", "Longer, please"],
            [
                "select_multiple l",
                "e",
                "E",
                "count-selected(.) <= 2 and not(selected(., 'none') and "
                "count-selected(.) > 1)",
                "",
            ],
            ["text", "f", "F", "regex(., '^[a-z]+$')", "Small letters"],
            [
                "select_multiple l",
                "g",
                "G",
                "if(selected(., 'none'), count-selected(.) = 1, true())",
                "",
            ],
        ],
        choices=[
            ["list_name", "name", "label"],
            ["l", "tea", "Tea"],
            ["l", "milk", "Milk"],
            ["l", "none", "None"],
        ],
        notes=(
            (
                "survey, row 7 (f)",
                "the constraint “regex(., '^[a-z]+$')” isn’t "
                "carried: no limit here says that.",
            ),
        ),
    ),
    "translations": Workbook(
        survey=[
            [
                "type",
                "name",
                "label::English (en)",
                "label::French (fr)",
                "hint::French (fr)",
                "constraint",
                "constraint_message::French (fr)",
            ],
            ["select_one l", "a", "Which?", "Lequel ?", "Un seul", "", ""],
            ["integer", "b", "How many?", "Combien ?", "", ". >= 1", "Au moins un"],
            ["note", "c", "You said ${a}", "Vous avez dit ${a} {ici}", "", "", ""],
        ],
        choices=[
            ["list_name", "name", "label::English (en)", "label::French (fr)"],
            ["l", "red", "Red", "Rouge"],
            ["l", "blue", "Blue", "Bleu"],
        ],
        settings=[
            ["form_title", "form_id", "version", "default_language"],
            ["Couleurs", "colours", "7", "French (fr)"],
        ],
    ),
    "pages": Workbook(
        survey=[
            ["type", "name", "label", "appearance", "relevant"],
            ["begin group", "first", "First page", "field-list", ""],
            ["select_one yn", "a", "A", "", ""],
            ["text", "b", "B", "", ""],
            ["end group", "", "", "", ""],
            ["begin group", "second", "Second page", "field-list", "${a} = 'yes'"],
            ["integer", "c", "C", "", ""],
            ["text", "d", "D", "", "${c} > 5"],
            ["end group", "", "", "", ""],
            ["begin group", "outer", "Outer", "", "${a} = 'no'"],
            ["text", "e", "E", "", ""],
            ["begin group", "inner", "Inner", "field-list", "${c} > 1"],
            ["text", "f", "F", "", ""],
            ["text", "g", "G", "", ""],
            ["end group", "", "", "", ""],
            ["end group", "", "", "", ""],
        ],
        choices=YES_NO,
        notes=(
            (
                "survey, row 6 (second)",
                "the page is split before “d”, which looks at "
                "what is asked on the same page.",
            ),
        ),
    ),
    "tables": Workbook(
        survey=[
            ["type", "name", "label", "appearance", "required"],
            ["begin group", "likes", "How good is it?", "table-list", ""],
            ["select_one good", "likes_tea", "Tea", "", "yes"],
            ["select_one good", "milk", "Milk", "", "yes"],
            ["end group", "", "", "", ""],
            ["begin group", "uses", "", "field-list", ""],
            ["select_multiple good", "head", "When?", "label", ""],
            ["select_multiple good", "u1", "Cup", "list-nolabel", ""],
            ["select_multiple good", "u2", "Pot", "list-nolabel", ""],
            ["end group", "", "", "", ""],
            ["select_one good", "one", "One", "likert", ""],
        ],
        choices=[
            ["list_name", "name", "label"],
            ["good", "1", "Bad"],
            ["good", "2", "Good"],
        ],
        notes=(("survey, row 11 (one)", "the appearance “likert” isn’t carried."),),
    ),
    "choice filters": Workbook(
        survey=[
            ["type", "name", "label", "choice_filter", "parameters"],
            ["select_multiple l", "used", "Which do you use?", "", "randomize=true"],
            [
                "select_one l",
                "best",
                "Which is best?",
                "selected(${used}, name)",
                "randomize=true, seed=42",
            ],
            ["select_one country", "country", "Country", "", ""],
            ["select_one city", "city", "City", "country=${country}", ""],
        ],
        choices=[
            ["list_name", "name", "label", "country"],
            ["l", "a", "A", ""],
            ["l", "b", "B", ""],
            ["country", "fr", "France", ""],
            ["country", "de", "Germany", ""],
            ["city", "paris", "Paris", "fr"],
            ["city", "berlin", "Berlin", "de"],
        ],
        notes=(
            ("choices", "the column “country” isn’t carried."),
            (
                "survey, row 5 (city)",
                "the choice filter “country=${country}” isn’t "
                "carried: all options are offered.",
            ),
        ),
    ),
    "calculations": Workbook(
        survey=[
            ["type", "name", "label", "calculation", "relevant", "default"],
            ["start", "start", "", "", "", ""],
            ["end", "end", "", "", "", ""],
            ["today", "today", "", "", "", ""],
            ["deviceid", "device", "", "", "", ""],
            ["integer", "price", "Price", "", "", "5"],
            ["calculate", "twice", "", "${price} * 2", "", ""],
            ["text", "dear", "Why so dear? ${twice}", "", "${twice} > 10", ""],
            ["hidden", "secret", "", "", "", "x"],
        ],
        notes=(
            (
                "survey, row 8 (dear)",
                "the relevance “${twice} > 10” isn’t carried, so "
                "it is always shown: “twice” isn’t asked here.",
            ),
            *(
                (
                    f"survey, row {row} ({name})",
                    f"questions of type “{kind}” aren’t carried.",
                )
                for row, name, kind in (
                    (2, "start", "start"),
                    (3, "end", "end"),
                    (4, "today", "today"),
                    (5, "device", "deviceid"),
                    (7, "twice", "calculate"),
                    (9, "secret", "hidden"),
                )
            ),
            ("survey, row 6 (price)", "the column “default” isn’t carried."),
            ("survey, row 8 (dear)", "its text names “twice”, which isn’t asked here."),
        ),
    ),
    "devices": Workbook(
        survey=[
            ["type", "name", "label", "media::image", "read_only", "guidance_hint"],
            ["geopoint", "place", "Where?", "", "", ""],
            ["image", "photo", "Take one", "", "", ""],
            ["audio", "sound", "Record", "", "", ""],
            ["barcode", "code", "Scan", "", "", ""],
            ["time", "at", "When?", "", "", ""],
            ["select_one yn", "Liked", "Liked?", "cat.png", "", "Ask twice"],
            ["begin repeat", "people", "People", "", "", ""],
            ["text", "who", "Who?", "", "yes", ""],
            ["end repeat", "", "", "", "", ""],
        ],
        choices=YES_NO,
        notes=(
            *(
                (
                    f"survey, row {row} ({name})",
                    f"questions of type “{kind}” aren’t carried.",
                )
                for row, name, kind in (
                    (2, "place", "geopoint"),
                    (3, "photo", "image"),
                    (4, "sound", "audio"),
                    (5, "code", "barcode"),
                    (6, "at", "time"),
                )
            ),
            ("survey, row 7 (Liked)", "it is called “liked” here."),
            ("survey, row 7 (Liked)", "the column “media::image” isn’t carried."),
            ("survey, row 7 (Liked)", "the column “guidance_hint” isn’t carried."),
            (
                "survey, row 8 (people)",
                "it isn’t repeated: its questions are asked once.",
            ),
            ("survey, row 9 (who)", "the column “read_only” isn’t carried."),
        ),
    ),
    "nested": Workbook(
        survey=[
            [
                "type",
                "name",
                "label",
                "appearance",
                "relevant",
                "required",
                "required_message",
            ],
            ["select one from yn", "a", "A", "", "", "yes", "Please"],
            ["begin_group", "page", "Page", "field-list", "", "", ""],
            ["begin_group", "part", "A part of it", "", "${a} = 'yes'", "", ""],
            ["text", "b", "B", "", "", "${a} = 'yes'", ""],
            ["end_group", "", "", "", "", "", ""],
            ["begin_group", "grid", "Grid", "table-list", "${a} = 'no'", "", ""],
            ["select_one yn", "r1", "Row 1", "", "", "yes", ""],
            ["select_one yn", "r2", "Row 2", "", "", "yes", ""],
            ["end_group", "", "", "", "", "", ""],
            ["end_group", "", "", "", "", "", ""],
            ["text", "c", "C", "", "${r1} = 'no'", "", ""],
        ],
        choices=YES_NO,
        settings=[["form_title", "style"], ["Nested", "pages"]],
        notes=(
            ("survey, row 2 (a)", "the column “required_message” isn’t carried."),
            (
                "survey, row 5 (b)",
                "that it is required if “${a} = 'yes'” isn’t carried.",
            ),
            ("settings", "the column “style” isn’t carried."),
        ),
    ),
}
