"""The language of conditions: read, decided, and written again.

Small on purpose (docs/adr/0015): one answer is compared with constants. A claim about
something unanswered is false, whatever it says; only `not answered` is true.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from surveys.definition import RESERVED
from surveys.logic.facts import Facts

# Parentheses and "not" may stand this deep, so that no source exhausts the stack.
DEEPEST = 40

Value = Decimal | str | date


class WrongCondition(Exception):
    """The source is no condition. `str(error)` says why, `error.at` where (from 0)."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


@dataclass(frozen=True)
class Always:
    """The empty condition."""


@dataclass(frozen=True)
class Compared:
    """`sign`: one of = != < <= > >=."""

    ref: str
    sign: str
    value: Value


@dataclass(frozen=True)
class Includes:
    """Any of the values is chosen, or all of them."""

    ref: str
    values: tuple[Value, ...]
    needs_all: bool = False


@dataclass(frozen=True)
class In:
    ref: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Answered:
    ref: str
    is_answered: bool = True


@dataclass(frozen=True)
class Counted:
    """How many are chosen, compared with a number."""

    ref: str
    sign: str
    value: Decimal


@dataclass(frozen=True)
class Not:
    part: "Condition"


@dataclass(frozen=True)
class And:
    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Or:
    parts: tuple["Condition", ...]


Claim = Compared | Includes | In | Answered | Counted
Condition = Always | Claim | Not | And | Or


# Reading ------------------------------------------------------------------------------

TOKEN = re.compile(
    r"""\s*(?:
      (?P<date>\d{4}-\d{2}-\d{2})(?![\w.])
    | (?P<number>-?\d+(?:\.\d+)?)(?![\w.])
    | (?P<text>'(?:[^']|'')*'|"(?:[^"]|"")*")
    | (?P<word>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)?)(?![\w.])
    | (?P<sign><=|>=|!=|=(?!=)|<(?!>)|>|\(|\)|,)
    )""",
    re.VERBOSE,
)
SIGNS = frozenset({"=", "!=", "<", "<=", ">", ">="})


@dataclass(frozen=True)
class Token:
    """`kind`: date, number, text, word, sign, or end."""

    kind: str
    text: str
    at: int


def _tokens(source: str) -> list[Token]:
    found = []
    at = 0
    end = len(source.rstrip())
    while at < end:
        match = TOKEN.match(source, at)
        if match is None:
            raise _not_understood(source, at)
        kind = match.lastgroup or ""
        found.append(Token(kind, match[kind], match.start(kind)))
        at = match.end()
    return [*found, Token("end", "", end)]


def _mistaken() -> dict[str, str]:
    """What people who know other languages write."""
    return {
        "==": _("“==” is written “=”."),
        "<>": _("“<>” is written “!=”."),
        "&&": _("“&&” is written “and”."),
        "||": _("“||” is written “or”."),
    }


def _not_understood(source: str, at: int) -> WrongCondition:
    rest = source[at:].lstrip()
    at = len(source) - len(rest)
    if rest[0] in "'\"":
        return WrongCondition(_("A text begins here, but its end is missing."), at)
    for sign, told in _mistaken().items():
        if rest.startswith(sign):
            return WrongCondition(told, at)
    told = re.match(r"[\w.-]+|.", rest)[0]
    return WrongCondition(_("“%s” isn't understood here.") % told, at)


