"""Pages of results: the overview, one question, a crosstab, texts, and files."""

from itertools import compress
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from panelists.minimum_cell import counted
from surveys.answering.quality import FLAG_WORDS
from surveys.definition import Kind
from surveys.models import Response, Survey
from surveys.results_views import figures
from surveys.results_views.common import (
    ANALYST,
    AUTHOR,
    Viewed,
    asked_or_404,
    context_of,
    filters_of,
    label,
    query_of,
    sees_all_or_404,
    viewed_or_404,
)
from surveys.services import exporting
from surveys.services.results import counting, reading
from surveys.services.results.asking import Asked, Questionnaire, questionnaire
from surveys.services.results.selecting import AGES, Filters
from surveys.small_cells import Hidden, coarse, coarse_table

PER_PAGE = 50


@require_safe
def survey_list(request):
    """Surveys that were launched: where an analyst starts."""
    if not (request.user.has_perm(AUTHOR) or request.user.has_perm(ANALYST)):
        raise Http404
    is_complete = Q(
        responses__is_trial=False, responses__status=Response.Status.COMPLETE
    )
    surveys = (
        Survey.objects.exclude(status=Survey.Status.DRAFT)
        .select_related("panel")
        .annotate(complete=Count("responses", filter=is_complete))
        .order_by("-launched_at", "-pk")
    )
    page = Paginator(surveys, PER_PAGE).get_page(request.GET.get("page"))
    for survey in page.object_list:
        survey.told = number(Viewed(survey, request.user), survey.complete)
    context = {"page": page, "nav_active": "author"}
    return render(request, "results/list.html", context)


def number(viewed: Viewed, n: int) -> str:
    """A count of people, as coarse as the viewer must see it."""
    return str(n) if viewed.sees_all else str(counted(n, viewed.minimum))


@never_cache
@require_safe
def overview(request, public_id):
    viewed = viewed_or_404(request, public_id)
    if request.htmx.target == "live-counts":
        return render(request, "results/_counts.html", live(viewed))
    questions = questionnaire(viewed.survey)
    filters = filters_of(viewed, request.GET, questions)
    context = context_of(viewed, questions, filters) | live(viewed)
    context |= {
        "stages": stages(viewed, questions),
        "asked": [(one, label(one.question, questions)) for one in questions.asked],
        "formats": exporting.FORMATS,
    }
    return render(request, "results/overview.html", context)


def live(viewed: Viewed) -> dict:
    found = counting.counts(viewed.survey)
    names = {
        "answering": _("answering now"),
        "left": _("left before the end"),
        "complete": _("complete"),
        "screened_out": _("screened out"),
        "over_quota": _("over quota"),
        "held": _("held for a check"),
        "bad": _("found bad"),
    }
    # Shares and the coarse counts together would tell the exact ones.
    told = {_("completion rate"): found.completion, _("incidence"): found.incidence}
    shares = [
        (name, figures.percent(value))
        for name, value in told.items()
        if value is not None and viewed.sees_all
    ]
    flags = [
        (FLAG_WORDS.get(code, code), number(viewed, n))
        for code, n in sorted(found.flags.items())
    ]
    return {
        "viewed": viewed,
        "survey": viewed.survey,
        "started": number(viewed, found.started),
        "tiles": [
            (name, number(viewed, getattr(found, field)))
            for field, name in names.items()
        ],
        "shares": shares,
        "seconds": found.median_seconds
        if viewed.sees_all or found.complete >= viewed.minimum
        else None,
        "flags": flags,
        "held": found.held if viewed.sees_all else 0,
    }


def stages(viewed: Viewed, questions: Questionnaire) -> list[dict]:
    found = counting.funnel(viewed.survey)
    texts = {one.code: label(one.question, questions) for one in questions.asked}
    titles = {page.id: page for page in questions.definition.pages}
    lines = []
    for place, stage in enumerate(found.stages, 1):
        page = titles.get(stage.page)
        title = (page.title.get(questions.language) if page else "") or _(
            "Page %(number)d"
        ) % {"number": place}
        share = stage.reached / found.began if found.began else 0.0
        lines.append(
            {
                "title": title,
                "reached": number(viewed, stage.reached),
                "left": number(viewed, stage.left),
                "width": figures.charts.place(100 * share) if viewed.sees_all else "",
                "share": figures.percent(share) if viewed.sees_all else "",
                "stops": [
                    (texts.get(one.code, one.code), one.left) for one in stage.stops
                ]
                if viewed.sees_all
                else [],
            }
        )
    return lines


@never_cache
@require_safe
def question(request, public_id, code):
    viewed = viewed_or_404(request, public_id)
    questions = questionnaire(viewed.survey)
    asked = asked_or_404(questions, code)
    filters = filters_of(viewed, request.GET, questions)
    context = context_of(viewed, questions, filters)
    context |= {
        "figures": question_figures(viewed, questions, asked, filters),
        "has_texts": viewed.sees_all and reading.has_texts(asked.question),
        "can_be_crossed": reading.can_be_crossed(asked.question),
        "heads": heads_to_choose(questions, asked),
        "before_and_after": neighbours(questions, asked),
    }
    template = "results/_question.html" if request.htmx else "results/question.html"
    return render(request, template, context)


def neighbours(questions: Questionnaire, asked: Asked) -> tuple[str, str]:
    codes = ["", *(one.code for one in questions.asked), ""]
    place = codes.index(asked.code)
    return codes[place - 1], codes[place + 1]


