"""A connection to SQLite with its transactions, as it is used in the thread that it lives in."""

import sqlite3
from typing import Any, TypeAlias, cast

from sqlalchemy import CursorResult, Engine, Executable
from sqlalchemy.exc import DBAPIError

from bot.storage.engine.prepared import FetchedRows, Parameters
from bot.storage.engine.preparing import PreparedStatements
from bot.storage.engine.sqlite_driver import NotBegun

AnyRows: TypeAlias = CursorResult[Any] | FetchedRows

DriverParameters: TypeAlias = Any
"""What SQLAlchemy takes beside SQL: a set of values by name or by place, or several."""


class SqliteSession:
    """Executes statements in a transaction, which begins with the first of them.

    Transactions are the driver's own. SQLAlchemy takes what it executes for parts of one that
    never ends: to begin and to commit costs it more than SQLite.

    Args:
        engine: connects.
        begin: the statement that a transaction begins with.
        prepared: statements that need no SQLAlchemy any more.
    """

    def __init__(self, engine: Engine, *, begin: str, prepared: PreparedStatements) -> None:
        self.connection = engine.connect()
        self.driver = cast("sqlite3.Connection", self.connection.connection.driver_connection)
        self._begin = begin
        self._prepared = prepared
        self.connection.begin()

    def execute(self, statement: Executable, parameters: Parameters) -> AnyRows:
        """Execute a statement, and fetch its rows.

        Raises:
            NotBegun: if no transaction could begin.
            DBAPIError: if SQLite refuses the statement.
        """
        self.begin()
        prepared = self._prepared.find(statement, parameters)
        if prepared is None:
            return self.connection.execute(statement, parameters)
        try:
            return prepared.execute(self.driver, parameters)
        except Exception as error:
            raise _told(prepared.sql, error) from error

    def execute_as_is(self, statement: str, parameters: DriverParameters) -> AnyRows:
        """Execute SQL.

        Raises:
            NotBegun, DBAPIError: as `execute`.
        """
        self.begin()
        return self.connection.exec_driver_sql(statement, parameters)

    def begin(self) -> None:
        """Begin a transaction, unless one has begun.

        Raises:
            NotBegun: if somebody else holds the file for too long.
        """
        if self.driver.in_transaction:
            return
        try:
            self.driver.execute(self._begin)
        except sqlite3.OperationalError as error:
            raise NotBegun(*error.args) from error

    def commit(self) -> None:
        """Commit, if a transaction has begun.

        Raises:
            DBAPIError: if SQLite cannot.
        """
        try:
            self.driver.commit()
        except sqlite3.Error as error:
            raise _told("COMMIT", error) from error

    def roll_back(self) -> None:
        """Roll back, if a transaction has begun.

        Raises:
            DBAPIError: if SQLite cannot.
        """
        try:
            self.driver.rollback()
        except sqlite3.Error as error:
            raise _told("ROLLBACK", error) from error

    def close(self) -> None:
        """Roll back what is open, and close."""
        self.connection.close()


def _told(statement: str, error: Exception) -> Exception:
    """An error as SQLAlchemy tells of it, without the values: they are members' words."""
    return DBAPIError.instance(statement, None, error, sqlite3.Error, hide_parameters=True)
