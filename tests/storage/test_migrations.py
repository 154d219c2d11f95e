import asyncio
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, TableClause, column, inspect, select, table

from bot.domain.ids import AccountKey
from bot.storage import tables
from bot.storage.database import Database
from bot.storage.engine.engines import AnyEngine, open_engines
from bot.storage.engine.full_text import is_in_metadata, matches
from bot.storage.engine.migrate import MIGRATIONS, STEPS, MigrationResult, migrate, revisions
from bot.storage.engine.url import parse_url
from bot.storage.errors import SchemaTooNew
from bot.storage.jobs.records import job_record
from bot.storage.tables import metadata
from tests.storage.factories import add_job, claimed_job, make_job, stored_job

SCRIPTS = ScriptDirectory(f"{MIGRATIONS}", version_locations=[f"{STEPS}"])
REVISIONS = [script.revision for script in SCRIPTS.walk_revisions()][::-1]
HEAD = REVISIONS[-1]

NEXT_STEP = """
import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "HEAD"


def upgrade() -> None:
    op.create_table("next", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("INSERT INTO next VALUES (1)")
"""

FAILS = """
    op.execute("INSERT INTO no_such_table VALUES (1)")
"""

REBUILDS = """
    with op.batch_alter_table("jobs", recreate="auto") as jobs:
        jobs.alter_column("locale", type_=sa.Text())
        jobs.add_column(sa.Column("pings", sa.Boolean, nullable=False, server_default=sa.false()))
"""


