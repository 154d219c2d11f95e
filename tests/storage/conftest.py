"""Each test gets an empty database of its own: an SQLite file, and a schema on PostgreSQL."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import strategies as st
from sqlalchemy import make_url

from bot.domain.jobs.stored_picture import StoredPicture
from bot.storage.database import Database
from tests.prepared import PostgresqlSchemas, prepared_sqlite
from tests.storage.factories import NOW

POSTGRESQL = make_url(
    os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/test")
).set(drivername="postgresql")


# A hash is of hexadecimal digits; all other text may hold anything. Said here, before a test module
# asks for a type that holds pictures: what a type is made of is worked out once.
st.register_type_strategy(
    StoredPicture,
    st.builds(StoredPicture, sha256=st.text("0123456789abcdef", min_size=64, max_size=64)),
)


def _postgresql_answers() -> bool:
    try:
        psycopg.connect(dsn(), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def dsn() -> str:
    return POSTGRESQL.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgresql_answers() -> bool:
    return _postgresql_answers()


@pytest.fixture(scope="session")
def schemas(*, postgresql_answers: bool) -> Iterator[PostgresqlSchemas]:
    if not postgresql_answers:
        pytest.skip(f"no PostgreSQL answers at {POSTGRESQL.render_as_string()}")
    made = PostgresqlSchemas(POSTGRESQL)
    yield made
    made.drop()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return prepared_sqlite(tmp_path / "gondola.db")


@pytest.fixture
def postgresql_url(schemas: PostgresqlSchemas) -> Iterator[str]:
    with schemas.one() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A database at the newest schema, with nothing in it."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def bare_sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'gondola.db'}"


@pytest.fixture
def bare_postgresql_url(schemas: PostgresqlSchemas) -> Iterator[str]:
    with schemas.bare() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_database_url(request: pytest.FixtureRequest) -> str:
    """A database without any table."""
    url: str = request.getfixturevalue(f"bare_{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database.open(database_url, now=lambda: NOW) as opened:
        yield opened
