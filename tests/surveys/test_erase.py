"""A deleted expert stands nowhere any more: not in the database, in no page and in no file."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from scorecards.models import Closing, WeightSet
from surveys.links import link_of
from surveys.models import (
    Erasure,
    Invitation,
    Judgement,
    JudgementImport,
    Rating,
    Survey,
    SurveyImport,
)
from surveys.selectors.invited import next_code
from surveys.services.erasing import anonymize_expert, delete_expert
from surveys.services.exemptions import hand_back
from surveys.services.invitations import revoke_invitation
from surveys.services.refusals import SurveyError
from surveys.services.sending import submit_response
from tests.page_world import make_world
from tests.surveys import builders
from tests.test_pages import clients_of, says, walk

pytestmark = pytest.mark.django_db
PERSON = {
    "name": "Kenari Wijayakusuma",
    "position": "Juru Kenari Madya",
    "institution": "Balai Kenari Nusantara",
    "email": "kenari.unik@example.org",
}
WORDS = ["Kenarimark-alasan", "Kenarimark-catatan", "Kenarimark-usul"]
TRACES = [*PERSON.values(), *WORDS]


def traces() -> list[tuple[str, str]]:
    """Every column of every table, as text: where something of the person still stands."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the names are the database's
            text = repr(cursor.fetchall())
            found += [(table, trace) for trace in TRACES if trace in text]
    return found


def shows_person(world) -> list[str]:
    """Pages and files, with names asked for, that say who it was."""
    found = []
    clients = clients_of(world)
    for visit, answer in walk(world, clients):
        found += [f"{visit.picture}: {trace}" for trace in TRACES if says(answer, trace)]
        if visit.name == "surveys:research-file":
            named = clients[visit.visitor].get(f"{visit.url}?names=on")
            found += [f"{visit.picture}: {trace}" for trace in TRACES if says(named, trace)]
    return found


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def adopted(world):
    """An expert of the demo whose answers are in adopted weights and in a closed report."""
    expert = Invitation.objects.get(survey=world.words["survey"], code="P4")
    Invitation.objects.filter(pk=expert.pk).update(**PERSON)
    expert.refresh_from_db()
    for weight_set in WeightSet.objects.filter(particulars__survey_id=expert.survey_id):
        weight_set.particulars = _renamed(weight_set.particulars)
        weight_set.save()
    for closing in Closing.objects.filter(period__scorecard=expert.survey.scorecard_id):
        closing.report["report"]["weights"] = _renamed(closing.report["report"]["weights"])
        closing.save()
    return expert


def _renamed(kept):
    for matrix in kept["matrices"]:
        for expert in matrix["experts"]:
            if expert["code"] == "P4":
                expert["name"] = PERSON["name"]
    return kept


def _of_report(expert):
    closing = Closing.objects.filter(period__scorecard=expert.survey.scorecard_id).first()
    report = closing.report["report"]
    for matrix in report["weights"]["matrices"]:
        for each in matrix["experts"]:
            each.pop("name")
    return report


@pytest.mark.parametrize("erase", [delete_expert, anonymize_expert])
def test_of_adopted_answers_nothing_says_whose_they_were(world, adopted, alice, erase):
    tables = {table for table, _trace in traces()}
    assert tables == {"surveys_invitation", "scorecards_weightset", "scorecards_closing"}
    assert shows_person(world)
    before, answers = _of_report(adopted), Judgement.objects.count()
    weights = [*WeightSet.objects.get(particulars__survey_id=adopted.survey_id).weights.values()]
    erase(invitation=adopted, by=alice, now=timezone.now())
    assert traces() == []
    assert _of_report(adopted) == before
    assert weights == [
        *WeightSet.objects.get(particulars__survey_id=adopted.survey_id).weights.values()
    ]
    gone = answers - Judgement.objects.count()
    if erase is anonymize_expert:
        assert gone == 0
    else:
        # One pair of two KPIs, three of three, fifteen of six, twenty-one of seven.
        assert gone == 40
        # The walk looks at somebody's invitation.
        world.words["invitation"] = Invitation.objects.filter(survey=adopted.survey_id)[0].pk
        assert not Judgement.objects.filter(response__invitation=adopted.pk).exists()
        kept = WeightSet.objects.get(particulars__survey_id=adopted.survey_id).particulars
        own = [e for m in kept["matrices"] for e in m["experts"] if e["code"] == "P4"]
        assert len(own) == len(kept["matrices"])
        assert all(each["weights"] is each["name"] is None for each in own)
    assert shows_person(world) == []


