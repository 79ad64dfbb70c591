"""A survey of ours as XLSForm sheets, told so that other tools ask alike.

What XLSForm has no words for stands in columns of our own: the sheets are written, read
again, and where the two differ a cell of ours says what was meant.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from surveys.definition import (
    CHOICES,
    NO_TEXT,
    Definition,
    Kind,
    Option,
    Page,
    Purchase,
    Question,
    ScaleStyle,
    Text,
    say,
)
from surveys.exchange import jumps, losses, own
from surveys.exchange import outline as names
from surveys.exchange.conditions import Known, as_xpath
from surveys.exchange.languages import cells_of, header_of, piped_out
from surveys.exchange.limits import constraint
from surveys.exchange.notes import Note
from surveys.exchange.own import CHOICES_PREFIX, PREFIX
from surveys.exchange.reading import read
from surveys.exchange.sheets import Line, Sheets
from surveys.exchange.xpath import NotTold
from surveys.logic.conditions import (
    Always,
    And,
    Condition,
    Includes,
    Or,
    WrongCondition,
    parse,
)
from surveys.logic.variables import is_several, scale_ends

Cells = dict[str, str]
TYPES = {
    Kind.SINGLE: "select_one",
    Kind.MULTIPLE: "select_multiple",
    Kind.RANKING: "rank",
    Kind.SCALE: "range",
    Kind.DATE: "date",
    Kind.TEXT: "text",
    Kind.BRAND: "text",
    Kind.INFORMATION: "note",
}
# What pyxform or XML keep for themselves.
TAKEN = frozenset({"meta", "data", "instanceid", "instancename", "xml"})


def write(
    definition: Definition, *, form_id: str = "", version: str = ""
) -> tuple[Sheets, tuple[Note, ...]]:
    """The sheets, and what of the survey other tools will not know."""
    return _Writer(definition, form_id, version).written()


@dataclass
class Asked:
    """What a question is called there. `choices`: names by the options' codes."""

    name: str
    rows: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


