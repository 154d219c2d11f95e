import asyncio
import contextlib
import socket
import sqlite3
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.domain.ids import JobId
from bot.domain.jobs.notice import Notice
from bot.storage.database import Database
from bot.storage.errors import DatabaseRefuses, DatabaseUnavailable
from tests.executed import listening
from tests.storage.factories import (
    MEMBER,
    NOW,
    add_job,
    bot_charge,
    claim,
    make_job,
    make_reservation,
    member_charge,
    reserve,
)
from tests.storage.sums import entries_of, wrong_balances


async def get_marker(database: Database, name: str = "m") -> str | None:
    async with database.read() as tx:
        return await tx.markers.get(name)


async def set_marker(database: Database, name: str = "m", value: str = "v") -> None:
    async with database.write() as tx:
        await tx.markers.set(name, value)


class PowerCut(Exception):
    """What ends a transaction half-way in these tests."""


async def write_and_fail(database: Database) -> None:
    async with database.write() as tx:
        await tx.markers.set("m", "v")
        await tx.ledger.reserve(
            [member_charge(), bot_charge()],
            [make_reservation()],
            job_id=make_job().id,
            now=NOW,
        )
        raise PowerCut


async def test_a_transaction_that_raises_leaves_nothing(database: Database) -> None:
    with pytest.raises(PowerCut):
        await write_and_fail(database)
    assert await get_marker(database) is None
    assert await entries_of(database) == []
    assert await wrong_balances(database) == []


async def test_what_was_committed_is_there_after_opening_again(database_url: str) -> None:
    async with Database.open(database_url) as database:
        job = await add_job(database)
    async with Database.open(database_url) as database, database.read() as tx:
        assert await tx.jobs.get(job.id) == job


async def test_a_reader_sees_one_snapshot_and_holds_nobody_up(database: Database) -> None:
    await set_marker(database, value="before")
    async with database.read() as tx:
        assert await tx.markers.get("m") == "before"
        await set_marker(database, value="after")
        assert await tx.markers.get("m") == "before"
    assert await get_marker(database) == "after"


async def test_a_reader_does_not_see_what_is_not_committed(database: Database) -> None:
    async with database.write() as tx:
        await tx.markers.set("m", "v")
        assert await tx.markers.get("m") == "v"
        assert await get_marker(database) is None


async def test_a_reading_transaction_cannot_write(database: Database) -> None:
    with pytest.raises((DBAPIError, DatabaseRefuses), match=r"(?i)read-?only"):
        async with database.read() as tx:
            await tx.markers.set("m", "v")
    await set_marker(database)


async def test_a_pool_that_has_read_can_still_write(database: Database) -> None:
    for _ in range(3):
        await get_marker(database)
        await set_marker(database)
    assert await get_marker(database) == "v"


async def test_an_error_tells_no_values(database: Database) -> None:
    with pytest.raises(IntegrityError) as raised:
        async with database.write() as tx:
            await tx.jobs.add(make_job(), idempotency_key="key")
    assert "test-token" not in f"{raised.value}"


async def write_for_ever(database: Database, written: asyncio.Event) -> None:
    async with database.write() as tx:
        await tx.markers.set("m", "v")
        written.set()
        await asyncio.Event().wait()


async def test_a_writer_that_is_cancelled_leaves_nothing_and_lets_the_next_one_in(
    database: Database,
) -> None:
    written = asyncio.Event()

    task = asyncio.create_task(write_for_ever(database, written))
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await set_marker(database, "next")
    assert await get_marker(database) is None
    assert await get_marker(database, "next") == "v"


async def test_a_writer_cancelled_at_any_moment_holds_nobody_up(database: Database) -> None:
    """A cancellation may come while a statement is under way in the driver."""
    charges = [member_charge(), bot_charge()]
    # Kept until the end, with their exceptions and all that hangs on those.
    tasks: list[asyncio.Task[None]] = []
    turns = 0
    while not tasks or tasks[-1].cancelled():
        task = asyncio.create_task(reserve(database, charges, [make_reservation()]))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        turns += 1 + turns // 10
        tasks.append(task)
        await asyncio.wait([task])
        async with asyncio.timeout(8):
            await set_marker(database)
    reserved = Counter(entry["image_id"] for entry in await entries_of(database))
    assert set(reserved.values()) == {len(charges)}
    assert await wrong_balances(database) == []


async def test_a_writer_cancelled_while_it_waits_for_its_turn_takes_no_turn(
    sqlite_url: str,
) -> None:
    async with Database.open(sqlite_url) as database:
        async with database.write():
            waiting = [asyncio.create_task(set_marker(database, f"{n}")) for n in range(4)]
            await asyncio.wait(waiting, timeout=0.01)
            for task in waiting[::2]:
                task.cancel()
        await asyncio.wait(waiting)
        assert [task.cancelled() for task in waiting] == [True, False] * 2
        assert [await get_marker(database, f"{n}") for n in range(4)] == [None, "v"] * 2