def _rater(world):
    """Somebody who rated, remarked, proposed, and gave a reason."""
    expert = Invitation.objects.get(response__submission_id=world.words["rated_submission"])
    Invitation.objects.filter(pk=expert.pk).update(**PERSON, decline_reason=WORDS[0])
    Rating.objects.filter(response__invitation=expert).update(remark=WORDS[1])
    expert.response.proposals.update(reason=WORDS[2])
    expert.refresh_from_db()
    return expert


@pytest.mark.parametrize("act", ["deleted", "anonymized"])
def test_a_rater_goes_by_his_link(world, act):
    expert = _rater(world)
    browser = builders.expert(expert)
    assert len({trace for _table, trace in traces()}) == len(TRACES)
    page = browser.get("/answer/erase/")
    assert page.status_code == 200
    assert Rating.objects.filter(response__invitation=expert).exists()
    for _twice in range(2):
        assert browser.post("/answer/erase/", {"act": act}).url == "/answer/erase/"
    assert browser.get("/answer/erase/").status_code == 200
    assert traces() == []
    assert Rating.objects.filter(response__invitation_id=expert.pk).exists() == (
        act == "anonymized"
    )
    noted = Erasure.objects.get(invitation_number=expert.pk)
    assert (noted.kind, noted.by_expert, noted.code) == (act, True, expert.code)
    assert noted.answers > 0
    # The link says so too, and leads nowhere.
    opened = browser.get(f"/a/{link_of(expert)}/")
    assert opened.status_code == 200
    assert browser.post(f"/a/{link_of(expert)}/").status_code == 200
    assert browser.get("/answer/").url == "/answer/erase/"


def test_pages_of_the_organization_say_nothing_of_a_deleted_expert(world, alice):
    """The walk over the officer's pages and files of the questionnaire, with names asked for."""
    expert = _rater(world)
    survey = expert.survey
    delete_expert(invitation=expert, by=alice, now=timezone.now())
    admin = Client()
    admin.force_login(world.admin)
    org = world.words["org"]
    urls = [
        reverse("surveys:survey", args=[org, survey.pk]),
        reverse("surveys:erasures", args=[org, survey.pk]),
        reverse("surveys:screening-results", args=[org, survey.pk]),
        reverse("surveys:survey-export", args=[org, survey.pk]),
        f"{reverse('surveys:research-file', args=[org, survey.pk, 'data.xlsx'])}?names=on",
        f"{reverse('surveys:research-file', args=[org, survey.pk, 'data.json'])}?names=on",
    ]
    for url in urls:
        answer = admin.get(url)
        assert answer.status_code == 200, url
        assert not [trace for trace in TRACES if says(answer, trace)], url


@pytest.fixture
def survey(org):
    return builders.survey(org, sizes=(3,))


def sent(survey, code="P1", **fields):
    invitation = builders.invitation(survey, code, **fields)
    response = builders.response(invitation)
    builders.answer_all(response, 3)
    submit_response(response=response, now=timezone.now())
    return invitation


def test_who_began_or_never_began_may_delete_himself_too(survey):
    for code in ("P1", "P2"):
        invitation = builders.invitation(survey, code)
        if code == "P1":
            hand_back(
                response=builders.response(invitation),
                matrix=survey.matrices.first(),
                reason=WORDS[0],
                now=timezone.now(),
            )
        browser = builders.expert(invitation)
        assert "anonymized" not in browser.get("/answer/erase/").content.decode()
        assert browser.post("/answer/erase/", {"act": "anonymized"}).status_code == 409
        browser.post("/answer/erase/", {"act": "deleted"})
    assert not survey.invitations.exists()
    assert traces() == []
    # Results of before name P1 and P2: nobody else gets these codes.
    assert next_code(survey) == "P3"


def test_of_a_closed_questionnaire_the_link_still_leads_there(survey):
    invitation = builders.invitation(survey)
    builders.response(invitation)
    Survey.objects.filter(pk=survey.pk).update(status=Survey.Status.CLOSED)
    browser = Client()
    address = f"/a/{link_of(invitation)}/"
    assert 'name="erase"' in browser.get(address).content.decode()
    assert browser.post(address, {"erase": "1"}).url == "/answer/erase/"
    assert browser.get("/answer/erase/").status_code == 200
    assert browser.post("/answer/erase/", {"act": "deleted"}).status_code == 302
    assert not Invitation.objects.exists()


