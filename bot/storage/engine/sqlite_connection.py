"""An SQLite connection as coroutines use it, from outside of its thread and from within."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from sqlalchemy import Dialect, Executable, ScalarResult

from bot.storage.engine.prepared import Parameters
from bot.storage.engine.sqlite_session import AnyRows, DriverParameters
from bot.storage.engine.sqlite_thread import SqliteThread

_Result = TypeVar("_Result")


class SqliteConnection(ABC):
    """As much of an `AsyncConnection` as the bot uses."""

    def __init__(self, dialect: Dialect, thread: SqliteThread) -> None:
        self.dialect = dialect
        self._thread = thread

    @abstractmethod
    async def _do(self, work: Callable[[], _Result]) -> _Result:
        """Do something where the connection lives."""

    async def execute(self, statement: Executable, parameters: Parameters = None) -> AnyRows:
        """Execute a statement, and fetch its rows."""
        return await self._do(lambda: self._thread.session.execute(statement, parameters))

    async def scalars(
        self, statement: Executable, parameters: Parameters = None
    ) -> ScalarResult[Any]:
        """The first column of its rows."""
        return (await self.execute(statement, parameters)).scalars()

    async def scalar(self, statement: Executable, parameters: Parameters = None) -> object:
        """The first column of its first row; None without one."""
        return (await self.execute(statement, parameters)).scalar()

    async def exec_driver_sql(self, statement: str, parameters: DriverParameters = None) -> AnyRows:
        """Execute a statement as it is."""
        return await self._do(lambda: self._thread.session.execute_as_is(statement, parameters))

    async def run_sync(self, work: Callable[..., _Result], *arguments: object) -> _Result:
        """Do something with SQLAlchemy's own connection."""
        return await self._do(lambda: work(self._thread.session.connection, *arguments))


class ByTrips(SqliteConnection):
    """One way to the thread and back for each call."""

    def __init__(self, dialect: Dialect, thread: SqliteThread) -> None:
        super().__init__(dialect, thread)
        self.is_begun = False
        """Whether something may have to be rolled back."""

    async def _do(self, work: Callable[[], _Result]) -> _Result:
        self.is_begun = True
        return await self._thread.do(work)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[None]:
        """A transaction that begins at once."""
        await self._do(self._thread.begin)
        yield
        await self.commit()

    async def commit(self) -> None:
        """Commit, if there was a statement."""
        if self.is_begun:
            await self._thread.do(self._thread.commit)
            self.is_begun = False


class InThread(SqliteConnection):
    """Every call is done where it is made: in the thread."""

    is_given_up = False
    """Whether nobody waits for the transaction any more."""

    async def _do(self, work: Callable[[], _Result]) -> _Result:
        if self.is_given_up:
            raise asyncio.CancelledError
        return work()

    def commit(self) -> None:
        """Commit, if somebody still waits for it."""
        if self.is_given_up:
            raise asyncio.CancelledError
        self._thread.commit()

    def rollback(self) -> None:
        """Roll back."""
        self._thread.roll_back()
