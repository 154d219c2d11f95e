"""Queues that transactions stand in, so that a limit holds across processes."""

from enum import IntEnum

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection


class Queue(IntEnum):
    """What is done by one transaction at a time. The numbers are locks of the database's.

    Who stands in a queue holds no row yet, save that of FOLDING: the audit log's entries.
    """

    CLAIMS = 0x676F_0001
    ADMISSIONS = 0x676F_0002
    STYLES = 0x676F_0003
    REPORTS = 0x676F_0004
    FOLDING = 0x676F_0005


async def one_at_a_time(connection: AsyncConnection, queue: Queue) -> None:
    """Wait until no other transaction is in the queue, and stay until this one ends.

    What is read afterwards is what those before have written. SQLite needs nothing: it has one
    writer at a time.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(queue.value)))