def _adopt(expert):
    WeightSet.objects.create(
        scorecard=expert.survey.scorecard,
        origin=WeightSet.Origin.QUESTIONNAIRE,
        particulars={
            "survey_id": expert.survey_id,
            "expert_weights": {expert.code: 1.0},
            "matrices": [],
        },
    )


def test_what_is_in_use_can_only_be_made_anonymous_by_its_expert(survey):
    expert, other = sent(survey), sent(survey, "P2")
    browser = builders.expert(expert)
    _adopt(expert)
    page = browser.get("/answer/erase/").content.decode()
    assert 'value="deleted"' not in page
    assert 'value="anonymized"' in page
    assert browser.post("/answer/erase/", {"act": "deleted"}).status_code == 409
    assert Invitation.objects.filter(pk=expert.pk).exists()
    with pytest.raises(SurveyError, match="answers-adopted"):
        delete_expert(invitation=expert, by=None, now=timezone.now())
    # Who sent later isn't in these weights.
    delete_expert(invitation=other, by=None, now=timezone.now())
    assert browser.post("/answer/erase/", {"act": "anonymized"}).status_code == 302
    expert.refresh_from_db()
    assert (expert.name, str(expert), expert.response.judgements.count()) == ("", "P1", 3)


def test_an_officer_deletes_at_any_time_and_sees_before_what_changes(survey, client_for, edi):
    expert = sent(survey)
    sent(survey, "P2")
    _adopt(expert)
    revoked = sent(survey, "P3")
    revoke_invitation(invitation=revoked, now=timezone.now())
    officer = client_for(edi)
    url = reverse("surveys:invitation-erase", args=["pesisir", survey.pk, expert.pk])
    page = officer.get(url).content.decode()
    assert "2 → 1" in page
    assert Invitation.objects.count() == 3
    listing = reverse("surveys:erasures", args=["pesisir", survey.pk])
    for _twice in range(2):
        assert officer.post(url, {"act": "deleted"}).url == listing
    assert officer.get(url).url == listing
    of_revoked = reverse("surveys:invitation-erase", args=["pesisir", survey.pk, revoked.pk])
    assert "→" not in officer.get(of_revoked).content.decode()
    officer.post(of_revoked, {"act": "deleted"})
    assert [each.code for each in survey.invitations.all()] == ["P2"]
    assert Erasure.objects.filter(erased_by=edi, by_expert=False).count() == 2
    assert "P3" in officer.get(listing).content.decode()


def test_an_anonymous_expert_has_no_link_and_is_not_written_to(survey, client_for, edi):
    expert = sent(survey)
    anonymize_expert(invitation=expert, by=edi, now=timezone.now())
    expert.refresh_from_db()
    officer = client_for(edi)
    args = ["pesisir", survey.pk, expert.pk]
    page = officer.get(reverse("surveys:invitation", args=args))
    assert page.status_code == 200
    assert "/a/" not in page.content.decode()
    for name in ("edit", "qr", "reissue", "revoke", "extend"):
        assert officer.get(reverse(f"surveys:invitation-{name}", args=args)).status_code == 404
    assert Client().get(f"/a/{link_of(expert)}/").status_code == 404


@pytest.mark.parametrize("erase", [delete_expert, anonymize_expert])
def test_a_file_that_waits_to_be_confirmed_goes_too(survey, alice, erase):
    """It names whoever stands in it, and can be uploaded again."""
    expert = sent(survey)
    waiting = {"experts": [{"name": expert.name}]}
    JudgementImport.objects.create(
        survey=survey, file_name=f"{expert.name}.xlsx", document=waiting, created_at=timezone.now()
    )

    erase(invitation=expert, by=alice, now=timezone.now())

    assert not JudgementImport.objects.exists()


@pytest.mark.parametrize("erase", [delete_expert, anonymize_expert])
def test_the_file_that_a_questionnaire_was_made_of_loses_its_name(survey, alice, erase):
    """People name files after whom they are of. A second press still leads to what was made."""
    expert = sent(survey)
    made = SurveyImport.objects.create(
        scorecard=survey.scorecard,
        survey=survey,
        file_name=f"{expert.name}.json",
        created_at=timezone.now(),
    )

    erase(invitation=expert, by=alice, now=timezone.now())

    made.refresh_from_db()
    assert (made.file_name, made.survey) == ("", survey)
