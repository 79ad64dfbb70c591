"""What differs between two definitions of a survey, in sentences for its authors."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from surveys.definition import (
    END,
    SCREEN_OUT,
    Definition,
    Option,
    Page,
    Purchase,
    Question,
    Quota,
    Row,
    Skip,
    Text,
    say,
)
from surveys.editing import words
from surveys.editing.renaming import choice_renamed_within, renamed_within
from surveys.editing.words import short
from surveys.logic import conditions
from surveys.logic.problems import called
from surveys.logic.sentences import sentence

K = TypeVar("K", bound=Hashable)


def sentences(old: Definition, new: Definition) -> tuple[str, ...]:
    """The log of changes, in the UI language: the survey, its pages, its questions with
    their options, its quotas. What merely follows from a new code isn't told."""
    told = []
    for code, renamed in renamed_codes(old, new).items():
        told.append(_("Renamed %(old)s to %(new)s.") % {"old": code, "new": renamed})
        old = renamed_within(old, code, renamed)
    for question in tuple(new.questions()):
        for part in ("options", "rows"):
            before = old.question(question.code)
            pairs = _renamed_choices(before, question, part) if before else ()
            for choice, renamed in pairs:
                name = {"old": choice, "new": renamed, "of": called(question.code)}
                told.append(
                    _("The code of “%(old)s” of %(of)s is now “%(new)s”.") % name
                )
                old = choice_renamed_within(
                    old, question.code, choice, renamed, part == "rows"
                )
    return (
        *told,
        *_whole(old, new),
        *_pages(old, new),
        *_questions(old, new),
        *_quotas(old, new),
    )


def renamed_codes(old: Definition, new: Definition) -> dict[str, str]:
    """Old code by new one, of questions that are the same but for it."""
    gone = [one for one in old.questions() if new.question(one.code) is None]
    come = [one for one in new.questions() if old.question(one.code) is None]
    waiting = defaultdict(list)
    for question in come:
        waiting[_likeness(question)].append(question.code)
    return {
        question.code: waiting[_likeness(question)].pop(0)
        for question in gone
        if waiting[_likeness(question)]
    }


def _likeness(question: Question) -> Hashable:
    return question.kind, question.text, question.options, question.rows


def _renamed_choices(
    old: Question, new: Question, part: str
) -> Iterator[tuple[str, str]]:
    """Pairs of codes of options whose code alone is new."""
    before, after = getattr(old, part), getattr(new, part)
    codes, codes_before = {one.code for one in after}, {one.code for one in before}
    come = {one.text: one.code for one in after if one.code not in codes_before}
    for choice in before:
        if choice.code not in codes and choice.text and choice.text in come:
            yield choice.code, come.pop(choice.text)


def structure(definition: Definition) -> Hashable:
    """What it consists of, and in which order, whatever its texts and limits are."""
    return (
        definition.languages,
        tuple(
            (
                page.id,
                len(page.skips),
                tuple(
                    (
                        *(question.code, question.kind),
                        *(tuple(one.code for one in question.options),),
                        *(tuple(one.code for one in question.rows),),
                    )
                    for question in page.questions
                ),
            )
            for page in definition.pages
        ),
        tuple(quota.code for quota in definition.quotas),
    )


def moved(old: Sequence[K], new: Sequence[K]) -> list[K]:
    """The fewest things in both that must have been moved, in their new order."""
    places = {key: place for place, key in enumerate(old)}
    common = [key for key in new if key in places]
    # The longest run in the old order that ends with each thing stays where it is.
    best: list[list[K]] = []
    for number, key in enumerate(common):
        earlier = [
            best[one] for one in range(number) if places[common[one]] < places[key]
        ]
        best.append([*max(earlier, key=len, default=[]), key])
    stays = set(max(best, key=len, default=[]))
    return [key for key in common if key not in stays]


# Words --------------------------------------------------------------------------------


def _condition(source: str, definition: Definition) -> str:
    """As a sentence; one that can't be read as its author wrote it."""
    try:
        return sentence(source, definition, definition.language)
    except conditions.WrongCondition:
        return source


def _texts(old: Text, new: Text, what: str) -> Iterator[str]:
    """`what` names the text: the title, the text of Q3."""
    for code in words.languages(old, new):
        names = {
            "what": what,
            "language": words.language(code),
            "new": short(new.get(code, "")),
        }
        if code in new:
            yield _("In %(language)s, %(what)s is now “%(new)s”.") % names
        else:
            yield _("In %(language)s, %(what)s is gone.") % names


def _value(value: Any) -> str:
    if value in (None, "", ()):
        return _("none")
    if isinstance(value, bool):
        return _("on") if value else _("off")
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value)


def _number(definition: Definition, page_id: str) -> int:
    return [page.id for page in definition.pages].index(page_id) + 1