class _Parser:
    def __init__(self, source: str) -> None:
        self.tokens = _tokens(source)
        self.position = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.position]

    def take(self, *texts: str) -> Token | None:
        """The next token, if it is one of these signs or words."""
        token = self.token
        if token.kind in ("sign", "word") and token.text.lower() in texts:
            self.position += 1
            return token
        return None

    def expect(self, text: str, told: str) -> None:
        if not self.take(text):
            raise self.wrong(told)

    def wrong(self, told: str) -> WrongCondition:
        """`told`: the sentence, which may name what stands here as %(found)s."""
        token = self.token
        found = _("the end") if token.kind == "end" else f"“{token.text}”"
        return WrongCondition(told % {"found": found}, token.at)

    def condition(self) -> Condition:
        parts = [self.term()]
        while self.take("or"):
            parts.append(self.term())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def term(self) -> Condition:
        parts = [self.factor()]
        while self.take("and"):
            parts.append(self.factor())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def factor(self) -> Condition:
        opening = self.take("not", "(")
        if opening is None:
            return self.claim()
        self.depth += 1
        if self.depth > DEEPEST:
            raise WrongCondition(
                _("Too many parentheses within one another."), opening.at
            )
        if opening.text == "(":
            made = self.condition()
            self.expect(")", _("“)” was expected, not %(found)s."))
        else:
            made = Not(self.factor())
        self.depth -= 1
        return made

    def claim(self) -> Condition:
        if self.take("count"):
            self.expect("(", _("“count” needs a question in parentheses: count(q1)."))
            ref = self.ref()
            self.expect(")", _("“)” was expected, not %(found)s."))
            sign = self.take(*SIGNS)
            if sign is None:
                raise self.wrong(
                    _("A count is compared by =, !=, <, <=, > or >=, not %(found)s.")
                )
            if self.token.kind != "number":
                raise self.wrong(_("A number was expected, not %(found)s."))
            return Counted(ref, sign.text, self.value())
        ref = self.ref()
        sign = self.take(*SIGNS)
        if sign:
            return Compared(ref, sign.text, self.value())
        if self.take("includes"):
            how = self.take("any", "all")
            if how is None:
                return Includes(ref, (self.value(),))
            self.expect("of", _("“of” was expected, not %(found)s."))
            values = self.values()
            return Includes(ref, values, how.text.lower() == "all" and len(values) > 1)
        if self.take("in"):
            return In(ref, self.values())
        is_answered = not self.take("not")
        if self.take("answered"):
            return Answered(ref, is_answered)
        raise self.wrong(
            _(
                "Something that is said about it was expected (=, !=, <, >, includes, "
                "in, answered), not %(found)s."
            )
        )

    def ref(self) -> str:
        token = self.token
        word = token.text
        if token.kind == "word" and word.lower() not in RESERVED:
            code, dot, _part = word.partition(".")
            is_fact = code in ("profile", "purchase")
            if code not in RESERVED or (is_fact and dot):
                self.position += 1
                return word
        raise self.wrong(
            _("The code of a question was expected (or profile.age), not %(found)s.")
        )

    def value(self) -> Value:
        token = self.token
        made: Value
        if token.kind == "number":
            made = Decimal(token.text)
        elif token.kind == "date":
            try:
                made = date.fromisoformat(token.text)
            except ValueError:
                raise self.wrong(_("%(found)s is no day.")) from None
        elif token.kind == "text":
            quote = token.text[0]
            made = token.text[1:-1].replace(quote * 2, quote)
        elif token.kind == "word":
            raise self.wrong(
                _(
                    "A value was expected, not %(found)s: texts and the codes of "
                    "options stand in quotes."
                )
            )
        else:
            raise self.wrong(_("A value was expected, not %(found)s."))
        self.position += 1
        return made

    def values(self) -> tuple[Value, ...]:
        self.expect("(", _("A list in parentheses was expected, not %(found)s."))
        values = [self.value()]
        while self.take(","):
            values.append(self.value())
        self.expect(")", _("“,” or “)” was expected, not %(found)s."))
        return tuple(values)


def parse(source: str) -> Condition:
    """Raises `WrongCondition`. A source of nothing is always true."""
    if not source.strip():
        return Always()
    parser = _Parser(source)
    made = parser.condition()
    if parser.token.kind != "end":
        raise parser.wrong(_("“and” or “or” was expected, not %(found)s."))
    return made


# Deciding -----------------------------------------------------------------------------


def holds(condition: Condition, facts: Facts) -> bool:
    match condition:
        case Always():
            return True
        case Not(part):
            return not holds(part, facts)
        case And(parts):
            return all(holds(part, facts) for part in parts)
        case Or(parts):
            return any(holds(part, facts) for part in parts)
        case _:
            return _claim_holds(condition, facts)


def decided(
    condition: Condition, facts: Facts, open_codes: frozenset[str]
) -> bool | None:
    """Whether it holds, or None while answers to `open_codes` could still change it.

    Claims are looked at one by one: None may be told of a condition that is certain
    only because two of its claims exclude one another."""
    match condition:
        case Always():
            return True
        case Not(part):
            told = decided(part, facts, open_codes)
            return None if told is None else not told
        case And(parts):
            told = {decided(part, facts, open_codes) for part in parts}
            return False if False in told else None if None in told else True
        case Or(parts):
            told = {decided(part, facts, open_codes) for part in parts}
            return True if True in told else None if None in told else False
        case _:
            if condition.ref.partition(".")[0] in open_codes:
                return None
            return _claim_holds(condition, facts)


