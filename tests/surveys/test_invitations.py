"""Inviting experts, handing out their links, taking them back."""

from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.links import invitation_link, is_link_of, link_of
from surveys.models import Invitation
from surveys.services.invitations import invite_expert, reissue_invitation, revoke_invitation
from surveys.services.questionnaires import create_survey, open_survey
from tests.surveys import builders
from tests.surveys.designs import scorecard_with_kpis


@pytest.fixture
def survey(org, alice):
    draft = create_survey(
        scorecard=scorecard_with_kpis(org), name="Pembobotan", consent_text="Setuju?", by=alice
    )
    return open_survey(survey=draft, by=alice, now=timezone.now())


@pytest.fixture
def expert(survey):
    return invite_expert(survey=survey, name="Bu Sri", position="Ketua KUB")


def test_an_editor_invites_an_expert_and_gets_the_link(client_for, edi, org, survey):
    answer = client_for(edi).post(
        reverse("surveys:invitation-create", args=[org.slug, survey.pk]),
        {"name": "Pak Joko", "position": "Kepala bidang", "weight": "1"},
        follow=True,
    )
    invitation = Invitation.objects.get(survey=survey)
    page = answer.content.decode()
    assert invitation.code == "P1"
    assert link_of(invitation) in page
    assert "https://wa.me/?text=" in page


@pytest.mark.parametrize(
    ("name", "email", "others"),
    [
        ("bu  SRI", "lain@contoh.id", [": P1."]),
        ("Pak Sri", "SRI@contoh.id", [": P1 (Bu Sri)."]),
        ("Bu Sri", "sri@contoh.id", [": P1.", ": P1 (Bu Sri)."]),
        ("Pak Sri", "", []),
    ],
)
def test_whoever_may_be_invited_twice_is_named_afterwards(
    client_for, edi, org, survey, expert, name, email, others
):
    Invitation.objects.update(email="sri@contoh.id")
    url = reverse("surveys:invitation-create", args=[org.slug, survey.pk])
    form = {"name": name, "email": email, "weight": "1"}
    said = warnings(client_for(edi).post(url, form, follow=True))
    assert survey.invitations.count() == 2
    assert bool(said) == bool(others)
    assert all(other in said for other in others)


def warnings(answer) -> str:
    return " ".join(str(each) for each in answer.context["messages"] if each.level_tag == "warning")


def test_a_change_that_makes_two_alike_is_told_once(client_for, edi, org, survey, expert):
    second = invite_expert(survey=survey, name="Pak Joko")
    url = reverse("surveys:invitation-edit", args=[org.slug, survey.pk, second.pk])
    client = client_for(edi)
    form = {"name": "Bu Sri", "weight": "1", "version": "1"}
    assert "P1" in warnings(client.post(url, form, follow=True))
    heavier = form | {"weight": "2", "version": "2"}
    assert warnings(client.post(url, heavier, follow=True)) == ""
    revoke_invitation(invitation=expert, now=timezone.now())
    renamed = {"name": "bu sri", "weight": "2", "version": "3"}
    assert warnings(client.post(url, renamed, follow=True)) == ""


def page_of(expert: Invitation) -> str:
    survey = expert.survey
    args = [survey.scorecard.organization.slug, survey.pk, expert.pk]
    return reverse("surveys:invitation", args=args)


def test_the_message_names_the_expert_the_work_and_the_link(client_for, edi, expert):
    page = client_for(edi).get(page_of(expert))
    shared = page.context["shared"]
    message = unquote(shared.whatsapp_url)
    assert "Bu Sri" in message
    assert "7" in message
    assert shared.link in message
    assert "no-store" in page["Cache-Control"]


def test_the_list_leads_to_each_link_and_holds_none(client_for, edi, org, survey, expert):
    url = reverse("surveys:survey", args=[org.slug, survey.pk])
    page = client_for(edi).get(url).content.decode()
    assert page_of(expert) in page
    assert link_of(expert) not in page


def test_the_list_stays_light_with_sixty_experts(client_for, edi, org, survey, expert):
    client = client_for(edi)
    url = reverse("surveys:survey", args=[org.slug, survey.pk])
    before = len(client.get(url).content)
    for number in range(60):
        invite_expert(survey=survey, name=f"Pakar {number}")
    assert len(client.get(url).content) - before < 60 * 1000


