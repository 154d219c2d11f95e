"""The thread that an SQLite connection lives in: only there may it be used.

The thread, its queue and the connection are aiosqlite's; the session that works with that
connection never leaves the thread.
"""

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

import aiosqlite

from bot.storage.engine.sqlite_session import SqliteSession

_Result = TypeVar("_Result")

_CURSOR_ROWS = 64
"""What aiosqlite wants to know of cursors, of which none is used."""


class _Driver(aiosqlite.Connection):
    """aiosqlite's connection, which does whatever it is handed in its thread."""

    stopped: "asyncio.Future[Any] | None" = None
    """Done once the thread has ended."""

    def stop(self) -> "asyncio.Future[Any] | None":
        """End the thread; aiosqlite does so by itself where it could not connect."""
        self.stopped = super().stop()
        return self.stopped

    def queue(self, work: Callable[[], _Result]) -> "Future[_Result]":
        """Do something in the thread, behind what was asked for before."""
        future: Future[_Result] = Future()
        self._tx.put_nowait((None, partial(_settle, future, work)))
        return future


def _settle(future: "Future[_Result]", work: Callable[[], _Result]) -> None:
    """Do the work of a future, unless nobody waits for it any more."""
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(work())
    except BaseException as error:  # noqa: BLE001 - it belongs to whoever awaits the future
        future.set_exception(error)


def _failed(opening: "asyncio.Task[_Driver]") -> bool:
    return opening.done() and (opening.cancelled() or opening.exception() is not None)


class SqliteThread:
    """One session, made when it is needed, and the thread that it lives in.

    Args:
        connect: makes the session, in the thread.
    """

    def __init__(self, connect: Callable[[], SqliteSession]) -> None:
        self._connect = connect
        self._opening: asyncio.Task[_Driver] | None = None
        self._session: SqliteSession | None = None
        self._latest: Future[Any] | None = None

    @property
    def session(self) -> SqliteSession:
        """The session, for use in the thread."""
        if self._session is None:
            self._session = self._connect()
        return self._session

    async def do(self, work: Callable[[], _Result]) -> _Result:
        """Do something in the thread, behind what was asked for before."""
        driver = await self._opened()
        context = contextvars.copy_context()
        self._latest = future = driver.queue(partial(context.run, work))
        return await asyncio.wrap_future(future)

    def clear(self, then: Callable[[], None]) -> None:
        """Break off what is under way and roll back; `then` is called on the loop."""
        loop = asyncio.get_running_loop()
        if self._opening is None or not self._opening.done() or _failed(self._opening):
            loop.call_soon(then)
            return
        self._interrupt()

        def tell(_: object) -> None:
            with suppress(RuntimeError):  # The loop is closed: nobody waits any more.
                loop.call_soon_threadsafe(then)

        self._opening.result().queue(self.roll_back).add_done_callback(tell)

    async def close(self) -> None:
        """Close the connection, and end the thread."""
        if self._opening is None or _failed(self._opening):
            return
        driver = await self._opening
        self._interrupt()
        await self.do(self._close)
        await driver.close()

    def begin(self) -> None:
        """Begin a transaction; in the thread."""
        self.session.begin()

    def commit(self) -> None:
        """Commit, if a transaction has begun; in the thread."""
        self.session.commit()

    def roll_back(self) -> None:
        """Roll back, if a transaction has begun; in the thread."""
        if self._session is None:
            return
        try:
            self._session.roll_back()
        except Exception:
            # A connection that cannot be cleared is made anew.
            self._close()
            raise

    async def _opened(self) -> _Driver:
        """The driver; who is cancelled meanwhile leaves it to whoever comes next."""
        if self._opening is None or _failed(self._opening):
            self._opening = asyncio.create_task(self._open())
        return await asyncio.shield(self._opening)

    async def _open(self) -> _Driver:
        driver = _Driver(lambda: self.session.driver, _CURSOR_ROWS)
        try:
            await driver
        finally:
            if driver.stopped is not None:
                await driver.stopped
        return driver

    def _interrupt(self) -> None:
        if self._latest is None or self._latest.done() or self._session is None:
            return
        self._session.driver.interrupt()

    def _close(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()
