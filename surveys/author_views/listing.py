"""All surveys, a new one, a copy of one, and another name."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from surveys.author_forms import NameForm, SurveyForm
from surveys.author_views.common import author_or_404, is_fragment, survey_or_404
from surveys.models import Response, Survey, SurveyComment, SurveyEdit, SurveyVersion
from surveys.services import authoring, checking
from surveys.services.errors import SurveyError
from surveys.services.exporting import may_export

PER_PAGE = 25


def counted(rows) -> Coalesce:
    """The number of rows of each survey, in one query and without joins."""
    number = (
        rows.filter(survey=OuterRef("pk"))
        .order_by()
        .values("survey")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


@never_cache
@require_safe
def survey_list(request):
    author_or_404(request)
    last = SurveyEdit.objects.filter(survey=OuterRef("pk")).order_by("-number")
    surveys = (
        Survey.objects.visible_to(request.user)
        .select_related("panel")
        .annotate(
            versions_made=counted(SurveyVersion.objects.filter(is_trial=False)),
            completes=counted(
                Response.objects.real().filter(status=Response.Status.COMPLETE)
            ),
            to_check=counted(checking.held(by=request.user)),
            remarks=counted(SurveyComment.objects.filter(resolved_at=None)),
            edited_by_name=Subquery(last.values("by__name")[:1]),
            edited_by_email=Subquery(last.values("by__email")[:1]),
        )
        .order_by("-edited_at", "-pk")
    )
    text = request.GET.get("text", "").strip()
    status = request.GET.get("status", "")
    if text:
        surveys = surveys.filter(Q(name__icontains=text))
    if status in Survey.Status.values:
        surveys = surveys.filter(status=status)
    context = {
        "page": Paginator(surveys, PER_PAGE).get_page(request.GET.get("page")),
        "text": text,
        "status": status,
        "statuses": Survey.Status.choices,
        "is_filtered": bool(text or status),
        # Held responses are rows of one person each.
        "may_check": may_export(request.user),
        "nav_active": "author",
    }
    template = "author/_list.html" if is_fragment(request) else "author/list.html"
    return render(request, template, context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    author_or_404(request)
    form = SurveyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        survey = authoring.create(told["panel"], told["name"], by=request.user)
        return redirect("author:texts", survey.public_id)
    status = 422 if form.is_bound else 200
    context = {"form": form, "nav_active": "author"}
    return render(request, "author/new.html", context, status=status)


@require_safe
def survey(request, public_id):
    """To where one goes on: the first question, or the texts of an empty survey."""
    one = survey_or_404(request, public_id)
    first = next(one.definition.questions(), None)
    if first is None:
        return redirect("author:texts", one.public_id)
    return redirect("author:question", one.public_id, first.code)


@require_POST
def duplicate(request, public_id):
    one = survey_or_404(request, public_id)
    copy = authoring.duplicate(one, by=request.user)
    messages.success(request, _("This is the copy. Give it a name of its own."))
    return redirect("author:rename", copy.public_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request, public_id):
    one = survey_or_404(request, public_id)
    form = NameForm(request.POST or None, initial={"name": one.name})
    if request.method == "POST" and form.is_valid():
        try:
            authoring.rename(one, form.cleaned_data["name"], by=request.user)
        except SurveyError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("author:survey", one.public_id)
    status = 422 if form.is_bound else 200
    context = {"form": form, "survey": one, "tab": "build", "nav_active": "author"}
    return render(request, "author/rename.html", context, status=status)
