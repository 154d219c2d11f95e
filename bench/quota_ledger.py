"""A ledger that has seen a month of a busy server, written in bulk."""

from datetime import UTC, datetime

from sqlalchemy import Integer, column, table, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bench.schemas import analyze
from bot.domain.ids import AccountKey, GuildId
from bot.domain.quotas.ledger import BOT_ACCOUNT, AccountKind, server_account
from bot.domain.quotas.windows import BUCKET
from bot.storage.engine.column_types import UtcDateTime
from bot.storage.tables import accounts

MEMBERS = 500
SERVER_ACCOUNT = server_account(GuildId(1))
MONTH_START = datetime(2026, 10, 1, tzinfo=UTC)
NOW = datetime(2026, 10, 31, 23, 50, tzinfo=UTC)
"""At the very end of a month of 31 days, when its windows are widest."""

ENTRIES_PER_IMAGE = 6
"""An image is opened and closed on the member's, the server's and the bot's account."""

_PRICE = 10_000
_BUCKETS = (NOW - MONTH_START) // BUCKET

_NUMBERED = table("bench_buckets", column("number", Integer), column("bucket_start", UtcDateTime))
_ENTRIES = """
    WITH RECURSIVE numbers(i) AS (
        SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i + 1 < :images
    )
    INSERT INTO ledger_entries (
        account, kind, job_id, image_id, phase, bucket_start, at,
        reserved_images, used_images, reserved_usd_micros, used_usd_micros
    )
    SELECT
        {account}, '{kind}', 'job-' || i, 'image-' || i, '{phase}', bucket_start, bucket_start,
        {sign}, {used}, {sign} * :price, {used} * :price
    FROM numbers JOIN bench_buckets ON number = i % :buckets
"""
_POSTGRESQL_DAY = "date_trunc('day', bucket_start, 'UTC')"
_DAY_BALANCES = """
    INSERT INTO day_balances (
        account, day_start, reserved_images, used_images, reserved_usd_micros, used_usd_micros
    )
    SELECT
        account, {day},
        SUM(reserved_images), SUM(used_images), SUM(reserved_usd_micros), SUM(used_usd_micros)
    FROM balances GROUP BY 1, 2
"""
_BALANCES = """
    INSERT INTO balances (
        account, bucket_start, reserved_images, used_images, reserved_usd_micros, used_usd_micros
    )
    SELECT
        account, bucket_start,
        SUM(reserved_images), SUM(used_images), SUM(reserved_usd_micros), SUM(used_usd_micros)
    FROM ledger_entries GROUP BY account, bucket_start
"""


def member(number: int) -> AccountKey:
    """The account of one of the members."""
    return AccountKey(f"member-{number % MEMBERS:06}")


async def fill(connection: AsyncConnection, *, entries: int) -> None:
    """Write so many entries, spread evenly over the month and the members, and their balances."""
    await _open_accounts(connection)
    await _number_the_buckets(connection)
    images = entries // ENTRIES_PER_IMAGE
    owners = (
        f"'member-' || substr('000000' || (i % {MEMBERS}), -6)"
        if connection.dialect.name == "sqlite"
        else f"'member-' || lpad((i % {MEMBERS})::text, 6, '0')",
        f"'{SERVER_ACCOUNT}'",
        f"'{BOT_ACCOUNT}'",
    )
    for owner in owners:
        for kind, phase, sign, used in (("reserve", "open", 1, 0), ("settle", "close", -1, 1)):
            statement = _ENTRIES.format(account=owner, kind=kind, phase=phase, sign=sign, used=used)
            values = {"images": images, "price": _PRICE, "buckets": _BUCKETS}
            await connection.execute(text(statement), values)
    await sum_balances(connection)
    await analyze(connection)


async def sum_balances(connection: AsyncConnection) -> None:
    """Write the balances that the entries come to."""
    await connection.execute(text(_BALANCES))
    is_sqlite = connection.dialect.name == "sqlite"
    day = "substr(bucket_start, 1, 10) || ' 00:00:00.000000'" if is_sqlite else _POSTGRESQL_DAY
    await connection.exec_driver_sql(_DAY_BALANCES.format(day=day))


async def _open_accounts(connection: AsyncConnection) -> None:
    kinds = {member(number): AccountKind.MEMBER for number in range(MEMBERS)}
    kinds |= {SERVER_ACCOUNT: AccountKind.SERVER, BOT_ACCOUNT: AccountKind.BOT}
    await connection.execute(
        accounts.insert(),
        [{"key": key, "kind": kind, "created_at": MONTH_START} for key, kind in kinds.items()],
    )


async def _number_the_buckets(connection: AsyncConnection) -> None:
    kind = "TEXT" if connection.dialect.name == "sqlite" else "TIMESTAMPTZ"
    await connection.execute(
        text(f"CREATE TABLE bench_buckets (number INTEGER PRIMARY KEY, bucket_start {kind})")
    )
    rows = [
        {"number": number, "bucket_start": MONTH_START + number * BUCKET}
        for number in range(_BUCKETS)
    ]
    await connection.execute(_NUMBERED.insert(), rows)
