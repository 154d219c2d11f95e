"""What databases and their drivers raise, as the storage's own errors."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.storage.engine.sqlite_driver import NotBegun
from bot.storage.errors import DatabaseRefuses

_REFUSALS = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    }
)
"""Errors of SQLite that lie in the file or its disk, and not in what was asked."""

_PRIMARY_CODE = 0xFF


@contextmanager
def told_as_unavailable(url: URL) -> Iterator[None]:
    """Tell of whatever keeps a database from being had at all."""
    try:
        yield
    except (DBAPIError, NotBegun, PoolTimeoutError, OSError) as error:
        raise DatabaseRefuses(url, error) from error


@contextmanager
def waits_told(url: URL) -> Iterator[None]:
    """Tell of a connection that was not free in time."""
    try:
        yield
    except PoolTimeoutError as error:
        raise DatabaseRefuses(url, error) from error


@contextmanager
def refusals_told(url: URL) -> Iterator[None]:
    """Tell what SQLite says of its file from what it says of a statement."""
    try:
        yield
    except NotBegun as error:
        raise DatabaseRefuses(url, error) from error
    except DBAPIError as error:
        if not _is_refusal(error.orig):
            raise
        raise DatabaseRefuses(url, error) from error


def _is_refusal(error: BaseException | None) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & _PRIMARY_CODE in _REFUSALS
