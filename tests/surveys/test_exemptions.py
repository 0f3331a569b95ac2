"""Who judges what: not asked, handed back, taken back."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.exports.answers_pdf import copy_content
from surveys.models import Exemption, Judgement, Survey
from surveys.selectors.answering import answer_sheet
from surveys.services.exemptions import hand_back, set_exemptions, take_back
from surveys.services.refusals import (
    AlreadySubmitted,
    InvalidAnswer,
    NothingAnswered,
    SurveyError,
    SurveyNotOpen,
)
from surveys.services.sending import submit_response
from surveys.views.answer import leaving, pairs
from tests.surveys import builders

pytestmark = pytest.mark.django_db

OFFICER = Exemption.Origin.OFFICER


@pytest.fixture
def survey(org):
    return builders.survey(org, sizes=(3, 3, 2))


@pytest.fixture
def matrices(survey):
    return list(survey.matrices.all())


@pytest.fixture
def response(survey):
    return builders.response(builders.invitation(survey))


@pytest.fixture
def browser(response):
    return builders.expert(response.invitation)


@pytest.fixture
def root(response):
    return f"/answer/{response.submission_id}/"


def numbers(response):
    return [part.number for part in answer_sheet(response.invitation, response).parts]


def test_what_an_expert_is_not_asked_is_not_on_his_sheet(response, survey, matrices):
    set_exemptions(survey=survey, judged={response.invitation: matrices[1:]}, by=None)
    # The numbers of the others stay, so that an open page still means the same part.
    assert numbers(response) == [2, 3]
    sheet = answer_sheet(response.invitation, response)
    assert ([part.place for part in sheet.parts], sheet.total) == ([1, 2], 4)
    with pytest.raises(InvalidAnswer):
        builders.judge(response, *builders.pairs(survey)[0], 3)


def test_asking_for_it_again_brings_it_back(response, survey, matrices):
    for judged in (matrices[1:], matrices):
        set_exemptions(survey=survey, judged={response.invitation: judged}, by=None)
    assert numbers(response) == [1, 2, 3]


def test_a_change_counts_as_one_of_the_questionnaire(response, survey, matrices, alice):
    judged = {response.invitation: matrices[1:]}
    for _twice in range(2):
        set_exemptions(survey=survey, judged=judged, by=alice)
    before = survey.version
    survey.refresh_from_db()
    assert (survey.version, survey.saved_by) == (before + 1, alice)


def test_an_expert_keeps_at_least_one_part(response, survey):
    with pytest.raises(SurveyError, match="judges-nothing") as refused:
        set_exemptions(survey=survey, judged={response.invitation: []}, by=None)
    assert refused.value.names == ("Sekar Ayu",)


def test_after_sending_nobodys_parts_change(response, survey, matrices):
    builders.answer_all(response)
    submit_response(response=response, now=timezone.now())
    set_exemptions(survey=survey, judged={response.invitation: matrices}, by=None)
    with pytest.raises(SurveyError, match="expert-sent") as refused:
        set_exemptions(survey=survey, judged={response.invitation: matrices[1:]}, by=None)
    assert refused.value.names == ("Sekar Ayu",)
    assert not Exemption.objects.exists()


def test_handed_back_stays_the_experts_decision(response, survey, matrices):
    hand_back(response=response, matrix=matrices[0], reason="Bukan bidang", now=timezone.now())
    set_exemptions(survey=survey, judged={response.invitation: matrices}, by=None)
    assert numbers(response) == [2, 3]
    take_back(response=response, matrix=matrices[0], now=timezone.now())
    assert numbers(response) == [1, 2, 3]


def test_taking_back_what_was_never_asked_changes_nothing(response, survey, matrices):
    set_exemptions(survey=survey, judged={response.invitation: matrices[1:]}, by=None)
    take_back(response=response, matrix=matrices[0], now=timezone.now())
    with pytest.raises(InvalidAnswer):
        hand_back(response=response, matrix=matrices[0], reason="", now=timezone.now())
    assert numbers(response) == [2, 3]


def test_handing_back_twice_keeps_the_newer_reason(response, matrices):
    for reason in ("Belum tahu", "Bukan bidang saya"):
        hand_back(response=response, matrix=matrices[0], reason=reason, now=timezone.now())
    assert Exemption.objects.get().reason == "Bukan bidang saya"


def test_a_matrix_of_another_questionnaire_is_refused(response, org):
    foreign = builders.survey(org, sizes=(3,)).matrices.get()
    with pytest.raises(InvalidAnswer):
        hand_back(response=response, matrix=foreign, reason="", now=timezone.now())


def test_after_sending_nothing_is_handed_back(response, matrices):
    builders.answer_all(response)
    submit_response(response=response, now=timezone.now())
    for change in (hand_back, take_back):
        extra = {"reason": ""} if change is hand_back else {}
        with pytest.raises(AlreadySubmitted):
            change(response=response, matrix=matrices[0], now=timezone.now(), **extra)


def test_answers_that_were_given_stay_and_come_back(response, survey, matrices):
    builders.judge(response, *builders.pairs(survey)[0], 3)
    hand_back(response=response, matrix=matrices[0], reason="", now=timezone.now())
    assert answer_sheet(response.invitation, response).answered == 0
    with pytest.raises(NothingAnswered):
        submit_response(response=response, now=timezone.now())
    take_back(response=response, matrix=matrices[0], now=timezone.now())
    assert answer_sheet(response.invitation, response).answered == 1
    assert Judgement.objects.count() == 1


def test_the_overview_hands_back_and_takes_back(browser, root):
    page = browser.get(root).content.decode()
    assert f"{root}parts/2/back/" in page
    asked = browser.get(f"{root}parts/2/back/")
    assert "Kualitas Pelayanan" in asked.content.decode()
    assert browser.post(f"{root}parts/2/back/", {"reason": "Bukan bidang"}).url == root
    page = browser.get(root).content.decode()
    assert "Bukan bidang" in page
    assert f"{root}parts/2/mine/" in page
    assert browser.get(f"{root}parts/2/back/").url == root
    assert browser.get(f"{root}parts/2/1/").status_code == 404
    assert browser.post(f"{root}parts/2/mine/").url == root
    assert not Exemption.objects.exists()


def test_the_check_page_names_what_was_handed_back_and_takes_it_back(response, browser, root):
    builders.answer_all(response, 3)
    browser.post(f"{root}parts/2/back/", {"reason": "Bukan bidang saya"})
    page = browser.get(f"{root}check/").content.decode()
    assert "Bukan bidang saya" in page
    assert browser.post(f"{root}parts/2/mine/?from=check").url == f"{root}check/"
    page = browser.get(f"{root}check/").content.decode()
    assert "Bukan bidang saya" not in page
    assert f"{root}parts/2/mine/" not in page


def test_the_receipt_and_the_copy_name_what_was_handed_back(response, matrices, browser, root):
    builders.answer_all(response, 3)
    now = timezone.now()
    hand_back(response=response, matrix=matrices[1], reason="Bukan bidang saya", now=now)
    submit_response(response=response, now=now)
    page = browser.get(f"{root}copy/").content.decode()
    assert "Bukan bidang saya" in page
    # Sent is sent: nothing to take back.
    assert f"{root}parts/2/mine/" not in page
    response.refresh_from_db()
    parts = copy_content(response)["parts"]
    assert [len(part["answers"]) for part in parts] == [3, 1, 0]
    assert "Bukan bidang saya" in parts[-1]["note"]


def test_a_reason_that_is_too_long_is_not_stored(browser, root):
    refused = browser.post(f"{root}parts/2/back/", {"reason": "x" * 501})
    assert refused.status_code == 422
    assert not Exemption.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_handing_back_what_does_not_exist_is_404(browser, root, method):
    assert getattr(browser, method)(f"{root}parts/9/back/").status_code == 404


def test_an_answer_to_an_exempt_part_is_refused_and_tells_nothing(browser, root, survey, matrices):
    invitation = survey.invitations.get()
    set_exemptions(survey=survey, judged={invitation: matrices[1:]}, by=None)
    row, column = builders.pairs(survey)[0]
    body = {"item": f"{row.pk}-{column.pk}", "preferred": "row", "strength": 4, "seq": 1}
    refused = browser.post(f"{root}judgements/", body, content_type="application/json")
    nowhere = browser.post(
        f"{root}judgements/", body | {"item": "888-999"}, content_type="application/json"
    )
    assert (refused.status_code, refused.content) == (400, nowhere.content)
    form = {"preferred": "row", "strength": 3, "seq": 1}
    assert browser.post(f"{root}parts/1/1/", form).status_code == 404
    assert browser.get(f"{root}parts/1/consistency/").status_code == 404
    assert not Judgement.objects.exists()


@pytest.mark.parametrize(
    ("module", "path", "data"),
    [
        (pairs, "parts/1/1/", {"preferred": "equal", "seq": 1}),
        (pairs, "parts/1/", {}),
        (leaving, "parts/1/back/", {"reason": ""}),
    ],
)
def test_what_the_officer_takes_away_at_this_moment_is_404(
    browser, root, response, survey, matrices, monkeypatch, module, path, data
):
    """Between the page's look at the sheet and the storing."""
    item = "-".join(str(criterion.pk) for criterion in builders.pairs(survey)[0])
    if path == "parts/1/":
        data = {f"{item}-preferred": "equal", f"{item}-seq": 1} | {
            f"{row.pk}-{column.pk}-seq": 1 for row, column in builders.pairs(survey)[1:]
        }
    look = module.answer_sheet

    def look_and_lose(*args):
        sheet = look(*args)
        set_exemptions(survey=survey, judged={response.invitation: matrices[1:]}, by=None)
        return sheet

    monkeypatch.setattr(module, "answer_sheet", look_and_lose)
    assert browser.post(root + path, data).status_code == 404
    assert Exemption.objects.get().origin == OFFICER
    assert not Judgement.objects.exists()


