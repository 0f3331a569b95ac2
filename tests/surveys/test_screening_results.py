"""What ratings amount to: figures, cut-off, decisions by hand, and the published study."""

import time

import pytest
from django.utils import timezone, translation

from surveys.demo.bayat import make_bayat
from surveys.methods.screening import aiken_limit
from surveys.models import Invitation, Rating, Response, Survey
from surveys.selectors.screening_results import screening_results
from surveys.selectors.screening_verdicts import (
    Cut,
    Figures,
    Ground,
    Verdict,
    cut_mean,
    p_text,
    rule_text,
    rule_verdict,
)
from surveys.services.invitations import revoke_invitation
from surveys.services.screening_decisions import decide_candidate
from surveys.study_data import study_data
from tests.surveys import builders
from tests.surveys.screenings import rate_perspective, rows, send, send_all

KEPT, DROPPED, OPEN = Verdict.KEPT, Verdict.DROPPED, Verdict.OPEN
WRONG_TOTAL = "Persentase jumlah pelanggan yang setia"


@pytest.fixture
def survey(org) -> Survey:
    return builders.screening(org, sizes=(2,))


def verdicts(survey: Survey, by: str | None = None, off: float = 0) -> list[Verdict]:
    cut = Cut(by, off) if by else None
    return [row.verdict for row in screening_results(survey, cut).rows]


def test_figures_of_each_candidate_and_expert(survey):
    send_all(survey, [5, 3], [4, None], [5, 2])
    first, second = rows(survey)
    assert first.figures == Figures(
        raters=3, total=14, mean=14 / 3, validity=11 / 12, p=pytest.approx(4 / 125)
    )
    assert (second.figures.raters, second.figures.total) == (2, 5)
    assert second.points == (3, None, 2)
    assert second.missing == ("P2",)
    assert (first.counts, second.counts) == ((0, 0, 0, 1, 2), (0, 1, 1, 0, 0))
    experts = screening_results(survey).experts
    assert [(each.code, each.rated, each.unrated, each.mean) for each in experts] == [
        ("P1", 2, 0, 4.0),
        ("P2", 1, 1, 4.0),
        ("P3", 2, 0, 3.5),
    ]
    assert screening_results(survey).incomplete == 1


def test_only_what_was_sent_by_a_link_that_holds_counts(survey):
    send(survey, [5, 5])
    revoked = send(survey, [1, 1])
    revoke_invitation(invitation=revoked.invitation, now=timezone.now())
    unsent = builders.response(builders.invitation(survey, "P9"))
    builders.rate_all(unsent, 1)
    results = screening_results(survey)
    assert (results.sent, results.expected) == (1, 2)
    assert [row.figures.total for row in results.rows] == [5, 5]


def test_the_newest_rating_and_its_remark_are_in_force(survey):
    response = builders.response(builders.invitation(survey))
    candidate = survey.candidates.first()
    builders.rate(response, candidate, 5, "Perlu", seq=2)
    builders.rate(response, candidate, 1, "Terlambat", seq=1)
    builders.rate(response, candidate, 4, "Cukup", seq=3)
    Response.objects.update(submitted_at=timezone.now())
    first = rows(survey)[0]
    assert first.points == (4,)
    assert [(each.expert.code, each.remark) for each in first.remarks] == [("P1", "Cukup")]


def test_names_are_hidden_where_that_was_promised(survey):
    send(survey, [5, 5])
    assert screening_results(survey).experts[0].name == "Bu P1"
    survey.anonymous = True
    assert screening_results(survey).experts[0].name == ""


@pytest.mark.parametrize(
    ("by", "exactly", "above"),
    [("validity", 0.8, 0.8001), ("mean", 4.2, 4.2001), ("total", 21, 22)],
)
def test_exactly_the_cut_off_is_enough(survey, by, exactly, above):
    send_all(survey, [4, 4], [4, 4], [4, 4], [4, 4], [5, 4])
    assert verdicts(survey, by, exactly) == [KEPT, DROPPED]
    assert verdicts(survey, by, above) == [DROPPED, DROPPED]


def test_ties_share_their_verdict(survey):
    send_all(survey, [4, 5], [5, 4])
    assert verdicts(survey, "mean", 4.5) == [KEPT, KEPT]
    assert verdicts(survey, "mean", 4.6) == [DROPPED, DROPPED]


def test_every_third_and_seventh_meets_its_own_decimal(survey):
    """41 of 10 raters is exactly a mean of 4.1: no rounding may push it below."""
    for raters in range(1, 40):
        for total in range(raters, 5 * raters + 1):
            figures = Figures(raters, total, total / raters, None, None)
            text = repr(total / raters)
            assert rule_verdict(figures, Cut("mean", float(text))) is KEPT


