"""When an expert gave an answer, however long it waited on his phone for a network."""

from datetime import datetime, timedelta

from surveys.models import Response

MILLISECOND = timedelta(milliseconds=1)


def given_after(response: Response, now: datetime, waited: int | None) -> int | None:
    """Milliseconds from the start of a response to an answer that arrives ``now``.

    ``waited``: how long it lay on the device, by that device's clock: a wrong clock is as wrong at
    both ends. None where the device doesn't say, and where it can't be true.
    """
    if waited is None:
        return None
    after = (now - response.started_at) // MILLISECOND - waited
    return after if after >= 0 else None


def given_at(started_at: datetime | None, after: int | None) -> datetime | None:
    """The moment that `given_after` stands for."""
    if started_at is None or after is None:
        return None
    return started_at + after * MILLISECOND
