"""The demo data keep the rules that people's own scorecards are asked to keep."""

import pytest

from scorecards import calendar
from scorecards.models import Period, Scorecard
from scorecards.selectors.map import map_page
from surveys.demo.load import load_demo

pytestmark = pytest.mark.django_db


def test_demo_has_whole_periods_and_arrows_that_lead_upward() -> None:
    load_demo()

    maps = [map_page(scorecard) for scorecard in Scorecard.objects.all()]
    arrows = [arrow for page in maps if page.layout for arrow in page.layout.arrows]
    assert arrows
    assert not [arrow.link for arrow in arrows if arrow.downward]
    periods = list(Period.objects.select_related("scorecard"))
    assert periods
    assert all(
        calendar.is_whole(each.start, each.end, each.scorecard.frequency) for each in periods
    )
