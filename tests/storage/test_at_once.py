"""Transactions that are done at once, on SQLite in one trip to its thread."""

import asyncio
import threading

import pytest
from sqlalchemy.exc import IntegrityError

from bot.services.storage_ports import Transaction
from bot.storage.database import Database


async def get_marker(database: Database, name: str) -> str | None:
    return await database.read_at_once(lambda tx: tx.markers.get(name))


async def test_what_was_written_at_once_is_there(database: Database) -> None:
    await database.write_at_once(lambda tx: tx.markers.set("m", "v"))
    assert await get_marker(database, "m") == "v"


async def test_work_that_raises_leaves_nothing(database: Database) -> None:
    async def write_and_raise(tx: Transaction) -> None:
        await tx.markers.set("m", "v")
        raise KeyError("m")

    with pytest.raises(KeyError):
        await database.write_at_once(write_and_raise)
    assert await get_marker(database, "m") is None


async def test_a_statement_that_fails_leaves_nothing(database: Database) -> None:
    async def break_a_rule(tx: Transaction) -> None:
        await tx.markers.set("m", "v")
        await tx.markers.set(None, "v")  # type: ignore[arg-type]

    with pytest.raises(IntegrityError):
        await database.write_at_once(break_a_rule)
    assert await get_marker(database, "m") is None


async def test_sqlite_does_it_all_in_its_own_thread(sqlite_url: str) -> None:
    async def where(tx: Transaction) -> int:
        await tx.markers.set("m", "v")
        return threading.get_ident()

    async with Database.open(sqlite_url) as database:
        assert await database.write_at_once(where) != threading.get_ident()


async def test_work_that_waits_for_something_else_is_refused(sqlite_url: str) -> None:
    async def wait_for_the_loop(tx: Transaction) -> None:
        await tx.markers.set("m", "v")
        await asyncio.sleep(0)

    async with Database.open(sqlite_url) as database:
        with pytest.raises(RuntimeError, match="wait for nothing else"):
            await database.write_at_once(wait_for_the_loop)
        assert await get_marker(database, "m") is None


async def test_who_is_cancelled_at_any_moment_holds_nobody_up(database: Database) -> None:
    for turns in range(12):
        work = database.write_at_once(lambda tx: tx.markers.set("first", "v"))
        task = asyncio.create_task(work)
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        async with asyncio.timeout(8):
            await database.write_at_once(lambda tx: tx.markers.set("next", "v"))
    assert await get_marker(database, "next") == "v"


async def test_what_was_given_up_in_the_midst_of_it_is_not_committed(sqlite_url: str) -> None:
    begun, go_on = threading.Event(), threading.Event()

    async def write_slowly(tx: Transaction) -> None:
        await tx.markers.set("m", "v")
        begun.set()
        go_on.wait(8)

    async with Database.open(sqlite_url) as database:
        task = asyncio.create_task(database.write_at_once(write_slowly))
        await asyncio.to_thread(begun.wait, 8)
        task.cancel()
        await asyncio.wait([task])
        go_on.set()
        assert await get_marker(database, "m") is None
        await database.write_at_once(lambda tx: tx.markers.set("next", "v"))
        assert await get_marker(database, "m") is None
