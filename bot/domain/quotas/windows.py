"""Windows: the spans of time that limits count in.

Calendar windows end at local midnight in the server's time zone, so a day has 23 or 25 hours
where the clocks change. Rolling windows are the last so many hours. Usage is kept in buckets of
15 minutes; every time zone's midnight falls on the edge of one (since 1972), and a rolling window
that begins inside a bucket counts the whole of it, which errs to the strict side.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

BUCKET = timedelta(minutes=15)
"""How finely usage is kept."""

MAX_ROLLING_HOURS = 744
"""The longest rolling window: 31 days."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class WindowUnit(StrEnum):
    """What a window is measured in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    HOURS = "hours"


@dataclass(frozen=True, slots=True, order=True)
class WindowKind:
    """A calendar day, ISO week or month, or, with `hours`, the last so many hours."""

    unit: WindowUnit
    hours: int = 0


DAY = WindowKind(WindowUnit.DAY)
WEEK = WindowKind(WindowUnit.WEEK)
MONTH = WindowKind(WindowUnit.MONTH)


def rolling(hours: int) -> WindowKind:
    """The last so many hours."""
    return WindowKind(WindowUnit.HOURS, hours)


@dataclass(frozen=True, slots=True)
class Window:
    """A span of time that a limit counts in, from `start` up to but not including `end`, in UTC."""

    start: datetime
    end: datetime
    kind: WindowKind = DAY


def bucket_of(moment: datetime) -> datetime:
    """The start of the bucket that a moment falls in, in UTC."""
    since = moment.astimezone(UTC) - _EPOCH
    return _EPOCH + since // BUCKET * BUCKET


def window_at(kind: WindowKind, now: datetime, zone: tzinfo) -> Window:
    """The window of a kind that `now` falls in. A rolling one ends with the present bucket."""
    match kind.unit:
        case WindowUnit.HOURS:
            start = bucket_of(now - timedelta(hours=kind.hours))
            return Window(start, bucket_of(now) + BUCKET, kind)
        case WindowUnit.DAY:
            first = _local_date(now, zone)
            return _calendar(kind, first, first + timedelta(days=1), zone)
        case WindowUnit.WEEK:
            today = _local_date(now, zone)
            first = today - timedelta(days=today.weekday())
            return _calendar(kind, first, first + timedelta(days=7), zone)
        case WindowUnit.MONTH:
            first = _local_date(now, zone).replace(day=1)
            beyond = first + timedelta(days=31)
            return _calendar(kind, first, beyond.replace(day=1), zone)


def resets_at(window: Window, oldest: datetime | None) -> datetime:
    """When something of a window is free again.

    A calendar window is free as a whole at its end; a rolling one begins to be when the bucket
    that holds its `oldest` usage has left it.
    """
    if window.kind.unit is not WindowUnit.HOURS or oldest is None:
        return window.end
    return oldest + BUCKET + timedelta(hours=window.kind.hours)


def _calendar(kind: WindowKind, first: date, beyond: date, zone: tzinfo) -> Window:
    return Window(_midnight(first, zone), _midnight(beyond, zone), kind)


def _midnight(day: date, zone: tzinfo) -> datetime:
    """The first midnight of a local date; where the clocks skip it, the moment they do so."""
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def _local_date(now: datetime, zone: tzinfo) -> date:
    """The date whose midnights enclose a moment.

    Where clocks were set back across midnight, the hour that repeats belongs to the new date.
    """
    day = now.astimezone(zone).date()
    return day + timedelta(days=1) if now >= _midnight(day + timedelta(days=1), zone) else day
