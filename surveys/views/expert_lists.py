"""Inviting a whole list of experts: check it, look at it, agree to it. All of it or nothing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.models import Role
from scorecards.exports.download import XLSX, download
from scorecards.views.pages import INVALID, posted
from surveys.access import get_survey
from surveys.errors import survey_error_text
from surveys.exports.expert_template import expert_template
from surveys.forms.expert_list import AgreeForm, ExpertListForm
from surveys.models import Survey
from surveys.selectors.expert_preview import preview_experts
from surveys.selectors.omissions import omissions_of
from surveys.services.invitations import invite_experts
from surveys.services.refusals import SurveyError
from surveys.views.pages import show


def expert_list(request: HttpRequest, org: str, survey_pk: int) -> HttpResponse:
    """``agree`` in what is sent: it was looked at. Otherwise it is checked and shown."""
    survey = get_survey(request.user, org, survey_pk, role=Role.EDITOR)
    form = ExpertListForm(posted(request), request.FILES or None)
    if not form.is_valid():
        return show(request, "expert_list", survey, form=form, omissions=omissions_of(survey))
    if "agree" in request.POST:
        return _invite(request, survey, form)
    return _check_page(request, survey, form)


def expert_list_template(request: HttpRequest, org: str, survey_pk: int) -> HttpResponse:
    get_survey(request.user, org, survey_pk, role=Role.EDITOR)
    # Translators: the name of a downloaded file.
    name = _("experts to invite")
    return download(expert_template(), name=name, ending="xlsx", content_type=XLSX)


def _invite(request: HttpRequest, survey: Survey, form: ExpertListForm) -> HttpResponse:
    agreed = AgreeForm(request.POST)
    if form.experts is None or not agreed.is_valid():
        return _check_page(request, survey, form, status=INVALID)
    known, choice = agreed.cleaned_data["known"], agreed.cleaned_data["duplicates"]
    experts = form.experts.experts
    if choice == "skip":
        experts = tuple(each for place, each in enumerate(experts) if place not in known)
        known = frozenset()
    elif choice != "invite":
        known = frozenset()
    try:
        made = invite_experts(
            survey=survey,
            experts=experts,
            known=known,
            expected_code=agreed.cleaned_data["expected_code"],
            by=request.user,
        )
    except SurveyError as error:
        messages.error(request, survey_error_text(error))
        return _check_page(request, survey, form, status=INVALID)
    messages.success(request, _invited(survey, len(made)))
    return redirect("surveys:survey", survey.scorecard.organization.slug, survey.pk)


def _invited(survey: Survey, count: int) -> str:
    """With what comes next: the links of a draft don't open anything yet."""
    if survey.status == Survey.Status.DRAFT:
        text = ngettext(
            "%(n)s expert is invited. The link works once you open the questionnaire.",
            "%(n)s experts are invited. The links work once you open the questionnaire.",
            count,
        )
    else:
        text = ngettext(
            "%(n)s expert is invited. Hand out the link next.",
            "%(n)s experts are invited. Hand out the links next.",
            count,
        )
    return text % {"n": count}


def _check_page(
    request: HttpRequest, survey: Survey, form: ExpertListForm, status: int = 200
) -> HttpResponse:
    return show(
        request,
        "expert_list_check",
        survey,
        form=form,
        # Not "text": notes on the page are given theirs under that name.
        list_text=form.read.text if form.read else "",
        preview=preview_experts(survey, form.experts),
        omissions=omissions_of(survey),
        status=status,
    )
