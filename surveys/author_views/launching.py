"""Launching: what is still lacking, the terms, the launch itself, versions and log."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from surveys.author_forms import SettingsForm, language_name
from surveys.author_views.common import language_of, revision_of, survey_or_404
from surveys.author_views.editing import REFUSED
from surveys.author_views.problems import where
from surveys.logic.problems import Severity
from surveys.models import Survey
from surveys.services import launching
from surveys.services import settings as terms
from surveys.services.launching import Move

GOOD, NOTE, BAD = "good", "note", "bad"


@never_cache
@require_safe
def launch(request, public_id):
    return show_launch(request, survey_or_404(request, public_id))


def show_launch(
    request, survey: Survey, form: SettingsForm | None = None, status: int = 200
):
    # The form's times are those of the panel's clock.
    with timezone.override(survey.panel.time_zone):
        form = form or SettingsForm(instance=survey)
        current = survey.current
        changes = launching.pending_changes(survey)
        lines = readiness(request, survey)
        context = {
            "survey": survey,
            "tab": "launch",
            "form": form,
            "ready": lines,
            "is_ready": all(line["state"] != BAD for line in lines),
            "current": current,
            "changes": changes if current else (),
            "has_changed": bool(changes),
            "can_launch": launching.may(survey, Move.LAUNCH),
            "can_pause": launching.may(survey, Move.PAUSE),
            "can_resume": launching.may(survey, Move.RESUME),
            "can_close": launching.may(survey, Move.CLOSE),
            "versions": survey.versions.filter(is_trial=False)
            .select_related("made_by")
            .order_by("-number"),
            "events": survey.events.select_related("actor").order_by("-at", "-pk")[
                :100
            ],
            "nav_active": "author",
        }
        return render(request, "author/launch.html", context, status=status)


def readiness(request, survey: Survey) -> list[dict]:
    """What a launch needs, each with how it stands and where it is mended."""
    definition = survey.definition
    language = language_of(request, survey, definition)
    lines = []
    questions = sum(one.is_asked for one in definition.questions())
    if questions:
        told = ngettext("It has %d question.", "It has %d questions.", questions)
        lines.append({"state": GOOD, "told": told % questions})
    problems = launching.readiness(survey)
    if not any(one.severity == Severity.ERROR for one in problems):
        names = ", ".join(language_name(code) for code in definition.languages)
        lines.append({"state": GOOD, "told": _("Every path through it ends.")})
        told = _("Every text is there in %s.") % names
        lines.append({"state": GOOD, "told": told})
    for one in problems:
        name, url = where(survey, definition, one.page, one.question, language)
        lines.append(
            {
                "state": BAD if one.severity == Severity.ERROR else NOTE,
                "told": one.message,
                "name": name,
                "url": url if one.page or one.question else "",
            }
        )
    return lines


@require_POST
def settings(request, public_id):
    survey = survey_or_404(request, public_id)
    with timezone.override(survey.panel.time_zone):
        form = SettingsForm(request.POST, instance=survey)
        is_valid = form.is_valid()
    if not is_valid:
        return show_launch(request, survey, form, status=422)
    try:
        terms.change_settings(survey, by=request.user, **form.cleaned_data)
    except terms.WrongSettings as error:
        survey.refresh_from_db()
        for name, told in error.fields.items():
            form.add_error(name or None, told)
        return show_launch(request, survey, form, status=422)
    except REFUSED as error:
        form.add_error(None, str(error))
        return show_launch(request, survey, form, status=422)
    messages.success(request, _("Saved."))
    return redirect("author:launch", public_id)


def act(request, public_id, service, done: str):
    survey = survey_or_404(request, public_id)
    try:
        service(survey, by=request.user)
    except REFUSED as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("author:launch", public_id)


@require_POST
def go_live(request, public_id):
    def launch_as_seen(survey, *, by):
        launching.launch(survey, by=by, revision=revision_of(request))

    return act(request, public_id, launch_as_seen, _("Launched."))


@require_POST
def pause(request, public_id):
    done = _("Paused: nobody can start it now. Who has begun may finish.")
    return act(request, public_id, launching.pause, done)


@require_POST
def resume(request, public_id):
    return act(request, public_id, launching.resume, _("It goes on."))


@require_POST
def close(request, public_id):
    return act(request, public_id, launching.close, _("Closed for good."))
