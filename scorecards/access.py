"""From a URL's words to the scorecard things that this user may see (see organizations.access)."""

from datetime import date

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from organizations.access import get_organization
from organizations.models import Role, User
from scorecards.library.catalog import Framework, find_framework
from scorecards.models import (
    KPI,
    CauseLink,
    DesignImport,
    Initiative,
    Objective,
    Period,
    Perspective,
    Scorecard,
    Target,
)


def get_scorecard(user: User, org: str, pk: int, *, role: Role = Role.READER) -> Scorecard:
    organization = get_organization(user, org, role=role)
    scorecard = get_object_or_404(
        organization.scorecards.visible_to(user).select_related("strategy"), pk=pk
    )
    scorecard.organization = organization
    return scorecard


def get_perspective(
    user: User, org: str, scorecard_pk: int, pk: int, *, role: Role = Role.READER
) -> Perspective:
    scorecard = get_scorecard(user, org, scorecard_pk, role=role)
    perspective = get_object_or_404(scorecard.perspectives, pk=pk)
    perspective.scorecard = scorecard
    return perspective


def get_objective(
    user: User, org: str, scorecard_pk: int, pk: int, *, role: Role = Role.READER
) -> Objective:
    scorecard = get_scorecard(user, org, scorecard_pk, role=role)
    objective = get_object_or_404(scorecard.objectives.select_related("perspective"), pk=pk)
    objective.scorecard = scorecard
    return objective


def get_cause_link(
    user: User, org: str, scorecard_pk: int, pk: int, *, role: Role = Role.READER
) -> CauseLink:
    scorecard = get_scorecard(user, org, scorecard_pk, role=role)
    link = get_object_or_404(scorecard.cause_links.select_related("cause", "effect"), pk=pk)
    link.scorecard = scorecard
    return link


def get_kpi(user: User, org: str, scorecard_pk: int, pk: int, *, role: Role = Role.READER) -> KPI:
    scorecard = get_scorecard(user, org, scorecard_pk, role=role)
    kpi = get_object_or_404(scorecard.kpis.select_related("objective__perspective"), pk=pk)
    kpi.scorecard = scorecard
    return kpi


def get_target(
    user: User, org: str, scorecard_pk: int, pk: int, *, role: Role = Role.READER
) -> Target:
    scorecard = get_scorecard(user, org, scorecard_pk, role=role)
    target = get_object_or_404(
        Target.objects.filter(kpi__scorecard=scorecard).select_related("kpi__objective"), pk=pk
    )
    target.kpi.scorecard = scorecard
    return target


def get_target_day(
    user: User, org: str, scorecard_pk: int, start: date, *, role: Role = Role.READER
) -> Scorecard:
    """The scorecard, if any of its targets begins on that day."""
    scorecard = get_scorecard(user, org, scorecard_pk, role=role)
    if not Target.objects.filter(kpi__scorecard=scorecard, valid_from=start).exists():
        raise Http404
    return scorecard


def get_period(
    user: User, org: str, scorecard_pk: int, start: date, *, role: Role = Role.READER
) -> Period:
    scorecard = get_scorecard(user, org, scorecard_pk, role=role)
    period = get_object_or_404(scorecard.periods, start=start)
    period.scorecard = scorecard
    return period


def get_initiative(
    user: User, org: str, scorecard_pk: int, pk: int, *, role: Role = Role.READER
) -> Initiative:
    scorecard = get_scorecard(user, org, scorecard_pk, role=role)
    initiative = get_object_or_404(scorecard.initiatives.select_related("objective", "kpi"), pk=pk)
    initiative.scorecard = scorecard
    return initiative


def visible_scorecards(user: User) -> QuerySet[Scorecard]:
    """Those of the person's organizations, and of the members that he oversees."""
    return Scorecard.objects.visible_to(user)


def get_copy_source(user: User, pk: int) -> Scorecard:
    """A scorecard of any organization that this person may see."""
    return get_object_or_404(visible_scorecards(user).select_related("organization"), pk=pk)


def get_framework(key: str) -> Framework:
    """The library is the same for everybody."""
    framework = find_framework(key)
    if framework is None:
        raise Http404
    return framework


def get_design_import(user: User, org: str, pk: int, *, role: Role = Role.EDITOR) -> DesignImport:
    organization = get_organization(user, org, role=role)
    kept = get_object_or_404(
        DesignImport.objects.select_related("scorecard"), organization=organization, pk=pk
    )
    kept.organization = organization
    return kept
