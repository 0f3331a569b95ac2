"""Making a questionnaire, opening it, closing it, opening it again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from scorecards.models import KPI
from surveys.models import Criterion, Exemption, Survey
from surveys.selectors.plan import survey_plan
from surveys.services.answering import start_response
from surveys.services.invitations import invite_expert
from surveys.services.questionnaires import (
    choose_matrices,
    close_survey,
    create_survey,
    open_survey,
    reopen_survey,
)
from surveys.services.refusals import SurveyError
from tests import factories
from tests.surveys import builders
from tests.surveys.designs import scorecard_with_kpis

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


@pytest.fixture
def scorecard(org):
    return scorecard_with_kpis(org)


@pytest.fixture
def draft(scorecard, alice):
    return create_survey(scorecard=scorecard, name="Pembobotan", consent_text="Setuju?", by=alice)


def fields(scorecard, **changes):
    return {
        "kind": "pairwise",
        "scorecard": scorecard.pk,
        "name": "Pembobotan 2026",
        "introduction": "",
        "consent_text": "Jawaban dipakai untuk bobot.",
        "closes_at": "",
    } | changes


def test_an_editor_makes_a_questionnaire_from_a_scorecard(client_for, edi, org, scorecard):
    client = client_for(edi)
    answer = client.post(reverse("surveys:survey-create", args=[org.slug]), fields(scorecard))
    survey = Survey.objects.get()
    assert answer.status_code == 302
    assert answer.url == reverse("surveys:survey", args=[org.slug, survey.pk])
    assert survey.status == Survey.Status.DRAFT
    plan = survey_plan(survey)
    assert [(planned.title, planned.size) for planned in plan.matrices] == [
        ("", 2),
        ("Perspektif 1", 3),
        ("Perspektif 2", 3),
    ]
    assert plan.comparisons == 1 + 3 + 3
    assert plan.minutes == 3


def test_a_questionnaire_of_another_organization_cannot_be_made(client_for, edi, org, other_org):
    foreign = scorecard_with_kpis(other_org)
    answer = client_for(edi).post(
        reverse("surveys:survey-create", args=[org.slug]), fields(foreign)
    )
    assert answer.status_code == 422
    assert not Survey.objects.exists()


def test_what_was_typed_stays_when_the_name_is_missing(client_for, edi, org, scorecard):
    answer = client_for(edi).post(
        reverse("surveys:survey-create", args=[org.slug]),
        fields(scorecard, name="", introduction="Kami bertanya karena perlu."),
    )
    assert answer.status_code == 422
    assert "Kami bertanya karena perlu." in answer.content.decode()


def test_a_draft_follows_the_scorecard(draft, scorecard):
    factories.kpi(scorecard.objectives.first(), code="K14", name="Baru", order=9)
    assert [planned.size for planned in survey_plan(draft).matrices] == [2, 4, 3]


def test_candidates_and_dropped_kpis_are_not_compared(draft, scorecard):
    kpi = scorecard.kpis.first()
    kpi.status = KPI.Status.DROPPED
    kpi.save()
    assert [planned.size for planned in survey_plan(draft).matrices] == [2, 2, 3]


def test_opening_freezes_what_is_compared(draft, scorecard, alice):
    survey = open_survey(survey=draft, by=alice, now=NOW)
    kpi = scorecard.kpis.get(code="K11")
    kpi.name = "Nama baru"
    kpi.save()
    factories.kpi(scorecard.objectives.first(), code="K14", order=9)
    plan = survey_plan(survey)
    assert [planned.size for planned in plan.matrices] == [2, 3, 3]
    assert plan.matrices[1].elements[0].label == "Ukuran 1.1"
    assert survey.opens_at == NOW


def test_only_chosen_parts_are_compared(client_for, edi, org, draft, scorecard):
    perspective = scorecard.perspectives.get(code="P2")
    answer = client_for(edi).post(
        reverse("surveys:survey-edit", args=[org.slug, draft.pk]),
        {
            "version": draft.version,
            "name": draft.name,
            "consent_text": draft.consent_text,
            "pair_order": "least-loss",
            "matrices": [str(perspective.pk)],
        },
    )
    assert answer.status_code == 302
    assert [planned.title for planned in survey_plan(draft).matrices] == ["Perspektif 2"]


def test_the_second_of_two_editors_sees_both_versions(client_for, edi, org, draft):
    url = reverse("surveys:survey-edit", args=[org.slug, draft.pk])
    typed = {
        "version": draft.version,
        "consent_text": draft.consent_text,
        "pair_order": "random",
        "matrices": ["perspectives"],
    }
    client = client_for(edi)
    assert client.post(url, typed | {"name": "Nama pertama"}).status_code == 302
    late = client.post(url, typed | {"name": "Nama kedua"})
    assert late.status_code == 409
    page = late.content.decode()
    assert "Nama pertama" in page
    assert "Nama kedua" in page
    draft.refresh_from_db()
    assert draft.name == "Nama pertama"


def test_a_second_opening_is_refused(draft, alice):
    open_survey(survey=draft, by=alice, now=NOW)
    with pytest.raises(SurveyError, match="opened-already"):
        open_survey(survey=draft, by=alice, now=NOW)
    assert Criterion.objects.count() == 2 + 3 + 3


def test_nothing_to_compare_is_not_opened(org, alice):
    empty = create_survey(
        scorecard=factories.scorecard(org),
        name="Kosong",
        consent_text="Setuju?",
        by=alice,
        compare_perspectives=False,
    )
    with pytest.raises(SurveyError, match="nothing-to-compare"):
        open_survey(survey=empty, by=alice, now=NOW)


@pytest.mark.parametrize("kpis", [1, 11])
def test_a_part_of_one_or_of_eleven_is_not_opened(org, alice, kpis):
    scorecard = scorecard_with_kpis(org, perspectives=1, kpis=kpis)
    survey = create_survey(
        scorecard=scorecard,
        name="Pembobotan",
        consent_text="Setuju?",
        by=alice,
        compare_perspectives=False,
        perspectives=list(scorecard.perspectives.all()),
    )
    with pytest.raises(SurveyError, match="matrix-size") as refused:
        open_survey(survey=survey, by=alice, now=NOW)
    assert [planned.title for planned in refused.value.matrices] == ["Perspektif 1"]
    assert not Criterion.objects.exists()


def test_the_page_names_the_part_that_cannot_be_compared(client_for, edi, org, draft, scorecard):
    for kpi in scorecard.kpis.filter(code__in=["K11", "K12"]):
        kpi.status = KPI.Status.DROPPED
        kpi.save()
    answer = client_for(edi).post(
        reverse("surveys:survey-open", args=[org.slug, draft.pk]), follow=True
    )
    assert "Perspektif 1 (1)" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.status == Survey.Status.DRAFT


def test_a_past_deadline_is_not_opened(scorecard, alice):
    survey = create_survey(
        scorecard=scorecard,
        name="Terlambat",
        consent_text="Setuju?",
        by=alice,
        closes_at=NOW - timedelta(minutes=1),
    )
    with pytest.raises(SurveyError, match="deadline-past"):
        open_survey(survey=survey, by=alice, now=NOW)


def test_a_draft_is_neither_closed_nor_reopened(draft, alice):
    with pytest.raises(SurveyError, match="not-opened"):
        close_survey(survey=draft, by=alice)
    with pytest.raises(SurveyError, match="not-opened"):
        reopen_survey(survey=draft, by=alice, now=NOW, closes_at=None)


def test_closing_and_opening_again(client_for, edi, org, draft, alice):
    open_survey(survey=draft, by=alice, now=NOW)
    invitation = builders.invitation(draft)
    client = client_for(edi)
    client.post(reverse("surveys:survey-close", args=[org.slug, draft.pk]))
    draft.refresh_from_db()
    assert not invitation.accepts_answers(timezone.now())
    url = reverse("surveys:survey-reopen", args=[org.slug, draft.pk])
    past = client.post(url, {"closes_at": "2020-01-01T08:00"})
    assert past.status_code == 422
    assert client.post(url, {"closes_at": ""}).status_code == 302
    draft.refresh_from_db()
    assert invitation.accepts_answers(timezone.now())


def test_deleting_asks_first_and_is_for_admins(client_for, alice, edi, org, draft):
    url = reverse("surveys:survey-delete", args=[org.slug, draft.pk])
    assert client_for(edi).get(url).status_code == 403
    client = client_for(alice)
    assert client.get(url).status_code == 200
    assert Survey.objects.exists()
    assert client.post(url, {"version": draft.version + 5}).status_code == 409
    assert Survey.objects.exists()
    assert client.post(url, {"version": draft.version}).status_code == 302
    assert not Survey.objects.exists()


@pytest.mark.parametrize("version", ["", "0x1", "²", "9" * 5000])
def test_a_version_that_is_none_deletes_nothing(client_for, alice, org, draft, version):
    url = reverse("surveys:survey-delete", args=[org.slug, draft.pk])
    assert client_for(alice).post(url, {"version": version}).status_code == 422
    assert Survey.objects.exists()


def test_experts_who_only_began_are_counted_among_what_is_lost(client_for, alice, org, draft):
    survey = open_survey(survey=draft, by=alice, now=NOW)
    start_response(invitation=invite_expert(survey=survey, name="Bu Sri"), now=NOW)
    page = client_for(alice).get(reverse("surveys:survey-delete", args=[org.slug, draft.pk]))
    assert page.context["answers_lost"] in page.content.decode()
    assert "1" in page.context["answers_lost"]


def test_hidden_names_stay_hidden_once_experts_were_told(client_for, edi, org, draft):
    """They agreed to a questionnaire that promised it."""
    Survey.objects.filter(pk=draft.pk).update(anonymous=True, status=Survey.Status.OPEN)
    url = reverse("surveys:survey-edit", args=[org.slug, draft.pk])
    form = {"version": draft.version, "name": "Bobot", "consent_text": "Setuju?"}
    assert client_for(edi).post(url, form).status_code == 302
    draft.refresh_from_db()
    assert (draft.name, draft.anonymous) == ("Bobot", True)


def test_a_part_whose_perspective_was_deleted_is_gone_when_it_opens(
    client_for, edi, org, alice, draft, scorecard
):
    matrices = draft.matrices.count()
    draft.matrices.filter(compares_perspectives=True).delete()
    scorecard.perspectives.first().delete()
    page = client_for(edi).get(reverse("surveys:survey-edit", args=[org.slug, draft.pk]))
    left = str(scorecard.perspectives.get().pk)
    assert page.context["form"].initial["matrices"] == [left]
    survey = open_survey(survey=draft, by=alice, now=NOW)
    assert survey.matrices.count() == matrices - 2
    assert all(matrix.criteria.exists() for matrix in survey.matrices.all())


def test_a_perspective_is_explained_by_the_objectives_that_its_kpis_measure(draft, scorecard):
    [top, *_parts] = survey_plan(draft).matrices
    aims = [objective.statement for objective in scorecard.objectives.order_by("code")]
    assert [element.description for element in top.elements] == aims


def test_a_kpi_is_explained_by_its_definition_and_by_nothing_else(draft, scorecard):
    """An objective says what a KPI is for: beside “What is meant?” it was untrue."""
    kpi = scorecard.kpis.order_by("code").first()
    kpi.definition = ""
    kpi.save()
    scorecard.kpis.exclude(pk=kpi.pk).update(definition="Hari sampai keluhan dijawab")
    [_top, *parts] = survey_plan(draft).matrices
    explained = {e.code: e.description for part in parts for e in part.elements}
    assert explained.pop(kpi.code) == ""
    assert set(explained.values()) == {"Hari sampai keluhan dijawab"}


def test_the_list_asks_as_often_for_ten_as_for_one(client_for, bob, org, draft, flat_queries):
    client = client_for(bob)
    url = reverse("surveys:survey-list", args=[org.slug])

    def grow():
        for number in range(9):
            create_survey(
                scorecard=draft.scorecard, name=f"Lain {number}", consent_text="?", by=None
            )

    flat_queries(lambda: client.get(url), grow)


def test_the_page_asks_as_often_for_ten_experts_as_for_none(
    client_for, edi, org, draft, flat_queries
):
    client = client_for(edi)
    url = reverse("surveys:survey", args=[org.slug, draft.pk])

    def grow():
        for number in range(10):
            invite_expert(survey=draft, name=f"Pakar {number}")

    flat_queries(lambda: client.get(url), grow)


def grow_to(scorecard, size):
    """Adds KPIs to the first perspective."""
    objective = scorecard.objectives.first()
    for number in range(4, size + 1):
        code, order = f"K1{number}", 10 + number
        factories.kpi(objective, code=code, status=KPI.Status.ADOPTED, order=order)


@pytest.mark.parametrize(
    ("size", "accepted", "refused"),
    [(7, False, False), (10, False, False), (11, False, True), (11, True, False)]
    + [(15, True, False), (16, True, True)],
)
def test_more_than_ten_elements_take_a_confirmation_and_fifteen_are_the_end(
    draft, scorecard, alice, size, accepted, refused
):
    grow_to(scorecard, size)
    Survey.objects.filter(pk=draft.pk).update(large_accepted=accepted)
    draft.refresh_from_db()
    assert bool(survey_plan(draft).faults) == refused
    if not refused:
        assert open_survey(survey=draft, by=alice, now=NOW).status == Survey.Status.OPEN
        return
    with pytest.raises(SurveyError, match="matrix-size"):
        open_survey(survey=draft, by=alice, now=NOW)


@pytest.mark.parametrize(
    ("size", "words"),
    [(8, "More than seven elements"), (11, "Say that it is meant"), (16, "2 to 15")],
)
def test_the_plan_says_what_is_too_large(client_for, edi, org, draft, scorecard, size, words):
    grow_to(scorecard, size)
    url = reverse("surveys:survey", args=[org.slug, draft.pk])
    assert words in client_for(edi).get(url, headers={"Accept-Language": "en"}).content.decode()


def test_order_sides_and_size_are_chosen_while_it_is_prepared(client_for, edi, org, draft):
    url = reverse("surveys:survey-edit", args=[org.slug, draft.pk])
    client = client_for(edi)
    typed = {"name": "Bobot", "consent_text": "Setuju?", "matrices": ["perspectives"]}
    chosen = {"version": draft.version, "pair_order": "random", "large_accepted": "on"}
    assert client.post(url, typed | chosen).status_code == 302
    draft.refresh_from_db()
    assert (draft.pair_order, draft.swaps_sides, draft.large_accepted) == ("random", False, True)
    wrong = {"version": draft.version, "pair_order": "alphabet"}
    assert client.post(url, typed | wrong).status_code == 422
    open_survey(survey=draft, by=edi, now=NOW)
    assert "pair_order" not in client.get(url).context["form"].fields


def test_what_stays_chosen_keeps_who_judges_it(draft, scorecard, alice):
    first, second = scorecard.perspectives.all()
    expert = invite_expert(survey=draft, name="Sekar", by=alice)
    kept = draft.matrices.get(perspective=second)
    Exemption.objects.create(invitation=expert, matrix=kept, origin=Exemption.Origin.OFFICER)
    choose_matrices(survey=draft, compare_perspectives=False, perspectives=[second])
    choose_matrices(survey=draft, compare_perspectives=True, perspectives=[first, second])
    assert list(draft.matrices.values_list("title", "order")) == [
        ("", 0),
        ("Perspektif 1", 1),
        ("Perspektif 2", 2),
    ]
    assert draft.matrices.get(perspective=second).pk == kept.pk
    assert expert.exemptions.get().matrix == kept


def test_a_deadline_says_by_whose_clock(client_for, edi, org, draft):
    org.timezone = "Asia/Jayapura"
    org.save()
    for name, args in (
        ("survey-create", [org.slug]),
        ("survey-edit", [org.slug, draft.pk]),
        ("survey-reopen", [org.slug, draft.pk]),
    ):
        url = reverse(f"surveys:{name}", args=args)
        form = client_for(edi).get(url, {"kind": "pairwise"}).context["form"]
        assert "WIT" in form["closes_at"].help_text.split(".")[0].split()


def test_what_is_compared_stands_before_how(client_for, edi, org, draft):
    page = client_for(edi).get(reverse("surveys:survey-edit", args=[org.slug, draft.pk]))
    assert list(page.context["form"].fields)[:2] == ["name", "matrices"]


def test_what_is_to_do_next_is_not_offered_twice(client_for, edi, org, draft):
    page = client_for(edi).get(reverse("surveys:survey", args=[org.slug, draft.pk]))
    assert page.content.decode().count(page.context["next"].url) == 1


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "0026-12-01T08:00", "9999-12-31T23:59"])
@pytest.mark.parametrize("page", ["survey-edit", "survey-reopen", "survey-create"])
def test_a_year_that_no_clock_tells_is_refused_with_what_to_do(
    client_for, edi, org, draft, scorecard, moment, page
):
    args = [org.slug] if page == "survey-create" else [org.slug, draft.pk]
    typed = fields(scorecard, closes_at=moment, version=draft.version)
    answer = client_for(edi).post(reverse(f"surveys:{page}", args=args), typed)
    assert answer.status_code == 422
    assert "1990" in answer.context["form"].errors["closes_at"][0]
    assert moment in answer.content.decode()


def test_who_declined_is_not_expected_in_the_list(client_for, bob, org):
    survey = builders.survey(org)
    builders.invitation(survey, "P1")
    builders.invitation(survey, "P2", declined_at=timezone.now())
    page = client_for(bob).get(reverse("surveys:survey-list", args=[org.slug]))
    assert "0 dari 1 pakar sudah mengirim" in page.content.decode()
