"""Finished judgements of a file: upload, look at what would be stored, agree."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from organizations.models import Role
from scorecards.exports.download import XLSX, download
from scorecards.views.pages import INVALID, posted
from surveys.access import get_comparison, get_judgement_import
from surveys.errors import survey_error_text
from surveys.exports.judgement_template import judgement_template
from surveys.forms.judgement_import import EXPERTS, GROUP, JudgementFileForm, TakeForm
from surveys.judgement_files.given import Part, from_document, parts_of
from surveys.models import JudgementImport
from surveys.selectors.judgement_preview import JudgementPreview, judgement_preview
from surveys.selectors.judgement_taking import why_not_taken
from surveys.services.judgement_importing import fingerprint, keep_judgements, take_judgements
from surveys.services.refusals import SurveyError
from surveys.views.pages import EXPERTS_PER_PAGE, show


def judgements_import(request: HttpRequest, org: str, survey_pk: int) -> HttpResponse:
    survey = get_comparison(request.user, org, survey_pk, role=Role.EDITOR)
    now = timezone.now()
    refusals = {
        kind: why_not_taken(survey, is_group=kind == GROUP, now=now) for kind in (EXPERTS, GROUP)
    }
    first = next((kind for kind, refusal in refusals.items() if not refusal), EXPERTS)
    form = JudgementFileForm(
        posted(request),
        request.FILES or None,
        parts=parts_of(survey),
        refusals=refusals,
        initial={"kind": first},
    )
    if form.is_valid():
        is_group = form.is_group
        kept = keep_judgements(
            survey=survey,
            found=form.found,
            file_name=form.file_name,
            experts=int(form.cleaned_data["experts"]) if is_group else None,
            source=form.cleaned_data["source"] if is_group else "",
            by=request.user,
            now=now,
        )
        return redirect("surveys:judgements-preview", org, survey.pk, kept.pk)
    closed = survey_error_text(SurveyError(refusals[EXPERTS])) if all(refusals.values()) else ""
    return show(
        request,
        "judgements_import",
        survey,
        form=form,
        closed=closed,
        example=_example(form.parts),
    )


def _example(parts: Sequence[Part]) -> list[list[str]]:
    """A square of the questionnaire's own first elements, filled above the diagonal."""
    codes = [code for code, _label in parts[0].elements[:3]] if parts else []
    filled = iter("352")
    rows = [
        [code, *("1" if i == j else next(filled) if i < j else "" for j in range(len(codes)))]
        for i, code in enumerate(codes)
    ]
    return [["", *codes], *rows]


def judgements_preview(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    """Everything that would be stored; POST stores it. ``?page=`` is of the experts."""
    kept = get_judgement_import(request.user, org, survey_pk, pk)
    if kept.is_done:
        return _go_on(request, kept, 0)
    preview = judgement_preview(kept, from_document(kept.document))
    form = TakeForm(
        posted(request), preview=preview, initial={"replaces": fingerprint(kept.survey)}
    )
    if form.is_valid():
        try:
            return _go_on(request, kept, _take(request, kept, form))
        except SurveyError as error:
            messages.error(request, survey_error_text(error))
            return redirect(*_after(error, org, kept))
    return show(
        request,
        "judgements_preview",
        kept.survey,
        form=form,
        preview=preview,
        experts=_page(request, preview),
        status=INVALID if form.errors else 200,
    )


def _take(request: HttpRequest, kept: JudgementImport, form: TakeForm) -> int:
    return take_judgements(
        kept=kept,
        chosen=form.chosen,
        # Without the file's name, which may be the expert's: files without names print this text.
        consent_text=_("These judgements came in a file. What the experts agreed to is not in it."),
        replaces=form.cleaned_data["replaces"],
        by=request.user,
        now=timezone.now(),
    )


def _after(error: SurveyError, org: str, kept: JudgementImport) -> Sequence[str | int]:
    """What was forgotten has to be chosen again; the rest can be looked at once more."""
    if error.code == "judgements-forgotten":
        return "surveys:judgements-import", org, kept.survey.pk
    return "surveys:judgements-preview", org, kept.survey.pk, kept.pk


def _page(request: HttpRequest, preview: JudgementPreview) -> Page:
    page = Paginator(range(preview.count), EXPERTS_PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = [preview.expert(place) for place in page.object_list]
    return page


def _go_on(request: HttpRequest, kept: JudgementImport, count: int) -> HttpResponse:
    """To the results, by this press of the button or by one before."""
    if not count:
        messages.info(request, _("This file is taken over already."))
    elif kept.is_group:
        messages.success(request, _("The group matrices are taken over from the file."))
    else:
        text = ngettext(
            "The judgements of %(n)s expert are taken over from the file.",
            "The judgements of %(n)s experts are taken over from the file.",
            count,
        )
        messages.success(request, text % {"n": count})
    survey = kept.survey
    return redirect("surveys:results", survey.scorecard.organization.slug, survey.pk)


@require_safe
def judgements_template(request: HttpRequest, org: str, survey_pk: int) -> HttpResponse:
    survey = get_comparison(request.user, org, survey_pk)
    body = judgement_template(parts_of(survey))
    # Translators: the name of a downloaded file.
    name = _("%(name)s judgements") % {"name": survey.name}
    return download(body, name=name, ending="xlsx", content_type=XLSX)
