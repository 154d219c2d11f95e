"""Bringing a database's schema to the version that the code expects."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, column, inspect, select, table
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine.engines import AnyEngine
from bot.storage.errors import SchemaTooNew

MIGRATIONS = Path(__file__).resolve().parents[3] / "migrations"
STEPS = MIGRATIONS / "versions"

_VERSION = table("alembic_version", column("version_num"))
_TIMEOUT_S = 600
_POSTGRESQL_LOCK = 0x676F6E64
"""The key of the advisory lock under which one process at a time changes the schema."""


@dataclass(frozen=True, slots=True)
class MigrationResult:
    """From which revision to which the schema went; None is an empty database."""

    from_revision: str | None
    to_revision: str


def revisions(steps: Path = STEPS) -> tuple[str, ...]:
    """The revisions that the steps lead to, in their order: what their files are named for."""
    return tuple(sorted(path.stem.partition("_")[0] for path in steps.glob("*.py")))


async def migrate(
    engine: AnyEngine, *, steps: Path = STEPS, target: str | None = None
) -> MigrationResult:
    """Apply the steps that the database lacks, all in one transaction, or none.

    Args:
        engine: an engine that may write.
        steps: the folder of the steps.
        target: the revision to stop at; the newest unless told.

    Raises:
        SchemaTooNew: if the database is at a revision that is not among the steps.
        TimeoutError: if it takes longer than ten minutes.
    """
    async with (
        asyncio.timeout(_TIMEOUT_S),
        engine.connect() as connection,
        _foreign_keys_suspended(connection),
        connection.begin(),
    ):
        await _keep_others_waiting(connection)
        return await connection.run_sync(_upgrade, steps, target)


def _upgrade(connection: Connection, steps: Path, target: str | None) -> MigrationResult:
    known = revisions(steps)
    found = _found(connection)
    if found is not None and found not in known:
        raise SchemaTooNew(found=found, known=known[-1])
    wanted = target or known[-1]
    if found is None or known.index(found) < known.index(wanted):
        _take_steps(connection, steps, wanted)
    return MigrationResult(from_revision=found, to_revision=f"{_found(connection)}")


def _found(connection: Connection) -> str | None:
    """The revision that a database is at, where Alembic notes it."""
    if not inspect(connection).has_table(_VERSION.name):
        return None
    revision: str | None = connection.scalar(select(_VERSION.c.version_num))
    return revision


def _take_steps(connection: Connection, steps: Path, target: str) -> None:
    from alembic import command  # noqa: PLC0415 - most starts take no step, and need none of it
    from alembic.config import Config  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", _escaped(MIGRATIONS))
    config.set_main_option("version_locations", _escaped(steps))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, target)


def _escaped(path: Path) -> str:
    return f"{path}".replace("%", "%%")


async def _keep_others_waiting(connection: AsyncConnection) -> None:
    """SQLite's BEGIN IMMEDIATE does so already."""
    if connection.dialect.name != "postgresql":
        return
    for statement in (
        "SET LOCAL lock_timeout = 0",
        "SET LOCAL statement_timeout = 0",
        f"SELECT pg_advisory_xact_lock({_POSTGRESQL_LOCK})",
    ):
        await connection.exec_driver_sql(statement)


@asynccontextmanager
async def _foreign_keys_suspended(connection: AsyncConnection) -> AsyncIterator[None]:
    """Let steps rebuild SQLite's tables, which is how it alters them.

    With foreign keys on, dropping the old table deletes its rows first. The setting cannot be
    changed within a transaction, so it is done on the driver's own connection before and after.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    await connection.run_sync(_tell_driver, "PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        await connection.run_sync(_tell_driver, "PRAGMA foreign_keys=ON")


def _tell_driver(connection: Connection, statement: str) -> None:
    driver: Any = connection.connection.driver_connection
    driver.execute(statement)
