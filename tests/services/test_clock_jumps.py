"""The wall clock is set: nothing is done twice, and nobody waits for the time that was set back."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.ids import MessageId
from bot.domain.jobs.admission import AdmissionLimits, QueueFull
from bot.domain.jobs.cancelling import Cancelling
from bot.domain.jobs.job import TERMINAL_JOB_STATES, ImageState, Job
from bot.domain.jobs.painting import Painting
from bot.services.asking.presses import WINDOW_S
from tests.services.house import House, make_place, make_request, open_house, seeds_of
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


JUMPS = [timedelta(days=2), timedelta(hours=-2)]


@pytest.mark.parametrize("jump", JUMPS)
async def test_a_waiting_member_goes_on_being_told(house: House, jump: timedelta) -> None:
    other = make_place(user_id=77)
    first = await house.ask(other, key="first")
    await house.ask(make_place())
    house.clock.move(3)
    await house.board.look()
    told = len(house.messenger.progress)

    house.clock.set_ahead(jump)
    await house.cancelling.cancel(first.id, other.user_id, moderator=False)
    house.clock.move(3)
    await house.board.look()

    assert len(house.messenger.progress) == told + 1, "the place in the queue is another one"


@pytest.mark.parametrize("jump", JUMPS)
def test_a_button_can_be_pressed_again(house: House, jump: timedelta) -> None:
    def press(message: int) -> bool:
        return house.results.presses.is_repeat(
            message_id=MessageId(message), user_id=make_place().user_id, custom_id="g1:reroll:x"
        )

    press(1)
    house.clock.set_ahead(jump)
    press(2)
    house.clock.move(WINDOW_S)

    assert [press(1), press(2)] == [False, False]


@pytest.mark.parametrize("jump", JUMPS)
async def test_a_full_queue_is_looked_at_again(tmp_path: Path, jump: timedelta) -> None:
    limits = AdmissionLimits(jobs=1, jobs_of_member=1)
    async with open_house(tmp_path, admission=limits) as house:
        await house.ask(make_place())
        with pytest.raises(QueueFull):
            await house.ask(make_place(user_id=77), key="over")
        await house.finish()

        house.clock.set_ahead(jump)
        house.clock.move(2)

        house.generation.plan(make_request(), make_place(user_id=77))


async def test_a_result_never_took_less_than_no_time(house: House) -> None:
    job = await house.ask(make_place())
    house.clock.set_ahead(-HOUR)
    async with house.working():
        await ended(house, job)

    [result] = house.messenger.shown
    assert result.took_s == 0
