"""Whole designs out to a file, and in again: upload, look at what was read, agree."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.access import get_organization
from organizations.models import Role
from scorecards.access import get_design_import, get_scorecard
from scorecards.exports.design_json import design_as_json
from scorecards.exports.design_xlsx import design_as_xlsx
from scorecards.exports.download import JSON, XLSX, download
from scorecards.forms.interchange import DesignFileForm, DesignImportForm
from scorecards.interchange.collecting import collect_design
from scorecards.interchange.document import Design, FileRefused
from scorecards.interchange.reading import read_stored
from scorecards.models import DesignImport, Scorecard
from scorecards.selectors.importing import preview_import
from scorecards.services.importing import import_design, keep_import
from scorecards.views.pages import INVALID, posted, show


def export(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    return show(request, "export", get_scorecard(request.user, org, pk))


def design_json(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, pk)
    body = design_as_json(_design(scorecard))
    return download(body, name=scorecard.name, ending="json", content_type=JSON)


def design_xlsx(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, pk)
    body = design_as_xlsx(_design(scorecard))
    return download(body, name=scorecard.name, ending="xlsx", content_type=XLSX)


def _design(scorecard: Scorecard) -> Design:
    names_experts = scorecard.organization.can_research
    return collect_design(scorecard, names_experts=names_experts)


def import_template(request: HttpRequest, org: str) -> HttpResponse:
    get_organization(request.user, org)
    # Translators: the name of a downloaded file.
    name = _("empty scorecard")
    return download(design_as_xlsx(), name=name, ending="xlsx", content_type=XLSX)


def import_upload(request: HttpRequest, org: str) -> HttpResponse:
    organization = get_organization(request.user, org, role=Role.EDITOR)
    form = DesignFileForm(posted(request), request.FILES or None)
    if form.is_bound and form.is_valid():
        kept = keep_import(
            organization=organization,
            design=form.found,
            file_name=form.file_name,
            by=request.user,
            now=timezone.now(),
        )
        return redirect("scorecards:import-preview", organization.slug, kept.pk)
    context = {"organization": organization, "form": form, "nav": "scorecards"}
    status = INVALID if form.errors else 200
    return render(request, "scorecards/import_form.html", context, status=status)


def import_preview(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    kept = get_design_import(request.user, org, pk)
    if kept.is_done:
        return _go_on(request, kept)
    try:
        design = read_stored(kept.document)
    except FileRefused:
        return _start_again(request, kept)
    form = DesignImportForm(posted(request), initial={"name": design.scorecard["name"]})
    if form.is_bound and form.is_valid():
        name = form.cleaned_data["name"]
        kept.scorecard = import_design(kept=kept, name=name, by=request.user, now=timezone.now())
        return _go_on(request, kept)
    context = {
        "organization": kept.organization,
        "kept": kept,
        "form": form,
        "preview": preview_import(kept, design),
        "nav": "scorecards",
    }
    status = INVALID if form.errors else 200
    return render(request, "scorecards/import_preview.html", context, status=status)


def _go_on(request: HttpRequest, kept: DesignImport) -> HttpResponse:
    """To the scorecard that was made, by this press of the button or by one before."""
    if kept.scorecard is None:
        raise Http404
    messages.success(request, _("The scorecard is made from the file."))
    return redirect("scorecards:scorecard", kept.organization.slug, kept.scorecard.pk)


def _start_again(request: HttpRequest, kept: DesignImport) -> HttpResponse:
    """The site was updated in between, and no longer takes what it took."""
    messages.warning(request, _("This file has to be checked anew. Upload it again."))
    return redirect("scorecards:import", kept.organization.slug)