async def test_a_transaction_that_takes_too_long_is_ended(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.database.TRANSACTION_TIMEOUT_S", 0.2)
    with pytest.raises(DatabaseUnavailable, match="TimeoutError"):
        await write_for_ever(database, asyncio.Event())
    monkeypatch.undo()
    assert await get_marker(database) is None
    await set_marker(database)


async def test_a_timeout_of_the_callers_own_stays_what_it_is(database: Database) -> None:
    with pytest.raises(TimeoutError):
        async with database.write():
            raise TimeoutError


async def test_a_writer_that_waits_too_long_for_its_turn_is_told(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.engine.engines.ACQUIRE_TIMEOUT_S", 0.05)
    async with Database.open(sqlite_url) as database:
        async with database.write():
            with pytest.raises(DatabaseUnavailable, match="no connection was free"):
                await set_marker(database)
        await set_marker(database)


async def test_a_file_that_another_program_holds_refuses_writers_and_lets_readers_in(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.engine.engines._BUSY_TIMEOUT_MS", 50)
    async with Database.open(sqlite_url) as database:
        path = sqlite_url.partition(":///")[2]
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(DatabaseRefuses, match="locked"):
                await set_marker(database)
            assert await get_marker(database) is None
        await set_marker(database)
        assert await get_marker(database) == "v"


async def test_only_an_sqlite_file_is_held_alone(database_url: str) -> None:
    async with Database.open(database_url) as database:
        assert database.is_sole_process == database_url.startswith("sqlite")


async def test_sqlite_is_set_up_for_a_server(sqlite_url: str) -> None:
    async with Database.open(sqlite_url) as database:
        found = {}
        for engine in (database._engines.writer, database._engines.reader):
            async with engine.connect() as connection:
                found[engine] = [
                    (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
                    for name in ("journal_mode", "synchronous", "foreign_keys", "query_only")
                ]
    # 1 is NORMAL.
    assert list(found.values()) == [["wal", 1, 1, 0], ["wal", 1, 1, 1]]


async def test_foreign_keys_hold(database: Database) -> None:
    with pytest.raises(IntegrityError):
        await add_notice_of_no_job(database)


async def add_notice_of_no_job(database: Database) -> None:
    async with database.write() as tx:
        await tx.notices.add(Notice(JobId("none"), MEMBER, 1, NOW))


async def test_the_folder_of_an_sqlite_file_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "gondola.db"
    async with Database.open(f"sqlite:///{path}"):
        assert path.exists()
    assert not path.with_name("gondola.db-wal").exists()


async def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnavailable, match="file"):
        async with Database.open(f"sqlite:///{tmp_path / 'file' / 'gondola.db'}"):
            pass


async def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "gondola.db"
    path.write_text("not a database, but long enough to have a header " * 10)
    with pytest.raises(DatabaseUnavailable, match="file is not a database"):
        async with Database.open(f"sqlite:///{path}"):
            pass


async def test_a_server_that_does_not_answer_is_told_without_the_password() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(DatabaseUnavailable) as raised:
        async with Database.open(f"postgres://bot:test-password@127.0.0.1:{port}/gondola"):
            pass
    message = f"{raised.value}"
    assert f"bot:***@127.0.0.1:{port}/gondola" in message
    assert "test-password" not in message
    assert raised.value.cause is raised.value.__cause__


async def test_a_connection_that_breaks_is_told_and_replaced(postgresql_url: str) -> None:
    async with Database.open(postgresql_url) as database:
        with pytest.raises(DatabaseUnavailable):
            await write_while_the_server_hangs_up(database)
        await set_marker(database)
        assert await get_marker(database) == "v"


async def write_while_the_server_hangs_up(database: Database) -> None:
    async with database.write() as tx:
        connection = tx.markers._connection
        pid = (await connection.exec_driver_sql("SELECT pg_backend_pid()")).scalar_one()
        async with database._engines.writer.connect() as other:
            await other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
        await tx.markers.set("m", "lost")


async def test_the_urls_own_options_win_over_the_bots(postgresql_url: str) -> None:
    url = f"{postgresql_url} -c statement_timeout=1234".replace(" ", "%20")
    async with Database.open(url) as database, database._engines.writer.connect() as connection:
        shown = await connection.exec_driver_sql("SHOW statement_timeout")
        assert shown.scalar_one() == "1234ms"
        shown = await connection.exec_driver_sql("SHOW idle_in_transaction_session_timeout")
        assert shown.scalar_one() == "1min"


async def test_claiming_reads_an_index_of_open_jobs_alone(sqlite_url: str) -> None:
    """A bot that has painted for years has many finished jobs and few open ones."""
    async with Database.open(sqlite_url) as database:
        with listening() as executed:
            await claim(database)
        (claiming, values) = next(each for each in executed.statements if "UPDATE jobs" in each[0])
        async with database._engines.writer.connect() as connection:
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {claiming}", tuple(values))
            assert any("INDEX ix_jobs_open" in row.detail for row in plan)
