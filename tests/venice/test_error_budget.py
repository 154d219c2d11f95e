"""Whatever fails, the API never counts more than twenty failures in thirty seconds."""

import asyncio
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from bot.venice.error_budget import WINDOW_S, ErrorBudget
from tests.clock import FakeClock
from tests.venice.factories import SkippingClock, settle


async def fail(budget: ErrorBudget, status: int = 400) -> None:
    async with budget.passage():
        budget.note(status)


async def test_twenty_failures_pass_and_the_next_request_waits() -> None:
    clock = SkippingClock()
    budget = ErrorBudget(clock)
    for _ in range(20):
        await fail(budget)
    assert clock.waits_s == []
    await fail(budget)
    assert clock.waits_s == [WINDOW_S]


async def test_successes_and_429_cost_nothing() -> None:
    clock = SkippingClock()
    budget = ErrorBudget(clock, errors_per_window=2)
    for status in [200, 201, 204, 429] * 10:
        await fail(budget, status)
    assert clock.waits_s == []


async def test_every_other_status_costs() -> None:
    for status in (301, 400, 401, 402, 404, 422, 500, 503):
        clock = SkippingClock()
        budget = ErrorBudget(clock, errors_per_window=1)
        await fail(budget, status)
        await fail(budget, status)
        assert clock.waits_s == [WINDOW_S], status


async def test_a_request_that_is_still_open_could_fail_as_well() -> None:
    clock = FakeClock()
    budget = ErrorBudget(clock, errors_per_window=3)
    await fail(budget)
    entered: list[int] = []
    done = asyncio.Event()

    async def enter(number: int) -> None:
        async with budget.passage():
            entered.append(number)
            await done.wait()

    async with asyncio.TaskGroup() as group:
        for number in range(4):
            group.create_task(enter(number))
        await settle()
        assert entered == [0, 1]
        done.set()
        await settle()
        assert entered == [0, 1, 2, 3]


async def test_with_everything_open_the_next_waits_for_an_end() -> None:
    clock = FakeClock()
    budget = ErrorBudget(clock, errors_per_window=1)
    entered = asyncio.Event()

    async def enter() -> None:
        async with budget.passage():
            entered.set()

    async with asyncio.TaskGroup() as group:
        async with budget.passage():
            group.create_task(enter())
            await settle()
            assert not entered.is_set()
        await settle()
        assert entered.is_set()


@given(
    statuses=st.lists(st.sampled_from([200, 400, 429, 500]), max_size=60),
    pauses_s=st.lists(st.sampled_from([0.0, 0.1, 5.0, 40.0]), min_size=1, max_size=10),
)
def test_no_thirty_seconds_have_more_failures_than_the_budget(
    statuses: Sequence[int], pauses_s: Sequence[float]
) -> None:
    async def run() -> list[float]:
        clock = SkippingClock()
        budget = ErrorBudget(clock, errors_per_window=4)
        failed_s = []
        for number, status in enumerate(statuses):
            clock.skip(pauses_s[number % len(pauses_s)])
            async with budget.passage():
                budget.note(status)
                if status in {400, 500}:
                    failed_s.append(clock.monotonic())
        return failed_s

    failed_s = asyncio.run(run())
    for begin_s in failed_s:
        assert sum(begin_s <= moment_s < begin_s + 30 for moment_s in failed_s) <= 4
