"""What of a survey other tools than this one do not know, in sentences."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from surveys.definition import CHOICES, SCREEN_OUT, Definition, Kind, Question
from surveys.exchange.notes import Note
from surveys.logic.references import PLACEHOLDER


def of(definition: Definition) -> Iterator[Note]:
    whole = _("the whole survey")
    if definition.welcome or definition.thanks:
        yield Note(whole, _("the welcome and the thanks aren’t shown."))
    if definition.quotas:
        yield Note(whole, _("quotas aren’t counted."))
    if definition.purchase:
        yield Note(whole, _("it isn’t about a purchase."))
    if any(_names_options(definition, one) for one in definition.questions()):
        yield Note(whole, _("texts show the code of a chosen option, not its words."))
    for page in definition.pages:
        where = _("page “%s”") % page.id
        if page.shuffle:
            yield Note(where, _("pages don’t change places."))
        if page.shuffles_questions:
            yield Note(where, _("its questions come in one order."))
        if any(skip.to == SCREEN_OUT for skip in page.skips):
            yield Note(
                where, _("who is screened out sees no more pages, but ends complete.")
            )
        for question in page.questions:
            for told in _of_question(question):
                yield Note(question.code, told)


def _names_options(definition: Definition, question: Question) -> bool:
    """Whether its texts show what was chosen elsewhere."""
    texts = [*question.text.values(), *question.help.values()]
    named = (match[1] for told in texts for match in PLACEHOLDER.finditer(told))
    asked = (definition.question(ref.partition(".")[0]) for ref in named if ref)
    return any(one and one.kind in CHOICES | {Kind.MATRIX} for one in asked)


def _of_question(question: Question) -> Iterator[str]:
    if question.kind == Kind.BRAND:
        yield _("a brand is asked as a text.")
    if question.unit:
        yield _("its unit isn’t shown.")
    if question.low or question.high:
        yield _("the labels of a scale’s ends aren’t shown.")
    if question.shuffles_rows:
        yield _("its rows come in one order.")
    if question.shuffles_options and any(one.is_fixed for one in question.options):
        yield _("all its options are shuffled, those that keep their place too.")
    if question.expected:
        yield _("it doesn’t check attention.")
    if question.shows_purchase:
        yield _("the purchase isn’t shown, and it is asked without one.")
    if any(option.image for option in question.options):
        yield _("its pictures aren’t shown.")
    if question.carries and question.kind == Kind.MATRIX:
        yield _("all its columns are offered.")