def question_figures(
    viewed: Viewed, questions: Questionnaire, asked: Asked, filters: Filters
) -> figures.Figures:
    found = reading.distribution(viewed.survey, asked, filters)
    if viewed.sees_all:
        shown = counting.shown_counts(viewed.survey, filters)[asked.code]
        return figures.figures(asked, questions, found, max(shown, found.base.n))
    overlaps = asked.question.kind == Kind.MULTIPLE or (
        asked.question.kind == Kind.BRAND and asked.question.is_multiple
    )
    wholes = [
        reading.distribution(viewed.survey, asked, filters.without(name))
        for name in filters.narrowed
    ]
    told = coarse(
        found,
        viewed.minimum,
        overlaps=overlaps,
        is_typed=asked.question.kind == Kind.BRAND,
        wholes=wholes,
    )
    return figures.figures(asked, questions, told)


def profile_heads() -> list[tuple[str, str]]:
    return [
        ("profile.age", _("Age")),
        ("profile.region", _("Region")),
        ("profile.language", _("Language")),
        ("profile.version", _("Version")),
    ]


def heads_to_choose(questions: Questionnaire, asked: Asked) -> list[tuple[str, str]]:
    return profile_heads() + [
        (one.code, label(one.question, questions))
        for one in questions.asked
        if one.code != asked.code and reading.can_be_crossed(one.question)
    ]


@never_cache
@require_safe
def crosstab(request, public_id, code):
    viewed = viewed_or_404(request, public_id)
    questions = questionnaire(viewed.survey)
    asked = asked_or_404(questions, code)
    by = reading.heads(questions, request.GET.get("by", ""))
    if by is None or by.name == code or not reading.can_be_crossed(asked.question):
        raise Http404
    filters = filters_of(viewed, request.GET, questions)
    context = context_of(viewed, questions, filters)
    context |= {
        "asked": asked,
        "by": by.name,
        "text": label(asked.question, questions),
        "by_text": dict(heads_to_choose(questions, asked))[by.name],
        "heads": heads_to_choose(questions, asked),
    }
    if not viewed.sees_all and filters.narrowed:
        # Two tables that differ by a few people would tell of these.
        context["is_refused"] = True
        return render(request, "results/crosstab.html", context)
    found = reading.crossed(viewed.survey, asked, by, filters)
    table = found if viewed.sees_all else coarse_table(found, viewed.minimum)
    if isinstance(table, Hidden):
        context["hidden"] = table.minimum
    else:
        context |= table_words(questions, asked, by, table)
    return render(request, "results/crosstab.html", context)


def table_words(questions, asked: Asked, by: reading.Heads, table) -> dict:
    rows = {one.code: label(one, questions) for one in asked.question.options}
    if by.asked:
        columns = {one.code: label(one, questions) for one in by.asked.question.options}
    else:
        columns = {age: age for age in AGES}

    def words(cell) -> dict:
        if cell.base is None:
            return {"is_hidden": True}
        share = figures.percent(cell.share.value) if cell.share else "–"
        return {"share": share, "count": cell.base.n, "letters": cell.higher_than}

    # That anyone at all lives in a region is not said of a hidden one.
    kept = [by.asked is not None or base is not None for base in table.bases]
    whole = table.association
    return {
        "columns": [
            (letter, columns.get(code, code), base, base is not None and base.is_low())
            for letter, code, base in compress(
                zip(table.letters, table.columns, table.bases, strict=True), kept
            )
        ],
        "rows": [
            (
                rows.get(code, code),
                words(total),
                [words(cell) for cell in compress(cells, kept)],
            )
            for code, cells, total in zip(
                table.rows, table.cells, table.totals, strict=True
            )
        ],
        "total": table.total,
        "whole": whole
        and {
            "chi_square": figures.decimal(whole.chi_square),
            "df": whole.df,
            "p": _("less than %(p)s") % {"p": figures.decimal(0.001, 3)}
            if whole.p < 0.001
            else figures.decimal(whole.p, 3),
            "effect": figures.decimal(whole.effect),
            "is_significant": whole.p < 0.05,
            "below": whole.below,
            "cells": whole.cells,
            "is_rough": whole.is_rough,
        },
        "overlaps": not by.exclude,
        "rows_overlap": asked.question.kind == Kind.MULTIPLE,
    }


@never_cache
@require_safe
def texts(request, public_id, code):
    viewed = sees_all_or_404(request, public_id)
    questions = questionnaire(viewed.survey)
    asked = asked_or_404(questions, code)
    if not reading.has_texts(asked.question):
        raise Http404
    filters = filters_of(viewed, request.GET, questions)
    search = request.GET.get("search", "").strip()[:80]
    found = reading.texts(viewed.survey, asked, filters, search)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = context_of(viewed, questions, filters)
    kept = query_of(filters)
    if search:
        kept = "&".join(filter(None, (kept, urlencode({"search": search}))))
    context |= {
        "asked": asked,
        "text": label(asked.question, questions),
        "search": search,
        "page_query": f"{kept}&" if kept else "",
        "page": page,
        "answers": [
            one.value if isinstance(one.value, str) else one.value["other"]
            for one in page
        ],
    }
    return render(request, "results/texts.html", context)


@require_POST
def export(request, public_id, kind):
    viewed = sees_all_or_404(request, public_id)
    if kind not in exporting.FORMATS:
        raise Http404
    told = exporting.FORMATS[kind]
    filters = filters_of(viewed, request.GET, questionnaire(viewed.survey))
    file = exporting.export(viewed.survey, kind, filters, by=request.user)
    name = slugify(viewed.survey.name) or "survey"
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"{name}.{told.ending}",
        content_type=told.content_type,
    )
