"""Databases at the newest schema and with nothing in them, without running every step each time."""

import asyncio
import functools
import secrets
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from sqlalchemy import URL

from bot.storage.database import Database
from bot.storage.engine.migrate import revisions

HEAD = revisions()[-1]
"""The newest step."""

_TRIES = 4

_EMPTY_ALL = """
DO $$
DECLARE
    each text;
    holds_rows boolean;
    full_ones text[] := '{}';
BEGIN
    FOR each IN SELECT quote_ident(tablename) FROM pg_tables
        WHERE schemaname = current_schema AND tablename <> 'alembic_version'
    LOOP
        EXECUTE 'SELECT EXISTS (SELECT FROM ' || each || ')' INTO holds_rows;
        IF holds_rows THEN
            full_ones := full_ones || each;
        END IF;
    END LOOP;
    IF full_ones <> '{}' THEN
        EXECUTE 'TRUNCATE ' || array_to_string(full_ones, ', ') || ' RESTART IDENTITY CASCADE';
    END IF;
END $$
"""


def prepared_sqlite(path: Path) -> str:
    """The URL of an SQLite file, which is made if it is missing."""
    if not path.exists():
        path.write_bytes(_sqlite_file())
    return f"sqlite+aiosqlite:///{path}"


@functools.cache
def _sqlite_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as thread:
        path = Path(folder) / "gondola.db"
        # In a thread, because whoever asks may be on a loop already.
        thread.submit(lambda: asyncio.run(_migrated(f"sqlite:///{path}"))).result()
        return path.read_bytes()


class PostgresqlSchemas:
    """Schemas that tests use one after the other, emptied in between."""

    def __init__(self, server: URL) -> None:
        self._server = server
        self._dsn = server.render_as_string(hide_password=False)
        self._free: list[str] = []

    @contextmanager
    def one(self) -> Iterator[str]:
        """The URL of a schema at the newest version."""
        schema = self._free.pop() if self._free else self._new()
        yield self.url_of(schema)
        with psycopg.connect(self._dsn, autocommit=True) as connection:
            connection.execute(f'SET search_path = "{schema}"'.encode())
            connection.execute("SET lock_timeout = '30s'")
            version = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            assert version == (HEAD,), "a test that takes steps needs a bare database"
            _empty(connection)
        self._free.append(schema)

    @contextmanager
    def bare(self) -> Iterator[str]:
        """The URL of a schema without any table."""
        schema = f"gondola_{secrets.token_hex(6)}"
        with psycopg.connect(self._dsn, autocommit=True) as connection:
            connection.execute(f'CREATE SCHEMA "{schema}"'.encode())
            try:
                yield self.url_of(schema)
            finally:
                connection.execute(f'DROP SCHEMA "{schema}" CASCADE'.encode())

    def url_of(self, schema: str) -> str:
        """The URL by which the bot finds a schema.

        A test's commits need not reach the disk, and a lock may be waited for on a busy machine.
        """
        options = (
            f"-c search_path={schema} -c synchronous_commit=off"
            " -c lock_timeout=60s -c statement_timeout=60s"
        )
        url = self._server.update_query_dict({"options": options})
        return url.render_as_string(hide_password=False)

    def drop(self) -> None:
        """Drop what was made."""
        with psycopg.connect(self._dsn, autocommit=True) as connection:
            for schema in self._free:
                connection.execute(f'DROP SCHEMA "{schema}" CASCADE'.encode())

    def _new(self) -> str:
        schema = f"gondola_{secrets.token_hex(6)}"
        with psycopg.connect(self._dsn, autocommit=True) as connection:
            connection.execute(f'CREATE SCHEMA "{schema}"'.encode())
        with ThreadPoolExecutor(1) as thread:
            thread.submit(lambda: asyncio.run(_migrated(self.url_of(schema)))).result()
        return schema


def _empty(connection: psycopg.Connection) -> None:
    """Empty every table; what a test broke off may still be ending, and hold some of them."""
    for _ in range(_TRIES):
        with suppress(psycopg.errors.DeadlockDetected):
            connection.execute(_EMPTY_ALL)
            return
    connection.execute(_EMPTY_ALL)


async def _migrated(url: str) -> None:
    async with Database.open(url):
        pass
