"""A job that is begun where it is accepted, because a worker is free and nobody waits."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.errors import QuotaExceeded
from bot.domain.ids import UserId
from bot.domain.jobs.job import Job, JobState
from bot.domain.jobs.painting import Painting
from bot.services.jobs.runner import LEASE
from tests.services.house import House, make_limits, make_place, open_house
from tests.services.painters import paint_well, painting

MEMBER = make_place()
OTHER = make_place(user_id=UserId(8))
THIRD = make_place(user_id=UserId(9))


@asynccontextmanager
async def painting_slowly(house: House) -> AsyncIterator[asyncio.Event]:
    """The workers at work, on pictures that are not ready before they are released.

    They are when this is left; what waits then stays where it is.
    """
    released = asyncio.Event()

    async def paint(seed: int) -> Painting:
        await released.wait()
        return painting(seed)

    house.painter.paint_one = paint
    async with house.working():
        # The pool has looked once, and found nothing.
        await house.pool.idle()
        try:
            yield released
        finally:
            released.set()


async def test_it_is_running_when_its_member_is_answered(house: House) -> None:
    async with painting_slowly(house):
        job = await house.ask(MEMBER)

        begun = await house.job(job)
        assert (begun.state, begun.owner, begun.fence) == (JobState.RUNNING, "test", 1)
        # Its image may be with Venice by now.
        assert replace(begun, images=job.images) == job

    ended = await house.job(job)
    assert (ended.state, ended.fence) == (JobState.DONE, 1)
    assert len(house.messenger.shown) == 1


async def test_it_counts_as_given_to_its_member(tmp_path: Path) -> None:
    async with open_house(tmp_path, concurrency=1, limits=make_limits(images=None)) as house:
        async with painting_slowly(house) as released:
            await house.ask(MEMBER, key="first")
            await house.ask(MEMBER, key="second", prompt="of one who had one")
            await house.ask(OTHER, key="third", prompt="of one who had none")
            released.set()
            await house.pool.idle()

        prompts = [recipe.prompt for recipe, _ in house.painter.orders]
        assert prompts[1:] == ["of one who had none", "of one who had one"]


async def test_without_a_free_worker_it_waits(tmp_path: Path) -> None:
    async with open_house(tmp_path, concurrency=1) as house, painting_slowly(house):
        await house.ask(MEMBER)
        waiting = await house.ask(OTHER, key="other")

        assert (await house.job(waiting)).state is JobState.QUEUED


async def test_nobody_has_more_at_work_than_may_be(tmp_path: Path) -> None:
    async with open_house(tmp_path, most_running=1) as house, painting_slowly(house):
        await house.ask(MEMBER)
        second = await house.ask(MEMBER, key="second")

        assert second.state is JobState.QUEUED


async def test_nobody_who_waits_is_overtaken(tmp_path: Path) -> None:
    async with open_house(tmp_path, most_running=1) as house, painting_slowly(house):
        await house.ask(MEMBER)
        await house.ask(MEMBER, key="second")
        third = await house.ask(THIRD, key="third")

        assert third.state is JobState.QUEUED


async def test_before_the_workers_are_there_it_waits(house: House) -> None:
    assert (await house.ask(MEMBER)).state is JobState.QUEUED


async def test_the_same_request_twice_is_run_once(house: House) -> None:
    async with painting_slowly(house):
        first = await house.ask(MEMBER)
        again = await house.ask(MEMBER)

        assert again.id == first.id

    assert len(house.painter.orders) == 1
    assert len(house.messenger.shown) == 1


async def test_a_worker_whose_request_is_refused_takes_another(tmp_path: Path) -> None:
    async with open_house(tmp_path, concurrency=1, limits=make_limits(images=1)) as house:
        house.painter.paint_one = paint_well
        async with house.working():
            await house.pool.idle()
            for number in range(3):
                with pytest.raises(QuotaExceeded):
                    await house.ask(MEMBER, key=f"too many {number}", images=2)
            job = await house.ask(OTHER, key="other")
            assert job.state is JobState.RUNNING

        assert (await house.job(job)).state is JobState.DONE


async def test_what_is_begun_while_the_bot_stops_comes_to_its_end(tmp_path: Path) -> None:
    async with open_house(tmp_path, concurrency=1) as house:
        async with house.working():
            await house.pool.idle()
            async with house.pool.one_kept_free() as kept:
                assert kept is not None
                job = await house.ask(MEMBER)
                house.pool.drain()
                kept.begin(await claimed(house, job))

        assert (await house.job(job)).state is JobState.DONE


async def claimed(house: House, job: Job) -> Job:
    now = house.clock.now()
    async with house.database.write() as tx:
        found = await tx.jobs.claim(job.id, owner="test", now=now, lease_until=now + LEASE)
    assert found is not None
    return found