def test_nobody_answered(survey):
    results = screening_results(survey)
    assert results.sent == 0
    assert {row.verdict for row in results.rows} == {OPEN}
    assert {row.ground for row in results.rows} == {Ground.UNRATED}
    assert results.rows[0].figures.mean is None
    with translation.override("en"):
        assert screening_results(survey).rows[0].reason == "Nobody rated it."
    assert (results.kept, results.dropped, results.undecided) == (0, 0, 2)


def test_one_rater(survey):
    send(survey, [5, None])
    first, second = rows(survey)
    assert (first.figures.validity, first.figures.p) == (1.0, pytest.approx(1 / 5))
    assert (first.verdict, second.verdict) == (KEPT, OPEN)


def test_without_candidates_there_is_nothing(survey):
    survey.candidates.all().delete()
    assert screening_results(survey).groups == ()


def test_a_decision_by_hand_stands_above_the_cut_off(survey, edi):
    send(survey, [1, 5])
    low, high = survey.candidates.all()
    decide_candidate(candidate=low, keeps=True, reason="Diminta dinas", by=edi)
    decide_candidate(candidate=high, keeps=False, reason="Datanya tidak ada", by=edi)
    kept, dropped = rows(survey)
    assert (kept.verdict, kept.ground, kept.by_rule) == (KEPT, Ground.HAND, DROPPED)
    assert (dropped.verdict, dropped.ground, dropped.by_rule) == (DROPPED, Ground.HAND, KEPT)
    assert "Diminta dinas" in kept.reason


def test_a_dropped_perspective_takes_its_kpis_along(survey, edi):
    perspective = rate_perspective(survey, "Perspektif 1")
    builders.add_candidates(survey, builders.factories.perspective(survey.scorecard), 1)
    send(survey, [2, 5, 5, 5])
    own, first, _second, other = rows(survey)
    assert own.candidate == perspective
    assert [own.verdict, first.verdict, other.verdict] == [DROPPED, DROPPED, KEPT]
    assert first.ground is Ground.PERSPECTIVE
    assert "0,25" in first.reason
    decide_candidate(candidate=first.candidate, keeps=True, reason="Penting", by=edi)
    assert [row.verdict for row in rows(survey)] == [DROPPED, KEPT, DROPPED, KEPT]


def test_an_unrated_perspective_drops_nothing(survey):
    rate_perspective(survey, "Perspektif 1")
    send(survey, [None, 5, 5])
    assert verdicts(survey) == [OPEN, KEPT, KEPT]


def test_candidates_stay_together_when_their_perspective_is_deleted(survey):
    rate_perspective(survey, "Perspektif 1")
    send(survey, [1, 5, 5])
    survey.scorecard.perspectives.all().delete()
    results = screening_results(survey)
    assert [group.name for group in results.groups] == ["Perspektif 1"]
    assert [row.verdict for row in results.rows] == [DROPPED, DROPPED, DROPPED]
    assert [row.kpi for row in results.rows] == [None, None, None]


def test_sums_of_unequal_numbers_are_pointed_out(survey):
    send_all(survey, [5, 4], [5, None])
    assert screening_results(survey, Cut("total", 5)).totals_compare_unequals
    assert not screening_results(survey, Cut("mean", 4)).totals_compare_unequals


def test_a_figure_just_below_does_not_read_like_the_cut_off():
    figures = Figures(raters=6, total=26, mean=26 / 6, validity=0.7999, p=0.01)
    with translation.override("en"):
        texts = [rule_text(figures, cut) for cut in (Cut("validity", 0.8), Cut("total", 26))]
    assert texts == [
        "Aiken's V 0.7999 is below the cut-off of 0.8000.",
        "Sum of the ratings 26 reaches the cut-off of 26.",
    ]
    assert "4,33" in rule_text(figures, Cut("mean", 4.5))


def test_the_cut_off_as_a_mean():
    figures = Figures(raters=5, total=21, mean=4.2, validity=0.8, p=0.04)
    assert cut_mean(figures, Cut("total", 20)) == 4
    assert cut_mean(figures, Cut("validity", 0.75)) == 4
    assert cut_mean(figures, Cut("mean", 3.5)) == 3.5
    assert cut_mean(Figures(0, 0, None, None, None), Cut("mean", 3.5)) is None


def test_a_tiny_p_is_never_nothing():
    assert [p_text(p) for p in (0.04032, 0.0009, None)] == ["0,040", "<0,001", "–"]


def test_queries_stay_flat(survey, edi, flat_queries):
    send(survey, [5, 3])

    def grow() -> None:
        builders.add_candidates(survey, builders.factories.perspective(survey.scorecard), 3)
        send_all(survey, [4] * 5, [3] * 5)
        first = survey.candidates.first()
        decide_candidate(candidate=first, keeps=True, reason="Perlu", by=edi)

    flat_queries(lambda: screening_results(Survey.objects.get()), grow)


