"""What readiness finds."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.ops.contact import Contact
from bot.ops.health import (
    FRESH_FOR,
    SILENT_FOR,
    Check,
    Finding,
    NotReady,
    Readiness,
    api_check,
    catalogue_check,
    database_check,
    gateway_check,
)
from bot.storage.database import Database
from tests.clock import NOON, FakeClock


async def found_by(check: Check) -> Finding:
    [finding] = await Readiness({"check": check}).look()
    return finding


@dataclass
class Shelf:
    """A catalogue's state."""

    is_usable: bool = True
    refreshed_at: datetime | None = NOON
    models: int = 3


async def test_a_check_that_does_not_answer_in_time_does_not_pass() -> None:
    async def hang() -> str:
        await asyncio.Event().wait()
        return "never"

    async def answer() -> str:
        return "well"

    findings = await Readiness({"slow": hang, "fast": answer}, timeout_s=0.001).look()

    assert findings == (
        Finding("slow", passes=False, detail="no answer within 0.001 s"),
        Finding("fast", passes=True, detail="well"),
    )


@pytest.mark.parametrize("is_online", [True, False])
async def test_the_gateway_is_ready_while_every_shard_hears_discord(is_online: bool) -> None:
    assert (await found_by(gateway_check(lambda: is_online))).passes is is_online


async def test_a_database_that_answers_is_ready(tmp_path: Path) -> None:
    async with Database.open(f"sqlite+aiosqlite:///{tmp_path}/gondola.db") as database:
        assert (await found_by(database_check(database))).passes


async def test_a_database_that_fails_is_not_ready_and_its_words_are_not_shown() -> None:
    class Broken:
        def read(self) -> None:
            raise ConnectionError("password=hunter2")

        write = read

    finding = await found_by(database_check(Broken()))  # type: ignore[arg-type] # it fails before its type matters

    assert finding == Finding("check", passes=False, detail="does not answer: ConnectionError")


class TestTheImageApi:
    async def look(
        self, *outcomes: str, after_s: float = 0, silent_for: timedelta | None = SILENT_FOR
    ) -> bool:
        clock = FakeClock()
        contact = Contact(clock)
        for outcome in outcomes:
            contact.tried(outcome)
        clock.move(after_s)
        return (await found_by(api_check(contact, clock, silent_for=silent_for))).passes

    async def test_is_ready_when_it_answered(self) -> None:
        assert await self.look("ok")

    async def test_is_ready_when_it_refused_because_a_refusal_is_an_answer(self) -> None:
        assert await self.look("Unreachable", "RateLimited")

    @pytest.mark.parametrize("outcome", ["Unreachable", "AnswerLost", "ServerFault"])
    async def test_is_not_ready_when_it_did_not_answer(self, outcome: str) -> None:
        assert not await self.look("ok", outcome)

    async def test_is_not_ready_when_nobody_has_asked_for_long(self) -> None:
        assert not await self.look("ok", after_s=SILENT_FOR.total_seconds() + 1)
        assert not await self.look()

    async def test_is_ready_unasked_where_nobody_asks_by_the_clock(self) -> None:
        assert await self.look(silent_for=None)
        assert await self.look("ok", after_s=1_000_000, silent_for=None)


class TestTheCatalogue:
    async def look(self, shelf: Shelf, *, after: timedelta = timedelta()) -> bool:
        clock = FakeClock()
        clock.move(after.total_seconds())
        return (await found_by(catalogue_check(lambda: shelf, clock))).passes

    async def test_is_ready_when_it_is_fresh(self) -> None:
        assert await self.look(Shelf(), after=FRESH_FOR - timedelta(seconds=1))

    async def test_is_not_ready_when_it_is_old(self) -> None:
        assert not await self.look(Shelf(), after=FRESH_FOR)

    async def test_is_not_ready_where_the_clock_was_set_back_until_it_is_fresh_by_that(
        self,
    ) -> None:
        assert not await self.look(Shelf(), after=timedelta(hours=-2))

    async def test_is_not_ready_from_disk_alone(self) -> None:
        assert not await self.look(Shelf(refreshed_at=None))

    async def test_is_not_ready_when_there_is_none(self) -> None:
        assert not await self.look(Shelf(is_usable=False, refreshed_at=None))


async def test_a_reason_is_told_in_its_own_words() -> None:
    async def check() -> str:
        raise NotReady("the canal is dry")

    assert (await found_by(check)).detail == "the canal is dry"
