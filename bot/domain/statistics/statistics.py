"""Statistics: which spans of time they count in, and what was counted.

Usage is kept in quarters of an hour, in UTC: the midnight of every time zone in use falls on one,
so that days and weeks are exact in all of them, days of 23 and 25 hours included.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from bot.domain.ids import ModelId, UserId
from bot.domain.money import UsdMicros

QUARTER_S = 900


class Period(StrEnum):
    """How far statistics look back, the present day included."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Grain(StrEnum):
    """What one bar of a chart counts."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Topic(StrEnum):
    """What a chart shows."""

    IMAGES = "images"
    MODELS = "models"
    MEMBERS = "members"
    COST = "cost"


class Whose(StrEnum):
    """Whose pictures are counted."""

    ME = "me"
    SERVER = "server"


@dataclass(frozen=True, slots=True)
class StatisticsQuery:
    """What a member wants to see."""

    topic: Topic
    whose: Whose
    period: Period


def query_target(query: StatisticsQuery) -> str:
    """A query as a button carries it."""
    return f"{query.topic}-{query.whose}-{query.period}"


def read_query_target(target: str) -> StatisticsQuery | None:
    """The query that a button carries; None if it is of another version of the bot."""
    try:
        topic, whose, period = target.split("-")
        return StatisticsQuery(Topic(topic), Whose(whose), Period(period))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Spans that follow one another without a gap.

    Attributes:
        grain: what each span is.
        days: the first day of each span, in the reader's time zone.
        today: the present day there, which the last span has not gone beyond yet.
        edges: where each span begins, and after them where the last one ends, in quarters of an
            hour since 1970.
    """

    grain: Grain
    days: tuple[date, ...]
    today: date
    edges: tuple[int, ...]


def timeline(period: Period, now: datetime, zone: tzinfo) -> Timeline:
    """The days, weeks (from Monday) or months of a period that ends with the present one."""
    grain, count, first_of, following = _SHAPES[period]
    today = now.astimezone(zone).date()
    days = [first_of(today)]
    while len(days) < count:
        days.append(first_of(days[-1] - timedelta(days=1)))
    days.reverse()
    edges = tuple(quarter_of(_midnight(day, zone)) for day in (*days, following(days[-1])))
    return Timeline(grain, tuple(days), today, edges)


def span_of(line: Timeline, zone: tzinfo) -> tuple[datetime, datetime]:
    """When a timeline begins and ends, in a time zone."""
    first, *_, last = line.edges
    start, end = (datetime.fromtimestamp(edge * QUARTER_S, zone) for edge in (first, last))
    return start, end


def quarter_of(moment: datetime) -> int:
    """The quarter of an hour that a moment falls in, counted from 1970 in UTC."""
    return int(moment.timestamp()) // QUARTER_S


def _midnight(day: date, zone: tzinfo) -> datetime:
    """When a day begins; where clocks skip midnight, that is when they do."""
    return datetime.combine(day, time(), zone)


def _same(day: date) -> date:
    return day


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _first_of_month(day: date) -> date:
    return day.replace(day=1)


def _next_day(day: date) -> date:
    return day + timedelta(days=1)


def _next_week(day: date) -> date:
    return day + timedelta(days=7)


def _next_month(day: date) -> date:
    return _first_of_month(day + timedelta(days=31))


_SHAPES: dict[Period, tuple[Grain, int, Callable[[date], date], Callable[[date], date]]] = {
    Period.WEEK: (Grain.DAY, 7, _same, _next_day),
    Period.MONTH: (Grain.DAY, 30, _same, _next_day),
    Period.QUARTER: (Grain.WEEK, 13, _monday, _next_week),
    Period.YEAR: (Grain.MONTH, 12, _first_of_month, _next_month),
}


@dataclass(frozen=True, slots=True)
class ModelCount:
    """What one model painted in one span, the first being number 0."""

    span: int
    model: ModelId
    images: int
    usd_micros: UsdMicros


@dataclass(frozen=True, slots=True)
class ModelSeries:
    """What one model painted, span by span; `name` is as members know it."""

    name: str
    images: tuple[int, ...]
    usd_micros: tuple[UsdMicros, ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """What was painted in a period; models by their images, most first.

    `members` is how many members painted, span by span, and `total_members` how many in all; None
    where one member is counted. `with_cost` is whether the reader may see money.
    """

    whose: Whose
    period: Period
    timeline: Timeline
    models: tuple[ModelSeries, ...]
    members: tuple[int, ...] | None
    total_members: int | None
    with_cost: bool

    @property
    def topics(self) -> tuple[Topic, ...]:
        """What there is to show."""
        return tuple(self._topics())

    @property
    def images(self) -> tuple[int, ...]:
        """Images, span by span."""
        return self._sums([series.images for series in self.models])

    @property
    def usd_micros(self) -> tuple[UsdMicros, ...]:
        """What was paid, span by span."""
        return tuple(map(UsdMicros, self._sums([series.usd_micros for series in self.models])))

    def _topics(self) -> Iterator[Topic]:
        yield Topic.IMAGES
        yield Topic.MODELS
        if self.members is not None:
            yield Topic.MEMBERS
        if self.with_cost:
            yield Topic.COST

    def _sums(self, rows: list[tuple[int, ...]] | list[tuple[UsdMicros, ...]]) -> tuple[int, ...]:
        return tuple(sum(row[span] for row in rows) for span in range(len(self.timeline.days)))


@dataclass(frozen=True, slots=True)
class Spending:
    """What one member spent on one model; `user_id` is None for members whose data is deleted.

    `images` are those the member was shown; `usd_micros` is what the server paid, which includes
    what was billed and could not be shown.
    """

    user_id: UserId | None
    model: ModelId
    images: int
    usd_micros: UsdMicros
