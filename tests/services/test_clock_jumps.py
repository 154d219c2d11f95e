"""The wall clock jumps while jobs are in hand: nobody takes them a second time."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.domain.jobs.cancelling import Cancelling
from bot.domain.jobs.job import TERMINAL_JOB_STATES, ImageState, Job
from bot.domain.jobs.painting import Painting
from tests.services.house import House, make_place, seeds_of
from tests.services.painters import painting

HOUR = timedelta(hours=1)
PATIENCE_S = 30


class SlowBrush:
    """Paints when a test says so."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.go_on = asyncio.Event()

    async def paint(self, seed: int) -> Painting:
        self.begun.set()
        await self.go_on.wait()
        return painting(seed)


async def paint_at_once(seed: int) -> Painting:
    return painting(seed)


async def ended(house: House, job: Job) -> Job:
    """The job once it has come to its end."""
    async with asyncio.timeout(PATIENCE_S):
        while (found := await house.job(job)).state not in TERMINAL_JOB_STATES:  # noqa: ASYNC110 - the database has no event
            await asyncio.sleep(0)
    return found


async def ask_another(house: House, _job: Job) -> None:
    """Another request, which makes the pool look for work, is painted beside it."""
    house.painter.paint_one = paint_at_once
    other = await house.ask(make_place(user_id=77), key="another")
    await ended(house, other)


async def cancel(house: House, job: Job) -> None:
    """Its member cancels what is being painted."""
    found = await house.cancelling.cancel(job.id, make_place().user_id, moderator=False)
    assert found is Cancelling.STOPPING


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
@pytest.mark.parametrize("meanwhile", [ask_another, cancel])
async def test_a_picture_that_is_being_painted_when_the_clock_jumps_is_shown_once(
    house: House, jump: timedelta, meanwhile: Callable[[House, Job], Awaitable[None]]
) -> None:
    brush = SlowBrush()
    house.painter.paint_one = brush.paint
    job = await house.ask(make_place())
    async with house.working():
        await brush.begun.wait()
        house.clock.set_ahead(jump)
        try:
            await meanwhile(house, job)
        finally:
            brush.go_on.set()
        found = await ended(house, job)

    assert [image.state for image in found.images] == [ImageState.DELIVERED]
    assert found.fence == 1, "it was taken up a second time"
    assert seeds_of(result for result in house.messenger.shown if result.job.id == job.id) == [
        1_000
    ]
