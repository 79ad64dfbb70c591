"""Whether what a condition, a text or a carrying question is about can be there."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from surveys.definition import Definition, Kind, Question, Text
from surveys.logic.conditions import Answered, Claim, Compared, Counted, In, claims
from surveys.logic.logic import Logic, Place
from surveys.logic.problems import Problem, at_place, called, error, of_place, warning
from surveys.logic.variables import CARRYING, PROFILE, PURCHASE, is_several

# A brace that is doubled is one; any other should open the name of what stands there.
PLACEHOLDER = re.compile(r"\{\{|\{([a-z][a-z0-9_]*(?:\.[A-Za-z0-9_]+)?)\}|(\{)")
PURCHASE_TEXTS = ("merchant", "category", "total", "date", "days")
NUMBERS = frozenset(
    {"profile.age", "profile.months", "purchase.total", "purchase.days"}
)
Told = tuple[str, str]


def groups(definition: Definition) -> list[range]:
    """The numbers of pages that change places with one another."""
    found = []
    start = 0
    pages = definition.pages
    for number in range(1, len(pages) + 1):
        ends = number == len(pages) or pages[number].shuffle != pages[start].shuffle
        if ends or not pages[start].shuffle:
            if number - start > 1:
                found.append(range(start, number))
            start = number
    return found


class References:
    """Looks at one definition; `page_of`: the number of each question's page."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.questions = {one.code: one for one in definition.questions()}
        self.page_of = {
            question.code: number
            for number, page in reversed(list(enumerate(definition.pages)))
            for question in page.questions
        }
        self.group_of = {
            number: group for group in groups(definition) for number in group
        }

    def not_yet(self, code: str, number: int, sees_own: bool) -> Told | None:
        """Whether the question is asked too late to be used on page `number`."""
        asked = self.page_of[code]
        name = called(code)
        if asked > number:
            return "used_before_asked", _(
                "%s is asked later: move it to an earlier page, or this behind it."
            ) % name
        if asked == number and not sees_own:
            return "used_before_asked", _(
                "%s stands on the same page, but only earlier pages are seen here: "
                "move it to an earlier page."
            ) % name
        if asked != number and asked in self.group_of.get(number, ()):
            return "shuffled", _(
                "%s stands on a page that changes places with this one, so it may be "
                "asked later: take one of the two out of the group."
            ) % name
        return None

    def wrong(self, claim: Claim, number: int, sees_own: bool) -> Told | None:
        """The code and sentence of what is wrong with a claim, or None."""
        code, _dot, part = claim.ref.partition(".")
        if code in ("profile", "purchase"):
            return self._wrong_fact(claim, code, part)
        question = self.questions.get(code)
        if question is None:
            return "unknown_question", _(
                "There is no question %s: correct its code, or take it out."
            ) % called(code)
        late = self.not_yet(code, number, sees_own)
        if late:
            return late
        return self._wrong_row(question, claim, part) or self._wrong_type(
            question, claim
        )

    def _wrong_fact(self, claim: Claim, code: str, part: str) -> Told | None:
        known = PROFILE if code == "profile" else PURCHASE
        if part not in known:
            return "unknown_fact", _("%(ref)s is unknown; there is %(known)s.") % {
                "ref": claim.ref,
                "known": ", ".join(f"{code}.{one}" for one in known),
            }
        if code == "purchase" and self.definition.purchase is None:
            return "no_purchase", _(
                "The survey is about no purchase, so %s is never there: say which "
                "purchase it is about, or take this out."
            ) % claim.ref
        if claim.ref in NUMBERS:
            return _wrong_number(claim.ref, claim)
        told = _wrong_pick(claim.ref, claim)
        if told or claim.ref != "profile.language":
            return told
        return _unknown(
            claim, self.definition.languages, _("The survey isn't told in “%s”.")
        )

    def _wrong_row(self, question: Question, claim: Claim, row: str) -> Told | None:
        name = called(question.code)
        if question.kind == Kind.MATRIX:
            if row and all(one.code != row for one in question.rows):
                return "unknown_row", _("%(question)s has no row “%(row)s”.") % {
                    "question": name,
                    "row": row,
                }
            if not row and not isinstance(claim, Answered):
                return "wrong_type", _(
                    "%(question)s has rows: name one, as in %(code)s.row."
                ) % {"question": name, "code": question.code}
            return None
        if row:
            return "wrong_type", _("%s has no rows.") % name
        return None

    def _wrong_type(self, question: Question, claim: Claim) -> Told | None:
        name = called(claim.ref)
        if question.kind == Kind.INFORMATION:
            return "wrong_type", _("%s only tells something; it has no answer.") % name
        if isinstance(claim, Answered):
            return None
        if question.kind == Kind.TEXT:
            return "wrong_type", _("%s is a text: only “answered” can be asked.") % name
        if question.kind in (Kind.SCALE, Kind.NUMBER):
            return _wrong_number(name, claim)
        if question.kind == Kind.DATE:
            return _wrong_day(name, claim)
        told = _wrong_several(name, claim) if is_several(question) else None
        if not is_several(question):
            told = _wrong_pick(name, claim)
        if told or question.kind == Kind.BRAND:
            return told
        return _unknown(
            claim,
            tuple(option.code for option in question.options),
            name + ": " + _("there is no option “%s”."),
        )

    # Texts ----------------------------------------------------------------------------

    def wrong_name(self, name: str, number: int) -> Told | None:
        """What is wrong with {name} in a text of page `number`."""
        code, dot, part = name.partition(".")
        if code in ("profile", "purchase") and dot:
            known = PROFILE if code == "profile" else PURCHASE_TEXTS
            if part not in known:
                return "unknown_fact", _(
                    "The text names {%(name)s}; there is %(known)s."
                ) % {
                    "name": name,
                    "known": ", ".join(f"{{{code}.{one}}}" for one in known),
                }
            if code == "purchase" and self.definition.purchase is None:
                return "no_purchase", _(
                    "The text names {%s}, but the survey is about no purchase."
                ) % name
            return None
        question = self.questions.get(code)
        if question is None:
            return "unknown_question", _(
                "The text names {%s}, which is no question: correct it, or write {{ "
                "for a brace."
            ) % name
        if question.kind == Kind.INFORMATION:
            return "wrong_type", _(
                "The text names {%s}, which only tells something."
            ) % name
        if dot and all(row.code != part for row in question.rows):
            return "unknown_row", _("%(question)s has no row “%(row)s”.") % {
                "question": called(code),
                "row": part,
            }
        late = self.not_yet(code, number, sees_own=False)
        return late and (late[0], f"{{{name}}}: {late[1]}")


