"""The rows of a survey sheet as a tree, and what each is called here."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from surveys.definition import RESERVED, Kind
from surveys.exchange.notes import WrongFile
from surveys.exchange.own import PREFIX
from surveys.exchange.sheets import Line

BEGIN = re.compile(r"begin[ _](group|repeat)\Z", re.IGNORECASE)
END = re.compile(r"end[ _](group|repeat)\Z", re.IGNORECASE)
SELECT = re.compile(
    r"(?P<how>select[ _]one|select[ _]multiple|select all that apply|rank)"
    r"(?: from)?\s+(?P<list>\S+)(?P<other>\s+or[ _]other)?\Z",
    re.IGNORECASE,
)
KINDS = {
    "integer": Kind.NUMBER,
    "int": Kind.NUMBER,
    "decimal": Kind.NUMBER,
    "text": Kind.TEXT,
    "string": Kind.TEXT,
    "date": Kind.DATE,
    "range": Kind.SCALE,
    "note": Kind.INFORMATION,
    "acknowledge": Kind.SINGLE,
    "trigger": Kind.SINGLE,
}
DEEPEST = 30


@dataclass
class Item:
    """A row, or a group with the rows within it. `code`: what it is called here; of a
    row of a matrix its code there. `kind` is None for what isn't asked here."""

    line: Line
    is_group: bool = False
    is_repeat: bool = False
    children: list["Item"] = field(default_factory=list)
    kind: Kind | None = None
    list_name: str = ""
    has_other: bool = False
    code: str = ""

    @property
    def type(self) -> str:
        return " ".join(self.line.get("type").split())

    @property
    def name(self) -> str:
        return self.line.get("name")

    @property
    def appearances(self) -> frozenset[str]:
        return frozenset(self.line.get("appearance").lower().split())

    @property
    def is_page(self) -> bool:
        is_ours = bool(self.own("id"))
        return self.is_group and (is_ours or "field-list" in self.appearances)

    @property
    def is_part(self) -> bool:
        """Written beside a question of ours so that other tools ask the same."""
        return bool(self.own("part_of"))

    def own(self, field: str) -> str:
        return self.line.cells.get(f"{PREFIX}{field}", "")


def outline(lines: Iterable[Line]) -> list[Item]:
    """Raises `WrongFile` where groups begin or end in vain."""
    root = Item(Line(0), is_group=True)
    open_items = [root]
    for line in lines:
        item = Item(line)
        begin, end = BEGIN.match(item.type), END.match(item.type)
        if end:
            if len(open_items) == 1:
                raise WrongFile(
                    _("Row %d ends a group that never began.") % line.number
                )
            open_items.pop()
            continue
        if not item.type:
            continue
        open_items[-1].children.append(item)
        if begin:
            item.is_group = True
            item.is_repeat = begin[1].lower() == "repeat"
            open_items.append(item)
            if len(open_items) > DEEPEST:
                raise WrongFile(_("The groups are too deep within one another."))
        else:
            _classify(item)
    if len(open_items) > 1:
        raise WrongFile(
            _("The group that begins in row %d never ends.")
            % open_items[-1].line.number
        )
    for item in everything(root.children):
        if is_matrix(item):
            item.kind = Kind.MATRIX
            rows = rows_of(item)
            item.list_name = item.own("list") or (rows[-1].list_name if rows else "")
    return root.children


def _classify(item: Item) -> None:
    select = SELECT.match(item.type)
    if select:
        how = select["how"].lower().replace("_", " ")
        item.kind = {"select one": Kind.SINGLE, "rank": Kind.RANKING}.get(
            how, Kind.MULTIPLE
        )
        item.list_name = select["list"]
        item.has_other = bool(select["other"])
    else:
        item.kind = KINDS.get(item.type.lower())
    if item.own("kind") in list(Kind):
        item.kind = Kind(item.own("kind"))


def everything(items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from everything(item.children)


def is_matrix(item: Item) -> bool:
    """A group of choices from one list, shown as a table."""
    if not item.is_group or item.is_repeat:
        return False
    if item.own("kind") == Kind.MATRIX:
        return True
    rows = item.children
    kinds = {row.kind for row in rows}
    is_table = "table-list" in item.appearances or (
        len(rows) > 1
        and "label" in rows[0].appearances
        and all("list-nolabel" in row.appearances for row in rows[1:])
    )
    return (
        is_table
        and len(kinds) == 1
        and kinds <= {Kind.SINGLE, Kind.MULTIPLE}
        and len({row.list_name for row in rows}) == 1
        and not any(
            row.line.get("relevant") or row.line.get("choice_filter") for row in rows
        )
    )


def rows_of(matrix: Item) -> list[Item]:
    """Without the row that only heads the columns."""
    rows = matrix.children
    if rows and "label" in rows[0].appearances:
        return rows[1:]
    return rows


# Names --------------------------------------------------------------------------------


def as_code(name: str, taken: set[str]) -> str:
    """A question's code like the name, which none in `taken` has; it is added there."""
    told = re.sub(r"_{2,}", "_", re.sub(r"[^a-z0-9_]", "_", name.lower()))
    if not re.match(r"[a-z]", told) or told in RESERVED:
        told = re.sub(r"_{2,}", "_", f"q_{told}")
    return free(told[:40], taken)


def as_row_code(name: str, matrix: str, taken: set[str]) -> str:
    told = name.removeprefix(f"{matrix}_") or name
    return free(re.sub(r"[^A-Za-z0-9_]", "_", told)[:40] or "row", taken)


def as_page_id(name: str, taken: set[str]) -> str:
    told = re.sub(r"[^A-Za-z0-9_-]", "_", name)[:40] or "page"
    if told in ("END", "SCREEN_OUT"):
        told = f"page_{told}"
    return free(told, taken)


def free(told: str, taken: set[str]) -> str:
    made, number = told, 2
    while made in taken:
        made = f"{told[:36].rstrip('_')}_{number}"
        number += 1
    taken.add(made)
    return made
