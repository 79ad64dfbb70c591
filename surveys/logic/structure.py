"""What can be said of a survey's parts without walking it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from surveys.definition import CODE, END, RESERVED, SCREEN_OUT, Definition
from surveys.logic.languages import lacking
from surveys.logic.limits import wrong_limits
from surveys.logic.problems import Problem, called, error, warning
from surveys.logic.references import groups

PAGE_ID = re.compile(r"[A-Za-z0-9_-]{1,40}\Z")
# What can stand in quotes, in forms and in exported files.
OPTION_CODE = re.compile(r"[^\s'\"{}<>&]{1,40}\Z")
ROW_CODE = re.compile(r"[A-Za-z0-9_]{1,40}\Z")


def wrong_structure(definition: Definition) -> Iterator[Problem]:
    yield from _wrong_whole(definition)
    yield from _wrong_pages(definition)
    yield from _wrong_codes(definition)
    for page in definition.pages:
        for question in page.questions:
            yield from wrong_limits(page.id, question)
    yield from _wrong_skips(definition)
    yield from _wrong_quotas(definition)


def _wrong_whole(definition: Definition) -> Iterator[Problem]:
    if not definition.languages:
        yield error("no_language", _("Say in which language the survey is told."))
    else:
        yield from lacking(definition, definition.languages[0], "no_text")
    if not definition.pages:
        yield error("no_pages", _("The survey has no pages: add one with a question."))
    elif not any(question.is_asked for question in definition.questions()):
        yield error("no_questions", _("The survey asks nothing: add a question."))
    if definition.purchase and definition.purchase.days < 1:
        yield error(
            "limits", _("A purchase can’t be less than a day old: allow more days.")
        )


def _repeated(codes: Iterable[str]) -> list[str]:
    return [code for code, count in Counter(codes).items() if count > 1]


def _wrong_pages(definition: Definition) -> Iterator[Problem]:
    for page_id in _repeated(page.id for page in definition.pages):
        yield error(
            "duplicate_page",
            _("Two pages have the id “%s”: give one another.") % page_id,
            page_id,
        )
    for page in definition.pages:
        if not PAGE_ID.match(page.id) or page.id in (END, SCREEN_OUT):
            yield error(
                "malformed_page",
                _("“%s” can’t be the id of a page: use letters, digits, - and _.")
                % page.id,
                page.id,
            )
        if not page.questions:
            yield warning(
                "empty_page",
                _(
                    "This page has no questions, so nobody sees it: add one, or "
                    "delete it."
                ),
                page.id,
            )
    words = [
        page.shuffle
        for before, page in zip(
            (None, *definition.pages), definition.pages, strict=False
        )
        if page.shuffle and (before is None or before.shuffle != page.shuffle)
    ]
    for word in _repeated(words):
        yield warning(
            "shuffle_apart",
            _(
                "Pages of “%s” stand apart; only neighbours change places: move them "
                "together."
            )
            % word,
        )


def _wrong_codes(definition: Definition) -> Iterator[Problem]:
    page_of = {
        question.code: page.id
        for page in definition.pages
        for question in page.questions
    }
    for code in _repeated(question.code for question in definition.questions()):
        yield error(
            "duplicate_code",
            _("Two questions are called %s: give one another code.") % called(code),
            page_of[code],
            code,
        )
    for page in definition.pages:
        for question in page.questions:
            code = question.code
            if code in RESERVED:
                told = _(
                    "“%s” is a word of the conditions: give the question another code."
                )
            elif not CODE.match(code) or "__" in code:
                told = _(
                    "“%s” can’t be a question’s code: begin with a small letter, then "
                    "small letters, digits and single _, at most 40."
                )
            else:
                told = ""
            if told:
                yield error("malformed_code", told % code, page.id, code)
            options = [option.code for option in question.options]
            rows = [row.code for row in question.rows]
            yield from _wrong_parts(page.id, code, options, OPTION_CODE)
            yield from _wrong_parts(page.id, code, rows, ROW_CODE)


def _wrong_parts(
    page: str, question: str, codes: list[str], allowed: re.Pattern
) -> Iterator[Problem]:
    for code in _repeated(codes):
        yield error(
            "duplicate_option",
            _("“%s” stands there twice: give one another code.") % code,
            page,
            question,
        )
    for code in dict.fromkeys(codes):
        if not allowed.match(code):
            yield error(
                "malformed_option",
                _(
                    "“%s” can’t be a code of an option or row: use letters, digits "
                    "and _, at most 40."
                )
                % code,
                page,
                question,
            )


def _wrong_skips(definition: Definition) -> Iterator[Problem]:
    numbers = {page.id: n for n, page in reversed(list(enumerate(definition.pages)))}
    group_of = {number: group for group in groups(definition) for number in group}
    for number, page in enumerate(definition.pages):
        for index, skip in enumerate(page.skips, start=1):
            if skip.to in (END, SCREEN_OUT):
                continue
            target = numbers.get(skip.to)
            told = {"number": index, "page": skip.to}
            if target is None:
                yield error(
                    "unknown_page",
                    _("Skip %(number)s leads to page “%(page)s”, which there isn’t.")
                    % told,
                    page.id,
                )
            elif target <= number:
                yield error(
                    "loop",
                    _(
                        "Skip %(number)s leads back to page “%(page)s”: a skip can "
                        "only lead forward."
                    )
                    % told,
                    page.id,
                )
            elif number in group_of or target in group_of:
                yield error(
                    "shuffled",
                    _(
                        "Skip %(number)s leads into or out of pages that change "
                        "places: lead it elsewhere, or take the page out of the group."
                    )
                    % told,
                    page.id,
                )


def _wrong_quotas(definition: Definition) -> Iterator[Problem]:
    for code in _repeated(quota.code for quota in definition.quotas):
        yield error(
            "duplicate_quota",
            _("Two quotas have the code “%s”: give one another.") % code,
        )
    for quota in definition.quotas:
        if not PAGE_ID.match(quota.code):
            yield error(
                "malformed_quota",
                _("“%s” can’t be a quota’s code: use letters, digits, - and _.")
                % quota.code,
            )
        if quota.limit < 1:
            yield error(
                "limits",
                _("Quota “%s” lets nobody in: raise its limit, or delete it.")
                % (quota.name or quota.code),
            )
