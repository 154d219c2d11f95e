"""Transactions that wait for one another's rows, in an order that could lock them for good.

Only PostgreSQL has several at once; on SQLite the same calls go one after the other.
"""

import asyncio

from sqlalchemy import text

from bot.domain.ids import JobId
from bot.storage.database import Database
from tests.storage.factories import (
    NOW,
    bot_charge,
    make_reservation,
    member_charge,
    reserve,
    usage_of,
)

_KEPT_WAITING = text(
    """
    WITH RECURSIVE waiting (pid) AS (
        SELECT CAST(:holder AS integer)
        UNION
        SELECT activity.pid FROM pg_stat_activity AS activity, waiting
        WHERE waiting.pid = ANY (pg_blocking_pids(activity.pid))
    )
    SELECT count(*) - 1 FROM waiting
    """
)


async def all_done_or_waiting(
    database: Database, tasks: list[asyncio.Task[None]], holder: int
) -> None:
    """Until every task is done or is kept waiting by the holder, through others or not."""
    async with database._engines.writer.connect() as watch:
        while True:
            kept_waiting = await watch.scalar(_KEPT_WAITING, {"holder": holder})
            if kept_waiting == sum(not task.done() for task in tasks):
                return


async def test_an_account_opened_between_two_reservations_does_not_lock_them(
    database: Database,
) -> None:
    both = [member_charge("a"), bot_charge()]
    await reserve(database, [bot_charge()], [make_reservation("before")])
    tasks: list[asyncio.Task[None]] = []
    async with asyncio.TaskGroup() as group, database.write() as tx:
        held = [make_reservation("holds")]
        await tx.ledger.reserve([bot_charge()], held, job_id=JobId("holder"), now=NOW)
        for name, charges in {"opens": both, "opened": both[:1], "follows": both}.items():
            reservation = make_reservation(name)
            tasks.append(group.create_task(reserve(database, charges, [reservation])))
            if not database.is_sole_process:
                holder = await tx.ledger._connection.scalar(text("SELECT pg_backend_pid()"))
                await all_done_or_waiting(database, tasks, holder)
    assert [(await usage_of(database, each)).images for each in ("a", "bot")] == [3, 4]
