"""How long ago a moment was that is written down, on a machine whose clock may have been set."""

from datetime import datetime, timedelta

_NO_TIME = timedelta(0)


def is_within(span: timedelta, *, since: datetime, now: datetime) -> bool:
    """Whether less than a span has gone by since a moment.

    A moment that is still to come was written by a clock that has been put right: who waits for
    the span to end would wait for that moment first, so it counts as gone by.
    """
    return _NO_TIME <= now - since < span


def seconds_since(moment: datetime, *, now: datetime) -> float:
    """How many seconds ago a moment was; 0 for one that is still to come."""
    return max(_NO_TIME, now - moment).total_seconds()
