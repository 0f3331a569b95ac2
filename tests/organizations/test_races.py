"""The same button pressed twenty times at the same moment: one effect, and no error page (R6)."""

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from django.urls import reverse

from organizations.links import staff_invitation_link
from organizations.models import Mission, Organization, Role, StaffInvitation, Strategy
from tests import factories
from tests.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)

CROWD = 20


@pytest.fixture
def pressed(client_for, alice, tmp_path) -> Callable[..., Counter[int]]:
    """Posts the same form from twenty browsers of one person; how often each status came."""

    def press(url: str, data: dict[str, object]) -> Counter[int]:
        acts = [partial(client_for(alice).post, url, data) for _ in range(CROWD)]
        return Counter(answer.status_code for answer in at_once(tmp_path, acts))

    return press


def test_writing_a_strategy(pressed, org) -> None:
    form = {
        "vision": "Dikenal di seluruh negeri.",
        "start_year": "2026",
        "end_year": "2030",
        "mission_id": ["", ""],
        "mission_text": ["Menjaga mutu.", "Melayani cepat."],
    }
    assert pressed(reverse("organizations:strategy-create", args=[org.slug]), form) == {302: CROWD}
    assert Strategy.objects.count() == 1
    assert Mission.objects.count() == 2


def test_adding_a_member_business(pressed, org) -> None:
    form = {"name": "Batik Bu Sri", "kind": "business", "timezone": "Asia/Jakarta"}
    assert pressed(reverse("organizations:business-create", args=[org.slug]), form) == {302: CROWD}
    assert Organization.objects.filter(parent=org).count() == 1


def test_adding_an_organization(pressed, org) -> None:
    form = {"name": "Batik Baru", "kind": "cooperative", "timezone": "Asia/Jakarta"}
    assert pressed(reverse("organizations:organization-create"), form) == {302: CROWD}
    assert Organization.objects.exclude(pk=org.pk).count() == 1


def test_inviting_a_person(pressed, org) -> None:
    form = {"email": "agus@contoh.id", "role": "editor"}
    assert pressed(reverse("organizations:staff-invite", args=[org.slug]), form) == {302: CROWD}
    assert StaffInvitation.objects.count() == 1


def test_accepting(client_for, org, tmp_path) -> None:
    invitation = StaffInvitation.objects.create(
        organization=org, email="agus@contoh.id", role=Role.EDITOR, expires_at="2999-01-01T00:00Z"
    )
    path = "/" + staff_invitation_link(invitation).split("/", 3)[3]
    agus = factories.user("Agus")
    acts = [partial(client_for(agus).post, path) for _ in range(CROWD)]
    answers = at_once(tmp_path, acts)
    assert {answer.url for answer in answers} == {reverse("surveys:home", args=[org.slug])}
    assert agus.memberships.count() == 1
