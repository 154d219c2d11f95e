"""A thread that an SQLite connection lives in: only there may it be used."""

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sqlalchemy import Connection, Engine

if TYPE_CHECKING:
    from bot.storage.engine.sqlite_driver import FetchingConnection

_Result = TypeVar("_Result")


class SqliteThread:
    """One connection, made when it is needed, and the thread that it lives in."""

    def __init__(self, engine: Engine, number: int) -> None:
        self._engine = engine
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=f"sqlite-{number}")
        self._connection: Connection | None = None
        self._latest: Future[Any] | None = None

    @property
    def connection(self) -> Connection:
        """The connection, for use in the thread."""
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    async def do(self, work: Callable[[], _Result]) -> _Result:
        """Do something in the thread, behind what was asked for before."""
        context = contextvars.copy_context()
        future = self._executor.submit(context.run, work)
        self._latest = future
        return await asyncio.wrap_future(future)

    def clear(self, then: Callable[[], None]) -> None:
        """Break off what is under way and roll back; `then` is called on the loop."""
        loop = asyncio.get_running_loop()
        self._interrupt()

        def tell(_: object) -> None:
            with suppress(RuntimeError):  # The loop is closed: nobody waits any more.
                loop.call_soon_threadsafe(then)

        self._executor.submit(self.roll_back).add_done_callback(tell)

    async def close(self) -> None:
        """Close the connection, and end the thread."""
        self._interrupt()
        await self.do(self._close)
        self._executor.shutdown(wait=False)

    def begin(self) -> None:
        """Begin a transaction, in the thread."""
        self.connection.begin()

    def commit(self) -> None:
        """Commit, if a transaction has begun."""
        self.connection.commit()

    def roll_back(self) -> None:
        """Roll back, if a transaction has begun."""
        if self._connection is None:
            return
        try:
            self._connection.rollback()
        except Exception:
            # A connection that cannot be cleared is made anew.
            self._close()
            raise

    def _interrupt(self) -> None:
        if self._latest is None or self._latest.done() or self._connection is None:
            return
        driver = self._connection.connection.driver_connection
        cast("FetchingConnection", driver).interrupt()

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
