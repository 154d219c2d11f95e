"""Each test gets an empty database of its own: an SQLite file, and a schema on PostgreSQL."""

import os
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from bot.storage.database import Database
from tests.storage.factories import NOW

POSTGRESQL = make_url(
    os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/test")
).set(drivername="postgresql")


def _postgresql_answers() -> bool:
    try:
        psycopg.connect(_dsn(), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _dsn() -> str:
    return POSTGRESQL.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgresql_answers() -> bool:
    return _postgresql_answers()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'gondola.db'}"


@pytest.fixture
async def postgresql_url(*, postgresql_answers: bool) -> AsyncIterator[str]:
    if not postgresql_answers:
        pytest.skip(f"no PostgreSQL answers at {POSTGRESQL.render_as_string()}")
    schema = f"gondola_{secrets.token_hex(6)}"
    async with await psycopg.AsyncConnection.connect(_dsn(), autocommit=True) as connection:
        await connection.execute(f'CREATE SCHEMA "{schema}"'.encode())
        try:
            url = POSTGRESQL.update_query_dict({"options": f"-c search_path={schema}"})
            yield url.render_as_string(hide_password=False)
        finally:
            await connection.execute(f'DROP SCHEMA "{schema}" CASCADE'.encode())


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database.open(database_url, now=lambda: NOW) as opened:
        yield opened
