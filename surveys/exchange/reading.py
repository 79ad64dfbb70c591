"""XLSForm sheets as a survey of ours."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from surveys.definition import (
    NO_TEXT,
    Definition,
    Kind,
    Option,
    Purchase,
    Question,
    Quota,
    Row,
    ScaleStyle,
    Text,
)
from surveys.exchange import outline as names
from surveys.exchange import xpath
from surveys.exchange.choices import Choices, read_choices
from surveys.exchange.conditions import Known, as_condition
from surveys.exchange.languages import (
    language_of,
    languages_in,
    named_in,
    piped_in,
    split,
    text_of,
)
from surveys.exchange.limits import with_limits
from surveys.exchange.notes import Note, Reading
from surveys.exchange.outline import Item, everything, outline, rows_of
from surveys.exchange.own import PREFIX, SURVEY, overlaid
from surveys.exchange.paging import paged
from surveys.exchange.sheets import Line, Sheets
from surveys.exchange.xpath import NotTold
from surveys.logic.conditions import as_source
from surveys.logic.variables import is_several

# An XLSForm's decimal has no limit of its own.
DECIMALS = 6
CARRIED = frozenset(
    {
        *("type", "name", "label", "hint", "required", "relevant", "constraint"),
        *("constraint_message", "appearance", "parameters", "choice_filter"),
    }
)
CARRIED_OF_ROWS = frozenset(
    {"type", "name", "label", "required", "appearance", "parameters"}
)
SILENT_SETTINGS = frozenset(
    {
        *("form_title", "title", "set form title", "form_id", "id_string", "name"),
        *("set form id", "version", "default_language", "allow_choice_duplicates"),
    }
)
YES = frozenset({"yes", "true", "true()", "1"})
NO = frozenset({"", "no", "false", "false()", "0"})
PARAMETER = re.compile(r"([A-Za-z][\w-]*)\s*=\s*([^\s,;]+)")
FILTER = re.compile(r"selected\(\s*\$\{\s*(\S+?)\s*\}\s*,\s*name\s*\)\Z")


def read(sheets: Sheets, language: str = "en") -> Reading:
    """`language`: of texts that don't say theirs. Raises `WrongFile`."""
    return _Reader(sheets, language).reading()


