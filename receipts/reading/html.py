"""The HTML of an e-mail as a page: lines of words from its text and table layout.

A row of a table becomes a line with a word a cell. E-mails nest tables to lay out what
they show, so only rows without rows inside are lines. Nothing remote is loaded.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from receipts.reading.amounts import amounts_in
from receipts.reading.html_tree import MOST_TEXT, RAW, Node, tree_of
from receipts.reading.page import Line, Page, Word

READER = "html"
# The ends of its files' names.
HTML = frozenset({".html", ".htm"})
WIDTH, LINE_HEIGHT, TEXT_HEIGHT = 1000, 30, 20
MOST_LINES = 5_000
# What is read of a file: characters may have up to four bytes.
MOST_BYTES = 4 * MOST_TEXT
_MOST_CELLS, _LONGEST_WORD = 40, 500
# A letter's advance, for words that stand in preformatted columns.
_ADVANCE = 10

_UNSEEN_TAGS = "template svg math object iframe video audio canvas select map"
_BLOCK_TAGS = (
    "address article aside blockquote body center dd div dl dt fieldset figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody tfoot "
    "thead tr td th ul caption"
)
_NOT_SHOWN = RAW | frozenset(_UNSEEN_TAGS.split())
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|max-height\s*:\s*0(?:px|pt|em|%)?\s*(?:!important)?\s*(?:;|$)"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)",
    re.IGNORECASE,
)
_FONT_SIZE = re.compile(
    r"font-size\s*:\s*(\d{0,4}\.?\d{0,4})|font\s*:[^;]{0,60}?\b(0|[1-9]\d{0,3})(?:px|pt)",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"display\s*:\s*(?:inline(?:-block|-table|-flex)?|table-cell)|float\s*:\s*(?:left|right)",
    re.IGNORECASE,
)
_IN_A_ROW = re.compile(
    r"display\s*:\s*(?:-webkit-)?(?:inline-)?(?:flex|box|table-row)(?!.{0,200}direction\s*:\s*column)",
    re.IGNORECASE | re.DOTALL,
)
_FLOATS = re.compile(r"float\s*:\s*(left|right)", re.IGNORECASE)
_BLANKS = re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_UNSEEN = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
_CHARSET = re.compile(
    rb"charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([\w\-]{2,30})", re.IGNORECASE
)
# Alternative texts that name what a picture is for and not whom it is of.
_NO_LOGO = re.compile(
    r"^(?:image|img|logo|photo|picture|banner|header|icon|spacer|facebook|instagram"
    r"|twitter|x|youtube|pinterest|tiktok|linkedin|view|click|shop now|product|hero"
    r"|divider|arrow|star)s?\b|^\W*$|\.(?:png|jpe?g|gif|svg|webp)$|https?:",
    re.IGNORECASE,
)
_LOGO_WORDS = re.compile(
    r"\s*\b(?:company\s+)?(?:logo|home\s?page)\b\s*$", re.IGNORECASE
)
_LONGEST_LOGO = 40
# A logo stands above this many lines of text.
_HEADER_LINES = 4
_CENTS = re.compile(r"[$€£]\s?\d{1,5}$")


@dataclass(frozen=True)
class Cell:
    """A text between two sides of the page, 0 to 1."""

    text: str
    left: float
    right: float


Row = tuple[Cell, ...]


@dataclass
class Flow:
    """Lines in the making between two sides of the page."""

    left: float
    right: float
    rows: list[Row] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    floated_right: bool = False

    def end_line(self) -> None:
        text = shown("".join(self.parts))
        self.parts.clear()
        self.floated_right = False
        if text and len(self.rows) < MOST_LINES:
            self.rows.append((Cell(text, self.left, self.right),))

    def extend(self, rows: Sequence[Row]) -> None:
        self.end_line()
        self.rows.extend(rows[: MOST_LINES - len(self.rows)])


def decoded_html(data: bytes) -> str:
    """Text of a file by its byte order mark, the charset it names, UTF-8 or cp1252."""
    named = _CHARSET.search(data[:2048])
    guesses = ["utf-8-sig"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        guesses.insert(0, "utf-16")
    elif named:
        guesses.insert(0, named.group(1).decode("ascii"))
    for encoding in guesses:
        try:
            return data.decode(encoding)
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def page_of_html(html: str) -> Page:
    """A page of HTML's visible text, with boxes by line and by column.

    At most 2 MB of text, 120 elements deep, and `MOST_LINES` lines count; what is
    beyond, or hidden, is left out. Never raises for what the HTML holds.
    """
    root = tree_of(html)
    flow = Flow(0.0, 1.0)
    walk(root, flow, in_pre=False, is_tiny=False)
    flow.end_line()
    rows = flow.rows
    logo = logo_in(root)
    if logo and not any(logo.casefold() == shown_row(row) for row in rows[:3]):
        rows = [(Cell(logo, 0.0, 1.0),), *rows]
    lines = tuple(line_of(row, number) for number, row in enumerate(rows[:MOST_LINES]))
    return Page(lines, WIDTH, LINE_HEIGHT * max(1, len(lines)), READER)


def shown(text: str) -> str:
    return _BLANKS.sub(" ", _UNSEEN.sub("", text)).strip()


def shown_row(row: Row) -> str:
    return " ".join(cell.text for cell in row).casefold()


def line_of(row: Row, number: int) -> Line:
    top = LINE_HEIGHT * number
    return Line(
        tuple(
            Word(
                cell.text[:_LONGEST_WORD],
                (cell.left * WIDTH, top, cell.right * WIDTH, top + TEXT_HEIGHT),
                1.0,
            )
            for cell in row
        )
    )


def is_hidden(node: Node) -> bool:
    return (
        node.tag in _NOT_SHOWN
        or "hidden" in node.attributes
        or bool(_HIDDEN.search(node.attributes.get("style", "")))
    )


def is_tiny_in(node: Node, is_tiny: bool) -> bool:
    """Whether text in it has no size; a style inside may give it one again."""
    match = _FONT_SIZE.search(node.attributes.get("style", ""))
    if match is None:
        return is_tiny
    size = match[1] or match[2] or ""
    return bool(size.strip(".")) and float(size) == 0


def walk(node: Node, flow: Flow, *, in_pre: bool, is_tiny: bool) -> None:
    """Put what an element shows into the flow, block by block."""
    is_row = bool(_IN_A_ROW.search(node.attributes.get("style", "")))
    for child in node.children:
        if isinstance(child, str):
            if is_tiny:
                continue
            if in_pre:
                add_preformatted(child, flow)
            else:
                flow.parts.append(child)
            continue
        if is_hidden(child):
            continue
        if child.tag == "br":
            flow.end_line()
        elif child.tag == "table":
            flow.extend(table_rows(child, flow.left, flow.right, is_tiny=is_tiny))
        else:
            walk_element(
                child,
                flow,
                is_beside=is_row,
                in_pre=in_pre or child.tag == "pre",
                is_tiny=is_tiny_in(child, is_tiny),
            )


def walk_element(
    node: Node, flow: Flow, *, is_beside: bool, in_pre: bool, is_tiny: bool
) -> None:
    style = node.attributes.get("style", "")
    is_beside = is_beside or bool(_BESIDE.search(style))
    is_block = node.tag in _BLOCKS and not is_beside
    side = _FLOATS.search(style)
    if side and side[1].lower() == "left" and flow.floated_right:
        flow.end_line()
    if is_block:
        flow.end_line()
    elif is_beside:
        flow.parts.append(" ")
    elif node.tag == "sup":
        flow.parts.append(before_raised(node, flow))
    walk(node, flow, in_pre=in_pre, is_tiny=is_tiny)
    if is_block:
        flow.end_line()
    elif is_beside:
        flow.parts.append(" ")
        flow.floated_right = bool(side) and side[1].lower() == "right"


def before_raised(node: Node, flow: Flow) -> str:
    """The point that a raised pair of digits stands for: $10 and a small 99."""
    text = "".join(child for child in node.children if isinstance(child, str)).strip()
    before = "".join(flow.parts[-3:]).rstrip()
    is_cents = len(text) == 2 and text.isdecimal() and _CENTS.search(before)
    return "." if is_cents else ""


def add_preformatted(text: str, flow: Flow) -> None:
    """Lines of typed text; columns stand two blanks or more apart."""
    first, *others = text.expandtabs(8).splitlines() or [""]
    flow.parts.append(first)
    for line in others:
        if len(flow.rows) >= MOST_LINES:
            return
        end_preformatted(flow)
        flow.parts.append(line)
    if text.endswith("\n"):
        end_preformatted(flow)


def end_preformatted(flow: Flow) -> None:
    text = "".join(flow.parts)
    flow.parts.clear()
    cells = []
    for match in re.finditer(r"\S+(?: \S+)*", _UNSEEN.sub("", text)[:_LONGEST_WORD]):
        left = min(match.start() * _ADVANCE / WIDTH, 0.99)
        right = min(match.end() * _ADVANCE / WIDTH, 1.0)
        cells.append(Cell(shown(match.group()), left, right))
    cells = [cell for cell in cells if cell.text][:_MOST_CELLS]
    if cells and len(flow.rows) < MOST_LINES:
        flow.rows.append(tuple(cells))


def table_rows(table: Node, left: float, right: float, *, is_tiny: bool) -> list[Row]:
    is_tiny = is_tiny_in(table, is_tiny)
    flow = Flow(left, right)
    trs: list[Node] = []
    gather(table, trs, flow, is_tiny)
    flow.end_line()
    cells = [
        [c for c in tr.children if isinstance(c, Node) and c.tag in {"td", "th"}]
        for tr in trs
    ]
    columns = max(
        (sum(span(cell) for cell in row[:_MOST_CELLS]) for row in cells), default=1
    )
    width = (right - left) / max(columns, 1)
    for tr, row in zip(trs, cells, strict=True):
        if len(flow.rows) >= MOST_LINES:
            break
        flow.extend(tr_rows(tr, row[:_MOST_CELLS], left, width, is_tiny=is_tiny))
    return flow.rows


def span(cell: Node) -> int:
    return cell.number("colspan", least=1, most=_MOST_CELLS)


def gather(node: Node, trs: list[Node], flow: Flow, is_tiny: bool) -> None:
    """A table's own rows; text and elements that stray between them come first."""
    for child in node.children:
        if isinstance(child, str):
            if not is_tiny:
                flow.parts.append(child)
        elif is_hidden(child):
            continue
        elif child.tag == "tr":
            trs.append(child)
        elif child.tag in {"td", "th"}:
            trs.append(Node("tr", children=[child]))
        elif child.tag in {"tbody", "thead", "tfoot"}:
            gather(child, trs, flow, is_tiny_in(child, is_tiny))
        elif child.tag == "table":
            flow.extend(table_rows(child, flow.left, flow.right, is_tiny=is_tiny))
        else:
            walk_element(
                child,
                flow,
                is_beside=False,
                in_pre=False,
                is_tiny=is_tiny_in(child, is_tiny),
            )