def test_an_open_form_never_answers_another_pair(browser, root, survey):
    row, column = builders.pairs(survey)[0]
    form = {"preferred": "row", "strength": 3, "seq": 1, "item": f"{row.pk}-{column.pk}"}
    assert browser.post(f"{root}parts/1/2/", form).status_code == 422
    assert browser.post(f"{root}parts/1/1/", form).status_code == 302


def test_progress_and_pages_take_no_more_queries_with_more_exemptions(org, flat_queries):
    survey = builders.survey(org, sizes=(2, 3, 3, 3, 3))
    response = builders.response(builders.invitation(survey))
    browser = builders.expert(response.invitation)
    rows = [
        Exemption(invitation=response.invitation, matrix=matrix, origin=OFFICER)
        for matrix in survey.matrices.all()[2:]
    ]
    rows[0].save()
    flat_queries(
        lambda: browser.get(f"/answer/{response.submission_id}/"),
        lambda: Exemption.objects.bulk_create(rows[1:]),
    )


def test_after_the_last_moment_nothing_is_handed_back(response, matrices):
    Survey.objects.update(closes_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(SurveyNotOpen):
        hand_back(response=response, matrix=matrices[0], reason="", now=timezone.now())


@pytest.mark.parametrize("name", ["invitation", "expert-result"])
def test_the_officer_reads_what_an_expert_does_not_judge_and_why(
    client_for, edi, org, response, survey, matrices, name
):
    url = reverse(f"surveys:{name}", args=[org.slug, survey.pk, response.invitation_id])
    who = reverse("surveys:exemptions", args=[org.slug, survey.pk])
    client = client_for(edi)
    assert who not in client.get(url).content.decode()
    set_exemptions(survey=survey, judged={response.invitation: matrices[:2]}, by=edi)
    hand_back(response=response, matrix=matrices[0], reason="<b>Bukan bidang", now=timezone.now())
    page = client.get(url, headers={"Accept-Language": "en"}).content.decode()
    [section] = re.findall(r'(?s)<section[^>]*aria-labelledby="exempt">.*?</section>', page)
    back, left_out = section.split("<li>")[1:]
    assert "Bagian 1: skipped by the expert – &lt;b&gt;Bukan bidang" in back
    assert "Bagian 3: left out by the organization" in left_out
    assert who in section
