"""Many at once on few rows, in two processes: nobody waits for good, and every sum is right."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.storage.database import Database
from tests.storage.crowd import Crowd
from tests.storage.factories import NOW
from tests.storage.recounts import Recount
from tests.storage.sums import wrong_balances


@pytest.fixture
async def two(postgresql_url: str) -> AsyncIterator[tuple[Database, Database]]:
    async with AsyncExitStack() as stack:
        one, other = [
            await stack.enter_async_context(Database.open(postgresql_url, now=lambda: NOW))
            for _ in range(2)
        ]
        yield one, other


async def come_together(databases: tuple[Database, Database], *, seed: int, times: int) -> None:
    crowd = Crowd(databases, seed)
    await crowd.gather()
    async with asyncio.TaskGroup() as group:
        group.create_task(crowd.crowd(8, times))
        group.create_task(crowd.merge())
    found = await Recount.of(databases[0])
    assert found.tallies == found.expected_tallies()
    assert found.sums == found.expected_sums()
    assert await wrong_balances(databases[0]) == []


async def test_a_crowd_waits_for_nobody_for_good(two: tuple[Database, Database]) -> None:
    await come_together(two, seed=1, times=8)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 8))
async def test_a_crowd_that_stays_long(two: tuple[Database, Database], seed: int) -> None:
    await come_together(two, seed=seed, times=150)