def test_an_experts_page_asks_as_often_among_ten_as_alone(
    client_for, edi, survey, expert, flat_queries
):
    client = client_for(edi)

    def grow():
        for number in range(10):
            invite_expert(survey=survey, name=f"Pakar {number}")

    flat_queries(lambda: client.get(page_of(expert)), grow)


def test_a_link_that_was_taken_back_is_not_shown(client_for, edi, expert):
    link = link_of(expert)
    revoke_invitation(invitation=expert, now=timezone.now())
    page = client_for(edi).get(page_of(expert)).content.decode()
    assert link not in page
    assert "wa.me" not in page
    reissue_invitation(invitation=expert)
    assert link_of(expert) in client_for(edi).get(page_of(expert)).content.decode()


def test_whoever_only_reads_gets_no_link(client_for, bob, org, survey, expert):
    client = client_for(bob)
    page = client.get(reverse("surveys:survey", args=[org.slug, survey.pk])).content.decode()
    assert "Bu Sri" in page
    assert page_of(expert) not in page
    assert client.get(page_of(expert)).status_code == 403


def test_an_anonymous_questionnaire_hides_names_from_researchers(
    client_for, bob, org, survey, expert
):
    survey.anonymous = True
    survey.save()
    page = client_for(bob).get(reverse("surveys:survey", args=[org.slug, survey.pk]))
    assert "Bu Sri" not in page.content.decode()
    assert "P1" in page.content.decode()


def test_codes_are_given_once_and_gaps_are_filled(survey, expert):
    second = invite_expert(survey=survey, name="Pak Budi")
    third = invite_expert(survey=survey, name="Bu Tini")
    assert [second.code, third.code] == ["P2", "P3"]
    second.delete()
    assert invite_expert(survey=survey, name="Pak Amir").code == "P2"


def test_the_same_link_can_be_copied_again(survey, expert):
    again = Invitation.objects.get(pk=expert.pk)
    assert invitation_link(expert, "https://canting.example") == invitation_link(
        again, "https://canting.example"
    )


def test_a_new_link_makes_the_old_one_worthless(client_for, edi, org, survey, expert):
    old = link_of(expert)
    client_for(edi).post(
        reverse("surveys:invitation-reissue", args=[org.slug, survey.pk, expert.pk])
    )
    expert.refresh_from_db()
    assert not is_link_of(old, expert)
    assert is_link_of(link_of(expert), expert)


def test_a_link_that_was_taken_back_works_no_more(client_for, edi, org, survey, expert):
    link = link_of(expert)
    client_for(edi).post(
        reverse("surveys:invitation-revoke", args=[org.slug, survey.pk, expert.pk])
    )
    expert.refresh_from_db()
    assert not is_link_of(link, expert)


def test_taking_back_twice_keeps_the_first_moment(expert):
    first = timezone.now()
    revoke_invitation(invitation=expert, now=first)
    revoke_invitation(invitation=expert, now=timezone.now())
    assert expert.revoked_at == first
    reissue_invitation(invitation=expert)
    assert expert.revoked_at is None


def test_the_second_of_two_editors_sees_what_the_first_saved(
    client_for, alice, edi, org, survey, expert
):
    url = reverse("surveys:invitation-edit", args=[org.slug, survey.pk, expert.pk])
    typed = {"name": "Bu Sri", "position": "Ketua", "weight": "1", "version": "1"}
    assert client_for(alice).post(url, typed | {"weight": "2"}).status_code == 302
    late = client_for(edi).post(url, typed | {"position": "Bendahara"})
    assert late.status_code == 409
    assert "Bendahara" in late.content.decode()
    expert.refresh_from_db()
    assert (expert.position, expert.weight, expert.version) == ("Ketua", 2.0, 2)
    assert expert.saved_by == alice


@pytest.mark.parametrize("name", ["invitation-revoke", "invitation-reissue"])
def test_a_form_that_was_open_while_the_link_changed_is_a_conflict(
    client_for, alice, edi, org, survey, expert, name
):
    args = [org.slug, survey.pk, expert.pk]
    client_for(alice).post(reverse(f"surveys:{name}", args=args))
    typed = {"name": "Bu Tini", "weight": "1", "version": "1"}
    late = client_for(edi).post(reverse("surveys:invitation-edit", args=args), typed)
    assert late.status_code == 409
    expert.refresh_from_db()
    assert (expert.name, expert.version, expert.saved_by) == ("Bu Sri", 2, alice)