def tr_rows(
    tr: Node, cells: Sequence[Node], left: float, width: float, *, is_tiny: bool
) -> list[Row]:
    """A row's lines: one, unless its cells have several."""
    is_tiny = is_tiny_in(tr, is_tiny)
    columns: list[list[Row]] = []
    holds_table = False
    for cell in cells:
        flow = Flow(left, left + width * span(cell))
        left = flow.right
        if is_hidden(cell):
            continue
        walk(cell, flow, in_pre=False, is_tiny=is_tiny_in(cell, is_tiny))
        flow.end_line()
        if flow.rows:
            columns.append(flow.rows)
            holds_table = holds_table or cell.holds_table
    heights = {len(rows) for rows in columns if len(rows) > 1}
    if holds_table and sum(len(rows) > 1 for rows in columns) > 1 and len(heights) > 1:
        # Tables side by side: each is read to its end.
        return [row for rows in columns for row in rows]
    tallest = max(map(len, columns), default=0)
    return [
        tuple(cell for rows in columns if n < len(rows) for cell in rows[n])
        for n in range(min(tallest, MOST_LINES))
    ]


def logo_in(root: Node) -> str | None:
    """The alternative text of a picture above the text, if it may be a name."""
    above = 0
    stack: list[Node | str] = [root]
    while stack and above <= _HEADER_LINES:
        node = stack.pop()
        if isinstance(node, str):
            text = shown(node)
            above += bool(text)
            if amounts_in(text[:200]):
                return None
            continue
        if is_hidden(node):
            continue
        if node.tag == "img":
            alt = _LOGO_WORDS.sub("", shown(node.attributes.get("alt", "")[:200]))
            if 2 <= len(alt) <= _LONGEST_LOGO and not _NO_LOGO.search(alt):
                return alt
        stack.extend(reversed(node.children))
    return None
