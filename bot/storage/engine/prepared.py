"""A statement that needs no more than its values: SQL for SQLite, and what becomes of values."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData

Values: TypeAlias = Mapping[str, Any]
"""What a statement is executed with, by name."""

Parameters: TypeAlias = Values | Sequence[Values] | None
"""One set of values, or several, each of which has the names of the first."""

Turn: TypeAlias = Callable[[Any], Any] | None
"""How a value becomes another; None where it stays what it is."""


class Constant(NamedTuple):
    """A value that is always the same, as SQLite takes it."""

    value: object


class Named(NamedTuple):
    """A value that is found under a name."""

    name: str
    turn: Turn


class Listed(NamedTuple):
    """One of those that are found under a name, in a list."""

    name: str
    place: int
    turn: Turn


Source: TypeAlias = Constant | Named | Listed
"""Where the value behind a question mark comes from."""


_NO_COLUMNS = SimpleResultMetaData(())


class FetchedRows(IteratorResult[Any]):
    """The rows of a statement, all of them fetched.

    Attributes:
        rowcount: how many rows were written; -1 for a statement that only reads.
    """

    def __init__(self, keys: SimpleResultMetaData, rows: Iterator[Any], *, rowcount: int) -> None:
        super().__init__(keys, rows)
        self.rowcount = rowcount


class Prepared:
    """The SQL of a statement for one shape of values.

    Args:
        sql: with question marks.
        sources: of what stands behind each.
        turns: what becomes of each column of a row; there are none where it returns no rows.
    """

    def __init__(self, sql: str, sources: Sequence[Source], *, turns: Sequence[Turn]) -> None:
        self.sql = sql
        self._constants = [_constant(source) for source in sources]
        self._named = [(n, *each) for n, each in enumerate(sources) if isinstance(each, Named)]
        self._listed = [(n, *each) for n, each in enumerate(sources) if isinstance(each, Listed)]
        self._width = len(turns)
        self._returns_rows = bool(turns)
        self._turns = [(n, turn) for n, turn in enumerate(turns) if turn is not None]
        self._columns: SimpleResultMetaData | None = None

    def execute(self, driver: sqlite3.Connection, parameters: Parameters) -> FetchedRows:
        """Execute it, for each set of values if there are several, and fetch its rows."""
        if parameters is None or isinstance(parameters, Mapping):
            return self._fetched(driver.execute(self.sql, self._bound(parameters or {})))
        if self._returns_rows:
            return self._fetched_of_each(driver, parameters)
        return self._fetched(driver.executemany(self.sql, map(self._bound, parameters)))

    def _fetched_of_each(self, driver: sqlite3.Connection, sets: Iterable[Values]) -> FetchedRows:
        """The driver gives no rows of several sets of values."""
        each = [self._fetched(driver.execute(self.sql, self._bound(values))) for values in sets]
        rows = chain.from_iterable(one.iterator for one in each)
        count = sum(one.rowcount for one in each)
        return FetchedRows(self._columns or _NO_COLUMNS, rows, rowcount=count)

    def _fetched(self, cursor: sqlite3.Cursor) -> FetchedRows:
        if not self._returns_rows:
            fetched = FetchedRows(_NO_COLUMNS, iter(()), rowcount=cursor.rowcount)
        else:
            # Of a statement that writes as well, the count is known once its rows are read.
            rows = self._turned(cursor.fetchall())
            fetched = FetchedRows(self._named_by(cursor), iter(rows), rowcount=cursor.rowcount)
        cursor.close()
        return fetched

    def _named_by(self, cursor: sqlite3.Cursor) -> SimpleResultMetaData:
        """The names of the columns, which are always the same.

        Raises:
            RuntimeError: if there are others than the statement says.
        """
        if self._columns is None:
            if len(cursor.description) != self._width:
                raise RuntimeError(f"{len(cursor.description)} columns instead of {self._width}")
            self._columns = SimpleResultMetaData([name for name, *_ in cursor.description])
        return self._columns

    def _bound(self, values: Values) -> list[object]:
        arguments = self._constants.copy()
        for each, name, turn in self._named:
            value = values[name]
            arguments[each] = value if turn is None else turn(value)
        for each, name, place, turn in self._listed:
            value = values[name][place]
            arguments[each] = value if turn is None else turn(value)
        return arguments

    def _turned(self, rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
        return [self._turned_row(row) for row in rows] if self._turns else rows

    def _turned_row(self, row: tuple[object, ...]) -> tuple[object, ...]:
        turned = list(row)
        for each, turn in self._turns:
            turned[each] = turn(turned[each])
        return tuple(turned)


def _constant(source: Source) -> object:
    return source.value if isinstance(source, Constant) else None