@pytest.fixture
def steps(tmp_path: Path) -> Path:
    """A copy of the steps, to which a test can add its own."""
    copy = tmp_path / "100% steps"
    shutil.copytree(STEPS, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def add_step(steps: Path, *, body: str = "") -> None:
    (steps / "next.py").write_text(NEXT_STEP.replace("HEAD", HEAD) + body)


@dataclass(frozen=True)
class Schema:
    """What a database has."""

    revision: str | None
    tables: frozenset[str]
    differences: tuple[str, ...]


def read_schema(connection: Connection) -> Schema:
    options = {"compare_type": True, "include_name": is_in_metadata}
    context = MigrationContext.configure(connection, opts=options)
    return Schema(
        revision=context.get_current_revision(),
        tables=frozenset(
            name for name in inspect(connection).get_table_names() if is_in_metadata(name, "table")
        ),
        differences=tuple(f"{each}" for each in compare_metadata(context, metadata)),
    )


async def schema_of(engine: AnyEngine) -> Schema:
    async with engine.connect() as connection:
        return await connection.run_sync(read_schema)


async def test_an_empty_database_becomes_what_the_tables_say(bare_database_url: str) -> None:
    async with open_engines(parse_url(bare_database_url)) as engines:
        assert await migrate(engines.writer) == MigrationResult(None, HEAD)
        schema = await schema_of(engines.writer)
    assert schema.revision == HEAD
    assert schema.tables == {*metadata.tables, "alembic_version"}
    assert schema.differences == ()


def test_the_files_of_the_steps_are_named_for_them_in_their_order() -> None:
    assert revisions() == tuple(REVISIONS)


async def test_step_by_step_a_database_becomes_what_the_tables_say(bare_database_url: str) -> None:
    async with open_engines(parse_url(bare_database_url)) as engines:
        for earlier, later in pairwise((None, *REVISIONS)):
            result = await migrate(engines.writer, target=later)
            assert result == MigrationResult(earlier, f"{later}")
        assert (await schema_of(engines.writer)).differences == ()


async def test_a_database_beyond_a_step_is_not_taken_back_to_it(bare_database_url: str) -> None:
    async with open_engines(parse_url(bare_database_url)) as engines:
        await migrate(engines.writer, target="0003")
        assert await migrate(engines.writer, target="0002") == MigrationResult("0003", "0003")


async def test_a_database_that_differs_from_the_tables_is_noticed(bare_database_url: str) -> None:
    """The comparison that the tests above rest on does see differences."""
    async with open_engines(parse_url(bare_database_url)) as engines:
        await migrate(engines.writer)
        async with engines.writer.begin() as connection:
            await connection.exec_driver_sql("ALTER TABLE markers ADD COLUMN extra INTEGER")
            await connection.exec_driver_sql("DROP INDEX ix_jobs_open")
        differences = (await schema_of(engines.writer)).differences
    missing, extra = sorted(differences)
    assert missing.startswith("('add_index', Index('ix_jobs_open'")
    assert extra.startswith("('remove_column', None, 'markers', Column('extra'")


async def test_a_step_that_fails_leaves_an_empty_database_empty(
    bare_database_url: str, steps: Path
) -> None:
    add_step(steps, body=FAILS)
    async with open_engines(parse_url(bare_database_url)) as engines:
        with pytest.raises(Exception, match="no_such_table"):
            await migrate(engines.writer, steps=steps)
        assert (await schema_of(engines.writer)).tables == frozenset()


async def test_a_step_that_fails_leaves_an_earlier_database_as_it_was(
    bare_database_url: str, steps: Path
) -> None:
    async with open_engines(parse_url(bare_database_url)) as engines:
        await migrate(engines.writer)
        before = await schema_of(engines.writer)
        add_step(steps, body=FAILS)
        with pytest.raises(Exception, match="no_such_table"):
            await migrate(engines.writer, steps=steps)
        assert await schema_of(engines.writer) == before
        add_step(steps)
        assert await migrate(engines.writer, steps=steps) == MigrationResult(HEAD, "next")
        assert "next" in (await schema_of(engines.writer)).tables


async def test_a_step_can_rebuild_a_table_that_others_refer_to(
    bare_database_url: str, steps: Path
) -> None:
    add_step(steps, body=REBUILDS)
    async with Database.open(bare_database_url) as database:
        job = await add_job(database)
        await migrate(database._engines.writer, steps=steps)
        assert await stored_job(database, job) == job
        async with database._engines.writer.connect() as connection:
            columns = await connection.run_sync(lambda sync: inspect(sync).get_columns("jobs"))
            assert "pings" in {column["name"] for column in columns}
            if connection.dialect.name == "sqlite":
                kept = await connection.exec_driver_sql("PRAGMA foreign_keys")
                assert kept.scalar_one() == 1


async def test_a_database_newer_than_the_code_is_refused(
    bare_database_url: str, steps: Path
) -> None:
    add_step(steps)
    async with open_engines(parse_url(bare_database_url)) as engines:
        await migrate(engines.writer, steps=steps)
        before = await schema_of(engines.writer)
    with pytest.raises(SchemaTooNew, match="newer than the code") as raised:
        async with Database.open(bare_database_url):
            pass
    assert (raised.value.found, raised.value.known) == ("next", HEAD)
    async with open_engines(parse_url(bare_database_url)) as engines:
        assert await schema_of(engines.writer) == before


async def test_opening_a_second_time_changes_nothing(bare_database_url: str) -> None:
    async with Database.open(bare_database_url) as database:
        assert database.migration == MigrationResult(None, HEAD)
        await claimed_job(database)
    async with Database.open(bare_database_url) as database:
        assert database.migration == MigrationResult(HEAD, HEAD)


async def test_processes_that_start_at_once_take_turns(bare_postgresql_url: str) -> None:
    async def start() -> MigrationResult:
        async with Database.open(bare_postgresql_url) as database:
            return database.migration

    results = await asyncio.gather(*(start() for _ in range(4)))
    assert sorted(f"{result.from_revision}" for result in results) == [HEAD] * 3 + ["None"]


async def test_jobs_of_before_the_index_are_found(bare_database_url: str) -> None:
    async with open_engines(parse_url(bare_database_url)) as engines:
        await migrate(engines.writer, target="0002")
        async with engines.writer.begin() as connection:
            await connection.exec_driver_sql(
                "INSERT INTO accounts (key, kind, created_at) "
                "VALUES ('account', 'member', '2025-05-20 12:00:00')"
            )
            job = {
                **job_record(make_job(), idempotency_key="key"),
                "recipe": FORMER_RECIPE,
                "account": "account",
            }
            there = await connection.run_sync(columns_of_jobs)
            columns = [column for column in tables.jobs.c if column.name in there & job.keys()]
            values = {column.name: job[column.name] for column in columns}
            await connection.execute(table_of("jobs", columns).insert(), values)
        await migrate(engines.writer)
        async with engines.writer.begin() as connection:
            row = (await connection.execute(select(tables.job_index))).one()
            match = await matches(connection, "light café")
            assert match is not None
            wanted = select(tables.job_index.c.job_id).where(match.condition)
            found = await connection.execute(wanted)
            assert found.scalars().all() == [job["id"]]
    assert (row.model, row.style, row.safe) == ("z-image-turbo", "Film Noir", True)


FORMER_ENTRY = (
    "INSERT INTO ledger_entries (account, kind, image_id, phase, window_start, window_end, at,"
    " reserved_images, used_images, reserved_usd_micros, used_usd_micros) VALUES ('account',"
    " '{kind}', '{image}', '{phase}', '2025-05-20 00:00:00.000000{z}',"
    " '2025-05-21 00:00:00.000000{z}', '2025-05-20 {at}.654321{z}', {sums})"
)
FORMER_BALANCE = (
    "INSERT INTO balances (account, window_start, window_end, reserved_images, used_images,"
    " reserved_usd_micros, used_usd_micros) VALUES ('account', '2025-05-20 00:00:00.000000{z}',"
    " '2025-05-21 00:00:00.000000{z}', 1, 1, 10000, 7500)"
)


async def test_what_was_used_before_the_buckets_still_counts(bare_database_url: str) -> None:
    zone = "+00" if "postgresql" in bare_database_url else ""
    async with open_engines(parse_url(bare_database_url)) as engines:
        await migrate(engines.writer, target="0003")
        async with engines.writer.begin() as connection:
            await connection.exec_driver_sql(
                "INSERT INTO accounts (key, kind, created_at) "
                "VALUES ('account', 'bot', '2025-05-20 12:00:00')"
            )
            for kind, image, phase, at, sums in (
                ("reserve", "a", "open", "12:29:59", "1, 0, 10000, 0"),
                ("settle", "a", "close", "12:50:00", "-1, 1, -10000, 7500"),
                ("reserve", "b", "open", "23:45:00", "1, 0, 10000, 0"),
            ):
                entry = FORMER_ENTRY.format(
                    kind=kind, image=image, phase=phase, at=at, sums=sums, z=zone
                )
                await connection.exec_driver_sql(entry)
            await connection.exec_driver_sql(FORMER_BALANCE.format(z=zone))
    day = datetime(2025, 5, 20, tzinfo=UTC)
    async with Database.open(bare_database_url) as database, database.read() as tx:
        account = AccountKey("account")
        starts = [day + timedelta(hours=hours) for hours in (0, 12.25, 12.5, 23.75, 24)]
        used = await tx.ledger.usages(account, starts)
        assert [(usage.images, usage.usd_micros) for usage in used] == [
            (2, 17_500),
            (2, 17_500),
            (1, 10_000),
            (1, 10_000),
            (0, 0),
        ]
        assert await tx.ledger.wrong_balances() == []


FORMER_RECIPE = (
    '{"prompt": "a lighthouse, a Café", "model": "z-image-turbo", "model_name": "Z-Image Turbo",'
    ' "size": {"width": 1024, "height": 1024}, "safe_mode": true, "quality": null,'
    ' "style": "Film Noir", "negative": null, "image_format": "webp"}'
)
"""As it was written before the index was there."""


def columns_of_jobs(connection: Connection) -> set[str]:
    return {each["name"] for each in inspect(connection).get_columns("jobs")}


def table_of(name: str, columns: list[Column[Any]]) -> TableClause:
    return table(name, *(column(each.name, each.type) for each in columns))