@pytest.mark.slow
def test_two_hundred_candidates_of_two_hundred_experts_are_quick(org):
    survey = builders.screening(org, sizes=())
    perspective = builders.factories.perspective(survey.scorecard)
    candidate_rows = [
        survey.candidates.model(
            survey=survey, perspective=perspective, code=f"K{n}", label=f"KPI {n}", order=n
        )
        for n in range(200)
    ]
    candidates = survey.candidates.bulk_create(candidate_rows)
    now = timezone.now()
    for number in range(200):
        response = builders.response(builders.invitation(survey, f"P{number}"))
        Rating.objects.bulk_create(
            Rating(
                response=response,
                candidate=candidate,
                points=1 + (number + candidate.order) % 5,
                seq=1,
                answered_at=now,
            )
            for candidate in candidates
        )
    Response.objects.update(submitted_at=now)
    began = time.process_time()
    results = screening_results(survey)
    assert time.process_time() - began < 2
    assert {row.figures.total for row in results.rows} == {600}


def test_a_crowd_has_no_p(survey):
    """Beyond 500 raters V is still exact, and nothing waits for its p."""
    send_all(survey, [5, None], [4, None])
    invitations = Invitation.objects.bulk_create(
        Invitation(survey=survey, code=f"X{n}", name="Bu Sri") for n in range(499)
    )
    now = timezone.now()
    responses = Response.objects.bulk_create(
        Response(invitation=i, consented_at=now, started_at=now, submitted_at=now)
        for i in invitations
    )
    first = survey.candidates.first()
    Rating.objects.bulk_create(
        Rating(response=r, candidate=first, points=4, seq=1, answered_at=now) for r in responses
    )
    results = screening_results(survey)
    rated, unrated = results.rows
    assert rated.figures == Figures(501, 2005, 2005 / 501, 1504 / 2004, None)
    assert unrated.figures.raters == 0
    # The limit of 500, which is a little more than that of 501.
    assert results.chance_limit == aiken_limit(500).v


def test_what_so_many_experts_hardly_reach_by_chance(survey):
    assert screening_results(survey).chance_limit is None
    send(survey, [5, 5])
    assert screening_results(survey).chance_limit is None
    send_all(survey, *[[5, 5]] * 4)
    assert screening_results(survey).chance_limit == 0.8


# -- The published study


@pytest.fixture
def bayat(org, alice) -> Survey:
    return make_bayat(org, alice).surveys.get(kind=Survey.Kind.SCREENING)


def test_totals_mauidzoh2018_table_1(bayat):
    """Every printed total comes out but that of 3.1, which adds up to 23 where 24 is printed."""
    printed = {row[1]: (row[2], row[3]) for row in study_data("batik-bayat")["screening"]["rows"]}
    computed = {row.candidate.label: row for row in rows(bayat)}
    assert len(computed) == 4 + 26
    for label, (points, total) in printed.items():
        row = computed[label]
        assert list(row.points) == points
        assert row.figures.total == (23 if label == WRONG_TOTAL else total)
    assert printed[WRONG_TOTAL][1] == 24
    unrated = {label for label, row in computed.items() if not row.figures.raters}
    assert len(unrated) == 15
    assert not unrated & printed.keys()


def test_eleven_candidates_are_kept_and_adopted(bayat):
    results = screening_results(bayat)
    assert (results.kept, results.dropped, results.undecided) == (11, 15, 0)
    assert {row.ground for row in results.rows if row.verdict is KEPT} == {Ground.RULE}
    adopted = set(bayat.scorecard.kpis.filter(status="adopted").values_list("name", flat=True))
    printed = {row[1] for row in study_data("batik-bayat")["screening"]["rows"]}
    perspectives = set(bayat.scorecard.perspectives.values_list("name", flat=True))
    assert adopted == printed - perspectives
    assert bayat.scorecard.kpis.filter(status="dropped").count() == 15
    assert bayat.provenance == Survey.Provenance.PUBLISHED
    assert bayat.outcomes.count() == 1


def test_the_second_stage_compares_what_the_first_kept(bayat):
    second = bayat.scorecard.surveys.get(kind=Survey.Kind.PAIRWISE)
    compared = {
        criterion.kpi_id
        for matrix in second.matrices.filter(compares_perspectives=False)
        for criterion in matrix.criteria.all()
    }
    adopted = bayat.scorecard.kpis.filter(status="adopted")
    assert compared == set(adopted.values_list("pk", flat=True))


def test_the_usual_v_would_drop_two_of_the_kept(bayat):
    """The paper's cut is lower than Aiken's 0.80 for five raters."""
    results = screening_results(bayat, Cut("validity", 0.8))
    low = [row.candidate.label for row in results.rows if row.by_rule is DROPPED]
    assert low == ["Retensi pelanggan", "Jumlah customer touch point"]
