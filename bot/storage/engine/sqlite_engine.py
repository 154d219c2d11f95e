"""SQLite for coroutines: each connection lives in a thread, and is asked to do things there.

A way to the thread and back costs more than most statements, so a transaction that waits for
nothing but the database is done in one (`SqliteEngine.at_once`). What comes again is executed
there by the driver, the rest by SQLAlchemy as it does without asyncio.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import TypeVar, cast

from sqlalchemy import Engine
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine.preparing import PreparedStatements
from bot.storage.engine.sqlite_connection import ByTrips, InThread
from bot.storage.engine.sqlite_session import SqliteSession
from bot.storage.engine.sqlite_thread import SqliteThread

_Result = TypeVar("_Result")

Work = Callable[[AsyncConnection], Awaitable[_Result]]
"""What is done on a connection: it awaits nothing but that connection."""


class SqliteEngine:
    """As much of an `AsyncEngine` as the bot uses.

    Args:
        engine: makes connections; it pools none.
        begin: the statement that a transaction begins with.
        connections: how many there may be at a time.
        acquire_timeout_s: how long one is waited for.
    """

    def __init__(
        self, engine: Engine, *, begin: str, connections: int, acquire_timeout_s: float
    ) -> None:
        self.sync_engine = engine
        self._acquire_timeout_s = acquire_timeout_s
        self._turns = asyncio.Semaphore(connections)
        prepared = PreparedStatements(engine.dialect)
        connect = partial(SqliteSession, engine, begin=begin, prepared=prepared)
        self._threads = [SqliteThread(connect) for _ in range(connections)]
        self._free = list(self._threads)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that begins with its first statement: each is a trip to the thread.

        Raises:
            PoolTimeoutError: if no connection is free in time.
        """
        async with self.connect() as connection:
            yield connection
            await connection.commit()

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """A connection; what is not committed in the end is rolled back.

        Raises:
            PoolTimeoutError: as above.
        """
        thread = await self._take()
        connection = ByTrips(self.sync_engine.dialect, thread)
        try:
            yield cast("AsyncConnection", connection)
        finally:
            self._give_back(thread, is_clean=not connection.is_begun)

    async def at_once(self, work: Work[_Result]) -> _Result:
        """A whole transaction in one trip to the thread, `work` included.

        Who is cancelled meanwhile cannot know whether it was committed.

        Raises:
            PoolTimeoutError: as above.
        """
        thread = await self._take()
        connection = InThread(self.sync_engine.dialect, thread)
        is_done = False
        try:
            result = await thread.do(partial(_whole, connection, work))
            is_done = True
        finally:
            connection.is_given_up = not is_done
            self._give_back(thread, is_clean=is_done)
        return result

    async def dispose(self) -> None:
        """Close every connection."""
        for thread in self._threads:
            await thread.close()
        self.sync_engine.dispose()

    async def _take(self) -> SqliteThread:
        try:
            async with asyncio.timeout(self._acquire_timeout_s):
                await self._turns.acquire()
        except TimeoutError as error:
            told = f"no connection was free for {self._acquire_timeout_s:g} seconds"
            raise PoolTimeoutError(told) from error
        return self._free.pop()

    def _give_back(self, thread: SqliteThread, *, is_clean: bool) -> None:
        if is_clean:
            self._let_go(thread)
        else:
            thread.clear(partial(self._let_go, thread))

    def _let_go(self, thread: SqliteThread) -> None:
        self._free.append(thread)
        self._turns.release()


def _whole(connection: InThread, work: Work[_Result]) -> _Result:
    try:
        result = _to_its_end(work(cast("AsyncConnection", connection)))
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    return result


def _to_its_end(work: Awaitable[_Result]) -> _Result:
    """Run what never has to wait, because all that it awaits is done at once.

    Raises:
        RuntimeError: if it waits for something else.
    """
    steps = work.__await__()
    try:
        next(steps)
    except StopIteration as end:
        result: _Result = end.value
        return result
    raise RuntimeError("a transaction that is done at once may wait for nothing else")
