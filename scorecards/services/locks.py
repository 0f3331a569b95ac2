"""One writer at a time for what concerns a whole scorecard: codes, order, links, weights."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from scorecards.models import Scorecard


@contextmanager
def locked(scorecard: Scorecard) -> Iterator[None]:
    """Hold the scorecard's row until the block has ended and is committed.

    What was validated inside the block is still true when it is saved: no two writers can
    both find a code free, or close a cycle with one link each.
    """
    with transaction.atomic():
        # The row is fetched for its lock alone; filter() lets a deleted one pass by.
        list(Scorecard.objects.select_for_update().filter(pk=scorecard.pk).values_list("pk"))
        yield


def lock_periods(scorecard: Scorecard) -> None:
    """Hold all periods of a scorecard until the transaction ends: nothing is entered meanwhile."""
    list(scorecard.periods.select_for_update().order_by("pk").values_list("pk"))
