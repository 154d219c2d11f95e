"""What SQLite's driver is asked for, by whatever way it came there."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from bot.storage.engine.sqlite_driver import FetchingConnection


@dataclass
class Executed:
    """Statements with their values, and how many transactions were committed."""

    statements: list[tuple[str, Any]] = field(default_factory=list)
    transactions: int = 0


@contextmanager
def listening() -> Iterator[Executed]:
    """Note what is executed meanwhile, on every connection."""
    executed = Executed()

    class Listening(sqlite3.Connection):
        def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
            if not sql.startswith("BEGIN"):
                executed.statements.append((sql, values))
            return sqlite3.Connection.execute(self, sql, values)

        def executemany(self, sql: str, sets: Any, /) -> sqlite3.Cursor:
            each = list(sets)
            executed.statements.append((sql, each[0]))
            return sqlite3.Connection.executemany(self, sql, each)

        def commit(self) -> None:
            executed.transactions += self.in_transaction
            sqlite3.Connection.commit(self)

    with patch.multiple(
        FetchingConnection,
        create=True,
        execute=Listening.execute,
        executemany=Listening.executemany,
        commit=Listening.commit,
    ):
        yield executed
