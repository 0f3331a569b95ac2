"""Who may see and do what: every address of the site, for every kind of person (T1, T2).

An address that is missing from the table fails the test, and so does one that nobody lists as
open although it is reached without signing in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from organizations.models import Organization, Role, StaffInvitation, User
from scorecards.models import Period
from surveys.demo.lasem import make_lasem
from surveys.models import CandidateProposal
from tests import factories
from tests.source import APPS
from tests.surveys import builders, judgements, projects, screenings

READ, STUDY, EDIT, MANAGE = Role.READER, Role.RESEARCHER, Role.EDITOR, Role.ADMIN
REFUSED_METHOD = 405
# What an address may answer to somebody who is let in: never 403, 404 or a server error.
LET_IN = {200, 302, 303, 400, 409, 422, REFUSED_METHOD}


@dataclass(frozen=True)
class Rule:
    """The lowest role that may look, and the one that may send."""

    args: tuple[str, ...]
    look: Role
    send: Role


def rule(args: str, look: Role, send: Role | None = None) -> Rule:
    return Rule(tuple(args.split()), look, send or look)


# The words of an address, by the names that World gives them.
RULES = {
    "organizations:organization-edit": rule("org", MANAGE),
    "organizations:business-create": rule("org", MANAGE),
    "organizations:people": rule("org", READ),
    "organizations:leave": rule("org", READ),
    "organizations:staff-invite": rule("org", MANAGE),
    "organizations:staff-invitation": rule("org staff_invitation", MANAGE),
    "organizations:staff-invitation-reissue": rule("org staff_invitation", MANAGE),
    "organizations:staff-invitation-revoke": rule("org staff_invitation", MANAGE),
    "organizations:membership-edit": rule("org membership", MANAGE),
    "organizations:membership-remove": rule("org membership", MANAGE),
    "organizations:member-reset": rule("org membership", MANAGE),
    "organizations:strategy": rule("org", READ),
    "organizations:strategy-create": rule("org", EDIT),
    "organizations:strategy-edit": rule("org strategy", EDIT),
    "organizations:strategy-delete": rule("org strategy", EDIT),
    "scorecards:scorecard-list": rule("org", READ),
    "scorecards:scorecard-create": rule("org", EDIT),
    "scorecards:scorecard-copy-list": rule("org", EDIT),
    "scorecards:scorecard-copy": rule("org scorecard", EDIT),
    "scorecards:framework-list": rule("org scorecard", READ),
    "scorecards:framework": rule("org scorecard framework", READ, EDIT),
    "scorecards:library": rule("org scorecard", READ, EDIT),
    "scorecards:import": rule("org", EDIT),
    "scorecards:import-preview": rule("org design_import", EDIT),
    "scorecards:import-template": rule("org", READ),
    "scorecards:export": rule("org scorecard", READ),
    "scorecards:design-json": rule("org scorecard", READ),
    "scorecards:design-xlsx": rule("org scorecard", READ),
    "scorecards:scorecard": rule("org scorecard", READ),
    "scorecards:scorecard-edit": rule("org scorecard", EDIT),
    "scorecards:scorecard-delete": rule("org scorecard", MANAGE),
    "scorecards:map": rule("org scorecard", READ),
    "scorecards:map-svg": rule("org scorecard", READ),
    "scorecards:map-png": rule("org scorecard", READ),
    "scorecards:weights": rule("org scorecard", READ),
    "scorecards:weights-edit": rule("org scorecard", EDIT),
    "scorecards:weights-equal": rule("org scorecard", EDIT),
    "scorecards:perspective-create": rule("org scorecard", EDIT),
    "scorecards:perspective-edit": rule("org scorecard perspective", EDIT),
    "scorecards:perspective-delete": rule("org scorecard perspective", EDIT),
    "scorecards:perspective-move": rule("org scorecard perspective", EDIT),
    "scorecards:objective-create": rule("org scorecard", EDIT),
    "scorecards:objective-edit": rule("org scorecard objective", EDIT),
    "scorecards:objective-delete": rule("org scorecard objective", EDIT),
    "scorecards:objective-move": rule("org scorecard objective", EDIT),
    "scorecards:cause-link-create": rule("org scorecard", EDIT),
    "scorecards:cause-link-edit": rule("org scorecard cause_link", EDIT),
    "scorecards:cause-link-delete": rule("org scorecard cause_link", EDIT),
    "scorecards:kpi-create": rule("org scorecard", EDIT),
    "scorecards:kpi": rule("org scorecard kpi", READ),
    "scorecards:kpi-edit": rule("org scorecard kpi", EDIT),
    "scorecards:kpi-delete": rule("org scorecard kpi", EDIT),
    "scorecards:kpi-move": rule("org scorecard kpi", EDIT),
    "scorecards:kpi-status": rule("org scorecard kpi", EDIT),
    "scorecards:target-create": rule("org scorecard kpi", EDIT),
    "scorecards:target-edit": rule("org scorecard target", EDIT),
    "scorecards:target-delete": rule("org scorecard target", EDIT),
    "scorecards:target-preview": rule("org scorecard kpi", EDIT),
    "scorecards:target-plan": rule("org scorecard", READ),
    "scorecards:target-plan-create": rule("org scorecard", EDIT),
    "scorecards:target-plan-edit": rule("org scorecard target_day", EDIT),
    "scorecards:initiative-list": rule("org scorecard", READ),
    "scorecards:initiative-create": rule("org scorecard", EDIT),
    "scorecards:initiative-edit": rule("org scorecard initiative", EDIT),
    "scorecards:initiative-progress": rule("org scorecard initiative", EDIT),
    "scorecards:initiative-delete": rule("org scorecard initiative", EDIT),
    "scorecards:trace": rule("org scorecard", READ),
    "scorecards:trace-csv": rule("org scorecard", READ),
    "scorecards:period-list": rule("org scorecard", READ),
    "scorecards:period-create": rule("org scorecard", EDIT),
    "scorecards:period-delete": rule("org scorecard open_start", EDIT),
    "scorecards:period-close": rule("org scorecard open_start", EDIT),
    "scorecards:period-reopen": rule("org scorecard closed_start", MANAGE),
    "scorecards:entry": rule("org scorecard open_start", EDIT),
    "scorecards:report": rule("org scorecard closed_start", READ),
    "scorecards:report-csv": rule("org scorecard closed_start", READ),
    "scorecards:report-json": rule("org scorecard closed_start", READ),
    "surveys:home": rule("org", READ),
    "surveys:survey-list": rule("org", READ),
    "surveys:survey-create": rule("org", EDIT),
    "surveys:survey": rule("org survey", READ),
    "surveys:survey-edit": rule("org survey", EDIT),
    "surveys:survey-preview": rule("org survey", STUDY),
    "surveys:survey-trial": rule("org survey", EDIT),
    "surveys:survey-trial-remove": rule("org survey", EDIT),
    "surveys:survey-open": rule("org survey", EDIT),
    "surveys:survey-close": rule("org survey", EDIT),
    "surveys:survey-reopen": rule("org survey", EDIT),
    "surveys:survey-delete": rule("org survey", MANAGE),
    "surveys:consent-renew": rule("org survey", EDIT),
    "surveys:part-ask": rule("org survey", EDIT),
    "surveys:part-screen": rule("org survey", EDIT),
    "surveys:candidates-ask": rule("org screening", EDIT),
    "surveys:survey-export": rule("org survey", STUDY),
    "surveys:research-file": rule("org survey research_file", STUDY),
    "surveys:answers-import": rule("org", EDIT),
    "surveys:answers-preview": rule("org survey_import", EDIT),
    "surveys:judgements-import": rule("org survey", EDIT),
    "surveys:judgements-preview": rule("org survey judgement_import", EDIT),
    "surveys:judgements-template": rule("org survey", STUDY),
    "surveys:results": rule("org survey", READ),
    "surveys:adopt": rule("org survey", EDIT),
    "surveys:sensitivity": rule("org survey", READ),
    "surveys:expert-weights": rule("org survey", STUDY),
    "surveys:expert-result": rule("org survey invitation", STUDY),
    "surveys:matrix-result": rule("org survey matrix", STUDY),
    "surveys:round-create": rule("org survey matrix invitation", EDIT),
    "surveys:round-withdraw": rule("org survey round", EDIT),
    "surveys:screening-results": rule("org screening", READ, EDIT),
    "surveys:screening-candidate": rule("org screening candidate", STUDY, EDIT),
    "surveys:decision-withdraw": rule("org screening candidate", EDIT),
    "surveys:proposal-take": rule("org screening proposal", EDIT),
    "surveys:proposal-decline": rule("org screening proposal", EDIT),
    "surveys:screening-apply": rule("org screening", EDIT),
    "surveys:screening-outcome": rule("org applied outcome", READ),
    "surveys:screening-undo": rule("org applied outcome", EDIT),
    "surveys:paper-blank": rule("org survey", STUDY),
    "surveys:paper-print": rule("org survey invitation", EDIT),
    "surveys:paper": rule("org survey invitation", EDIT),
    "surveys:paper-part": rule("org keyed_survey keyed_invitation page", EDIT),
    "surveys:paper-round-print": rule("org again_survey again_invitation round", EDIT),
    "surveys:paper-round": rule("org again_survey again_invitation round", EDIT),
    "surveys:paper-round-lines": rule("org again_survey again_invitation round", EDIT),
    "surveys:workshop": rule("org survey", STUDY),
    "surveys:invitation-create": rule("org survey", EDIT),
    "surveys:invitation": rule("org survey invitation", EDIT),
    "surveys:invitation-edit": rule("org survey invitation", EDIT),
    "surveys:invitation-revoke": rule("org survey invitation", EDIT),
    "surveys:invitation-reissue": rule("org survey invitation", EDIT),
    "surveys:invitation-erase": rule("org survey invitation", EDIT),
    "surveys:erasures": rule("org survey", STUDY),
    "surveys:invitation-extend": rule("org survey invitation", EDIT),
    "surveys:invitation-mail": rule("org survey invitation", EDIT),
    "surveys:invitation-qr": rule("org survey invitation", EDIT),
    "surveys:invitation-sheet": rule("org survey", EDIT),
    "surveys:expert-list": rule("org survey", EDIT),
    "surveys:expert-list-template": rule("org survey", EDIT),
    "surveys:mail-invitations": rule("org survey", EDIT),
    "surveys:mail-reminders": rule("org survey", EDIT),
    "surveys:exemptions": rule("org survey", EDIT),
}
# Signed-in people's own pages: they name no organization.
OWN = {
    "organizations:start",
    "organizations:logout",
    "organizations:account",
    "organizations:account-password",
    "organizations:organization-create",
}
# Reached without signing in. Their own secrets and cookies are tested beside their features.
OPEN = {
    "organizations:front",
    "organizations:login",
    "organizations:sign-up",
    "organizations:staff-accept",
    "organizations:password-reset",
    "organizations:password-reset-confirm",
    "surveys:methods",
    "surveys:study-list",
    "surveys:study",
    "surveys:answer-open",
    "surveys:answer",
    "surveys:answer-consent",
    "surveys:answer-decline",
    "surveys:answer-erase",
    "surveys:answer-accept",
    "surveys:answer-hand-back",
    "surveys:answer-take-back",
    "surveys:answer-again",
    "surveys:answer-copy",
    "surveys:answer-overview",
    "surveys:answer-save",
    "surveys:answer-part",
    "surveys:answer-pair",
    "surveys:answer-consistency",
    "surveys:answer-decide",
    "surveys:rating-save",
    "surveys:rating",
    "surveys:rating-group",
    "surveys:rating-propose",
    "surveys:answer-check",
    "surveys:answer-receipt",
    "set_language",
    "favicon",
    "livez",
    "readyz",
}


def named_patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from named_patterns(pattern, inner)
        else:
            yield f"{namespace}{pattern.name}", pattern


def site_patterns() -> dict[str, URLPattern]:
    """Every address but those of Django's admin, which has a test of its own."""
    found = dict(named_patterns(get_resolver()))
    return {name: pattern for name, pattern in found.items() if not name.startswith("admin:")}