# The whole ----------------------------------------------------------------------------


def _whole(old: Definition, new: Definition) -> Iterator[str]:
    for name, what in words.SURVEY.items():
        yield from _texts(getattr(old, name), getattr(new, name), str(what))
    for code in new.languages:
        if code not in old.languages:
            yield _("Added the language %s.") % words.language(code)
    for code in old.languages:
        if code not in new.languages:
            yield _("Removed the language %s.") % words.language(code)
    if old.language != new.language:
        yield _("The first language is now %s.") % words.language(new.language)
    if old.purchase != new.purchase:
        yield _purchase(new.purchase)


def _purchase(purchase: Purchase | None) -> str:
    if purchase is None:
        return _("The survey is no longer about a purchase.")
    facts = [purchase.category, purchase.merchant, purchase.product]
    told = ", ".join(fact for fact in facts if fact) or _("any")
    return _(
        "The survey is now about a purchase of the last %(days)d days (%(what)s)."
    ) % {"days": purchase.days, "what": told}


# Pages --------------------------------------------------------------------------------


def _pages(old: Definition, new: Definition) -> Iterator[str]:
    for page in old.pages:
        if new.page(page.id) is None:
            yield _("Removed page %d.") % _number(old, page.id)
    for page in new.pages:
        if old.page(page.id) is None:
            yield _("Added page %d.") % _number(new, page.id)
            yield from _page(Page(page.id), page, old, new)
    ids = [[page.id for page in definition.pages] for definition in (old, new)]
    for page_id in moved(*ids):
        yield _("Moved page %(old)d: it is now page %(new)d.") % {
            "old": _number(old, page_id),
            "new": _number(new, page_id),
        }
    for page in new.pages:
        before = old.page(page.id)
        if before is not None:
            yield from _page(before, page, old, new)


def _page(old: Page, new: Page, before: Definition, after: Definition) -> Iterator[str]:
    number = _number(after, new.id)
    yield from _texts(old.title, new.title, _("the title of page %d") % number)
    if old.show_if != new.show_if:
        told = {"page": number, "condition": _condition(new.show_if, after)}
        if new.show_if:
            yield _("Page %(page)d is now shown if %(condition)s.") % told
        else:
            yield _("Page %(page)d is now always shown.") % told
    if old.shuffles_questions != new.shuffles_questions:
        if new.shuffles_questions:
            yield _("The questions of page %d are now shuffled.") % number
        else:
            yield _("The questions of page %d are no longer shuffled.") % number
    if old.shuffle != new.shuffle:
        if new.shuffle:
            yield _("Page %d is now shuffled with its neighbours.") % number
        else:
            yield _("Page %d now keeps its place.") % number
    for skip in old.skips:
        if skip not in new.skips:
            told = {"page": number, "skip": _skip(skip, before)}
            yield _("Removed a skip of page %(page)d: %(skip)s.") % told
    for skip in new.skips:
        if skip not in old.skips:
            told = {"page": number, "skip": _skip(skip, after)}
            yield _("Added a skip to page %(page)d: %(skip)s.") % told
    if moved(old.skips, new.skips):
        yield _("Changed the order of the skips of page %d.") % number


def _skip(skip: Skip, definition: Definition) -> str:
    condition = _condition(skip.when, definition)
    if skip.to == END:
        return _("if %s, to the end") % condition
    if skip.to == SCREEN_OUT:
        return _("if %s, screened out") % condition
    if definition.page(skip.to) is None:
        return _("if %s, to a page that is gone") % condition
    names = {"condition": condition, "page": _number(definition, skip.to)}
    return _("if %(condition)s, to page %(page)d") % names


# Questions ----------------------------------------------------------------------------


def _questions(old: Definition, new: Definition) -> Iterator[str]:
    for question in old.questions():
        if new.question(question.code) is None:
            told = short(say(question.text, old.language))
            yield _("Removed %(question)s: “%(text)s”.") % {
                "question": called(question.code),
                "text": told,
            }
    for question in new.questions():
        if old.question(question.code) is None:
            yield _("Added %(question)s to page %(page)d: “%(text)s”.") % {
                "question": called(question.code),
                "page": _number(new, new.page_of(question.code).id),
                "text": short(say(question.text, new.language)),
            }
    yield from _moved_questions(old, new)
    for question in new.questions():
        before = old.question(question.code)
        if before is not None and before != question:
            yield from _question(before, question, new)


def _moved_questions(old: Definition, new: Definition) -> Iterator[str]:
    for page in new.pages:
        number = _number(new, page.id)
        before = old.page(page.id)
        stayed = {one.code for one in before.questions} if before else set()
        for question in page.questions:
            if question.code not in stayed and old.question(question.code):
                names = {"question": called(question.code), "page": number}
                yield _("Moved %(question)s to page %(page)d.") % names
        codes = [
            [one.code for one in side.questions] if side else []
            for side in (before, page)
        ]
        for code in moved(*codes):
            names = {"question": called(code), "page": number}
            yield _("Moved %(question)s within page %(page)d.") % names


