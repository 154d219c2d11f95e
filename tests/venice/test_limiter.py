"""Twenty images a minute and model, first come first served, until answers say otherwise."""

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.venice.errors import RateLimited
from bot.venice.headers import RateLimits
from bot.venice.limiter import WINDOW_S, RateLimiter
from tests.clock import FakeClock
from tests.venice.factories import SkippingClock, settle

START_S = SkippingClock().monotonic()


async def leave(limiter: RateLimiter, clock: SkippingClock, lane: str = "m") -> float:
    async with limiter.passage(lane):
        return clock.monotonic() - START_S


async def test_twenty_leave_at_once_and_the_next_a_minute_later() -> None:
    clock = SkippingClock()
    limiter = RateLimiter(clock)
    moments = [await leave(limiter, clock) for _ in range(41)]
    assert moments == [0] * 20 + [WINDOW_S] * 20 + [2 * WINDOW_S]


async def test_each_model_has_its_own_minute() -> None:
    clock = SkippingClock()
    limiter = RateLimiter(clock, images_per_minute=1)
    assert await leave(limiter, clock, "one") == 0
    assert await leave(limiter, clock, "other") == 0
    assert await leave(limiter, clock, "one") == WINDOW_S


async def test_who_came_first_leaves_first() -> None:
    clock = FakeClock()
    limiter = RateLimiter(clock, images_per_minute=2)
    left: list[int] = []

    async def leave_as(number: int) -> None:
        async with limiter.passage("m"):
            left.append(number)

    async with asyncio.TaskGroup() as group:
        for number in range(5):
            group.create_task(leave_as(number))
        await settle()
        assert left == [0, 1]
        clock.move(WINDOW_S)
        await settle()
        assert left == [0, 1, 2, 3]
        clock.move(WINDOW_S)
    assert left == [0, 1, 2, 3, 4]


async def test_who_gives_up_waiting_takes_nobodys_place() -> None:
    clock = FakeClock()
    limiter = RateLimiter(clock, images_per_minute=1)
    async with limiter.passage("m"):
        pass
    left: list[str] = []

    async def leave_as(name: str) -> None:
        async with limiter.passage("m"):
            left.append(name)

    async with asyncio.TaskGroup() as group:
        impatient = group.create_task(leave_as("impatient"))
        group.create_task(leave_as("patient"))
        await settle()
        impatient.cancel()
        await settle()
        clock.move(WINDOW_S)
    assert left == ["patient"]


async def test_a_turn_too_far_off_is_refused_and_says_when_to_come_back() -> None:
    clock = SkippingClock()
    limiter = RateLimiter(clock, images_per_minute=1, longest_wait_s=30)
    await leave(limiter, clock)
    with pytest.raises(RateLimited) as refused:
        await leave(limiter, clock)
    assert refused.value.retry_after_s == WINDOW_S
    assert clock.waits_s == []


async def test_a_higher_limit_is_learned_even_by_those_who_wait() -> None:
    clock = FakeClock()
    limiter = RateLimiter(clock, images_per_minute=1)
    left: list[int] = []

    async def leave_as(number: int) -> None:
        async with limiter.passage("m"):
            left.append(number)

    async with asyncio.TaskGroup() as group, limiter.passage("m") as passage:
        group.create_task(leave_as(1))
        await settle()
        assert left == []
        passage.learn(RateLimits(limit=60))
        await settle()
        assert left == [1]


async def test_what_others_used_of_the_same_key_is_learned() -> None:
    clock = SkippingClock()
    limiter = RateLimiter(clock)
    async with limiter.passage("m") as passage:
        passage.learn(RateLimits(limit=20, remaining=2, resets_in_s=40))
    assert [await leave(limiter, clock) for _ in range(4)] == [0, 0, 40, 40]


async def test_answers_that_overtake_each_other_raise_nothing() -> None:
    clock = SkippingClock()
    limiter = RateLimiter(clock)
    async with limiter.passage("m") as first, limiter.passage("m") as second:
        second.learn(RateLimits(remaining=1, resets_in_s=40))
        first.learn(RateLimits(remaining=2, resets_in_s=40))
    assert await leave(limiter, clock) == 40


async def test_open_requests_count_against_what_is_left() -> None:
    clock = SkippingClock()
    limiter = RateLimiter(clock)
    async with limiter.passage("m") as first, limiter.passage("m"):
        first.learn(RateLimits(remaining=1, resets_in_s=40))
        assert await leave(limiter, clock) == 40


async def test_a_429_closes_the_lane_for_all() -> None:
    clock = SkippingClock()
    limiter = RateLimiter(clock)
    async with limiter.passage("m") as passage:
        passage.close_lane(for_s=12)
        passage.close_lane(for_s=3)
    assert await leave(limiter, clock) == 12
    assert await leave(limiter, clock, "other") == 12


async def test_variants_count_one_each() -> None:
    clock = SkippingClock()
    limiter = RateLimiter(clock, images_per_minute=5)
    async with limiter.passage("m", images=4):
        pass
    assert await leave(limiter, clock) == 0
    async with limiter.passage("m", images=2):
        assert clock.monotonic() - START_S == WINDOW_S


async def test_more_images_at_once_than_a_minute_has_wait_for_an_empty_minute() -> None:
    clock = SkippingClock()
    limiter = RateLimiter(clock, images_per_minute=2)
    await leave(limiter, clock)
    async with limiter.passage("m", images=4):
        assert clock.monotonic() - START_S == WINDOW_S


async def test_who_was_held_up_after_the_limiter_counts_when_it_leaves() -> None:
    clock = SkippingClock()
    limiter = RateLimiter(clock, images_per_minute=1)
    async with limiter.passage("m") as passage:
        clock.skip(50)
        passage.leaves_now()
    assert await leave(limiter, clock) == 50 + WINDOW_S


async def test_who_was_held_up_for_longer_than_a_minute_is_still_counted() -> None:
    clock = SkippingClock()
    limiter = RateLimiter(clock, images_per_minute=1)
    async with limiter.passage("m") as passage:
        clock.skip(100)
        async with limiter.passage("m"):
            passage.leaves_now()
    assert await leave(limiter, clock) == 100 + WINDOW_S


@given(
    limit=st.integers(1, 5),
    pauses_s=st.lists(st.sampled_from([0.0, 0.5, 20.0, 70.0]), min_size=1, max_size=30),
)
def test_no_minute_ever_has_more_than_the_limit(limit: int, pauses_s: Sequence[float]) -> None:
    async def run() -> list[float]:
        clock = SkippingClock()
        limiter = RateLimiter(clock, images_per_minute=limit, longest_wait_s=10**6)
        moments = []
        for pause_s in pauses_s:
            clock.skip(pause_s)
            moments.append(await leave(limiter, clock))
        return moments

    moments = asyncio.run(run())
    for begin in moments:
        assert sum(begin <= moment < begin + 60 for moment in moments) <= limit


async def test_the_tokens_are_what_would_be_let_through_now() -> None:
    clock = SkippingClock()
    limiter = RateLimiter(clock, images_per_minute=3)
    assert limiter.tokens() == {}
    async with limiter.passage("m", images=2) as passage:
        assert limiter.tokens() == {"m": 1}
        passage.learn(RateLimits(limit=10, remaining=4, resets_in_s=30))
        assert limiter.tokens() == {"m": 4}
        passage.close_lane(for_s=5)
        assert limiter.tokens() == {"m": 0}
    clock.skip(WINDOW_S)
    assert limiter.tokens() == {"m": 10}
