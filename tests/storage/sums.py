"""Reading the ledger's tables behind the repositories' back."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.domain.ids import AccountKey
from bot.storage.database import Database
from bot.storage.tables import ledger_entries


async def entries_of(database: Database) -> list[dict[str, Any]]:
    """Every entry, in the order they were written."""
    async with database._engines.reader.connect() as connection:
        found = await connection.execute(select(ledger_entries).order_by(ledger_entries.c.id))
        return [dict(row) for row in found.mappings()]


async def wrong_balances(database: Database) -> list[tuple[AccountKey, datetime]]:
    """Balances that are not the sum of their entries."""
    async with database.read() as tx:
        return list(await tx.ledger.wrong_balances())
