"""A model without room is left alone, and tried again by one request."""

import pytest

from bot.venice.breaker import CircuitBreaker
from bot.venice.errors import CircuitOpen
from tests.venice.factories import SkippingClock


def make_breaker(clock: SkippingClock) -> CircuitBreaker:
    return CircuitBreaker(clock, failures_to_open=3, cool_down_s=30)


def fail(breaker: CircuitBreaker, times: int, *, retry_after_s: float | None = None) -> None:
    for _ in range(times):
        breaker.note_capacity_error("m", retry_after_s=retry_after_s)


def test_it_stays_closed_below_the_limit(clock: SkippingClock) -> None:
    breaker = make_breaker(clock)
    fail(breaker, 2)
    breaker.check("m", is_leaving=True)
    assert not breaker.is_open("m")


def test_it_opens_at_the_limit_for_that_model_alone(clock: SkippingClock) -> None:
    breaker = make_breaker(clock)
    fail(breaker, 3)
    assert breaker.is_open("m")
    with pytest.raises(CircuitOpen) as refused:
        breaker.check("m", is_leaving=False)
    assert refused.value.retry_after_s == 30
    breaker.check("other", is_leaving=True)


def test_a_success_between_starts_the_count_anew(clock: SkippingClock) -> None:
    breaker = make_breaker(clock)
    fail(breaker, 2)
    breaker.note_success("m")
    fail(breaker, 2)
    assert not breaker.is_open("m")


def test_after_the_cool_down_one_request_tries(clock: SkippingClock) -> None:
    breaker = make_breaker(clock)
    fail(breaker, 3)
    clock.skip(30)
    breaker.check("m", is_leaving=False)
    breaker.check("m", is_leaving=True)
    with pytest.raises(CircuitOpen):
        breaker.check("m", is_leaving=True)


def test_the_trys_success_closes_it(clock: SkippingClock) -> None:
    breaker = make_breaker(clock)
    fail(breaker, 3)
    clock.skip(30)
    breaker.check("m", is_leaving=True)
    breaker.note_success("m")
    breaker.check("m", is_leaving=True)
    breaker.check("m", is_leaving=True)


def test_the_trys_failure_opens_it_again_at_once(clock: SkippingClock) -> None:
    breaker = make_breaker(clock)
    fail(breaker, 3)
    clock.skip(35)
    breaker.check("m", is_leaving=True)
    fail(breaker, 1)
    assert breaker.is_open("m")
    clock.skip(29)
    assert breaker.is_open("m")


def test_a_try_that_never_ends_does_not_keep_it_shut(clock: SkippingClock) -> None:
    breaker = make_breaker(clock)
    fail(breaker, 3)
    clock.skip(30)
    breaker.check("m", is_leaving=True)
    clock.skip(30)
    breaker.check("m", is_leaving=True)


def test_it_stays_open_for_as_long_as_the_api_asked(clock: SkippingClock) -> None:
    breaker = make_breaker(clock)
    fail(breaker, 3, retry_after_s=90)
    clock.skip(60)
    assert breaker.is_open("m")
    clock.skip(30)
    assert not breaker.is_open("m")
