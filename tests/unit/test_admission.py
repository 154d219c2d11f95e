"""Who is let in: cooldowns, and how long the queue may be."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import ImageId
from bot.domain.jobs.admission import (
    AdmissionLimits,
    AskedTooSoon,
    OwnQueueFull,
    PausedAfterFailures,
    QueueFull,
    QueueLength,
    overflow,
    too_soon,
)
from bot.domain.jobs.cooldown import (
    FAILURES_WITHIN,
    MOST_FAILURES,
    NO_REQUESTS,
    PAUSED_FOR,
    Conduct,
    after_failure,
    has_failed,
    pause_end,
)
from bot.domain.jobs.failure import FailureReason, ImageFailure
from bot.domain.jobs.job import ImageState, JobImage

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
LIMITS = AdmissionLimits(jobs=10, jobs_of_member=3, pause=timedelta(seconds=20))


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def after_failures(*at_s: float) -> Conduct:
    conduct = NO_REQUESTS
    for second in at_s:
        conduct = after_failure(conduct, now=NOON + seconds(second))
    return conduct


def test_the_tenth_failing_request_in_a_minute_pauses_for_a_minute() -> None:
    nine, ten = after_failures(*range(9)), after_failures(*range(10))

    assert too_soon(nine, LIMITS, now=NOON + seconds(9)) is None
    refusal = too_soon(ten, LIMITS, now=NOON + seconds(9))
    assert isinstance(refusal, PausedAfterFailures)
    assert refusal.until == NOON + seconds(9) + PAUSED_FOR
    assert too_soon(ten, LIMITS, now=refusal.until) is None


def test_the_failures_that_led_to_a_pause_do_not_lead_to_the_next() -> None:
    conduct = after_failures(*range(10), 70)

    assert pause_end(conduct, now=NOON + seconds(70)) is None


def test_failures_that_are_spread_out_pause_nobody() -> None:
    conduct = after_failures(*(number * 7 for number in range(30)))

    assert conduct.paused_until is None


@given(st.lists(st.floats(0, 30), max_size=40))
def test_a_pause_comes_after_ten_failures_in_a_minute_and_never_otherwise(
    gaps_s: list[float],
) -> None:
    now, since_pause = NOON, list[datetime]()
    conduct = NO_REQUESTS
    for gap_s in gaps_s:
        now += seconds(gap_s)
        since_pause = [at for at in since_pause if now - at < FAILURES_WITHIN] + [now]
        before, conduct = conduct, after_failure(conduct, now=now)
        assert len(conduct.failed_at) < MOST_FAILURES
        if len(since_pause) == MOST_FAILURES:
            assert conduct.paused_until == now + PAUSED_FOR
            since_pause = []
        else:
            assert conduct.paused_until == before.paused_until


def test_a_clock_that_was_put_back_pauses_nobody_for_long() -> None:
    conduct = Conduct(last_request_at=NOON, paused_until=NOON + PAUSED_FOR)
    yesterday = NOON - timedelta(days=1)

    assert too_soon(conduct, LIMITS, now=yesterday) is None


@pytest.mark.parametrize(("passed_s", "waits"), [(0, True), (19.9, True), (20, False)])
def test_there_is_a_pause_between_requests(passed_s: float, waits: bool) -> None:
    conduct = Conduct(last_request_at=NOON)
    refusal = too_soon(conduct, LIMITS, now=NOON + seconds(passed_s))

    if waits:
        assert isinstance(refusal, AskedTooSoon)
        assert refusal.again_at == NOON + seconds(20)
    else:
        assert refusal is None


def test_without_a_pause_nobody_waits() -> None:
    limits = AdmissionLimits(jobs=10, jobs_of_member=3)

    assert too_soon(Conduct(last_request_at=NOON), limits, now=NOON) is None


@pytest.mark.parametrize(
    ("length", "refusal"),
    [
        (QueueLength(9, 2), None),
        (QueueLength(10, 2), QueueFull),
        (QueueLength(9, 3), OwnQueueFull),
        (QueueLength(10, 3), OwnQueueFull),
    ],
)
def test_the_queue_has_limits(length: QueueLength, refusal: type[Exception] | None) -> None:
    found = overflow(length, LIMITS, new=1)

    assert found is None if refusal is None else isinstance(found, refusal)


@pytest.mark.parametrize(
    ("reason", "counts"),
    [
        (FailureReason.REJECTED, True),
        (FailureReason.CONTENT_VIOLATION, True),
        (FailureReason.RULES_CHANGED, True),
        (FailureReason.UNREACHABLE, False),
        (FailureReason.OUT_OF_FUNDS, False),
        (FailureReason.INTERNAL, False),
    ],
)
def test_only_what_the_request_has_caused_counts_as_failing(
    reason: FailureReason, counts: bool
) -> None:
    failed = JobImage(
        id=ImageId("a"), position=0, seed=1, state=ImageState.FAILED, failure=ImageFailure(reason)
    )
    shown = JobImage(id=ImageId("b"), position=1, seed=2, state=ImageState.DELIVERED)

    assert has_failed((failed, shown)) == counts
    assert not has_failed((shown,))
