"""What is due is done, whatever else fails."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.jobs.schedule import ScheduledWork, WorkKind
from bot.services.schedule.scheduler import Scheduler
from bot.storage.database import Database
from tests.clock import FakeClock
from tests.prepared import prepared_sqlite


class Office:
    """Somebody who does what is due, and may be made to fail."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = FakeClock()
        self.done: list[str] = []
        self.fails: set[str] = set()
        self.next: dict[str, timedelta] = {}
        self.scheduler = Scheduler(
            storage=database, clock=self.clock, handlers={WorkKind.ROUND_STEP: self.handle}
        )

    async def handle(self, subject: str) -> None:
        self.done.append(subject)
        if subject in self.fails:
            raise RuntimeError("cannot now")
        if subject in self.next:
            await self.put(subject, self.next.pop(subject))

    async def put(self, subject: str, ahead: timedelta = timedelta(0)) -> None:
        work = ScheduledWork(WorkKind.ROUND_STEP, subject, self.clock.now() + ahead)
        async with self.database.write() as tx:
            await tx.schedule.put(work)

    async def after(self, **ahead: int) -> list[str]:
        """What is done once so much time has passed."""
        self.done.clear()
        self.clock.move(timedelta(**ahead).total_seconds())
        await self.scheduler.look()
        return self.done


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with Database.open(prepared_sqlite(tmp_path / "gondola.db")) as database:
        yield Office(database)


async def test_work_is_done_once_when_it_is_due(office: Office) -> None:
    await office.put("a", timedelta(minutes=1))

    assert await office.after(seconds=59) == []
    assert await office.after(seconds=1) == ["a"]
    assert await office.after(hours=1) == []


async def test_all_that_fell_due_while_the_bot_was_down_is_done_at_once(office: Office) -> None:
    for number in range(45):
        await office.put(f"{number:02}", timedelta(minutes=number))

    assert await office.after(days=3) == [f"{number:02}" for number in range(45)]


async def test_what_fails_is_tried_again_ever_more_seldom_and_holds_up_nothing(
    office: Office,
) -> None:
    office.fails.add("a")
    await office.put("a")
    await office.put("b", timedelta(seconds=1))

    assert await office.after(seconds=1) == ["a", "b"]
    assert await office.after(seconds=59) == []
    assert await office.after(seconds=1) == ["a"]
    assert await office.after(minutes=4) == []
    assert await office.after(minutes=1) == ["a"]
    office.fails.clear()
    assert await office.after(minutes=15) == ["a"]
    assert await office.after(days=1) == []


async def test_a_step_may_schedule_the_next_of_the_same_subject(office: Office) -> None:
    office.next["a"] = timedelta(days=2)
    await office.put("a")

    assert await office.after(seconds=0) == ["a"]
    assert await office.after(days=2) == ["a"]
    assert await office.after(days=2) == []


async def test_a_clock_that_is_set_ahead_does_at_once_what_it_jumped_over_and_does_it_once(
    office: Office,
) -> None:
    await office.put("a", timedelta(minutes=1))
    await office.put("b", timedelta(days=1))
    office.clock.set_ahead(timedelta(days=2))

    assert await office.after(seconds=0) == ["a", "b"]
    office.clock.set_ahead(timedelta(days=-2))
    assert await office.after(days=3) == []


async def test_a_clock_that_is_set_back_keeps_the_moments_that_were_named(office: Office) -> None:
    await office.put("a", timedelta(minutes=1))
    office.clock.set_ahead(timedelta(hours=-2))

    assert await office.after(minutes=1) == []
    await office.put("b", timedelta(minutes=1))
    assert await office.after(minutes=1) == ["b"]
    assert await office.after(hours=2) == ["a"]
