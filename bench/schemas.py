"""Schemas of their own for what is measured on PostgreSQL, and what planners know of tables."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.schema import CreateSchema, DropSchema

from bot.storage.engine.engines import open_engines
from bot.storage.engine.url import parse_url
from bot.storage.tables import metadata


@asynccontextmanager
async def open_schema(url: str, name: str) -> AsyncIterator[str]:
    """A URL of the same PostgreSQL database in a new schema, which is dropped at the end."""
    async with open_engines(parse_url(url)) as engines:
        async with engines.writer.begin() as connection:
            await connection.execute(CreateSchema(name))
        # Filling takes longer than the bot lets a statement take.
        options = {"options": f"-c search_path={name} -c statement_timeout=0"}
        try:
            place = parse_url(url).update_query_dict(options)
            yield place.render_as_string(hide_password=False)
        finally:
            async with engines.writer.begin() as connection:
                await connection.execute(DropSchema(name, cascade=True))


async def analyze(connection: AsyncConnection) -> None:
    """Let the planner know what was written in bulk; in life PostgreSQL does so by itself.

    Table by table, because of a whole database it would be others' schemas as well.
    """
    for table in metadata.sorted_tables:
        await connection.exec_driver_sql(f"ANALYZE {table.name}")
