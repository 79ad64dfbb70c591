"""The part of XPath in which XLSForms tell relevance, constraints and filters."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

DEEPEST, LONGEST = 40, 8000


class NotTold(Exception):
    """Something that can't be said there; `str(error)` says what."""


@dataclass(frozen=True)
class Name:
    """${name}: another row's answer."""

    name: str


@dataclass(frozen=True)
class Dot:
    """The answer itself."""


@dataclass(frozen=True)
class Literal:
    value: str | Decimal


@dataclass(frozen=True)
class Call:
    """`name` in small letters. A bare word, as in choice filters, has no `args`."""

    name: str
    args: tuple["Node", ...] | None = ()


@dataclass(frozen=True)
class Compare:
    left: "Node"
    sign: str
    right: "Node"


@dataclass(frozen=True)
class Both:
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Either:
    parts: tuple["Node", ...]


Node = Name | Dot | Literal | Call | Compare | Both | Either
FLIPPED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
TOKEN = re.compile(
    r"""\s*(?:
      \$\{\s*(?P<name>[^\s{}$]+)\s*\}
    | (?P<number>-?(?:\d+(?:\.\d+)?|\.\d+))(?![\w.])
    | '(?P<single>[^']*)' | "(?P<double>[^"]*)"
    | (?P<word>[A-Za-z_][A-Za-z0-9_-]*)
    | (?P<sign><=|>=|!=|=|<|>|\(|\)|,|\.(?![\w.]))
    )""",
    re.VERBOSE,
)
CURLY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\xa0": " "})


def parse(source: str) -> Node:
    """Raises `NotTold`."""
    if len(source) > LONGEST:
        raise NotTold(_("it is too long"))
    parser = _Parser(_tokens(source))
    made = parser.either()
    if parser.token[0] != "end":
        raise _strange(parser.token[1])
    return made


def _strange(what: str) -> NotTold:
    return NotTold(_("“%s” isn’t known here") % what)


def _tokens(source: str) -> list[tuple[str, str]]:
    # Word processors like to make quotes curly.
    if "'" not in source and '"' not in source:
        source = source.translate(CURLY)
    found = []
    at, end = 0, len(source.rstrip())
    while at < end:
        match = TOKEN.match(source, at)
        if match is None:
            raise _strange(source[at:].split()[0][:20])
        kind = match.lastgroup or ""
        text = match[kind]
        found.append(("text" if kind in ("single", "double") else kind, text))
        at = match.end()
    return [*found, ("end", "")]


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = self.depth = 0

    @property
    def token(self) -> tuple[str, str]:
        return self.tokens[self.at]

    def take(self, *texts: str) -> str:
        kind, text = self.token
        if kind in ("sign", "word") and text in texts:
            self.at += 1
            return text
        return ""

    def expect(self, text: str) -> None:
        if not self.take(text):
            raise _strange(self.token[1] or _("the end"))

    def either(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotTold(_("its parentheses are too deep"))
        parts = [self.both()]
        while self.take("or"):
            parts.append(self.both())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def both(self) -> Node:
        parts = [self.comparison()]
        while self.take("and"):
            parts.append(self.comparison())
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def comparison(self) -> Node:
        left = self.operand()
        sign = self.take(*FLIPPED)
        if not sign:
            return left
        right = self.operand()
        if isinstance(left, Literal) or isinstance(right, Dot | Name):
            return Compare(right, FLIPPED[sign], left)
        return Compare(left, sign, right)

    def operand(self) -> Node:
        kind, text = self.token
        self.at += 1
        match kind:
            case "name":
                return Name(text)
            case "number":
                return Literal(Decimal(text))
            case "text":
                return Literal(text)
            case "word" if text not in ("and", "or"):
                return self.call(text)
            case "sign" if text == ".":
                return Dot()
            case "sign" if text == "(":
                made = self.either()
                self.expect(")")
                return made
        raise _strange(text or _("the end"))

    def call(self, name: str) -> Node:
        if not self.take("("):
            return Call(name, None)
        if self.take(")"):
            return Call(name)
        args = [self.either()]
        while self.take(","):
            args.append(self.either())
        self.expect(")")
        return Call(name, tuple(args))


def number(text: str | Decimal) -> Decimal:
    """Raises `NotTold`, for numbers, too, that only a computer would write."""
    try:
        made = Decimal(text)
    except ArithmeticError:
        made = Decimal("NaN")
    if not is_sane(made):
        raise NotTold(_("“%s” is no number") % str(text)[:40])
    return made


def is_sane(value: Decimal) -> bool:
    """Whether it can be written out: 1e999999999 would fill the memory."""
    exponent = value.as_tuple().exponent
    return value.is_finite() and exponent >= -20 and value.adjusted() <= 20


def quoted(text: str) -> str:
    """A text of XPath, which knows no escapes. Raises `NotTold`."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    raise NotTold(_("a text with both kinds of quotes can’t be told"))
