"""Windows in every time zone: they touch, they hold the present, they end at midnight."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.quotas.windows import (
    BUCKET,
    DAY,
    MONTH,
    WEEK,
    WindowKind,
    bucket_of,
    resets_at,
    rolling,
    window_at,
)

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = sorted(available_timezones())

zones = st.sampled_from(ZONES).map(ZoneInfo)
calendar_kinds = st.sampled_from((DAY, WEEK, MONTH))
moments = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    timezones=st.just(UTC),
)


@given(calendar_kinds, moments, zones)
def test_every_moment_is_in_its_window_and_windows_touch(
    kind: WindowKind, now: datetime, zone: ZoneInfo
) -> None:
    window = window_at(kind, now, zone)

    assert window.start <= now < window.end
    assert window_at(kind, window.start, zone) == window
    assert window_at(kind, window.end, zone).start == window.end
    last = window_at(kind, window.start - timedelta(microseconds=1), zone)
    assert last.end == window.start


@given(calendar_kinds, moments, zones)
def test_a_window_ends_at_local_midnight_or_where_the_clocks_skip_it(
    kind: WindowKind, now: datetime, zone: ZoneInfo
) -> None:
    end = window_at(kind, now, zone).end
    local, before = end.astimezone(zone), (end - timedelta(minutes=1)).astimezone(zone)

    assert local.time() == time() or local.utcoffset() != before.utcoffset()


def test_in_every_zone_midnight_is_the_edge_of_a_bucket() -> None:
    for name in ZONES:
        now = datetime(2026, 1, 1, tzinfo=UTC)
        for _ in range(400):
            window = window_at(DAY, now, ZoneInfo(name))
            assert bucket_of(window.start) == window.start, name
            now = window.end


@given(moments, st.integers(1, 744))
def test_a_rolling_window_counts_at_least_its_hours_and_at_most_a_bucket_more(
    now: datetime, hours: int
) -> None:
    window = window_at(rolling(hours), now, UTC)

    assert window.start <= now - timedelta(hours=hours) < window.start + BUCKET
    assert window.start <= now < window.end


@given(moments)
def test_a_bucket_holds_its_moment(now: datetime) -> None:
    assert bucket_of(now) <= now < bucket_of(now) + BUCKET
    assert bucket_of(bucket_of(now)) == bucket_of(now)


@pytest.mark.parametrize(
    ("noon", "hours"),
    [
        (datetime(2026, 3, 29, 12, tzinfo=BERLIN), 23),
        (datetime(2026, 10, 25, 12, tzinfo=BERLIN), 25),
    ],
)
def test_a_day_has_23_or_25_hours_where_the_clocks_change(noon: datetime, hours: int) -> None:
    window = window_at(DAY, noon, BERLIN)

    assert window.end - window.start == timedelta(hours=hours)


def test_a_week_begins_on_monday_and_a_month_on_the_first() -> None:
    now = datetime(2026, 5, 20, 12, tzinfo=BERLIN)

    assert window_at(WEEK, now, BERLIN).start == datetime(2026, 5, 18, tzinfo=BERLIN)
    assert window_at(MONTH, now, BERLIN).start == datetime(2026, 5, 1, tzinfo=BERLIN)
    assert window_at(MONTH, now, BERLIN).end == datetime(2026, 6, 1, tzinfo=BERLIN)


def test_where_midnight_is_skipped_the_day_begins_with_the_jump() -> None:
    zone = ZoneInfo("Africa/Cairo")
    window = window_at(DAY, datetime(2026, 4, 24, 12, tzinfo=zone), zone)

    assert window.start.astimezone(zone).time() == time(1)
    assert window.end - window.start == timedelta(hours=23)


def test_a_rolling_window_is_free_again_when_its_oldest_bucket_has_left_it() -> None:
    now = datetime(2026, 5, 20, 12, 7, tzinfo=UTC)
    oldest = bucket_of(now)
    free = resets_at(window_at(rolling(6), now, UTC), oldest)

    assert window_at(rolling(6), free - timedelta(microseconds=1), UTC).start == oldest
    assert window_at(rolling(6), free, UTC).start > oldest


def test_a_calendar_window_is_free_again_at_its_end() -> None:
    window = window_at(DAY, datetime(2026, 5, 20, 12, tzinfo=UTC), UTC)

    assert resets_at(window, window.start) == window.end
