"""An SQLite connection whose statements fetch their rows where they are executed.

The rows are read on the loop, and a cursor may only be used in the thread of its connection.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeAlias

_Parameters: TypeAlias = Sequence[Any] | Mapping[str, Any]


class NotBegun(sqlite3.OperationalError):
    """The transaction could not begin: somebody else holds the file."""


class FetchedCursor:
    """As much of a cursor as SQLAlchemy asks for. Nothing of it is open after a statement."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    def execute(self, sql: str, parameters: _Parameters = ()) -> None:
        """Execute one statement, and fetch its rows."""
        cursor = self._connection.execute(sql, parameters)
        try:
            if cursor.description is not None:
                self._rows = cursor.fetchall()
            # Of a statement that writes and returns rows, the count is known once they are read.
            self.description, self.rowcount = cursor.description, cursor.rowcount
            self.lastrowid = cursor.lastrowid
        finally:
            cursor.close()

    def executemany(self, sql: str, parameters: Iterable[_Parameters]) -> None:
        """Execute one statement for each set of parameters."""
        cursor = self._connection.executemany(sql, parameters)
        self.rowcount = cursor.rowcount
        cursor.close()

    def fetchall(self) -> list[Any]:
        """The rows that are left."""
        rows, self._rows = self._rows, []
        return rows

    def fetchone(self) -> object:
        """The next row; None after the last."""
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows."""
        count = self.arraysize if size is None else size
        rows, self._rows = self._rows[:count], self._rows[count:]
        return rows

    def close(self) -> None:
        """Nothing is open any more."""


class FetchingConnection(sqlite3.Connection):
    """Makes such cursors, and gives its transaction up when it is closed."""

    def cursor(self) -> FetchedCursor:  # type: ignore[override] # all that SQLAlchemy needs
        """A cursor for SQLAlchemy."""
        return FetchedCursor(self)

    def close(self) -> None:
        """Roll back what is open, and close."""
        with suppress(sqlite3.Error):
            self.rollback()
        super().close()
