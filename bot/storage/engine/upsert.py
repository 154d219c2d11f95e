"""INSERT … ON CONFLICT, which SQLAlchemy spells once a dialect."""

from typing import TypeAlias

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

Insert: TypeAlias = postgresql.Insert | sqlite.Insert


def insert_into(connection: AsyncConnection, table: Table) -> Insert:
    """An INSERT of the connection's own dialect, which takes `on_conflict_…`."""
    return insert_of(connection.dialect.name, table)


def insert_of(dialect: str, table: Table) -> Insert:
    """An INSERT of a dialect, by its name."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