def _question(old: Question, new: Question, definition: Definition) -> Iterator[str]:
    name = called(new.code)
    if old.kind != new.kind:
        yield _("%(question)s is now of the kind “%(kind)s”.") % {
            "question": name,
            "kind": words.KIND[new.kind],
        }
    for field, what in words.QUESTION.items():
        before, after = getattr(old, field), getattr(new, field)
        if before == after:
            continue
        names = {"what": what, "question": name}
        if isinstance(after, Text):
            told = _("%(what)s of %(question)s") % names
            yield from _texts(before, after, told)
        elif field in ("options", "rows"):
            yield from _choices(before, after, name)
        elif field == "show_if":
            names["condition"] = _condition(after, definition)
            if after:
                yield _("%(question)s is now shown if %(condition)s.") % names
            else:
                yield _("%(question)s is now always shown.") % names
        elif field == "is_required":
            if after:
                yield _("%(question)s must be answered now.") % names
            else:
                yield _("%(question)s may be left unanswered now.") % names
        else:
            names |= {"old": _value(before), "new": _value(after)}
            yield (_("%(question)s: %(what)s is now %(new)s (was %(old)s).") % names)


def _choices(
    old: Sequence[Option | Row], new: Sequence[Option | Row], question: str
) -> Iterator[str]:
    before = {one.code: one for one in old}
    after = {one.code: one for one in new}

    def told(sentence: str, choice: Option | Row) -> str:
        name = short(say(choice.text, "") or choice.code)
        return sentence % {"option": name, "question": question}

    for code, choice in before.items():
        if code not in after:
            yield told(_("Removed “%(option)s” from %(question)s."), choice)
    for code, choice in after.items():
        if code not in before:
            yield told(_("Added “%(option)s” to %(question)s."), choice)
    for code in moved(list(before), list(after)):
        yield told(_("Moved “%(option)s” of %(question)s."), after[code])
    for code, choice in after.items():
        was = before.get(code, choice)
        names = {"option": code, "question": question}
        what = _("the text of option “%(option)s” of %(question)s") % names
        yield from _texts(was.text, choice.text, what)
        for field, says in _flags().items():
            if getattr(was, field, None) != getattr(choice, field, None):
                yield told(says(bool(getattr(choice, field))), choice)


def _flags() -> dict[str, Callable[[bool], str]]:
    return {
        "is_exclusive": lambda is_set: (
            _("“%(option)s” of %(question)s now excludes all others.")
            if is_set
            else _("“%(option)s” of %(question)s no longer excludes others.")
        ),
        "asks_text": lambda is_set: (
            _("“%(option)s” of %(question)s now asks for a text.")
            if is_set
            else _("“%(option)s” of %(question)s no longer asks for a text.")
        ),
        "is_fixed": lambda is_set: (
            _("“%(option)s” of %(question)s now keeps its place.")
            if is_set
            else _("“%(option)s” of %(question)s no longer keeps its place.")
        ),
        "image": lambda is_set: (
            _("“%(option)s” of %(question)s has a new picture.")
            if is_set
            else _("“%(option)s” of %(question)s has no picture any more.")
        ),
    }


# Quotas -------------------------------------------------------------------------------


def _quotas(old: Definition, new: Definition) -> Iterator[str]:
    before = {quota.code: quota for quota in old.quotas}
    after = {quota.code: quota for quota in new.quotas}
    for code, quota in before.items():
        if code not in after:
            yield _("Removed the quota “%s”.") % short(quota.name)
    for code, quota in after.items():
        if code not in before:
            yield _("Added the quota “%(name)s”: at most %(limit)d, %(who)s.") % {
                "name": short(quota.name),
                "limit": quota.limit,
                "who": _who(quota, new),
            }
        else:
            yield from _quota(before[code], quota, new)


def _quota(old: Quota, new: Quota, definition: Definition) -> Iterator[str]:
    names = {
        **{"name": short(new.name), "was": short(old.name)},
        **{"old": old.limit, "new": new.limit},
        "who": _who(new, definition),
    }
    if old.name != new.name:
        yield _("The quota “%(was)s” is now called “%(name)s”.") % names
    if old.limit != new.limit:
        yield (
            _("The limit of the quota “%(name)s” is now %(new)d, not %(old)d.") % names
        )
    if old.when != new.when:
        yield _("The quota “%(name)s” now counts %(who)s.") % names


def _who(quota: Quota, definition: Definition) -> str:
    if not quota.when:
        return _("everyone")
    return _("those for whom %s") % _condition(quota.when, definition)
