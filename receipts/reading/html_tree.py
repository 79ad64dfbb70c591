"""A tree of an e-mail's HTML, from whatever stands there, in linear time.

The standard library's parser takes quadratic time on unclosed tags and comments, which
an e-mail from anybody may have by the megabyte. So tags are looked for here: nothing is
loaded, nothing raises, and what is too deep or too long is left out.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

MOST_TEXT = 2_000_000
MOST_NODES = 100_000
DEEPEST = 120
_LONGEST_TAG = 4_000

_EMPTY_TAGS = "area base br col embed hr img input link meta param source track wbr"
EMPTY = frozenset(_EMPTY_TAGS.split())
# What stands in these is never text of the page.
RAW = frozenset({"script", "style", "title", "textarea", "xmp", "noembed"})
# A tag that ends an open one: another row ends the row, but not an outer table's.
_ENDS = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "p": {"p"},
    "option": {"option"},
    "tr": {"tr", "td", "th"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tbody": {"tbody", "thead", "tfoot", "tr", "td", "th"},
    "thead": {"tbody", "thead", "tfoot", "tr", "td", "th"},
    "tfoot": {"tbody", "thead", "tfoot", "tr", "td", "th"},
}
_CELLS = frozenset({"td", "th"})
_TABLE_PARTS = frozenset({"tr", "tbody", "thead", "tfoot"})
_FENCES = frozenset({"table", "ul", "ol", "dl", "div"}) | _CELLS
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:\-]{0,30})")
_ATTRIBUTE = re.compile(
    r"([a-zA-Z][\w:\-]{0,40})(?:\s{0,20}=\s{0,20}(\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?"
)


@dataclass
class Node:
    """An element. `children` are nodes and decoded texts in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)
    holds_table: bool = False

    def number(self, name: str, *, least: int, most: int) -> int:
        """A number such as a colspan, within its bounds; `least` if it is none."""
        text = self.attributes.get(name, "").strip()[:6]
        return min(max(int(text), least), most) if text.isdecimal() else least


def decoded(text: str) -> str:
    try:
        return unescape(text)
    except ValueError:  # a character's number with more digits than int() takes
        return text


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """("text", ...), ("open", the tag's inside) and ("close", its name) in order."""
    place, size = 0, len(text)
    while place < size:
        start = text.find("<", place)
        if start < 0:
            yield "text", text[place:]
            return
        if start > place:
            yield "text", text[place:start]
        if text.startswith("<!--", start):
            end = text.find("-->", start + 4)
            if end < 0:
                return
            place = end + 3
        elif text.startswith(("<!", "<?"), start):
            end = text.find(">", start)
            if end < 0:
                return
            place = end + 1
        elif name := _NAME.match(text, start + 1):
            end = end_of_tag(text, start)
            if end < 0:
                return
            is_end = text[start + 1] == "/"
            yield "close" if is_end else "open", text[start + 1 + is_end : end]
            place = end + 1
            tag = name.group(1).lower()
            if tag in RAW and not is_end:
                place = end_of_raw(text, tag, place)
        else:
            yield "text", "<"
            place = start + 1


def end_of_tag(text: str, start: int) -> int:
    """Where a tag's ">" stands; one in quotes is none unless the quotes never end."""
    first = end = text.find(">", start)
    for _ in range(4):
        if end < 0 or end - start > _LONGEST_TAG:
            return first
        inside = text[start:end]
        if inside.count('"') % 2 == 0 or "=" not in inside:
            return end
        end = text.find(">", end + 1)
    return first


def end_of_raw(text: str, tag: str, place: int) -> int:
    end = re.compile(rf"</{tag}[\s/>]", re.IGNORECASE).search(text, place)
    return len(text) if end is None else end.start()


def tree_of(text: str) -> Node:
    """The document's tree; at most `MOST_NODES` nodes, `DEEPEST` deep."""
    root = Node("html")
    stack = [root]
    too_deep: Counter[str] = Counter()
    nodes = 0
    for kind, inside in tokens(text[:MOST_TEXT]):
        nodes += 1
        if nodes > MOST_NODES:
            break
        if kind == "text":
            stack[-1].children.append(decoded(inside))
            continue
        tag = _NAME.match(inside).group(1).lower()
        if kind == "close":
            if too_deep[tag]:
                too_deep[tag] -= 1
            else:
                close(stack, tag)
            continue
        end_others(stack, tag)
        node = Node(tag, attributes_of(inside))
        stack[-1].children.append(node)
        if tag == "table":
            for outer in stack:
                outer.holds_table = True
        is_closed = tag in EMPTY or (inside.endswith("/") and tag not in _CELLS)
        if is_closed:
            continue
        if len(stack) < DEEPEST:
            stack.append(node)
        else:
            too_deep[tag] += 1
    return root


def attributes_of(inside: str) -> dict[str, str]:
    found = _ATTRIBUTE.finditer(inside[:_LONGEST_TAG], _NAME.match(inside).end())
    return {match[1].lower(): decoded((match[2] or "").strip("\"'")) for match in found}


def end_others(stack: list[Node], tag: str) -> None:
    """Close what an opening tag ends: a cell ends the cell before it in its row."""
    ended = _ENDS.get(tag)
    if ended is None:
        return
    is_part = tag in _TABLE_PARTS or tag in _CELLS
    fences = {"table"} if is_part else _FENCES
    for depth in range(len(stack) - 1, 0, -1):
        open_tag = stack[depth].tag
        if open_tag in ended:
            del stack[depth:]
            if tag not in _TABLE_PARTS:
                return
        elif open_tag in fences:
            return


def close(stack: list[Node], tag: str) -> None:
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].tag == tag:
            del stack[depth:]
            return
        # A stray </div> in a cell doesn't end what is around the table.
        if stack[depth].tag in _CELLS and tag not in _TABLE_PARTS | {"table"}:
            return
