"""Bringing a database's schema to the version that the code expects."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine.engines import AnyEngine
from bot.storage.errors import SchemaTooNew

MIGRATIONS = Path(__file__).resolve().parents[3] / "migrations"
STEPS = MIGRATIONS / "versions"

_TIMEOUT_S = 600
_POSTGRESQL_LOCK = 0x676F6E64
"""The key of the advisory lock under which one process at a time changes the schema."""


@dataclass(frozen=True, slots=True)
class MigrationResult:
    """From which revision to which the schema went; None is an empty database."""

    from_revision: str | None
    to_revision: str


async def migrate(
    engine: AnyEngine, *, steps: Path = STEPS, target: str = "head"
) -> MigrationResult:
    """Apply the steps that the database lacks, all in one transaction, or none.

    Args:
        engine: an engine that may write.
        steps: the folder of the steps.
        target: the revision to stop at.

    Raises:
        SchemaTooNew: if the database is at a revision that is not among the steps.
        TimeoutError: if it takes longer than ten minutes.
    """
    config = _config(steps)
    async with (
        asyncio.timeout(_TIMEOUT_S),
        engine.connect() as connection,
        _foreign_keys_suspended(connection),
        connection.begin(),
    ):
        await _keep_others_waiting(connection)
        return await connection.run_sync(_upgrade, config, target)


def _config(steps: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", _escaped(MIGRATIONS))
    config.set_main_option("version_locations", _escaped(steps))
    config.set_main_option("path_separator", "os")
    return config


def _escaped(path: Path) -> str:
    return f"{path}".replace("%", "%%")


def _upgrade(connection: Connection, config: Config, target: str) -> MigrationResult:
    found = MigrationContext.configure(connection).get_current_revision()
    scripts = ScriptDirectory.from_config(config)
    known = {script.revision for script in scripts.walk_revisions()}
    if found is not None and found not in known:
        raise SchemaTooNew(found=found, known=f"{scripts.get_current_head()}")
    config.attributes["connection"] = connection
    command.upgrade(config, target)
    reached = MigrationContext.configure(connection).get_current_revision()
    return MigrationResult(from_revision=found, to_revision=f"{reached}")


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