def _claim_holds(claim: Claim, facts: Facts) -> bool:
    found = facts.value(claim.ref)
    if isinstance(claim, Answered):
        return (found is not None) == claim.is_answered
    if found is None:
        return False
    match claim:
        case Compared(_ref, sign, value):
            return not _is_several(found) and _compares(found, sign, value)
        case In(_ref, values):
            return not _is_several(found) and any(
                _compares(found, "=", value) for value in values
            )
        case Includes(_ref, values, needs_all):
            if not isinstance(found, list | tuple):
                return False
            told = (
                any(_compares(one, "=", value) for one in found) for value in values
            )
            return all(told) if needs_all else any(told)
        case Counted(_ref, sign, value):
            return isinstance(found, list | tuple) and _in_order(
                Decimal(len(found)), sign, value
            )


def _is_several(found: Any) -> bool:
    return isinstance(found, list | tuple | Mapping)


def _compares(found: Any, sign: str, value: Value) -> bool:
    """False, too, where the two can't be compared."""
    if isinstance(value, str):
        if not isinstance(found, str):
            return False
        if sign in ("=", "!="):
            return (found == value) == (sign == "=")
        return False
    made = _as_number(found) if isinstance(value, Decimal) else _as_day(found)
    return made is not None and _in_order(made, sign, value)


def _in_order(found: Any, sign: str, value: Any) -> bool:
    match sign:
        case "=":
            return found == value
        case "!=":
            return found != value
        case "<":
            return found < value
        case "<=":
            return found <= value
        case ">":
            return found > value
        case _:
            return found >= value


def _as_number(found: Any) -> Decimal | None:
    # Through text, so that the float 0.1 is the number that was typed.
    if isinstance(found, bool) or not isinstance(found, int | float | Decimal | str):
        return None
    try:
        made = Decimal(str(found))
    except ArithmeticError:
        return None
    return made if made.is_finite() else None


def _as_day(found: Any) -> date | None:
    if isinstance(found, date):
        return found
    if not isinstance(found, str):
        return None
    try:
        return date.fromisoformat(found)
    except ValueError:
        return None


# Looking in ---------------------------------------------------------------------------


def claims(condition: Condition) -> Iterator[Claim]:
    """All claims of a condition, in the order of its source."""
    match condition:
        case Always():
            return
        case Not(part):
            yield from claims(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from claims(part)
        case _:
            yield condition


def references(condition: Condition) -> frozenset[str]:
    """What it is about, as written: "q1", "q2.row", "profile.age"."""
    return frozenset(claim.ref for claim in claims(condition))


# Writing ------------------------------------------------------------------------------


def as_source(condition: Condition) -> str:
    """`parse(as_source(condition)) == condition` for whatever `parse` returns."""
    match condition:
        case Always():
            return ""
        case Not(part):
            return f"not {_within(part)}"
        case And(parts):
            return " and ".join(_within(part) for part in parts)
        case Or(parts):
            return " or ".join(
                as_source(part) if isinstance(part, And) else _within(part)
                for part in parts
            )
        case Compared(ref, sign, value):
            return f"{ref} {sign} {_value(value)}"
        case Includes(ref, (value,)):
            return f"{ref} includes {_value(value)}"
        case Includes(ref, values, needs_all):
            how = "all" if needs_all else "any"
            return f"{ref} includes {how} of ({_list(values)})"
        case In(ref, values):
            return f"{ref} in ({_list(values)})"
        case Answered(ref, is_answered):
            return f"{ref} answered" if is_answered else f"{ref} not answered"
        case Counted(ref, sign, value):
            return f"count({ref}) {sign} {_value(value)}"


def _within(part: Condition) -> str:
    source = as_source(part)
    return f"({source})" if isinstance(part, And | Or) else source


def _value(value: Value) -> str:
    if isinstance(value, str):
        quote = '"' if "'" in value and '"' not in value else "'"
        return quote + value.replace(quote, quote * 2) + quote
    return f"{value:f}" if isinstance(value, Decimal) else value.isoformat()


def _list(values: tuple[Value, ...]) -> str:
    return ", ".join(_value(value) for value in values)


def renamed(source: str, old: str, new: str) -> str:
    """The source with a question's code changed, and nothing else. One that can't be
    read stays as it is, for its author to mend."""
    try:
        tokens = _tokens(source)
    except WrongCondition:
        return source
    for token in reversed(tokens):
        code, dot, row = token.text.partition(".")
        if token.kind == "word" and code == old:
            end = token.at + len(token.text)
            source = source[: token.at] + new + dot + row + source[end:]
    return source
