"""What is done again and again goes on after a failure."""

import asyncio

import pytest

from bot.services.schedule.repeating import repeat
from tests.clock import FakeClock


async def test_a_failure_does_not_end_it_and_a_cancellation_does() -> None:
    clock, done = FakeClock(), 0
    reached = asyncio.Event()

    async def do() -> None:
        nonlocal done
        done += 1
        reached.set()
        if done == 1:
            raise RuntimeError("cannot now")

    task = asyncio.create_task(repeat(do, every_s=10, clock=clock, failure="not_done"))
    for _ in range(2):
        await asyncio.sleep(0)
        clock.move(10)
        await asyncio.wait_for(reached.wait(), 60)
        reached.clear()
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert done == 2