class _Writer:
    def __init__(self, definition: Definition, form_id: str, version: str) -> None:
        self.definition = definition
        self.header = header_of(definition.language)
        self.notes: list[Note] = []
        self.survey: list[Cells] = []
        self.choices: list[Cells] = []
        self.settings = self._settings(form_id, version)
        # Which cells say more of which part of the definition, by its place.
        self.parts: dict[tuple[int, ...], Cells] = {}
        self.option_parts: dict[tuple[int, ...], Cells] = {}
        self.taken = set(TAKEN)
        self.asked: dict[tuple[int, int], Asked] = {}
        self.known: dict[str, Known] = {}
        self.refs: dict[str, str] = {}

    def tell(self, where: str, what: str) -> None:
        self.notes.append(Note(where, what))

    def written(self) -> tuple[Sheets, tuple[Note, ...]]:
        self._name_all()
        shown = jumps.relevances(self.definition)
        for number, page in enumerate(self.definition.pages):
            self._page(number, page, shown)
        self._add_own()
        self.notes += losses.of(self.definition)
        return self._sheets(), tuple(dict.fromkeys(self.notes))

    def _sheets(self) -> Sheets:
        quotas = [
            {
                "code": one.code,
                "name": one.name,
                "limit": str(one.limit),
                "when": one.when,
            }
            for one in self.definition.quotas
        ]
        return Sheets(
            _lines(self.survey),
            _lines(self.choices),
            _lines([self.settings])[0],
            _lines(quotas),
        )

    # Names -------------------------------------------------------------------------

    def _name(self, told: str) -> str:
        """A name that XML allows and nothing else there has, in any case of letters."""
        told = re.sub(r"[^A-Za-z0-9_]", "_", told)
        if not re.match(r"[A-Za-z_]", told):
            told = f"_{told}"
        made, number = told, 2
        while made.lower() in self.taken:
            made, number = f"{told}_{number}", number + 1
        self.taken.add(made.lower())
        return made

    def _name_all(self) -> None:
        places = [
            (number, place, question)
            for number, page in enumerate(self.definition.pages)
            for place, question in enumerate(page.questions)
        ]
        for number, place, question in places:
            self.asked[number, place] = Asked(self._name(question.code))
        for number, place, question in places:
            asked = self.asked[number, place]
            asked.rows = [
                self._name(f"{asked.name}_{row.code}") for row in question.rows
            ]
            asked.choices = _choice_names(question)
            asked.others = [
                self._name(f"{asked.name}_{option.code}") if option.asks_text else ""
                for option in question.options
            ]
            self._learn(question, asked)

    def _learn(self, question: Question, asked: Asked) -> None:
        if not question.is_asked or question.code in self.known:
            return
        options = zip(asked.choices, question.options, strict=True)
        codes = {name: option.code for name, option in options}
        several = is_several(question)
        if question.kind == Kind.MATRIX:
            for name, row in zip(asked.rows, question.rows, strict=True):
                ref = f"{question.code}.{row.code}"
                self.known[ref] = Known(ref, (name,), Kind.MATRIX, several, codes)
                self.refs[ref] = name
            all_rows = tuple(asked.rows)
            self.known[question.code] = Known(question.code, all_rows, question.kind)
        else:
            self.known[question.code] = Known(
                question.code, (asked.name,), question.kind, several, codes
            )
            self.refs[question.code] = asked.name

    # Pages -------------------------------------------------------------------------

    def _page(
        self, number: int, page: Page, shown: Mapping[int, Condition | None]
    ) -> None:
        where = _("page “%s”") % page.id
        jumped = shown.get(number, Always())
        if jumped is None:
            self.tell(where, _("that a skip leads over it is too long to be told."))
        show = jumped if jumped not in (None, Always()) else self._parsed(page.show_if)
        if self._stands_alone(number, page):
            self._question(number, 0, show)
            return
        cells: Cells = {"type": "begin group"}
        cells |= {"name": self._name(page.id), "appearance": "field-list"}
        cells |= cells_of("label", piped_out(page.title, self.refs))
        cells |= {f"{PREFIX}id": page.id}
        cells["relevant"] = self._relevant(where, [show])
        self._add(cells, number)
        for place in range(len(page.questions)):
            self._question(number, place, Always())
        self.survey.append({"type": "end group"})

    def _stands_alone(self, number: int, page: Page) -> bool:
        """A page that a question there is by itself."""
        ids = [one.id for one in self.definition.pages]
        return (
            len(page.questions) == 1
            and page == Page(page.questions[0].code, page.questions)
            and self.asked[number, 0].name == page.id
            and ids.count(page.id) == 1
        )

    def _add(self, cells: Cells, *place: int) -> None:
        self.survey.append(cells)
        self.parts[place] = cells

    def _parsed(self, source: str) -> Condition | None:
        try:
            return parse(source)
        except WrongCondition:
            return None

    def _relevant(self, where: str, conditions: list[Condition | None]) -> str:
        parts: list[Condition] = []
        for one in conditions:
            if one is None:
                self.tell(where, _("its condition can’t be read, so it isn’t told."))
            elif one != Always():
                parts += one.parts if isinstance(one, And) else [one]
        told = []
        for part in parts:
            try:
                xpath = as_xpath(part, self.known)
            except NotTold as error:
                self.tell(
                    where,
                    _("part of its condition isn’t told elsewhere: %s.") % error,
                )
            else:
                is_joined = isinstance(part, And | Or) and len(parts) > 1
                told.append(f"({xpath})" if is_joined else xpath)
        return " and ".join(told)

    # Questions ---------------------------------------------------------------------

    def _question(self, number: int, place: int, show: Condition | None) -> None:
        question = self.definition.pages[number].questions[place]
        asked = self.asked[number, place]
        cells: Cells = {"type": self._type(question, asked), "name": asked.name}
        text = piped_out(question.text, self.refs) or NO_TEXT
        if not text and question.kind != Kind.MATRIX:
            text = Text({self.definition.language: question.code})
        cells |= cells_of("label", text)
        cells |= cells_of("hint", piped_out(question.help, self.refs))
        cells |= cells_of("constraint_message", piped_out(question.message, self.refs))
        if question.is_required and question.is_asked and question.kind != Kind.MATRIX:
            cells["required"] = "yes"
        conditions = [show, self._parsed(question.show_if)]
        cells |= self._carrying(question, conditions)
        cells["relevant"] = self._relevant(question.code, conditions)
        choices = dict(
            zip((one.code for one in question.options), asked.choices, strict=True)
        )
        try:
            cells["constraint"] = constraint(question, choices)
        except NotTold as error:
            self.tell(question.code, _("its limits aren’t told: %s.") % error)
        cells["appearance"] = _appearance(question)
        if question.kind != Kind.MATRIX:
            cells["parameters"] = _parameters(question)
        codes = [one.code for one in self.definition.questions()]
        natural = names.as_code(asked.name, set())
        if question.code != natural or codes.count(question.code) > 1:
            cells[f"{PREFIX}code"] = question.code
        if question.kind == Kind.BRAND:
            cells[f"{PREFIX}kind"] = question.kind.value
        self._add(cells, number, place)
        if question.kind in CHOICES or question.kind == Kind.MATRIX:
            self._list(number, place, question, asked)
        if question.kind == Kind.MATRIX:
            self._rows(number, place, question, asked)
        self._others(question, asked)

    def _type(self, question: Question, asked: Asked) -> str:
        if question.kind == Kind.MATRIX:
            return "begin group"
        if question.kind == Kind.NUMBER:
            return "decimal" if question.decimals else "integer"
        told = TYPES[question.kind]
        return f"{told} {asked.name}" if question.kind in CHOICES else told

    def _carrying(
        self, question: Question, conditions: list[Condition | None]
    ) -> Cells:
        source = self.known.get(question.carries)
        if source is None or source.kind != Kind.MULTIPLE:
            return {}
        if question.kind not in CHOICES or not question.options:
            return {}
        # Without an option to offer the question is left out.
        offered = tuple(option.code for option in question.options)
        conditions.append(Includes(question.carries, offered))
        return {"choice_filter": f"selected(${{{source.names[0]}}}, name)"}

    def _list(self, number: int, place: int, question: Question, asked: Asked) -> None:
        for index, option in enumerate(question.options):
            name = asked.choices[index]
            text = piped_out(option.text, self.refs)
            text = text or Text({self.definition.language: name})
            cells = {"list_name": asked.name, "name": name}
            cells |= cells_of("label", text)
            if name != option.code:
                cells[f"{CHOICES_PREFIX}code"] = option.code
            self.choices.append(cells)
            self.option_parts[number, place, index] = cells
        if not question.options:
            # No tool takes an empty list.
            filler = {"list_name": asked.name, "name": "none_yet"}
            filler |= {
                f"label::{self.header}": "-",
                f"{CHOICES_PREFIX}is_filler": "yes",
            }
            self.choices.append(filler)

    def _rows(self, number: int, place: int, question: Question, asked: Asked) -> None:
        if not question.rows:
            self.parts[number, place][f"{PREFIX}kind"] = question.kind.value
            self.parts[number, place][f"{PREFIX}list"] = asked.name
        taken: set[str] = set()
        for index, row in enumerate(question.rows):
            how = "select_multiple" if question.is_multiple else "select_one"
            name = asked.rows[index]
            text = piped_out(row.text, self.refs)
            text = text or Text({self.definition.language: row.code})
            cells = {"type": f"{how} {asked.name}", "name": name}
            cells |= cells_of("label", text)
            cells["required"] = "yes" if question.is_required else ""
            cells["parameters"] = _parameters(question)
            if names.as_row_code(name, asked.name, taken) != row.code:
                cells[f"{PREFIX}code"] = row.code
            self._add(cells, number, place, index)
        self.survey.append({"type": "end group"})

    def _others(self, question: Question, asked: Asked) -> None:
        if question.kind not in (Kind.SINGLE, Kind.MULTIPLE):
            return
        for index, option in enumerate(question.options):
            if not option.asks_text:
                continue
            text = piped_out(option.text, self.refs)
            text = text or Text({self.definition.language: option.code})
            cells = {"type": "text", "name": asked.others[index]}
            cells |= cells_of("label", text)
            chosen = f"'{asked.choices[index]}'"
            cells["relevant"] = f"selected(${{{asked.name}}}, {chosen})"
            cells["required"] = "yes" if question.is_required else ""
            cells[f"{PREFIX}part_of"] = asked.name
            self.survey.append(cells)

    # The whole ---------------------------------------------------------------------

    def _settings(self, form_id: str, version: str) -> Cells:
        title = say(self.definition.title, self.definition.language) or _("Survey")
        slug = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_") or "survey"
        cells = {
            "form_title": title.replace("${", "$ {"),
            "form_id": form_id or slug[:60],
            "version": version,
            "default_language": self.header,
            f"{PREFIX}languages": " ".join(self.definition.languages),
        }
        if self.definition.purchase:
            days = self.definition.purchase.days
            cells[f"{PREFIX}purchase_days"] = str(days)
            told = own.differing(Purchase(), self.definition.purchase, own.SURVEY)
            cells |= {
                f"{PREFIX}purchase_{header.removeprefix(PREFIX)}": cell
                for header, cell in told.items()
            }
        return cells

    def _add_own(self) -> None:
        found = read(self._sheets(), self.definition.language).definition
        self.settings |= own.differing(
            found,
            self.definition,
            own.SURVEY,
            ("languages", "pages", "quotas", "purchase"),
        )
        for number, (old, page) in enumerate(
            zip(found.pages, self.definition.pages, strict=True)
        ):
            if (number,) in self.parts:
                self.parts[number,] |= own.differing(
                    old, page, own.SURVEY, ("id", "questions")
                )
            for place, pair in enumerate(
                zip(old.questions, page.questions, strict=True)
            ):
                self._add_own_of_question((number, place), *pair)

    def _add_own_of_question(
        self, at: tuple[int, int], old: Question, new: Question
    ) -> None:
        but = ("code", "kind", "options", "rows")
        self.parts[at] |= own.differing(old, new, own.SURVEY, but)
        for index, pair in enumerate(zip(old.options, new.options, strict=False)):
            place = (*at, index)
            if place in self.option_parts:
                self.option_parts[place] |= own.differing(*pair, own.CHOICES, ("code",))
        for index, pair in enumerate(zip(old.rows, new.rows, strict=False)):
            self.parts[(*at, index)] |= own.differing(*pair, own.SURVEY, ("code",))


def _lines(rows: list[Any]) -> tuple[Line, ...]:
    return tuple(
        Line(number, {header: cell for header, cell in row.items() if cell})
        for number, row in enumerate(rows, start=2)
    )


def _choice_names(question: Question) -> list[str]:
    taken: set[str] = set()
    return [names.free(_choice_name(one), taken) for one in question.options]


def _choice_name(option: Option) -> str:
    return re.sub(r"[\s'\"{}<>&]", "_", option.code) or "option"


def _appearance(question: Question) -> str:
    if question.kind == Kind.MATRIX:
        return "table-list"
    if question.kind == Kind.TEXT and question.is_long:
        return "multiline"
    is_stars = question.kind == Kind.SCALE and question.style == ScaleStyle.STARS
    return "rating" if is_stars else ""


def _parameters(question: Question) -> str:
    if question.kind == Kind.SCALE:
        low, high = scale_ends(question)
        return f"start={low} end={max(high, low + 1)} step=1"
    is_list = question.kind in CHOICES or question.kind == Kind.MATRIX
    return "randomize=true" if is_list and question.shuffles_options else ""
