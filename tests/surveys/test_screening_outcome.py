"""One press that gives KPIs the status that a screening found for them, and undoing it."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.utils import timezone, translation

from organizations.models import EditConflict
from scorecards.models import KPI
from scorecards.services.design import delete_design
from scorecards.services.kpi_status import set_kpi_status
from scorecards.services.weights import set_equal_weights
from surveys.models import CandidateProposal, ScreeningOutcome, Survey
from surveys.selectors.screening_changes import screening_changes
from surveys.selectors.screening_outcomes import outcome_views
from surveys.services.candidate_proposals import take_proposal
from surveys.services.refusals import SurveyError
from surveys.services.screening_decisions import decide_candidate
from surveys.services.screening_outcome import (
    ScreeningChanged,
    apply_screening,
    undo_screening,
)
from tests import factories
from tests.crowd import at_once
from tests.surveys import builders
from tests.surveys.screenings import (
    ADOPTED,
    CANDIDATE,
    DROPPED,
    apply,
    propose,
    rate_perspective,
    send,
    statuses,
)

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture
def survey(org) -> Survey:
    """Three candidates: the first kept, the second dropped, the third rated by nobody."""
    survey = builders.screening(org, sizes=(3,), cut_by="mean", cut_off=4)
    send(survey, [5, 2, None])
    return survey


def test_kept_are_adopted_and_dropped_dropped(survey, edi):
    with translation.override("en"):
        outcome = apply(survey, edi)
    assert statuses(survey) == [ADOPTED, DROPPED, CANDIDATE]
    first, second, third = survey.scorecard.kpis.order_by("pk")
    assert first.status_reason == (
        "Penyaringan KPI 2026: Mean of the ratings 5.00 reaches the cut-off of 4.00."
    )
    assert "2.00 is below the cut-off of 4.00" in second.status_reason
    assert (third.status_reason, third.version) == ("", 1)
    assert (first.version, first.saved_by) == (2, edi)
    assert outcome.applied_by == edi


def test_the_outcome_keeps_full_figures_and_before_and_after(survey, edi):
    outcome = ScreeningOutcome.objects.get(pk=apply(survey, edi).pk)
    assert outcome.figures["rule"] == {"by": "mean", "cut_off": 4.0, "raters": 1}
    assert outcome.figures["experts"] == [{"code": "P1", "rated": 2, "mean": 3.5}]
    first = outcome.figures["candidates"][0]
    assert (first["points"], first["total"], first["mean"], first["v"]) == ([5], 5, 5.0, 1.0)
    assert first["p"] == pytest.approx(0.2)
    assert (first["by_rule"], first["verdict"], first["by_hand"]) == ("kept", "kept", None)
    kpi = survey.scorecard.kpis.order_by("pk")[0]
    assert outcome.changes[0] == {
        "kpi": kpi.pk,
        "code": kpi.code,
        "name": kpi.name,
        "before": {"status": "candidate", "reason": ""},
        "after": {"status": "adopted", "reason": kpi.status_reason},
    }
    assert len(outcome.changes) == 2
    assert "Bu P1" not in str(outcome.figures)


def test_a_long_reason_fits_its_column(survey, edi):
    survey.name = "N" * 150
    survey.save()
    decide_candidate(candidate=survey.candidates.first(), keeps=True, reason="A" * 300, by=edi)
    apply(survey, edi)
    assert len(survey.scorecard.kpis.order_by("pk")[0].status_reason) == 300


def test_a_dropped_perspective_takes_unrated_kpis_along(survey, edi):
    rate_perspective(survey, "Perspektif 1")
    send(survey, [1, 5, 5, 5])
    perspective = survey.scorecard.perspectives.get()
    late = factories.kpi(perspective.objectives.get(), status=KPI.Status.ADOPTED)
    planned = screening_changes(survey)
    assert [(c.kpi.pk == late.pk, c.is_rated) for c in planned.dropped][-1] == (True, False)
    apply(survey, edi)
    assert set(statuses(survey)) == {DROPPED}


def test_a_kpi_that_moved_away_is_judged_by_its_own_figures(survey, edi):
    """The perspective that it was rated in takes along what stands in it, and what was rated."""
    other = factories.objective(factories.perspective(survey.scorecard))
    kpi = survey.candidates.first().kpi
    KPI.objects.filter(pk=kpi.pk).update(objective=other)
    rate_perspective(survey, "Perspektif 1")
    send(survey, [1, 5, 2, 4])
    planned = screening_changes(survey)
    assert {change.kpi for change in planned.dropped} == set(survey.scorecard.kpis.all())


def test_deleted_kpis_are_named_and_passed_by(survey, edi):
    kpi = survey.candidates.first().kpi
    delete_design(part=kpi, seen=kpi.version, by=edi)
    planned = screening_changes(survey)
    assert [row.candidate.label for row in planned.gone] == ["Kepuasan Pelanggan"]
    apply(survey, edi)
    assert statuses(survey) == [DROPPED, CANDIDATE]


def test_what_hangs_on_a_kpi_is_pointed_out(survey, edi):
    first, second, third = survey.scorecard.kpis.order_by("pk")
    KPI.objects.filter(pk__in=[second.pk, third.pk]).update(status=KPI.Status.ADOPTED)
    period = factories.period(survey.scorecard)
    factories.measurement(second, period)
    set_equal_weights(scorecard=survey.scorecard, by=edi)
    other = builders.survey(survey.scorecard.organization, sizes=(2,), name="Bobot terbuka")
    criterion = other.matrices.get().criteria.first()
    criterion.kpi = second
    criterion.save()
    with translation.override("en"):
        found = {change.kpi.pk: change.consequences for change in screening_changes(survey).changes}
    assert found[second.pk] == (
        "Its 1 entered value stays stored, and counts no longer in open periods.",
        "Its weight of 50.0% counts no longer; what stays is scaled up.",
        "Experts are comparing it in “Bobot terbuka”, which is open.",
    )
    assert found[first.pk] == ("It counts nothing until its perspective is weighed again.",)
    apply(survey, edi)
    assert second.measurements.count() == 1


def test_adopted_already_is_left_as_it_is(survey, edi):
    KPI.objects.filter(name="Kepuasan Pelanggan").update(
        status=KPI.Status.ADOPTED, status_reason="Rapat anggota 2025"
    )
    planned = screening_changes(survey)
    assert (planned.settled, len(planned.changes)) == (1, 1)
    apply(survey, edi)
    assert survey.scorecard.kpis.order_by("pk")[0].status_reason == "Rapat anggota 2025"


def test_pressing_twice_is_once(survey, edi):
    seen = screening_changes(survey).seen
    first = apply_screening(survey=survey, by=edi, now=NOW, seen=seen)
    again = apply_screening(survey=survey, by=edi, now=NOW + timedelta(minutes=1), seen=seen)
    assert again == first
    assert survey.outcomes.count() == 1


def test_what_changed_since_it_was_read_is_not_applied(survey, edi):
    seen = screening_changes(survey).seen
    Survey.objects.filter(pk=survey.pk).update(cut_off=2)
    with pytest.raises(ScreeningChanged):
        apply_screening(survey=survey, by=edi, now=NOW, seen=seen)
    send(survey, [5, 5, 5])
    with pytest.raises(ScreeningChanged):
        apply_screening(survey=survey, by=edi, now=NOW, seen=seen)
    assert statuses(survey) == [CANDIDATE, CANDIDATE, CANDIDATE]


def test_the_same_list_reads_the_same_in_every_language(survey):
    with translation.override("en"):
        english = screening_changes(survey).seen
    assert english == screening_changes(survey).seen


def test_nothing_to_change_is_refused(survey, edi):
    apply(survey, edi)
    with pytest.raises(SurveyError, match="nothing-to-apply"):
        apply(survey, edi)


def test_a_draft_is_not_applied(survey, edi):
    survey.status = Survey.Status.DRAFT
    with pytest.raises(SurveyError, match="not-opened"):
        apply(survey, edi)


# -- Undoing


def test_undoing_puts_everything_back(survey, edi, alice):
    KPI.objects.filter(name="Kepuasan Pelanggan").update(status_reason="Usul rapat")
    outcome = apply(survey, edi)
    view = undo_screening(outcome=outcome, by=alice, now=NOW)
    assert statuses(survey) == [CANDIDATE] * 3
    first = survey.scorecard.kpis.order_by("pk")[0]
    assert (first.status_reason, first.version, first.saved_by) == ("Usul rapat", 3, alice)
    assert (len(view.restored), view.changed, view.deleted) == (2, (), ())
    outcome.refresh_from_db()
    assert (outcome.undone_at, outcome.undone_by) == (NOW, alice)


def test_undoing_leaves_alone_what_was_changed_since(survey, edi):
    outcome = apply(survey, edi)
    first, second, _third = survey.scorecard.kpis.order_by("pk")
    set_kpi_status(kpi=first, status=DROPPED, reason="Datanya tidak ada", by=edi)
    delete_design(part=second, seen=second.version, by=edi)
    view = undo_screening(outcome=outcome, by=edi, now=NOW)
    assert statuses(survey) == [DROPPED, CANDIDATE]
    assert [change.name for change in view.changed] == [str(first)]
    assert [change.name for change in view.deleted] == [str(second)]
    set_kpi_status(kpi=first, status=ADOPTED, reason=outcome.changes[0]["after"]["reason"], by=edi)
    [stored] = outcome_views(survey)
    assert [change.name for change in stored.changed] == [str(first)]


def test_other_edits_of_a_kpi_do_not_stand_in_the_way(survey, edi):
    outcome = apply(survey, edi)
    first = survey.scorecard.kpis.order_by("pk")[0]
    first.name, first.version = "Kepuasan anggota", first.version + 1
    first.save()
    undo_screening(outcome=outcome, by=edi, now=NOW)
    first.refresh_from_db()
    assert (first.status, first.name) == (CANDIDATE, "Kepuasan anggota")


def test_undoing_twice_is_once(survey, edi, alice):
    outcome = apply(survey, edi)
    undo_screening(outcome=outcome, by=edi, now=NOW)
    apply(survey, edi)
    again = undo_screening(outcome=outcome, by=alice, now=NOW + timedelta(hours=1))
    assert (again.outcome.undone_at, again.outcome.undone_by) == (NOW, edi)
    assert statuses(survey) == [ADOPTED, DROPPED, CANDIDATE]


def test_after_undoing_it_can_be_applied_again(survey, edi):
    first = apply(survey, edi)
    undo_screening(outcome=first, by=edi, now=NOW)
    assert apply(survey, edi) != first
    assert [view.outcome.undone_at for view in outcome_views(survey)] == [None, NOW]


def test_an_old_button_does_not_bring_back_what_was_undone(survey, edi):
    seen = screening_changes(survey).seen
    outcome = apply_screening(survey=survey, by=edi, now=NOW, seen=seen)
    undo_screening(outcome=outcome, by=edi, now=NOW)
    with pytest.raises(ScreeningChanged):
        apply_screening(survey=survey, by=edi, now=NOW, seen=seen)


def test_the_earlier_of_two_outcomes_does_not_undo_the_later(survey, edi):
    first = apply(survey, edi)
    Survey.objects.filter(pk=survey.pk).update(cut_by="mean", cut_off=1)
    survey.refresh_from_db()
    second = apply(survey, edi)
    assert statuses(survey) == [ADOPTED, ADOPTED, CANDIDATE]
    view = undo_screening(outcome=first, by=edi, now=NOW)
    assert len(view.changed) == 1
    assert statuses(survey) == [CANDIDATE, ADOPTED, CANDIDATE]
    undo_screening(outcome=second, by=edi, now=NOW)
    assert statuses(survey) == [CANDIDATE, DROPPED, CANDIDATE]


def test_a_kpi_saved_since_it_was_read_is_refused(survey, edi):
    kpi = survey.scorecard.kpis.first()
    KPI.objects.filter(pk=kpi.pk).update(version=5)
    with pytest.raises(EditConflict):
        set_kpi_status(kpi=kpi, status=DROPPED, reason="", by=edi)


def test_changes_need_as_many_queries_for_more(survey, flat_queries):
    def grow() -> None:
        builders.add_candidates(survey, factories.perspective(survey.scorecard), 3)
        send(survey, [5, 1, 5, 5, 1, 1])

    flat_queries(lambda: screening_changes(Survey.objects.get()), grow)


def test_outcomes_need_as_many_queries_for_more(survey, edi, flat_queries):
    undo_screening(outcome=apply(survey, edi), by=edi, now=NOW)
    flat_queries(lambda: outcome_views(survey), lambda: apply(survey, edi))


# -- Many at once


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_r6_twenty_presses_apply_once(survey, edi, tmp_path):
    seen = screening_changes(survey).seen

    def press() -> int:
        own = Survey.objects.select_related("scorecard").get(pk=survey.pk)
        return apply_screening(survey=own, by=edi, now=timezone.now(), seen=seen).pk

    assert len(set(at_once(tmp_path, [press] * 20))) == 1
    assert survey.outcomes.count() == 1
    assert statuses(survey) == [ADOPTED, DROPPED, CANDIDATE]
    assert set(survey.scorecard.kpis.values_list("version", flat=True)) == {1, 2}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_r6_twenty_presses_undo_once(survey, edi, tmp_path):
    outcome = apply(survey, edi)

    def press() -> int:
        own = ScreeningOutcome.objects.select_related("survey__scorecard").get(pk=outcome.pk)
        return len(undo_screening(outcome=own, by=edi, now=timezone.now()).restored)

    assert at_once(tmp_path, [press] * 20) == [2] * 20
    assert statuses(survey) == [CANDIDATE] * 3
    assert sorted(survey.scorecard.kpis.values_list("version", flat=True)) == [1, 3, 3]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_r6_twenty_presses_take_a_proposal_over_once(survey, edi, tmp_path):
    proposal = propose(send(survey, [4, 4, 4]))
    objective = survey.scorecard.objectives.get()

    def press() -> int:
        own = CandidateProposal.objects.get(pk=proposal.pk)
        fields = {"name": "Pesanan WhatsApp", "definition": ""}
        return take_proposal(proposal=own, objective=objective, by=edi, **fields).pk

    assert len(set(at_once(tmp_path, [press] * 20))) == 1
    assert survey.scorecard.kpis.count() == 4


@pytest.mark.django_db(transaction=True)
def test_one_applies_while_another_edits_and_deletes(survey, edi, tmp_path):
    """Whoever comes second is told; no KPI ends half changed."""
    seen = screening_changes(survey).seen
    first, second, _third = survey.scorecard.kpis.order_by("pk")

    def press() -> str:
        own = Survey.objects.select_related("scorecard").get(pk=survey.pk)
        try:
            apply_screening(survey=own, by=edi, now=timezone.now(), seen=seen)
        except ScreeningChanged:
            return "looked again"
        return "applied"

    def edit(kpi: KPI, act: partial) -> str:
        try:
            act()
        except EditConflict:
            return "told"
        return "edited"

    acts = [
        press,
        partial(
            edit,
            first,
            partial(set_kpi_status, kpi=first, status=DROPPED, reason="Tangan", by=edi),
        ),
        partial(edit, second, partial(delete_design, part=second, seen=1, by=edi)),
    ]
    said = Counter(at_once(tmp_path, acts))
    assert said in (
        {"applied": 1, "told": 2},
        {"looked again": 1, "edited": 2},
        {"looked again": 1, "edited": 1, "told": 1},
        {"applied": 1, "edited": 1, "told": 1},
    )
    assert ("applied" in said) == (survey.outcomes.count() == 1)