class _Reader:
    def __init__(self, sheets: Sheets, language: str) -> None:
        self.sheets = sheets
        # With the row of the survey that each is about, the others behind them.
        self.notes: list[tuple[float, Note]] = []
        told = sheets.settings.get("default_language")
        self.language = language_of(told, language)
        self.items = outline(sheets.survey)
        self.known: dict[str, Known] = {}
        self.refs: dict[str, str] = {}
        self.lists: dict[str, Choices] = {}
        self.page_ids: set[str] = set()
        self.codes: set[str] = set()

    def tell(self, where: str, what: str) -> None:
        self.notes.append((float("inf"), Note(where, what)))

    def of(self, item: Item, what: str) -> None:
        where = _("survey, row %d") % item.line.number
        where = f"{where} ({item.name})" if item.name else where
        self.notes.append((item.line.number, Note(where, what)))

    def reading(self) -> Reading:
        self.name_all()
        self.refs = self.named()
        self.lists = read_choices(
            self.sheets.choices, self.language, self.refs, self.tell
        )
        self.learn()
        pages = paged(self)
        definition = self.settings(Definition(pages=tuple(pages)))
        for name in self.sheets.others:
            self.tell(_("sheet “%s”") % name, _("it isn’t carried."))
        notes = [note for _row, note in sorted(self.notes, key=lambda told: told[0])]
        return Reading(definition, tuple(dict.fromkeys(notes)))

    # What things are called --------------------------------------------------------

    def name_all(self) -> None:
        for item in everything(self.items):
            if item.own("code"):
                self.codes.add(item.own("code"))
            if item.own("id"):
                self.page_ids.add(item.own("id"))
        self.name_in(self.items, on_page=False)

    def name_in(self, items: list[Item], on_page: bool) -> None:
        for item in items:
            if item.is_part:
                continue
            is_heading = item.is_group and on_page and self.label(item)
            if item.kind is not None or is_heading:
                item.code = item.own("code") or names.as_code(item.name, self.codes)
                if item.code != item.name and not item.own("code"):
                    self.of(item, _("it is called “%s” here.") % item.code)
            if item.kind == Kind.MATRIX:
                rows: set[str] = set()
                for row in rows_of(item):
                    row.code = row.own("code") or names.as_row_code(
                        row.name, item.name, rows
                    )
            elif item.is_group:
                self.name_in(item.children, on_page or item.is_page)

    def label(self, item: Item) -> Text:
        return text_of(item.line, "label", self.language)

    def named(self) -> dict[str, str]:
        found = {}
        for item in everything(self.items):
            if item.kind == Kind.MATRIX:
                found |= {row.name: f"{item.code}.{row.code}" for row in rows_of(item)}
            elif item.code and item.kind not in (None, Kind.INFORMATION):
                found.setdefault(item.name, item.code)
        return found

    def learn(self) -> None:
        for item in everything(self.items):
            choices = self.lists.get(item.list_name)
            codes = {**choices.codes} if choices else {}
            if item.has_other:
                codes.setdefault("other", "other")
            if item.kind == Kind.MATRIX:
                several = any(row.kind == Kind.MULTIPLE for row in rows_of(item))
                for row in rows_of(item):
                    ref = f"{item.code}.{row.code}"
                    self.known[row.name] = Known(
                        ref, (row.name,), Kind.MATRIX, several, codes
                    )
            elif item.code and item.kind not in (None, Kind.INFORMATION):
                several = is_several(
                    Question(
                        item.code,
                        item.kind,
                        is_multiple=item.own("is_multiple") == "yes",
                    )
                )
                self.known.setdefault(
                    item.name, Known(item.code, (item.name,), item.kind, several, codes)
                )

    # Rows --------------------------------------------------------------------------

    def text(self, line: Line, column: str) -> Text:
        return piped_in(text_of(line, column, self.language), self.refs)

    def condition(self, item: Item) -> str:
        """Where the row's own says nothing, its relevance; "" where that can't be."""
        if item.own("show_if"):
            return item.own("show_if")
        source = item.line.get("relevant")
        if not source:
            return ""
        try:
            node = xpath.parse(source)
            if node == xpath.Call("true"):
                return ""
            return as_source(as_condition(node, self.known))
        except NotTold as error:
            told = {"source": source, "why": str(error)}
            self.of(
                item,
                _(
                    "the relevance “%(source)s” isn’t carried, so it is always shown: "
                    "%(why)s."
                )
                % told,
            )
            return ""

    def question(self, item: Item) -> Question:
        line = item.line
        choices = self.lists.get(item.list_name, Choices((), {}))
        if item.list_name and item.list_name not in self.lists:
            self.of(item, _("there is no list “%s”.") % item.list_name)
        for name in sorted(named_in(text_of(line, "label", self.language))):
            if name not in self.refs:
                self.of(item, _("its text names “%s”, which isn’t asked here.") % name)
        made = Question(
            item.code,
            item.kind,
            self.text(line, "label"),
            self.text(line, "hint"),
            is_required=item.kind == Kind.INFORMATION or self.is_required(item),
            show_if=self.condition(item),
            message=self.text(line, "constraint_message"),
            options=choices.options,
        )
        if item.kind == Kind.MATRIX:
            made = self.matrix(made, item)
        else:
            made = self.with_type(made, item)
        if line.get("constraint"):
            made, wrong = with_limits(made, line.get("constraint"))
            for told in wrong:
                self.of(item, told)
        made = self.carrying(made, item)
        # The condition is read already, and "-" is one that is always true.
        made, wrong = overlaid(made, line.cells, SURVEY, ("code", "options", "rows"))
        for told in wrong:
            self.of(item, told)
        self.tell_columns(item, CARRIED)
        return made

    def is_required(self, item: Item) -> bool:
        told = item.line.get("required").lower()
        if told not in YES | NO:
            self.of(item, _("that it is required if “%s” isn’t carried.") % told)
        return told in YES

    def carrying(self, question: Question, item: Item) -> Question:
        told = item.line.get("choice_filter")
        if not told or item.own("carries"):
            return question
        found = FILTER.match(told)
        source = self.known.get(found[1]) if found else None
        if source and source.kind == Kind.MULTIPLE and question.options:
            return replace(question, carries=source.ref)
        self.of(
            item,
            _("the choice filter “%s” isn’t carried: all options are offered.") % told,
        )
        return question

    def with_type(self, question: Question, item: Item) -> Question:
        parameters = self.parameters(item)
        known: set[str] = set()
        match item.kind:
            case Kind.SINGLE | Kind.MULTIPLE | Kind.RANKING if item.list_name:
                if item.has_other:
                    question = replace(question, options=self.with_other(question))
                question = replace(question, shuffles_options=_is_random(parameters))
                parameters.pop("seed", None)
                parameters.pop("randomize", None)
            case Kind.SINGLE:
                option = Option("ok", Text({self.language: _("OK")}))
                question = replace(question, options=(option,))
            case Kind.SCALE:
                known = {"rating"}
                question = self.scale(question, item, parameters)
            case Kind.NUMBER:
                decimals = DECIMALS if item.type.lower() == "decimal" else 0
                question = replace(question, decimals=decimals)
            case Kind.TEXT:
                known = {"multiline"}
                is_long = "multiline" in item.appearances
                question = replace(question, is_long=is_long)
        self.tell_rest(item, parameters, known)
        return question

    def tell_rest(
        self, item: Item, parameters: Mapping[str, str], known: set[str]
    ) -> None:
        for name in parameters:
            self.of(item, _("the parameter “%s” isn’t carried.") % name)
        for told in sorted(item.appearances - known):
            self.of(item, _("the appearance “%s” isn’t carried.") % told)

    def parameters(self, item: Item) -> dict[str, str]:
        told = PARAMETER.findall(item.line.get("parameters"))
        return {name.lower(): value for name, value in told}

    def with_other(self, question: Question) -> tuple[Option, ...]:
        if question.option("other"):
            return tuple(
                replace(one, asks_text=True) if one.code == "other" else one
                for one in question.options
            )
        other = Option("other", Text({self.language: _("Other")}), asks_text=True)
        return (*question.options, other)

    def scale(
        self, question: Question, item: Item, parameters: dict[str, str]
    ) -> Question:
        told = []
        for name, usual in (("start", "1"), ("end", "10"), ("step", "1")):
            try:
                told.append(xpath.number(parameters.pop(name, usual)))
            except NotTold:
                self.of(item, _("the parameter “%s” isn’t carried.") % name)
                told.append(Decimal(usual))
        start, end, step = told
        is_whole = start == int(start) and end == int(end)
        is_stars = "rating" in item.appearances
        style = ScaleStyle.STARS if is_stars else ScaleStyle.NUMBERS
        question = replace(question, least=start, most=end, style=style)
        if is_whole and step == 1:
            return question
        self.of(
            item,
            _("a scale in steps of %s is a number with limits here.") % f"{step:f}",
        )
        places = max(0, *(-one.as_tuple().exponent for one in told))
        return replace(
            question,
            kind=Kind.NUMBER,
            style=ScaleStyle.NUMBERS,
            decimals=places,
        )

    def matrix(self, question: Question, item: Item) -> Question:
        rows = rows_of(item)
        heading = item.children[0] if len(rows) < len(item.children) else None
        text = question.text or (
            self.text(heading.line, "label") if heading else NO_TEXT
        )
        made, required, random = [], set(), set()
        for row in rows:
            one = Row(row.code, self.text(row.line, "label"))
            one, wrong = overlaid(one, row.line.cells, SURVEY, ("code",))
            made.append(one)
            for told in wrong:
                self.of(row, told)
            required.add(self.is_required(row))
            parameters = self.parameters(row)
            random.add(_is_random(parameters))
            parameters.pop("seed", None)
            parameters.pop("randomize", None)
            self.tell_rest(row, parameters, {"list-nolabel"})
            self.tell_columns(row, CARRIED_OF_ROWS)
            if row.has_other:
                self.of(row, _("a matrix has no other answers than its columns."))
        if len(required) > 1:
            self.of(item, _("its rows are not all required, so none is here."))
        known = {"table-list", "field-list", "label"}
        self.tell_rest(item, {}, known)
        return replace(
            question,
            text=text,
            rows=tuple(made),
            is_required=required == {True},
            is_multiple=any(row.kind == Kind.MULTIPLE for row in rows),
            shuffles_options=random == {True},
        )

    def tell_columns(self, item: Item, carried: set[str] | frozenset[str]) -> None:
        told: dict[str, None] = {}
        for header in item.line.cells:
            column, language = split(header)
            if column in ("media", "bind", "body", "instance", "control"):
                column = f"{column}::{language.partition('::')[0]}"
            if column not in carried and not header.startswith(PREFIX):
                told[column] = None
        for column in told:
            self.of(item, _("the column “%s” isn’t carried.") % column)

    # The whole ---------------------------------------------------------------------

    def settings(self, definition: Definition) -> Definition:
        line = self.sheets.settings
        title = next(
            filter(None, map(line.get, ("form_title", "title", "set form title"))), ""
        )
        definition = replace(
            definition,
            title=Text({self.language: title}),
            languages=self.languages(line),
            purchase=self.purchase(line),
            quotas=tuple(filter(None, map(self.quota, self.sheets.quotas))),
        )
        but = ("languages", "pages", "quotas", "purchase")
        definition, wrong = overlaid(definition, line.cells, SURVEY, but)
        for told in wrong:
            self.tell(_("settings"), told)
        for header in line.cells:
            if header not in SILENT_SETTINGS and not header.startswith(PREFIX):
                self.tell(_("settings"), _("the column “%s” isn’t carried.") % header)
        return definition

    def languages(self, line: Line) -> tuple[str, ...]:
        own = line.get(f"{PREFIX}languages").split()
        if own:
            return tuple(dict.fromkeys(own))
        found = languages_in((*self.sheets.survey, *self.sheets.choices), self.language)
        first = self.language if self.language in found or not found else found[0]
        return tuple(dict.fromkeys([first, *found]))

    def purchase(self, line: Line) -> Purchase | None:
        cells = {
            f"{PREFIX}{header.removeprefix(f'{PREFIX}purchase_')}": cell
            for header, cell in line.cells.items()
            if header.startswith(f"{PREFIX}purchase_")
        }
        if not cells:
            return None
        made, wrong = overlaid(Purchase(), cells, SURVEY)
        for told in wrong:
            self.tell(_("settings"), told)
        return made

    def quota(self, line: Line) -> Quota | None:
        try:
            limit = int(line.get("limit"))
        except ValueError:
            where = _("quotas, row %d") % line.number
            self.tell(where, _("its limit is no whole number, so it isn’t carried."))
            return None
        return Quota(
            line.cells.get("code", ""),
            line.cells.get("name", ""),
            limit,
            line.cells.get("when", ""),
        )


def _is_random(parameters: Mapping[str, str]) -> bool:
    return parameters.get("randomize", "").lower() == "true"