@pytest.fixture
def words(org: Organization, alice: User, bob: User) -> dict[str, object]:
    """The words of an address: one thing of each kind, all of alice's organization."""
    scorecard = make_lasem(org, alice)
    survey = scorecard.surveys.get()
    invitation = StaffInvitation.objects.create(
        organization=org,
        email="baru@contoh.id",
        role=Role.EDITOR,
        expires_at=timezone.now() + timedelta(days=1),
    )
    Period.objects.create(scorecard=scorecard, start=date(2018, 1, 1), end=date(2018, 12, 31))
    kpi = scorecard.kpis.first()
    return {
        "org": org.slug,
        "staff_invitation": invitation.pk,
        "membership": org.memberships.get(user=bob).pk,
        "strategy": org.strategies.get().pk,
        "scorecard": scorecard.pk,
        "framework": "lasem",
        "design_import": factories.design_import(scorecard).pk,
        "perspective": scorecard.perspectives.first().pk,
        "objective": scorecard.objectives.first().pk,
        "cause_link": scorecard.cause_links.first().pk,
        "kpi": kpi.pk,
        "target": kpi.targets.get().pk,
        "target_day": kpi.targets.get().valid_from,
        "initiative": scorecard.initiatives.first().pk,
        "open_start": date(2018, 1, 1),
        "closed_start": date(2017, 1, 1),
        "survey": survey.pk,
        "research_file": "data.xlsx",
        "survey_import": projects.survey_import(scorecard).pk,
        "judgement_import": judgements.judgement_import(survey).pk,
        "invitation": survey.invitations.first().pk,
        "matrix": survey.matrices.first().pk,
        "round": builders.asked_again(survey.invitations.first().response).pk,
        "again_survey": survey.pk,
        "again_invitation": survey.invitations.first().pk,
        "keyed_survey": survey.pk,
        "keyed_invitation": survey.invitations.first().pk,
        "page": 1,
    } | applied_screening_words(org)


