"""No page shows rows in an order that is chance: the watch of tests/ordering.py finds them."""

import pytest
from django.db.models import Count, QuerySet

from organizations.models import User
from scorecards.models import KPI, Period, Scorecard
from tests import factories
from tests.ordering import OrderNotSaid, checked

pytestmark = pytest.mark.django_db


@pytest.fixture
def scorecard(org) -> Scorecard:
    return factories.scorecard(org)


# As Home had it until its newest index stood beside its oldest month.
OF_HOME = Period.objects.annotate(filled=Count("measurements", distinct=True))

LEFT_TO_CHANCE = [
    OF_HOME,
    User.objects.all(),  # has no ordering of its own
    Period.objects.order_by("-start"),  # two scorecards begin on the same day
    Period.objects.order_by("scorecard__name", "-start")[:1],
    KPI.objects.filter(pk__in=Period.objects.order_by("-start").values("pk")[:1]),
    KPI.objects.values("status").annotate(count=Count("pk")),
    KPI.objects.values_list("code").order_by("code"),
    KPI.objects.values_list("code", "name").order_by("code").distinct(),
    KPI.objects.order_by().union(KPI.objects.filter(code="").order_by()),
]
SAID = [
    OF_HOME.order_by("-start", "-pk"),
    OF_HOME.order_by(),
    Period.objects.all(),  # has an ordering that ends with its key
    Period.objects.order_by("-start", "-pk")[:1],
    KPI.objects.filter(pk__in=Period.objects.order_by("-start", "-pk").values("pk")[:1]),
    User.objects.order_by("pk"),
    KPI.objects.values("status").annotate(count=Count("pk")).order_by("status"),
    KPI.objects.values_list("code").order_by("code").distinct(),
    KPI.objects.values_list("pk", flat=True),
    KPI.objects.order_by().union(KPI.objects.filter(code="").order_by()).order_by("pk"),
]


@pytest.mark.parametrize("rows", LEFT_TO_CHANCE)
def test_chance_is_found(rows: QuerySet, scorecard):
    with pytest.raises(OrderNotSaid), checked("here"):
        list(rows.all())


@pytest.mark.parametrize("rows", SAID)
def test_a_total_order_passes(rows: QuerySet, scorecard):
    with checked("here"):
        list(rows.all())


def test_what_has_no_order_passes(scorecard):
    """Counting, asking whether there is one, one by its key, and writing."""
    with checked("here"):
        OF_HOME.count()
        OF_HOME.exists()
        OF_HOME.aggregate(Count("pk"))
        assert Scorecard.objects.annotate(count=Count("kpis")).get(pk=scorecard.pk).count == 0
        Period.objects.filter(scorecard__name="").update(version=2)
        factories.period(scorecard).delete()


def test_tests_may_read_as_they_like(scorecard):
    """Only what the apps ask is watched, in every test."""
    for rows in LEFT_TO_CHANCE:
        list(rows.all())
