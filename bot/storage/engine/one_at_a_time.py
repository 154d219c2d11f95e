"""Queues that transactions stand in, so that a limit holds across processes."""

from enum import IntEnum

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection


class Queue(IntEnum):
    """What is done by one transaction at a time. The numbers are locks of the database's."""

    CLAIMS = 0x676F_0001
    ADMISSIONS = 0x676F_0002


async def one_at_a_time(connection: AsyncConnection, queue: Queue) -> None:
    """Wait until no other transaction is in the queue, and stay until this one ends.

    What is read afterwards is what those before have written. SQLite needs nothing: it has one
    writer at a time.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(queue.value)))