def applied_screening_words(org: Organization) -> dict[str, object]:
    """A screening that was applied, of a scorecard of its own."""
    applied = screenings.applied(org)
    return {
        "screening": applied.pk,
        "candidate": applied.candidates.first().pk,
        "proposal": CandidateProposal.objects.get(response__invitation__survey=applied).pk,
        "applied": applied.pk,
        "outcome": applied.outcomes.get().pk,
    }


class _Undo(Exception):
    """Leaves a transaction without keeping what happened in it."""


def answer_to(client: Client, method: str, url: str) -> int:
    """The status of one request, whose effects are undone."""
    status = 0
    try:
        with transaction.atomic():
            status = getattr(client, method)(url).status_code
            raise _Undo
    except _Undo:
        return status


def test_every_address_has_a_rule():
    assert len(RULES) > 60
    assert site_patterns().keys() == RULES.keys() | OWN | OPEN


def test_only_the_listed_addresses_are_open():
    public = {
        name
        for name, pattern in site_patterns().items()
        if not getattr(pattern.callback, "login_required", True)
    }
    assert public == OPEN


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_role_gets_what_its_rule_says(words, alice, edi, bob, rita, method):
    """T1: a role that suffices is let in, one that doesn't is refused with 403."""
    wrong = []
    people = (alice, Role.ADMIN), (edi, Role.EDITOR), (bob, Role.RESEARCHER), (rita, Role.READER)
    for person, role in people:
        client = Client()
        client.force_login(person)
        for name, allowed in RULES.items():
            url = reverse(name, args=[words[word] for word in allowed.args])
            status = answer_to(client, method, url)
            needed = allowed.look if method == "get" else allowed.send
            expected = LET_IN if role.includes(needed) else {403, REFUSED_METHOD}
            if status not in expected:
                wrong.append((name, role.value, status))
    assert not wrong


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_nothing_of_another_organization_exists(words, charlie, method):
    """T1, T2: to an outsider, and to the site's operator, the addresses are not there."""
    operator = User.objects.create_superuser("operator@contoh.id", "x", name="Operator")
    wrong = []
    for person in (charlie, operator):
        client = Client()
        client.force_login(person)
        for name, allowed in RULES.items():
            url = reverse(name, args=[words[word] for word in allowed.args])
            status = answer_to(client, method, url)
            if status not in {404, REFUSED_METHOD}:
                wrong.append((name, person.name, status))
    assert not wrong


