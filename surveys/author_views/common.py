"""What all author pages share: who may see them, places of the builder, changing."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from surveys.definition import Definition
from surveys.editing import summary_of
from surveys.models import Survey
from surveys.services import authoring

# The session keeps in which language each survey is being written.
LANGUAGES = "author-languages"


def author_or_404(request):
    if not request.user.has_perm("panelists.author_surveys"):
        raise Http404
    return request.user


def survey_or_404(request, public_id: str) -> Survey:
    author_or_404(request)
    return get_object_or_404(
        Survey.objects.visible_to(request.user).select_related("panel"),
        public_id=public_id,
    )


def is_fragment(request) -> bool:
    """Whether htmx wants parts of the page; going back it wants the whole."""
    return bool(request.htmx) and not request.htmx.history_restore_request


# Places of the builder ---------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """What the editor shows: a question, a page, or something of the whole survey.

    `kind`: texts, languages, purchase, quotas, comments, library, question, page, or
    condition, whose `of` says whose: question, page, skip (`number` or "new") or quota.
    """

    kind: str = "texts"
    key: str = ""
    of: str = ""
    number: str = ""

    def url(self, survey: Survey) -> str:
        args = [survey.public_id, self.of, self.key, self.number]
        return reverse(f"author:{self.kind}", args=[one for one in args if one])

    @property
    def item(self) -> "Place":
        """The item of the outline that stands for it."""
        if self.kind != "condition":
            return self
        if self.of == "quota":
            return Place("quotas")
        return Place("question" if self.of == "question" else "page", self.key)

    def exists_in(self, definition: Definition) -> bool:
        if self.kind == "question" or self.of == "question":
            return definition.question(self.key) is not None
        if self.kind == "page" or self.of in ("page", "skip"):
            return definition.page(self.key) is not None
        return True


TEXTS = Place("texts")


def place_of(posted) -> Place:
    """Of a form that says where it stands: `kind` and `key`."""
    kind, key = posted.get("place_kind", ""), posted.get("place_key", "")
    if kind in ("question", "page") and key:
        return Place(kind, key)
    if kind in ("languages", "purchase", "quotas", "comments", "library"):
        return Place(kind)
    return TEXTS


def place_or_404(place: Place, definition: Definition) -> Place:
    if not place.exists_in(definition):
        raise Http404
    return place


def language_of(request, survey: Survey, definition: Definition) -> str:
    """In which language the author is writing."""
    chosen = request.POST.get("language", "")
    if chosen not in definition.languages:
        chosen = request.session.get(LANGUAGES, {}).get(survey.public_id, "")
    return chosen if chosen in definition.languages else definition.language


# Changing ----------------------------------------------------------------------------


def revision_of(request) -> int:
    """Of the survey as the form showed it; -1, which no survey has, without one."""
    told = request.POST.get("revision", "")
    return int(told) if told.isascii() and told.isdigit() else -1


def change(
    request, survey: Survey, operation: Callable[..., Definition], *args, **kwargs
) -> Survey:
    """Do one operation of `surveys.editing` to the draft.

    Raises `WrongEdit`, and `ChangedMeanwhile` where another author was quicker."""
    summary = summary_of(operation, survey.definition, *args, **kwargs)
    return authoring.edit(
        survey,
        lambda definition: operation(definition, *args, **kwargs),
        summary=summary,
        revision=revision_of(request),
        by=request.user,
    )
