"""In which spans statistics count, and what buttons carry."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, product
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.money import UsdMicros
from bot.domain.statistics.statistics import (
    Grain,
    ModelSeries,
    Period,
    Statistics,
    StatisticsQuery,
    Topic,
    Whose,
    quarter_of,
    query_target,
    read_query_target,
    timeline,
)
from bot.ui.parts.actions import VERSION

THURSDAY = datetime(2026, 5, 21, 12, tzinfo=UTC)
ROME = ZoneInfo("Europe/Rome")
HOUR = 4
"""In quarters."""

zones = st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"})).map(ZoneInfo)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


def hours(period: Period, now: datetime, zone: ZoneInfo = ROME) -> list[float]:
    edges = timeline(period, now, zone).edges
    return [(end - start) / HOUR for start, end in pairwise(edges)]


def test_a_week_is_seven_days_with_today_the_last() -> None:
    line = timeline(Period.WEEK, THURSDAY, ROME)

    assert line.grain is Grain.DAY
    assert line.days == tuple(date(2026, 5, day) for day in range(15, 22))
    assert line.today == date(2026, 5, 21)


def test_a_quarter_is_thirteen_weeks_from_monday() -> None:
    line = timeline(Period.QUARTER, THURSDAY, ROME)

    assert line.grain is Grain.WEEK
    assert len(line.days) == 13
    assert line.days[-1] == date(2026, 5, 18)
    assert {day.weekday() for day in line.days} == {0}


def test_a_year_is_twelve_months() -> None:
    line = timeline(Period.YEAR, THURSDAY, ROME)

    assert line.grain is Grain.MONTH
    assert line.days[0] == date(2025, 6, 1)
    assert line.days[-1] == date(2026, 5, 1)


def test_a_day_begins_at_midnight_where_the_reader_is() -> None:
    late = datetime(2026, 5, 21, 22, 30, tzinfo=UTC)

    assert timeline(Period.WEEK, late, ROME).today == date(2026, 5, 22)
    assert timeline(Period.WEEK, late, ZoneInfo("UTC")).today == date(2026, 5, 21)
    in_nepal = timeline(Period.WEEK, late, ZoneInfo("Asia/Kathmandu"))
    assert in_nepal.edges[-1] == quarter_of(datetime(2026, 5, 22, 18, 15, tzinfo=UTC))


def test_the_day_on_which_clocks_go_forward_has_23_hours() -> None:
    assert hours(Period.WEEK, datetime(2026, 3, 30, 12, tzinfo=UTC)) == [24] * 5 + [23, 24]


def test_the_day_on_which_clocks_go_back_has_25_hours() -> None:
    assert hours(Period.WEEK, datetime(2026, 10, 25, 12, tzinfo=UTC)) == [24] * 6 + [25]


def test_where_clocks_skip_midnight_the_day_begins_when_they_do() -> None:
    line = timeline(Period.WEEK, datetime(2026, 4, 25, tzinfo=UTC), ZoneInfo("Africa/Cairo"))

    assert quarter_of(datetime(2026, 4, 23, 22, tzinfo=UTC)) in line.edges


@given(period=st.sampled_from(Period), now=moments, zone=zones)
def test_the_last_span_has_the_present_moment(
    period: Period, now: datetime, zone: ZoneInfo
) -> None:
    line = timeline(period, now, zone)

    assert line.edges[-2] <= quarter_of(now) < line.edges[-1]
    assert len(line.edges) == len(line.days) + 1
    assert line.days[-1] <= line.today


@given(period=st.sampled_from(Period), now=moments, zone=zones)
def test_spans_follow_one_another(period: Period, now: datetime, zone: ZoneInfo) -> None:
    line = timeline(period, now, zone)

    assert list(line.edges) == sorted(set(line.edges))
    assert list(line.days) == sorted(set(line.days))


@given(now=moments, zone=zones)
def test_midnights_fall_on_quarters_of_an_hour(now: datetime, zone: ZoneInfo) -> None:
    first = timeline(Period.WEEK, now, zone).edges[0]
    before = datetime.fromtimestamp(first * 900, UTC) - timedelta(microseconds=1)

    assert before.astimezone(zone).date() < timeline(Period.WEEK, now, zone).days[0]


@pytest.mark.parametrize(("topic", "whose", "period"), list(product(Topic, Whose, Period)))
def test_a_button_carries_a_whole_query(topic: Topic, whose: Whose, period: Period) -> None:
    query = StatisticsQuery(topic, whose, period)

    assert read_query_target(query_target(query)) == query
    assert len(f"{VERSION}:stats_period:{query_target(query)}") <= 100


@pytest.mark.parametrize("target", ["", "images", "images-me", "images-me-age", "a-b-c-d"])
def test_a_button_of_another_version_is_told(target: str) -> None:
    assert read_query_target(target) is None


def make_statistics(*, members: tuple[int, ...] | None = None, cost: bool = False) -> Statistics:
    return Statistics(
        whose=Whose.SERVER,
        period=Period.WEEK,
        timeline=timeline(Period.WEEK, THURSDAY, UTC),
        models=(
            ModelSeries("Z-Image Turbo", (0, 1, 2, 3, 4, 5, 6), (UsdMicros(10),) * 7),
            ModelSeries("Flux 2 Pro", (1,) * 7, (UsdMicros(30),) * 7),
        ),
        members=members,
        total_members=max(members) if members else None,
        with_cost=cost,
    )


def test_models_add_up() -> None:
    statistics = make_statistics()

    assert statistics.images == (1, 2, 3, 4, 5, 6, 7)
    assert statistics.usd_micros == (40,) * 7


def test_there_is_a_chart_for_what_the_reader_may_see() -> None:
    assert make_statistics().topics == (Topic.IMAGES, Topic.MODELS)
    assert make_statistics(members=(1,) * 7).topics[-1] is Topic.MEMBERS
    assert make_statistics(members=(1,) * 7, cost=True).topics == tuple(Topic)