def _wrong_number(name: str, claim: Claim) -> Told | None:
    values = claim.values if isinstance(claim, In) else (getattr(claim, "value", None),)
    if isinstance(claim, Answered):
        return None
    if isinstance(claim, Compared | In) and all(
        isinstance(value, Decimal) for value in values
    ):
        return None
    return "wrong_type", _(
        "%s is a number: compare it with one, without quotes, by =, !=, <, <=, > or >=."
    ) % name


def _wrong_day(name: str, claim: Claim) -> Told | None:
    values = claim.values if isinstance(claim, In) else (getattr(claim, "value", None),)
    if isinstance(claim, Compared | In) and all(
        isinstance(value, date) for value in values
    ):
        return None
    return "wrong_type", _(
        "%s is a date: compare it with a day such as 2026-01-31, without quotes."
    ) % name


def _wrong_pick(name: str, claim: Claim) -> Told | None:
    if isinstance(claim, Answered):
        return None
    values = claim.values if isinstance(claim, In) else (getattr(claim, "value", None),)
    is_fit = isinstance(claim, In) or (
        isinstance(claim, Compared) and claim.sign in ("=", "!=")
    )
    if is_fit and all(isinstance(value, str) for value in values):
        return None
    return "wrong_type", _(
        "%s is one of several: compare it by =, != or in, with values in quotes."
    ) % name


def _wrong_several(name: str, claim: Claim) -> Told | None:
    if isinstance(claim, Counted):
        return None
    if not isinstance(claim, Compared | In) and all(
        isinstance(value, str) for value in claim.values
    ):
        return None
    return "wrong_type", _(
        "%(name)s may have several answers: ask what it includes (with values in "
        "quotes), or for count(%(ref)s)."
    ) % {"name": name, "ref": claim.ref}