@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_is_not_signed_in_is_sent_to_sign_in(words, method):
    wrong = []
    for name in RULES.keys() | OWN:
        args = [words[word] for word in RULES[name].args] if name in RULES else []
        answer = getattr(Client(), method)(reverse(name, args=args))
        if answer.status_code != 302 or not answer.url.startswith(reverse("organizations:login")):
            wrong.append((name, answer.status_code))
    assert not wrong


def test_things_of_another_organization_do_not_exist_under_ones_own_name(words, charlie, other_org):
    """T2: the own organization's slug opens nothing that belongs to somebody else."""
    client = Client()
    client.force_login(charlie)
    own = words | {"org": other_org.slug}
    nested = {name: allowed for name, allowed in RULES.items() if len(allowed.args) > 1}
    assert len(nested) > 40
    wrong = []
    for name, allowed in nested.items():
        url = reverse(name, args=[own[word] for word in allowed.args])
        for method in ("get", "post"):
            status = answer_to(client, method, url)
            if status not in {404, REFUSED_METHOD}:
                wrong.append((name, method, status))
    assert not wrong


def test_those_who_oversee_a_cooperative_read_its_members(words, org):
    """Its admins, researchers and readers read what its member businesses have."""
    cooperative = factories.organization("Koperasi Induk")
    org.parent = cooperative
    org.save()
    allowed = {Role.ADMIN: True, Role.RESEARCHER: True, Role.READER: True, Role.EDITOR: False}
    for role, reads in allowed.items():
        person = factories.membership(factories.user(role.value), cooperative, role).user
        client = Client()
        client.force_login(person)
        report = reverse(
            "scorecards:report", args=[org.slug, words["scorecard"], words["closed_start"]]
        )
        edit = reverse("scorecards:scorecard-edit", args=[org.slug, words["scorecard"]])
        research = reverse("surveys:survey-export", args=[org.slug, words["survey"]])
        studies = reads and role is not Role.READER
        assert client.get(report).status_code == (200 if reads else 404)
        assert client.get(research).status_code == (200 if studies else 403 if reads else 404)
        assert client.get(edit).status_code == (403 if reads else 404)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_who_reads_from_above_changes_nothing(words, org, client_for, method):
    """A reader of the cooperative sends something everywhere, with boxes that forms have."""
    org.parent = factories.organization("Koperasi Induk")
    org.save()
    above = factories.membership(factories.user("Atas"), org.parent, Role.READER).user
    client = client_for(above)  # whose signing in is stored
    before = all_rows()
    assert before["scorecards.KPI"]
    boxes = {"version": "1", "sure": "on", "name": "X", "seen": "1", "start": "2027-01-01"}
    for name, allowed in RULES.items():
        url = reverse(name, args=[words[word] for word in allowed.args])
        sent = client.post(url, boxes) if method == "post" else getattr(client, method)(url)
        may_look = allowed.look is Role.READER and sent.status_code == 200
        assert may_look or sent.status_code in {403, 404, REFUSED_METHOD}, name
    assert all_rows() == before


def all_rows() -> dict[str, list[tuple]]:
    """Everything that the apps store."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for app in APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    }


def test_a_role_that_was_taken_away_ends_at_the_next_request(words, bob, org, client_for):
    """T6."""
    client = client_for(bob)
    url = reverse("surveys:home", args=[org.slug])
    assert client.get(url).status_code == 200
    org.memberships.filter(user=bob).delete()
    assert client.get(url).status_code == 404


def test_the_operators_pages_are_for_the_operator_alone(alice, client_for):
    answer = client_for(alice).get("/operator/")
    assert answer.status_code == 302
    operator = User.objects.create_superuser("operator@contoh.id", "x", name="Operator")
    assert client_for(operator).get("/operator/").status_code == 200
