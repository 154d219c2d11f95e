"""How long ago something was, where the clock may have been set meanwhile."""

from datetime import timedelta

from bot.domain.elapsed import is_within, seconds_since
from bot.domain.jobs.cooldown import MOST_FAILURES, NO_REQUESTS, after_failure
from tests.clock import NOON

HOUR = timedelta(hours=1)


def test_a_span_ends_when_it_is_over() -> None:
    assert is_within(HOUR, since=NOON, now=NOON)
    assert is_within(HOUR, since=NOON, now=NOON + HOUR - timedelta.resolution)
    assert not is_within(HOUR, since=NOON, now=NOON + HOUR)


def test_nobody_waits_for_a_moment_that_is_still_to_come() -> None:
    assert not is_within(HOUR, since=NOON + timedelta.resolution, now=NOON)
    assert seconds_since(NOON + HOUR, now=NOON) == 0


def test_failures_of_a_clock_that_was_set_back_do_not_add_up() -> None:
    conduct = NO_REQUESTS
    for _ in range(MOST_FAILURES - 1):
        conduct = after_failure(conduct, now=NOON + 2 * HOUR)

    assert after_failure(conduct, now=NOON).paused_until is None
