"""An SQLite connection that goes to its thread once a statement, where aiosqlite goes four times.

Making a cursor and closing one wait for nothing, so they need no thread, and a statement's rows
are fetched where it is executed. Every way there and back costs as much as a small statement.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Self, TypeAlias, TypeVar

import aiosqlite

_ROWS_AT_ONCE = 64
_Parameters: TypeAlias = Sequence[Any] | Mapping[str, Any]

_Result = TypeVar("_Result")


class NotBegun(sqlite3.OperationalError):
    """The transaction could not begin: somebody else holds the file."""


class SqliteCursor:
    """As much of a cursor as SQLAlchemy asks for."""

    def __init__(self, connection: "SqliteDriverConnection") -> None:
        self._connection = connection
        self._rows: Sequence[Any] = ()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: _Parameters = ()) -> Self:
        """Execute one statement, and fetch its rows."""
        begin = self._connection.take_begin()
        await self._connection.in_thread(partial(self._execute, sql, parameters, begin))
        return self

    async def executemany(self, sql: str, parameters: Iterable[_Parameters]) -> Self:
        """Execute one statement for each set of parameters."""
        begin = self._connection.take_begin()
        await self._connection.in_thread(partial(self._executemany, sql, parameters, begin))
        return self

    async def fetchall(self) -> Sequence[Any]:
        """The rows of the statement."""
        rows, self._rows = self._rows, ()
        return rows

    async def close(self) -> None:
        """Nothing is open any more."""

    def _execute(self, sql: str, parameters: _Parameters, begin: str | None) -> None:
        self._begin(begin)
        cursor = self._connection.sqlite.execute(sql, parameters)
        try:
            if cursor.description is not None:
                self._rows = cursor.fetchall()
            # Of a statement that writes and returns rows, the count is known once they are read.
            self.description, self.rowcount = cursor.description, cursor.rowcount
            self.lastrowid = cursor.lastrowid
        finally:
            cursor.close()

    def _begin(self, statement: str | None) -> None:
        if statement is None:
            return
        try:
            self._connection.sqlite.execute(statement)
        except sqlite3.OperationalError as error:
            raise NotBegun(*error.args) from error

    def _executemany(self, sql: str, parameters: Iterable[_Parameters], begin: str | None) -> None:
        self._begin(begin)
        cursor = self._connection.sqlite.executemany(sql, parameters)
        self.rowcount = cursor.rowcount
        cursor.close()


class SqliteDriverConnection(aiosqlite.Connection):
    """A connection whose transactions begin by `begin`, and end by `commit` or `rollback`.

    Args:
        connect: makes the connection, in its thread.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connect, iter_chunk_size=_ROWS_AT_ONCE)
        self._thread.daemon = True
        self._begin_with: str | None = None
        self._is_begun = False

    @property
    def sqlite(self) -> sqlite3.Connection:
        """The connection itself, for use in its thread."""
        return self._conn

    async def in_thread(self, work: Callable[[], _Result]) -> _Result:
        """Do something in the connection's thread, behind what was asked for before."""
        done: _Result = await self._execute(work)  # type: ignore[no-untyped-call] # aiosqlite leaves it bare
        return done

    def cursor(self) -> SqliteCursor:  # type: ignore[override] # SQLAlchemy awaits its entry
        """A cursor, at once: of aiosqlite's, SQLAlchemy uses what this one has."""
        return SqliteCursor(self)

    def begin(self, statement: str) -> None:
        """Begin a transaction, on the way of its first statement."""
        self._begin_with = statement

    def take_begin(self) -> str | None:
        """What the next statement begins with."""
        begin, self._begin_with = self._begin_with, None
        # Noted before it is done: whoever is cancelled in the midst of it must roll back.
        self._is_begun = self._is_begun or begin is not None
        return begin

    async def commit(self) -> None:
        """Commit, if there was a statement."""
        self._begin_with = None
        if self._is_begun:
            await super().commit()
            self._is_begun = False

    async def rollback(self) -> None:
        """Roll back, if there was a statement; the pool asks for it even after a commit."""
        self._begin_with = None
        if self._is_begun:
            await super().rollback()
            self._is_begun = False
