"""The door to the database: where transactions come from."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import URL, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import AccountKey
from bot.storage.engine.engines import ACQUIRE_TIMEOUT_S, AnyEngine, Engines, open_engines
from bot.storage.engine.migrate import MigrationResult, migrate
from bot.storage.engine.refusals import refusals_told, told_as_unavailable, waits_told
from bot.storage.engine.single_process import single_process
from bot.storage.engine.sqlite_engine import SqliteEngine
from bot.storage.engine.url import is_sqlite, parse_url, sqlite_path
from bot.storage.errors import DatabaseUnavailable
from bot.storage.transaction import SqlTransaction

TRANSACTION_TIMEOUT_S = 2 * ACQUIRE_TIMEOUT_S
"""How long a transaction may take, the wait for its connection included."""

_ACCOUNT_KEY_BYTES = 16

_Result = TypeVar("_Result")


def draw_account_key() -> AccountKey:
    """A random key that tells nothing of the member."""
    return AccountKey(secrets.token_hex(_ACCOUNT_KEY_BYTES))


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


class Database:
    """An open database, at the schema that the code expects. It is a `Storage`.

    Attributes:
        migration: what opening it did to the schema.
    """

    def __init__(
        self,
        url: URL,
        engines: Engines,
        migration: MigrationResult,
        *,
        new_account_key: Callable[[], AccountKey],
        now: Callable[[], datetime],
    ) -> None:
        self.migration = migration
        self._url = url
        self._engines = engines
        self._new_account_key = new_account_key
        self._now = now

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        url: str,
        *,
        new_account_key: Callable[[], AccountKey] = draw_account_key,
        now: Callable[[], datetime] = utc_now,
    ) -> "AsyncIterator[Database]":
        """Connect, bring the schema up to date, and close every connection at the end.

        An SQLite file and its folder are made if they are missing, and locked.

        Raises:
            UnsupportedDatabase: if the URL is of no database that the bot uses.
            DatabaseUnavailable: if it cannot be reached.
            DatabaseInUse: if another process has the SQLite file.
            SchemaTooNew: if a newer version of the bot has written it.
        """
        parsed = parse_url(url)
        with _sole_use(parsed):
            async with open_engines(parsed) as engines:
                await _try(engines.writer, parsed)
                with refusals_told(parsed):
                    migration = await migrate(engines.writer)
                yield cls(parsed, engines, migration, new_account_key=new_account_key, now=now)

    @property
    def is_sole_process(self) -> bool:
        """Whether no other process can have this database open: an SQLite file is locked."""
        return is_sqlite(self._url)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[SqlTransaction]:
        """A transaction that may write; committed at the end, rolled back if it raises.

        Raises:
            DatabaseRefuses: if it cannot begin, or SQLite cannot use its file.
            DatabaseUnavailable: if the connection breaks, or after 20 seconds.
        """
        async with self._transaction(self._engines.writer) as transaction:
            yield transaction

    @asynccontextmanager
    async def read(self) -> AsyncIterator[SqlTransaction]:
        """A transaction that sees one snapshot and cannot write.

        Raises:
            DatabaseRefuses, DatabaseUnavailable: as in `write`.
        """
        async with self._transaction(self._engines.reader) as transaction:
            yield transaction

    async def write_at_once(self, work: Callable[[SqlTransaction], Awaitable[_Result]]) -> _Result:
        """A transaction that may write, of work that waits for nothing but its repositories.

        SQLite does it in one trip to its thread, in which `work` runs as well.

        Raises:
            DatabaseRefuses, DatabaseUnavailable: as in `write`.
        """
        return await self._at_once(self._engines.writer, work)

    async def read_at_once(self, work: Callable[[SqlTransaction], Awaitable[_Result]]) -> _Result:
        """The same, of one snapshot, which cannot write.

        Raises:
            DatabaseRefuses, DatabaseUnavailable: as in `write`.
        """
        return await self._at_once(self._engines.reader, work)

    async def _at_once(
        self, engine: AnyEngine, work: Callable[[SqlTransaction], Awaitable[_Result]]
    ) -> _Result:
        if not isinstance(engine, SqliteEngine):
            async with self._transaction(engine) as transaction:
                return await work(transaction)
        async with self._in_time():
            with waits_told(self._url):
                return await engine.at_once(lambda each: work(self._repositories(each)))

    @asynccontextmanager
    async def _transaction(self, engine: AnyEngine) -> AsyncIterator[SqlTransaction]:
        async with self._in_time(), AsyncExitStack() as stack:
            with told_as_unavailable(self._url):
                connection = await stack.enter_async_context(engine.begin())
            yield self._repositories(connection)

    @asynccontextmanager
    async def _in_time(self) -> AsyncIterator[None]:
        """Tell what keeps a transaction from its end."""
        deadline = asyncio.timeout(TRANSACTION_TIMEOUT_S)
        try:
            async with deadline:
                with refusals_told(self._url):
                    yield
        except TimeoutError as error:
            if deadline.expired():
                raise DatabaseUnavailable(self._url, error) from error
            raise
        except DBAPIError as error:
            if error.connection_invalidated:
                raise DatabaseUnavailable(self._url, error) from error
            raise

    def _repositories(self, connection: AsyncConnection) -> SqlTransaction:
        return SqlTransaction(connection, new_account_key=self._new_account_key, now=self._now)


@contextmanager
def _sole_use(url: URL) -> Iterator[None]:
    """Hold an SQLite file alone; PostgreSQL is shared."""
    with ExitStack() as stack:
        if is_sqlite(url):
            path = sqlite_path(url)
            with told_as_unavailable(url):
                path.parent.mkdir(parents=True, exist_ok=True)
                stack.enter_context(single_process(path))
        yield


async def _try(engine: AnyEngine, url: URL) -> None:
    """Find out at the start whether the database can be had."""
    with told_as_unavailable(url):
        async with engine.begin() as connection:
            await connection.execute(select(1))
