"""The ranking of the KPIs while one perspective's weight goes from 0 to 1."""

import pytest
from django.urls import reverse

from scorecards.models import KPI
from surveys.demo.bayat import make_bayat
from surveys.selectors.results import survey_results
from surveys.selectors.sensitivity import weight_sensitivity
from tests import factories
from tests.surveys import builders
from tests.surveys.sent import send


@pytest.fixture
def bayat(org, alice):
    return make_bayat(org, alice).surveys.get(kind="pairwise")


def ranking(lines, weight):
    return [line.code for line in sorted(lines, key=lambda line: -line.at(weight))]


def test_lines_meet_the_present_weights(bayat):
    results = survey_results(bayat)
    found = weight_sensitivity(results)
    assert [each.code for each in found] == ["CK", "CV", "CI", "CS"]
    for each in found:
        assert [line.code for line in each.lines] == [leaf.code for leaf in results.hierarchy]
        assert [line.rank for line in each.lines] == list(range(1, 12))
        for line, leaf in zip(each.lines, results.hierarchy, strict=True):
            assert line.now == pytest.approx(leaf.overall, abs=1e-12)
            assert line.at(each.weight) == pytest.approx(leaf.overall, abs=1e-12)
            assert line.is_own == (leaf.perspective == each.label)
            assert (line.at_zero == 0) == line.is_own
        for weight in (0, 0.3, 1):
            assert sum(line.at(weight) for line in each.lines) == pytest.approx(1)


def test_the_ranking_changes_at_the_points_and_nowhere_else(bayat):
    changes_seen = 0
    for each in weight_sensitivity(survey_results(bayat)):
        for change in each.changes:
            before, after = change.weight - 1e-6, change.weight + 1e-6
            rising, falling = change.rising, change.falling
            assert rising.at(before) < falling.at(before)
            assert rising.at(after) > falling.at(after)
            is_first = ranking(each.lines, before)[0] != ranking(each.lines, after)[0]
            assert change.is_first == is_first
            changes_seen += 1
        edges = [0.0, *(change.weight for change in each.changes), 1.0]
        for low, high in zip(edges, edges[1:], strict=False):
            if high - low > 1e-5:
                same = {tuple(ranking(each.lines, at)) for at in (low + 2e-6, high - 2e-6)}
                assert len(same) == 1
        assert each.stable_from <= each.weight <= each.stable_to
        assert not [c for c in each.changes if each.stable_from < c.weight < each.stable_to]
        told = [(first.weight, *first.holders) for first in each.first_changes]
        assert told == [(pytest.approx(c.weight), c.rising) for c in each.changes if c.is_first]
    assert changes_seen > 20


def test_those_who_share_the_first_place_are_told_once(client_for, edi, org):
    made = builders.survey(org, (2, 2))
    send(made, [1], [1])
    first, _second = weight_sensitivity(survey_results(made))
    assert len(first.changes) == 4
    [change] = first.first_changes
    assert change.weight == pytest.approx(0.5)
    assert [line.is_own for line in change.holders] == [True, True]
    page = client_for(edi).get(reverse("surveys:sensitivity", args=[org.slug, made.pk]))
    for line in change.holders:
        told = f'<span class="code">{line.code}</span> {line.label}'
        assert told in page.content.decode()


def test_perspectives_that_were_not_compared_count_equally_here_too(org):
    made = builders.survey(org, (2, 2))
    send(made, [3], [1])
    first, second = weight_sensitivity(survey_results(made))
    assert (first.weight, second.weight) == (0.5, 0.5)
    assert len(first.lines) == 4


def test_one_perspective_alone_has_nothing_to_vary(org):
    made = builders.survey(org, (3,))
    send(made, [3, 1, 1])
    assert weight_sensitivity(survey_results(made)) == ()


def test_a_single_kpi_has_the_whole_of_its_perspective(org):
    made = builders.survey(org, (2,))
    send(made, [3])
    alone = factories.objective(factories.perspective(made.scorecard, name="Sendiri"))
    kpi = factories.kpi(alone, status=KPI.Status.ADOPTED, name="Satu-satunya")
    results = survey_results(made)
    first = results.hierarchy[0]
    assert (first.kpi, first.label, first.overall) == (kpi, "Satu-satunya", 0.5)
    assert [each.label for each in weight_sensitivity(results)] == ["Bagian 1", "Sendiri"]


def test_without_weights_there_is_nothing_to_vary(org):
    assert weight_sensitivity(survey_results(builders.survey(org, (2, 2)))) == ()
