"""The way from a vision to a report as steps, so that nobody needs a manual."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from scorecards.selectors.periods import period_name

if TYPE_CHECKING:
    from surveys.models import Survey
    from surveys.selectors.home import ScorecardProgress


@dataclass(frozen=True)
class Step:
    """One thing to do; ``state`` is "done", "current" for the first that isn't, or "todo"."""

    title: str | Promise
    text: str | Promise
    action: str | Promise
    url: str
    state: str


@dataclass(frozen=True)
class _Draft:
    done: bool
    title: str | Promise
    text: str | Promise
    action: str | Promise
    url: str
    # Where the address is no page to read: who may not edit is told the step, without a way.
    is_task: bool = False


def next_steps(progress: "ScorecardProgress") -> tuple[Step, ...]:
    steps, current_found = [], False
    may_edit = progress.may_edit
    for draft in _drafts(progress):
        state = "done" if draft.done else "todo" if current_found else "current"
        current_found = current_found or not draft.done
        url = draft.url if may_edit or not draft.is_task else ""
        # Who only reads follows the title, and is asked to do nothing.
        action = draft.action if may_edit else ""
        steps.append(Step(draft.title, draft.text, action, url, state))
    return tuple(steps)


def _drafts(progress: "ScorecardProgress") -> Iterator[_Draft]:
    card = progress.scorecard
    address = [card.organization.slug, card.pk]
    yield _Draft(
        progress.has_strategy,
        _("Write down vision and mission"),
        _("What the organization wants to become, and how."),
        _("Write the strategy"),
        reverse("organizations:strategy", args=address[:1]),
    )
    if progress.screening and not _is_past(progress.screening, progress):
        yield _screening_draft(progress.screening, address)
    yield _Draft(
        progress.is_designed,
        _("Design the scorecard"),
        _design_text(progress),
        *_design_action(progress, address),
    )
    yield _weights_draft(progress, address)
    yield _entry_draft(progress, address)
    yield _closing_draft(progress, address)
    newest = progress.period or progress.reported
    yield _Draft(
        False,
        _("Read the report"),
        _("What is red, what is green, and what raises the index most."),
        _("Read the report"),
        reverse("scorecards:report", args=[*address, newest.start]) if newest else "",
    )


def _design_text(progress: "ScorecardProgress") -> str | Promise:
    card = progress.scorecard
    if progress.is_designed:
        return _("%(adopted)s KPIs, each with a target.") % {"adopted": card.adopted}
    if card.adopted:
        counts = {"adopted": card.adopted, "missing": card.without_target}
        return _("%(adopted)s KPIs; %(missing)s of them have no target yet.") % counts
    if card.candidates:
        return ngettext(
            "%(n)s KPI is a candidate. Let experts rate it, or adopt it yourself.",
            "%(n)s KPIs are candidates. Let experts rate them, or adopt them yourself.",
            card.candidates,
        ) % {"n": card.candidates}
    return _("Perspectives, objectives, KPIs and their targets.")


def _design_action(progress: "ScorecardProgress", address: list) -> tuple[str | Promise, str, bool]:
    card = progress.scorecard
    if card.candidates and not card.adopted and progress.screening is None:
        create = reverse("surveys:survey-create", args=address[:1])
        return _("Ask experts"), f"{create}?kind=screening&scorecard={card.pk}", True
    return _("Go on designing"), reverse("scorecards:scorecard", args=address), False


def _is_past(screening: "Survey", progress: "ScorecardProgress") -> bool:
    """Closed, not applied, and weighed all the same: nobody waits for its outcome."""
    is_closed = screening.status == screening.Status.CLOSED
    return is_closed and not screening.is_applied and progress.is_weighted


def _screening_draft(survey: "Survey", address: list) -> _Draft:
    """Only where a screening exists: nobody needs one. Done when its choice is applied."""
    title = _("Let experts choose the KPIs")
    url = reverse("surveys:survey", args=[address[0], survey.pk])
    if survey.is_applied:
        return _Draft(True, title, _("The experts' choice is taken over."), "", url)
    counts = {"sent": survey.sent, "invited": survey.invited}
    text = _("%(sent)s of %(invited)s experts have sent their answers.") % counts
    return _Draft(False, title, text, _("To the questionnaire"), url)


def _weights_draft(progress: "ScorecardProgress", address: list) -> _Draft:
    card, survey = progress.scorecard, progress.survey
    title = _("Weigh with experts")
    if progress.is_weighted:
        url = reverse("scorecards:weights", args=address)
        return _Draft(True, title, _("The weights are set."), "", url)
    if survey is None:
        create = reverse("surveys:survey-create", args=address[:1])
        return _Draft(
            False,
            title,
            _("How much each perspective and KPI counts."),
            _("Ask experts"),
            f"{create}?kind=pairwise&scorecard={card.pk}",
            is_task=True,
        )
    sent = _("%(sent)s of %(invited)s experts have sent their answers.")
    joined = _("Joined judgements came in a file. Use their weights.")
    return _Draft(
        False,
        title,
        joined if survey.is_of_group else sent % {"sent": survey.sent, "invited": survey.invited},
        _("To the questionnaire"),
        reverse("surveys:survey", args=[address[0], survey.pk]),
    )


def _entry_draft(progress: "ScorecardProgress", address: list) -> _Draft:
    title, period = _("Enter the values"), progress.period
    if period is not None:
        counts = {
            "period": period_name(period),
            "filled": progress.filled.filled,
            "adopted": progress.filled.total,
        }
        return _Draft(
            progress.filled.is_complete,
            title,
            _("%(period)s: %(filled)s of %(adopted)s KPIs are entered.") % counts,
            _("Enter values"),
            reverse("scorecards:entry", args=[*address, period.start]),
            is_task=True,
        )
    periods = reverse("scorecards:period-list", args=address)
    if progress.reported is None:
        return _Draft(False, title, _("No period is open yet."), _("Open a period"), periods)
    return _Draft(True, title, _("%(period)s is entered.") % _named(progress), "", periods)


def _closing_draft(progress: "ScorecardProgress", address: list) -> _Draft:
    title = _("Close the period")
    text = _("Once a period is closed, its report is locked.")
    if progress.period is not None:
        url = reverse("scorecards:period-close", args=[*address, progress.period.start])
        return _Draft(False, title, text, title, url, is_task=True)
    periods = reverse("scorecards:period-list", args=address)
    if progress.reported is None:
        return _Draft(False, title, text, title, periods)
    return _Draft(True, title, _("%(period)s is closed.") % _named(progress), "", periods)


def _named(progress: "ScorecardProgress") -> dict[str, str]:
    return {"period": period_name(progress.reported)}