def _unknown(claim: Claim, known: tuple[str, ...], told: str) -> Told | None:
    if isinstance(claim, Answered | Counted):
        return None
    values = (claim.value,) if isinstance(claim, Compared) else claim.values
    for value in values:
        if value not in known:
            return "unknown_option", told % value
    return None


# All of a survey ----------------------------------------------------------------------


def wrong_conditions(
    definition: Definition, logic: Logic
) -> dict[Place, list[Problem]]:
    """By place, what is wrong with each condition and each carrying question."""
    looking = References(definition)
    found: dict[Place, list[Problem]] = {}

    def add(place: Place, code: str, told: str) -> None:
        sentence = at_place(definition, place, told)
        made = error(code, sentence, *of_place(definition, place))
        if made not in found.setdefault(place, []):
            found[place].append(made)

    for place, condition in logic.conditions.items():
        if place in logic.wrong:
            add(place, "unreadable", _told_where(logic.wrong[place]))
        number = len(definition.pages) if place.kind == "quota" else place.number
        for claim in claims(condition):
            told = looking.wrong(claim, number, place.kind == "skip")
            if told:
                add(place, *told)
    for number, page in enumerate(definition.pages):
        for index, question in enumerate(page.questions):
            told = question.carries and _wrong_carrying(looking, question, number)
            if told:
                add(Place("carries", number, index), *told)
    return found


def _told_where(wrong: Exception) -> str:
    return _("%(told)s (at character %(at)s of the condition)") % {
        "told": wrong,
        "at": wrong.at + 1,
    }


def _wrong_carrying(
    looking: References, question: Question, number: int
) -> Told | None:
    carried = looking.questions.get(question.carries)
    if question.kind not in CARRYING:
        return "wrong_type", _(
            "%s has no options, so it can't carry any: say so nowhere."
        ) % called(question.code)
    if carried is None:
        return "unknown_question", _(
            "There is no question %s whose chosen options could be shown here."
        ) % called(question.carries)
    if carried.kind != Kind.MULTIPLE:
        return "wrong_type", _(
            "%s isn't a question with several answers, so its options can't be carried."
        ) % called(carried.code)
    return looking.not_yet(carried.code, number, sees_own=False)


def never_offered(definition: Definition) -> Iterator[Problem]:
    """Options of a carrying question that the carried one doesn't have."""
    for page in definition.pages:
        for question in page.questions:
            carried = question.carries and definition.question(question.carries)
            if not carried or carried.kind != Kind.MULTIPLE:
                continue
            lacking = [
                option.code
                for option in question.options
                if carried.option(option.code) is None
            ]
            if lacking:
                yield warning(
                    "never_offered",
                    _(
                        "“%(option)s” is never offered, as %(carried)s has no such "
                        "option: delete it, or give both the same code."
                    )
                    % {"option": lacking[0], "carried": called(carried.code)},
                    page.id,
                    question.code,
                )


def texts_of(question: Question) -> Iterator[Text]:
    yield from (question.text, question.help, question.message, question.unit)
    yield from (question.low, question.high)
    yield from (option.text for option in question.options)
    yield from (row.text for row in question.rows)


def wrong_texts(definition: Definition) -> Iterator[Problem]:
    """Placeholders, in any language, that can't be filled."""
    looking = References(definition)

    def told(text: Text, number: int, page: str, question: str) -> Iterator[Problem]:
        for language in sorted(text):
            for match in PLACEHOLDER.finditer(text[language]):
                wrong = looking.wrong_name(match[1], number) if match[1] else None
                if wrong:
                    yield error(*wrong, page, question)
                if match[2]:
                    yield warning(
                        "brace",
                        _("A “{” names nothing: write {{ where a brace is meant."),
                        page,
                        question,
                    )

    yield from told(definition.welcome, -1, "", "")
    for number, page in enumerate(definition.pages):
        yield from told(page.title, number, page.id, "")
        for question in page.questions:
            for text in texts_of(question):
                yield from told(text, number, page.id, question.code)
    yield from told(definition.thanks, len(definition.pages), "", "")
