"""The two engines of a database: one for transactions that write, one for those that only read.

SQLite has one writer at a time. Its writing engine has a single connection, on which coroutines
queue, and begins with BEGIN IMMEDIATE, so that no transaction finds out half-way that another
one was first. Readers work on connections of their own, each on one snapshot (WAL).
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from psycopg.pq import TransactionStatus
from sqlalchemy import URL, NullPool, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.storage.engine.sqlite_driver import FetchingConnection
from bot.storage.engine.sqlite_engine import SqliteEngine
from bot.storage.engine.url import is_sqlite

if TYPE_CHECKING:
    from psycopg import AsyncConnection

ACQUIRE_TIMEOUT_S = 10
"""How long a transaction waits for a connection of the pool."""

_BUSY_TIMEOUT_MS = 5_000
_CONNECT_TIMEOUT_S = 5
_TCP_USER_TIMEOUT_MS = 15_000
_STATEMENT_TIMEOUT_MS = 10_000
_LOCK_TIMEOUT_MS = 5_000
_IDLE_IN_TRANSACTION_TIMEOUT_MS = 60_000
_SQLITE_READERS = 4
_SQLITE_CACHE_KIB = 8_192
"""Of each connection, as far as it is used: the last page of a leaderboard reads some 3 MiB."""
_POSTGRESQL_POOL_SIZE = 5
_POSTGRESQL_OVERFLOW = 5
_POSTGRESQL_RECYCLE_S = 1_800


AnyEngine: TypeAlias = AsyncEngine | SqliteEngine


@dataclass(frozen=True, slots=True)
class Engines:
    """Where connections come from."""

    writer: AnyEngine
    reader: AnyEngine


@asynccontextmanager
async def open_engines(url: URL) -> AsyncIterator[Engines]:
    """Make the engines of a database, and close every connection at the end.

    No connection is made before the first transaction.
    """
    engines = _sqlite_engines(url) if is_sqlite(url) else _postgresql_engines(url)
    try:
        yield engines
    finally:
        # The writer last: the last connection to an SQLite file folds the log into it.
        await engines.reader.dispose()
        await engines.writer.dispose()


def _sqlite_engines(url: URL) -> Engines:
    writer = _sqlite_engine(url, connections=1, begin="BEGIN IMMEDIATE", query_only=False)
    reader = _sqlite_engine(url, connections=_SQLITE_READERS, begin="BEGIN", query_only=True)
    return Engines(writer=writer, reader=reader)


def _sqlite_engine(url: URL, *, connections: int, begin: str, query_only: bool) -> SqliteEngine:
    engine = create_engine(
        url.set(drivername="sqlite"),
        poolclass=NullPool,
        hide_parameters=True,
        # The driver begins no transaction by itself; the session does.
        connect_args={"isolation_level": None, "factory": FetchingConnection},
    )
    pragmas = (
        f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}",
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=NORMAL",
        f"PRAGMA cache_size=-{_SQLITE_CACHE_KIB}",
        "PRAGMA foreign_keys=ON",
        f"PRAGMA query_only={int(query_only)}",
    )

    @event.listens_for(engine, "connect")
    def _connect(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    return SqliteEngine(
        engine, begin=begin, connections=connections, acquire_timeout_s=ACQUIRE_TIMEOUT_S
    )


def _postgresql_engines(url: URL) -> Engines:
    """One pool for both; a reading transaction is read-only, on one snapshot."""
    writer = create_async_engine(
        url.difference_update_query(["options"]),
        pool_size=_POSTGRESQL_POOL_SIZE,
        max_overflow=_POSTGRESQL_OVERFLOW,
        pool_timeout=ACQUIRE_TIMEOUT_S,
        pool_recycle=_POSTGRESQL_RECYCLE_S,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={
            "connect_timeout": _CONNECT_TIMEOUT_S,
            # A server that vanished without a word is given up by the system, not waited for.
            "tcp_user_timeout": _TCP_USER_TIMEOUT_MS,
            "options": _postgresql_options(url),
            "application_name": "gondola",
        },
    )

    @event.listens_for(writer.sync_engine, "checkin")
    def _let_go_of_busy(connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        if connection is not None and _is_busy(entry):
            entry.invalidate()

    @event.listens_for(writer.sync_engine, "do_executemany")
    def _one_by_one(
        cursor: DBAPICursor, statement: str, parameters: Sequence[Any], _context: object
    ) -> bool:
        # The driver's own way is a pipeline, of which a cancelled task cannot get out: it ends
        # with another error instead of its cancellation.
        for each in parameters:
            cursor.execute(statement, each)
        return True

    reader = writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Engines(writer=writer, reader=reader)


def _is_busy(entry: ConnectionPoolEntry) -> bool:
    """Whether a cancelled task has left a connection in the midst of a statement.

    The next transaction would be told so in its place.
    """
    connection = cast("AsyncConnection[Any]", entry.driver_connection)
    return connection.info.transaction_status is not TransactionStatus.IDLE


def _postgresql_options(url: URL) -> str:
    """The session's limits, then what the URL says of its own, which wins."""
    given = url.query.get("options", ())
    limits = (
        f"-c statement_timeout={_STATEMENT_TIMEOUT_MS}",
        f"-c lock_timeout={_LOCK_TIMEOUT_MS}",
        f"-c idle_in_transaction_session_timeout={_IDLE_IN_TRANSACTION_TIMEOUT_MS}",
    )
    return " ".join((*limits, *((given,) if isinstance(given, str) else given)))
