"""What an officer does next with a questionnaire: one thing, with a button."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.models import Survey
from surveys.selectors.progress import State
from surveys.selectors.questionnaires import SurveyOverview


@dataclass(frozen=True)
class NextAction:
    title: str
    text: str
    label: str
    url: str
    is_post: bool = False


def next_action(overview: SurveyOverview, *, now: datetime, mails: bool) -> NextAction | None:
    """``mails``: whether the site sends any. None: nothing is to be done."""
    status = overview.survey.status
    if status == Survey.Status.DRAFT:
        return _of_draft(overview)
    if status == Survey.Status.OPEN:
        return _of_open(overview, now, mails)
    has_results = overview.sent or overview.survey.is_of_group
    return _results(overview, _("The questionnaire is closed.")) if has_results else None


def _of_draft(overview: SurveyOverview) -> NextAction:
    survey = overview.survey
    faults = getattr(overview.plan, "faults", ())
    if not overview.plan.questions and not faults:
        return _choose(survey, _("Nothing is asked yet, and so it can't be opened."))
    if faults:
        return _choose(
            survey,
            _("What is asked stands below. Something has to be changed before it can be opened."),
        )
    if not overview.experts:
        return _invite(survey)
    return NextAction(
        _("Open the questionnaire"),
        _(
            "From then on what is asked is fixed, and the links work. Look once more at what is "
            "asked, and who judges what."
        ),
        _("Open for answers"),
        _url("survey-open", survey),
        is_post=True,
    )


def _choose(survey: Survey, text: str) -> NextAction:
    title = label = _("Choose what is asked")
    return NextAction(title, text, label, _url("survey-edit", survey))


def _of_open(overview: SurveyOverview, now: datetime, mails: bool) -> NextAction:
    survey = overview.survey
    if not overview.expected:
        return _invite(survey)
    if not overview.unfinished:
        return _results(overview, _("All experts have sent their answers."))
    # Some may have been given more time than the others.
    awaited = [e for e in overview.experts if e.is_unfinished and e.invitation.accepts_answers(now)]
    if not awaited:
        return NextAction(
            _("The closing time has passed"),
            ngettext(
                "%(n)s expert has not finished. Give more time, or close the questionnaire.",
                "%(n)s experts have not finished. Give more time, or close the questionnaire.",
                overview.unfinished,
            )
            % {"n": overview.unfinished},
            _("Give everybody more time"),
            _url("survey-edit", survey),
        )
    if all(expert.state == State.UNOPENED for expert in awaited):
        return _hand_out(survey, len(awaited), mails)
    return NextAction(
        _("Remind those who haven't finished"),
        ngettext(
            "%(n)s expert has not finished yet.",
            "%(n)s experts have not finished yet.",
            len(awaited),
        )
        % {"n": len(awaited)},
        _("See who gets a reminder"),
        _url("mail-reminders", survey),
    )


def _hand_out(survey: Survey, unopened: int, mails: bool) -> NextAction:
    """Of the ways only those that this site has."""
    if mails:
        text = ngettext(
            "%(n)s expert has not opened the link. Send it by WhatsApp or e-mail, or print it.",
            "%(n)s experts have not opened their links. Send them by WhatsApp or e-mail, or print "
            "them.",
            unopened,
        )
        label, name = _("Send the links by e-mail"), "mail-invitations"
    else:
        text = ngettext(
            "%(n)s expert has not opened the link. Send it by WhatsApp, or print it.",
            "%(n)s experts have not opened their links. Send them by WhatsApp, or print them.",
            unopened,
        )
        label, name = _("Print all links"), "invitation-sheet"
    return NextAction(_("Hand out the links"), text % {"n": unopened}, label, _url(name, survey))


def _invite(survey: Survey) -> NextAction:
    return NextAction(
        _("Invite experts"),
        _("Each expert gets a personal link. No account is needed."),
        _("Invite a list of experts"),
        _url("expert-list", survey),
    )


def _results(overview: SurveyOverview, text: str) -> NextAction:
    survey = overview.survey
    is_screening = survey.kind == Survey.Kind.SCREENING
    name = "screening-results" if is_screening else "results"
    return NextAction(_("Look at the results"), text, _("Results"), _url(name, survey))


def _url(name: str, survey: Survey) -> str:
    return reverse(f"surveys:{name}", args=[survey.scorecard.organization.slug, survey.pk])
