"""Reading the ledger's tables behind the repositories' back."""

from typing import Any

from sqlalchemy import func, select

from bot.storage.database import Database
from bot.storage.tables import balances, ledger_entries

_KEY = ("account", "window_start", "window_end")
_SUMS = ("reserved_images", "used_images", "reserved_usd_micros", "used_usd_micros")


async def entries_of(database: Database) -> list[dict[str, Any]]:
    """Every entry, in the order they were written."""
    async with database._engines.reader.connect() as connection:
        found = await connection.execute(select(ledger_entries).order_by(ledger_entries.c.id))
        return [dict(row) for row in found.mappings()]


async def wrong_balances(database: Database) -> list[tuple[Any, ...]]:
    """Balances that are not the sum of their entries, as key, balance and sum."""
    async with database._engines.reader.connect() as connection:
        kept = await connection.execute(select(*(balances.c[name] for name in (*_KEY, *_SUMS))))
        balance_of = {tuple(row[:3]): tuple(row[3:]) for row in kept}
        summed = await connection.execute(
            select(
                *(ledger_entries.c[name] for name in _KEY),
                *(func.sum(ledger_entries.c[name]) for name in _SUMS),
            ).group_by(*(ledger_entries.c[name] for name in _KEY))
        )
        sum_of = {tuple(row[:3]): tuple(int(value) for value in row[3:]) for row in summed}
    nothing = (0, 0, 0, 0)
    return [
        (key, balance_of.get(key), sum_of.get(key))
        for key in balance_of.keys() | sum_of.keys()
        if balance_of.get(key, nothing) != sum_of.get(key, nothing)
    ]
