"""What a member sees while waiting, and what cancelling does."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from bot.domain.errors import NotYours
from bot.domain.gate.policy import SafetySignals
from bot.domain.ids import JobId, UserId
from bot.domain.jobs.cancelling import Cancelling
from bot.domain.jobs.job import ImageState, JobState
from bot.domain.jobs.painting import Painting
from bot.domain.quotas.ledger import BOT_ACCOUNT, Usage
from bot.domain.quotas.windows import DAY, window_at
from bot.services.jobs.delivery import CALL_AFTER_S
from bot.services.jobs.runner import LEASE
from bot.storage.transaction import SqlTransaction
from tests.services.house import House, make_place, open_house, seeds_of
from tests.services.painters import painting

MEMBER = make_place().user_id


@dataclass
class Studio:
    """A painter that paints an image when the test lets it."""

    started: list[int] = field(default_factory=list)
    _released: dict[int, asyncio.Event] = field(default_factory=dict)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def paint(self, seed: int) -> Painting:
        self.started.append(seed)
        self._changed.set()
        await self._gate(seed).wait()
        return painting(seed)

    async def has_started(self, seed: int) -> None:
        async with asyncio.timeout(60):
            while seed not in self.started:
                self._changed.clear()
                await self._changed.wait()

    def finish(self, *seeds: int) -> None:
        for seed in seeds:
            self._gate(seed).set()

    def _gate(self, seed: int) -> asyncio.Event:
        return self._released.setdefault(seed, asyncio.Event())


@contextlib.asynccontextmanager
async def at_work(house: House, studio: Studio) -> AsyncIterator[None]:
    house.painter.paint_one = studio.paint
    async with house.working():
        yield


async def stored(house: House, job_id: JobId, count: int) -> None:
    """Wait until so many pictures of a job are kept."""
    async with asyncio.timeout(60):
        while True:
            async with house.database.read() as tx:
                job = await tx.jobs.get(job_id)
            assert job is not None
            if sum(image.picture is not None for image in job.images) >= count:
                return
            await asyncio.sleep(0)


async def test_a_quick_job_is_not_preceded_by_a_progress_message(house: House) -> None:
    await house.ask(make_place())
    house.clock.move(1)

    await house.board.look()

    assert house.messenger.progress == []


async def test_a_waiting_job_is_told_its_place_in_the_queue(house: House) -> None:
    await house.ask(make_place(), key="first")
    await house.ask(make_place(), key="second")
    house.clock.move(2)

    await house.board.look()

    places = [report.progress.queue_position for report in house.messenger.progress]
    assert sorted(places, key=str) == [0, 1]


async def test_a_job_that_is_taken_while_its_place_is_looked_up_is_told_of_further(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = await house.ask(make_place())
    look_up = house.database.read_at_once

    async def and_a_worker_takes_it(work: Callable[[SqlTransaction], Awaitable[Any]]) -> Any:
        monkeypatch.undo()
        async with house.database.write() as tx:
            now = house.clock.now()
            taken = await tx.jobs.claim_next(
                owner="a worker", now=now, lease_until=now + LEASE, most_running=9
            )
        assert taken is not None
        house.board.put(taken)
        return await look_up(work)

    monkeypatch.setattr(house.database, "read_at_once", and_a_worker_takes_it)
    house.clock.move(2)
    await house.board.look()
    house.clock.move(3)

    await house.board.look()

    [report] = house.messenger.progress
    assert (report.progress.job.id, report.progress.queue_position) == (job.id, None)


async def test_pictures_appear_as_they_come(house: House) -> None:
    studio = Studio()
    async with at_work(house, studio):
        job = await house.ask(make_place(), images=2)
        await studio.has_started(1_001)
        studio.finish(1_000)
        await stored(house, job.id, 1)
        house.clock.move(2)

        await house.board.look()

        [report] = house.messenger.progress
        assert [item.image.seed for item in report.shown] == [1_000]
        assert report.progress.painted == 1
        assert report.progress.queue_position is None
        studio.finish(1_001)


async def test_nothing_is_edited_while_nothing_changes(house: House) -> None:
    await house.ask(make_place())
    for _ in range(4):
        house.clock.move(3)
        await house.board.look()

    assert len(house.messenger.progress) == 1


async def test_there_is_at_most_one_edit_in_three_seconds(house: House) -> None:
    studio = Studio()
    async with at_work(house, studio):
        job = await house.ask(make_place(), images=3)
        await studio.has_started(1_002)
        house.clock.move(2)
        await house.board.look()
        studio.finish(1_000)
        await stored(house, job.id, 1)
        house.clock.move(2)
        await house.board.look()
        assert len(house.messenger.progress) == 1

        house.clock.move(1)
        await house.board.look()

        assert len(house.messenger.progress) == 2
        studio.finish(1_001, 1_002)


async def test_a_picture_that_breaks_the_rules_is_not_shown_on_the_way(house: House) -> None:
    studio = Studio()

    async def violate(seed: int) -> Painting:
        painted = await studio.paint(seed)
        if seed == 1_000:
            return painting(seed, SafetySignals(content_violation=True))
        return painted

    async with house.working():
        house.painter.paint_one = violate
        job = await house.ask(make_place(), images=2)
        await studio.has_started(1_001)
        studio.finish(1_000)
        await stored(house, job.id, 1)
        house.clock.move(2)
        await house.board.look()

        assert house.messenger.progress[0].shown == ()
        studio.finish(1_001)


async def test_the_estimate_is_the_median_of_what_the_model_took(tmp_path: Path) -> None:
    async with open_house(tmp_path, concurrency=1) as house:
        await house.ask(make_place(), images=1, key="measured")
        await house.finish()
        await house.ask(make_place(), images=2, key="waiting")
        house.clock.move(2)

        await house.board.look()

        assert house.messenger.progress[0].progress.estimate_s == pytest.approx(2.4)


async def test_progress_never_comes_after_the_result(house: House) -> None:
    await house.ask(make_place())
    await house.finish()
    house.clock.move(10)

    await house.board.look()

    assert house.messenger.progress == []
    assert len(house.messenger.shown) == 1


async def test_a_result_after_more_than_a_minute_calls_its_member(house: House) -> None:
    studio = Studio()
    async with at_work(house, studio):
        job = await house.ask(make_place())
        await studio.has_started(1_000)
        house.clock.move(CALL_AFTER_S + 1)
        studio.finish(1_000)
        await house.pool.idle()

    assert [called.id for called in house.messenger.called] == [job.id]


async def test_cancelling_a_waiting_job_ends_it_and_refunds_everything(house: House) -> None:
    job = await house.ask(make_place(), images=3)

    outcome = await house.cancelling.cancel(job.id, MEMBER, moderator=False)

    assert outcome is Cancelling.CANCELLED
    ended = await house.job(job)
    assert ended.state is JobState.CANCELLED
    async with house.database.read() as tx:
        window = window_at(DAY, house.clock.now(), UTC)
        assert await tx.ledger.usage(job.origin.account, window) == Usage()
        assert await tx.ledger.usage(BOT_ACCOUNT, window) == Usage()
    await house.finish()
    assert house.painter.orders == []


async def test_cancelling_a_running_job_shows_what_was_sent_and_refunds_the_rest(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, concurrency=1) as house:
        studio = Studio()
        async with at_work(house, studio):
            job = await house.ask(make_place(), images=3)
            await studio.has_started(1_000)

            outcome = await house.cancelling.cancel(job.id, MEMBER, moderator=False)
            studio.finish(1_000)
            await house.pool.idle()

        assert outcome is Cancelling.STOPPING
        assert studio.started == [1_000]
        assert seeds_of(house.messenger.shown) == [1_000]
        states = [image.state for image in (await house.job(job)).images]
        assert states == [ImageState.DELIVERED, ImageState.CANCELLED, ImageState.CANCELLED]
        assert await house.images_used(make_place(user_id=MEMBER)) == 1


async def test_nobody_but_its_member_and_moderators_may_cancel_a_job(house: House) -> None:
    job = await house.ask(make_place())

    with pytest.raises(NotYours):
        await house.cancelling.cancel(job.id, UserId(8), moderator=False)

    assert await house.cancelling.cancel(job.id, UserId(8), moderator=True) is Cancelling.CANCELLED


async def test_cancelling_twice_or_after_the_end_is_too_late(house: House) -> None:
    job = await house.ask(make_place())
    await house.finish()

    assert await house.cancelling.cancel(job.id, MEMBER, moderator=False) is Cancelling.TOO_LATE
    unknown = JobId("no-such-job")
    assert await house.cancelling.cancel(unknown, MEMBER, moderator=False) is Cancelling.TOO_LATE
