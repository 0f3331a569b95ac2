"""An officer makes a screening: which kind, which candidates, from where on one is kept."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from scorecards.models import KPI
from surveys.models import Candidate, Survey
from surveys.selectors.screening_plan import screening_plan, work_plan
from surveys.selectors.screening_verdicts import Cut, cut_text
from surveys.services.questionnaires import create_survey_once, open_survey
from surveys.services.refusals import SurveyError
from surveys.services.screening import choose_candidates, create_screening
from tests import factories
from tests.surveys import builders
from tests.surveys.designs import scorecard_with_kpis

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


@pytest.fixture
def scorecard(org):
    """Two perspectives with three KPIs each: the first of each adopted, the second dropped."""
    made = scorecard_with_kpis(org)
    status = {"1": KPI.Status.ADOPTED, "2": KPI.Status.DROPPED, "3": KPI.Status.CANDIDATE}
    for kpi in made.kpis.all():
        kpi.status = status[kpi.code[-1]]
        kpi.definition = f"Arti {kpi.name}"
        kpi.formula = "retention-rate" if kpi.code == "K13" else ""
        kpi.save()
    return made


@pytest.fixture
def draft(scorecard, alice):
    return create_screening(scorecard=scorecard, name="Saring", consent_text="Setuju?", by=alice)


def planned(survey):
    plan = work_plan(Survey.objects.get(pk=survey.pk))
    return [(group.name, [one.code for one in group.candidates]) for group in plan.groups]


def new(client, org, scorecard, **changes):
    fields = {
        "kind": "screening",
        "scorecard": scorecard.pk,
        "name": "Penyaringan 2026",
        "introduction": "",
        "consent_text": "Jawaban dipakai untuk memilih KPI.",
        "closes_at": "",
    }
    return client.post(reverse("surveys:survey-create", args=[org.slug]), fields | changes)


def test_the_only_scorecard_is_chosen_already(client_for, edi, org, scorecard):
    url = reverse("surveys:survey-create", args=[org.slug])
    chosen = f'<option value="{scorecard.pk}" selected>'
    client = client_for(edi)
    assert chosen in client.get(url, {"kind": "screening"}).content.decode()
    factories.scorecard(org, name="Lain")
    assert chosen not in client.get(url, {"kind": "screening"}).content.decode()


def edit(client, survey, **changes):
    fields = {
        "name": survey.name,
        "introduction": "",
        "consent_text": "Setuju?",
        "closes_at": "",
        "kpis": [],
        "perspectives": [],
        "takes_proposals": "on",
        "cut_by": "validity",
        "cut_off": "0,80",
        "version": survey.version,
    }
    organization = survey.scorecard.organization
    url = reverse("surveys:survey-edit", args=[organization.slug, survey.pk])
    return client.post(url, fields | changes)


def test_which_kind_is_asked_first(client_for, edi, org, scorecard):
    url = reverse("surveys:survey-create", args=[org.slug])
    page = client_for(edi).get(url, {"scorecard": scorecard.pk}).content.decode()
    for kind in Survey.Kind.values:
        assert f"?kind={kind}&amp;scorecard={scorecard.pk}" in page
    assert client_for(edi).post(url, {"kind": "lainnya"}).status_code == 422
    assert not Survey.objects.exists()


@pytest.mark.parametrize("kind", Survey.Kind.values)
def test_each_kind_has_its_form(client_for, edi, org, scorecard, kind):
    url = reverse("surveys:survey-create", args=[org.slug])
    reply = client_for(edi).get(url, {"kind": kind, "scorecard": scorecard.pk})
    assert reply.status_code == 200
    assert reply.context["form"]["kind"].value() == kind
    assert reply.context["form"]["name"].value()


def test_an_editor_makes_a_screening_of_the_candidates(client_for, edi, org, scorecard):
    reply = new(client_for(edi), org, scorecard)
    survey = Survey.objects.get()
    assert reply.url == reverse("surveys:survey", args=[org.slug, survey.pk])
    assert (survey.kind, survey.status) == (Survey.Kind.SCREENING, Survey.Status.DRAFT)
    # Nobody knows yet how many will rate, so the cut-off follows them.
    assert (survey.cut_by, survey.cut_off) == (Survey.CutBy.VALIDITY, None)
    assert planned(survey) == [("Perspektif 1", ["K13"]), ("Perspektif 2", ["K23"])]
    assert survey.matrices.count() == 0


def test_two_presses_make_one_screening(org, scorecard, edi):
    fields = {"name": "Saring", "consent_text": "Setuju?", "kind": Survey.Kind.SCREENING}
    first, second = (create_survey_once(scorecard=scorecard, by=edi, **fields) for _ in range(2))
    assert first == second
    other = create_survey_once(scorecard=scorecard, by=edi, **fields | {"kind": "pairwise"})
    assert other != first
    assert other.matrices.count() > 0


def test_a_scorecard_of_another_organization_cannot_be_screened(client_for, edi, org, other_org):
    assert new(client_for(edi), org, scorecard_with_kpis(other_org)).status_code == 422
    assert not Survey.objects.exists()


def test_what_is_rated_is_chosen_in_the_draft(client_for, edi, draft, scorecard):
    kpis = list(scorecard.kpis.filter(code__in=["K11", "K23"]))
    perspective = scorecard.perspectives.get(code="P2")
    reply = edit(
        client_for(edi),
        draft,
        kpis=[kpi.pk for kpi in kpis],
        perspectives=[perspective.pk],
        takes_proposals="",
        cut_by="mean",
        cut_off="3,75",
    )
    assert reply.status_code == 302
    assert planned(draft) == [("Perspektif 1", ["K11"]), ("Perspektif 2", ["P2", "K23"])]
    draft.refresh_from_db()
    assert (draft.cut_by, draft.cut_off, draft.takes_proposals) == ("mean", 3.75, False)


def test_the_form_shows_what_is_chosen(client_for, edi, draft, scorecard):
    page = client_for(edi).get(reverse("surveys:survey-edit", args=["pesisir", draft.pk]))
    form = page.context["form"]
    chosen = scorecard.kpis.filter(code__in=["K13", "K23"])
    assert set(form["kpis"].value()) == set(chosen.values_list("pk", flat=True))
    offered = [value for _, group in form.fields["kpis"].choices for value, _label in group]
    dropped = scorecard.kpis.get(code="K12")
    assert len(offered) == 4
    assert str(dropped.pk) not in offered


@pytest.mark.parametrize(
    "change",
    [
        {"cut_off": "0,8x"},
        {"cut_off": "1,2"},
        {"cut_off": "-0,1"},
        {"cut_by": "mean", "cut_off": ""},
        {"cut_by": "total", "cut_off": ""},
        {"cut_by": "mean", "cut_off": "0,8"},
        {"cut_by": "mean", "cut_off": "5,1"},
        {"cut_by": "total", "cut_off": "0"},
        {"cut_by": "lainnya"},
        {"kpis": ["0"]},
        {"kpis": ["x"]},
        {"perspectives": ["999999"]},
    ],
    ids=str,
)
def test_what_cannot_be_set_is_refused(client_for, edi, draft, change):
    assert edit(client_for(edi), draft, **change).status_code == 422
    assert planned(draft) == [("Perspektif 1", ["K13"]), ("Perspektif 2", ["K23"])]


def test_a_dropped_or_foreign_kpi_cannot_be_chosen(client_for, edi, draft, scorecard, other_org):
    dropped = scorecard.kpis.get(code="K12")
    foreign = scorecard_with_kpis(other_org).kpis.first()
    for kpi in (dropped, foreign):
        assert edit(client_for(edi), draft, kpis=[kpi.pk]).status_code == 422
    choose_candidates(survey=draft, kpis=[dropped, foreign], perspectives=[])
    assert planned(draft) == []


def test_a_draft_follows_the_scorecard(draft, scorecard):
    kpi = scorecard.kpis.get(code="K13")
    kpi.name = "Nama baru"
    kpi.save()
    scorecard.kpis.filter(code="K23").delete()
    [group] = screening_plan(draft).groups
    assert [one.label for one in group.candidates] == ["Nama baru"]


def test_opening_freezes_the_candidates_with_their_words(draft, scorecard, alice):
    survey = open_survey(survey=draft, by=alice, now=NOW)
    scorecard.kpis.filter(code="K13").update(name="Nama baru", status=KPI.Status.DROPPED)
    assert (survey.status, survey.opens_at) == (Survey.Status.OPEN, NOW)
    first, second = survey.candidates.all()
    assert (first.code, first.label, first.description) == ("K13", "Ukuran 1.3", "Arti Ukuran 1.3")
    assert (first.perspective_name, first.order, second.order) == ("Perspektif 1", 0, 1)
    assert first.objective == first.kpi.objective.statement
    assert first.formula
    assert second.formula == ""
    assert planned(survey) == [("Perspektif 1", ["K13"]), ("Perspektif 2", ["K23"])]
    with pytest.raises(SurveyError) as refused:
        open_survey(survey=survey, by=alice, now=NOW)
    assert refused.value.code == "opened-already"


def test_frozen_candidates_outlive_their_perspective(draft, scorecard, alice):
    survey = open_survey(survey=draft, by=alice, now=NOW)
    scorecard.perspectives.get(code="P1").delete()
    assert planned(survey) == [("Perspektif 1", ["K13"]), ("Perspektif 2", ["K23"])]


def test_opening_without_candidates_is_refused(client_for, edi, draft, org):
    choose_candidates(survey=draft, kpis=[], perspectives=[])
    with pytest.raises(SurveyError) as refused:
        open_survey(survey=draft, by=edi, now=NOW)
    assert refused.value.code == "nothing-to-rate"
    client = client_for(edi)
    client.post(reverse("surveys:survey-open", args=[org.slug, draft.pk]))
    draft.refresh_from_db()
    assert draft.status == Survey.Status.DRAFT


def test_a_draft_without_candidates_leads_to_where_they_come_from(client_for, edi, bob, draft, org):
    choose_candidates(survey=draft, kpis=[], perspectives=[])
    url = reverse("surveys:survey", args=[org.slug, draft.pk])
    ways = [
        reverse("surveys:survey-edit", args=[org.slug, draft.pk]),
        reverse("scorecards:library", args=[org.slug, draft.scorecard_id]),
        reverse("scorecards:scorecard", args=[org.slug, draft.scorecard_id]),
    ]
    page = client_for(edi).get(url).content.decode()
    assert all(f'href="{way}"' in page for way in ways)
    assert ways[0] not in client_for(bob).get(url).content.decode()


def test_after_opening_the_rule_can_change_but_not_the_candidates(client_for, edi, draft, alice):
    survey = open_survey(survey=draft, by=alice, now=NOW)
    reply = edit(client_for(edi), survey, kpis=[], cut_by="total", cut_off="20")
    assert reply.status_code == 302
    survey.refresh_from_db()
    assert (survey.cut_by, survey.cut_off) == ("total", 20)
    assert Candidate.objects.filter(survey=survey).count() == 2


def test_lists_and_pages_name_the_kind(client_for, bob, draft, org):
    client = client_for(bob)
    for url in (
        reverse("surveys:survey-list", args=[org.slug]),
        reverse("surveys:survey", args=[org.slug, draft.pk]),
    ):
        page = client.get(url).content.decode().lower()
        assert str(Survey.Kind.SCREENING.label).lower() in page


def test_progress_counts_ratings(client_for, bob, org):
    survey = builders.screening(org)
    response = builders.response(builders.invitation(survey))
    builders.rate(response, survey.candidates.first(), 3)
    builders.rate(response, survey.candidates.first(), 4, seq=2)
    page = client_for(bob).get(reverse("surveys:survey", args=[org.slug, survey.pk]))
    [progress] = page.context["overview"].experts
    assert progress.percent == 20


def test_the_plan_needs_as_many_queries_for_many(flat_queries, client_for, edi, draft, scorecard):
    url = reverse("surveys:survey", args=["pesisir", draft.pk])
    edit_url = reverse("surveys:survey-edit", args=["pesisir", draft.pk])
    client = client_for(edi)

    def grow():
        objective = scorecard.objectives.first()
        more = [factories.kpi(objective, status=KPI.Status.CANDIDATE) for _ in range(4)]
        choose_candidates(survey=draft, kpis=more, perspectives=scorecard.perspectives.all())

    flat_queries(lambda: (client.get(url), client.get(edit_url)), grow)


@pytest.mark.parametrize(
    ("by", "cut_off", "words"),
    [
        ("validity", 0.8, "lolos jika V Aiken-nya minimal 0,80."),
        ("validity", 0.875, "lolos jika V Aiken-nya minimal 0,875."),
        ("total", 20, "lolos jika jumlahnya minimal 20."),
        ("total", 20.5, "lolos jika jumlahnya minimal 20,5."),
    ],
)
def test_the_cut_off_is_said_as_it_decides(client_for, edi, org, by, cut_off, words):
    survey = builders.screening(org, cut_by=by, cut_off=cut_off)
    page = client_for(edi).get(reverse("surveys:survey", args=[org.slug, survey.pk]))
    assert words in page.content.decode()
    assert cut_text(Cut(by, cut_off)).endswith(words.rstrip(".").rsplit(" ", 1)[1])