def test_a_new_link_keeps_what_somebody_else_just_changed(survey, expert):
    stale = Invitation.objects.get(pk=expert.pk)
    Invitation.objects.filter(pk=expert.pk).update(weight=2, version=2)
    reissue_invitation(invitation=stale)
    expert.refresh_from_db()
    assert (expert.weight, expert.version) == (2.0, 3)


def test_a_bad_weight_is_refused_and_what_was_typed_stays(client_for, edi, org, survey, expert):
    answer = client_for(edi).post(
        reverse("surveys:invitation-edit", args=[org.slug, survey.pk, expert.pk]),
        {"name": "Bu Sri Rahayu", "weight": "-1", "version": "1"},
    )
    assert answer.status_code == 422
    assert "Bu Sri Rahayu" in answer.content.decode()
    expert.refresh_from_db()
    assert expert.name == "Bu Sri"


def test_the_same_name_twice_is_two_experts_and_one_press_twice_is_one(survey):
    first = invite_expert(survey=survey, name="Bu Sri", expected_code="P1")
    assert invite_expert(survey=survey, name="Bu Sri", expected_code="P1") == first
    assert invite_expert(survey=survey, name="Bu Sri", expected_code="P2").code == "P2"
    assert invite_expert(survey=survey, name="Pak Joko", expected_code="P1").code == "P3"


@pytest.mark.parametrize(
    ("typed", "status"),
    [("1,5", 302), ("0", 302), ("nan", 422), ("1e308", 422), ("101", 422), ("-1", 422)],
)
def test_an_experts_weight_is_read_as_numbers_are_written_here(
    client_for, edi, org, survey, typed, status
):
    url = reverse("surveys:invitation-create", args=[org.slug, survey.pk])
    assert client_for(edi).post(url, {"name": "A", "weight": typed}).status_code == status


def test_the_expert_of_another_questionnaire_does_not_exist(
    client_for, edi, org, alice, survey, expert
):
    other = create_survey(scorecard=survey.scorecard, name="Lain", consent_text="Setuju?", by=alice)
    url = reverse("surveys:invitation-edit", args=[org.slug, other.pk, expert.pk])
    assert client_for(edi).get(url).status_code == 404


def test_what_nobody_sees_in_a_name_is_left_out(client_for, edi, org, survey):
    """As copied from a phone's list of contacts, and as somebody writes who wants to deceive."""
    client = client_for(edi)
    url = reverse("surveys:invitation-create", args=[org.slug, survey.pk])
    typed = {"name": "\u202aBu\u200b Sri\u202c\n", "position": "\ufeffKetua", "weight": "1"}
    assert client.post(url, typed | {"institution": "\u2066IUK\u2069"}).status_code == 302
    invitation = survey.invitations.get()
    found = (invitation.name, invitation.position, invitation.institution)
    assert found == ("Bu Sri", "Ketua", "IUK")
    missing = client.post(url, {"name": "\u200b\u3164", "weight": "1"})
    assert missing.status_code == 422
    assert missing.context["form"].errors.as_data()["name"][0].code == "required"
    assert survey.invitations.count() == 1


def test_raters_of_a_screening_count_alike(client_for, edi, org):
    screening = builders.screening(org)
    args = [org.slug, screening.pk]
    client = client_for(edi)
    for name in ("survey", "invitation-create"):
        page = client.get(reverse(f"surveys:{name}", args=args))
        assert "weight" not in page.context["form"].fields
    assert client.post(reverse("surveys:invitation-create", args=args), {"name": "Bu Sri"}).url
    rater = screening.invitations.get()
    page = client.get(reverse("surveys:invitation-edit", args=[*args, rater.pk]))
    assert "weight" not in page.context["form"].fields

    url = reverse("surveys:expert-list", args=args)
    said = "bobot dari daftar tidak dipakai"
    assert said not in client.post(url, {"text": "Tini;;;;1"}).content.decode()
    assert said in client.post(url, {"text": "Tini;;;;2"}).content.decode()
