"""The rows of the ledger: what an entry adds to a balance, and balances as sums of entries.

A balance is kept for an account and a bucket of 15 minutes, and once more for each UTC day. A
window is the sum of its whole days and of the buckets before the first of them. Whoever changes
balances takes their rows table by table, in the order of the accounts' keys, so that two
transactions never wait for each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Select,
    Table,
    Update,
    bindparam,
    func,
    literal,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import AccountKey
from bot.domain.money import UsdMicros
from bot.domain.quotas.ledger import Amount, Usage
from bot.storage.engine.upsert import Insert, insert_of
from bot.storage.jobs.records import Record
from bot.storage.tables import balances, day_balances, ledger_entries

NOTHING = Amount(images=0, usd_micros=UsdMicros(0))
_SUMS = ("reserved_images", "used_images", "reserved_usd_micros", "used_usd_micros")


_KEYS = ((balances, "bucket_start"), (day_balances, "day_start"))
"""The tables that add entries up, in the order in which their rows are taken."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one entry adds to an account's balance."""

    account: AccountKey
    bucket_start: datetime
    reserved: Amount = NOTHING
    used: Amount = NOTHING

    def record(self) -> Record:
        """The change as columns."""
        return {
            "account": self.account,
            "bucket_start": self.bucket_start,
            "reserved_images": self.reserved.images,
            "used_images": self.used.images,
            "reserved_usd_micros": self.reserved.usd_micros,
            "used_usd_micros": self.used.usd_micros,
        }


async def add_to_balances(connection: AsyncConnection, changes: Iterable[Change]) -> None:
    """Add each change to its balances, which are there already."""
    in_order = _in_order(changes)
    if not in_order:
        return
    for table, key in _KEYS:
        records = [
            {f"_{name}": value for name, value in _record(each, key).items()} for each in in_order
        ]
        await connection.execute(_adding(table, key), records)


async def open_balances(connection: AsyncConnection, changes: Iterable[Change]) -> None:
    """Add each change to its balances, which are opened with it if there are none.

    What is reserved may not be negative here: the database checks a row before it finds that
    there is one.
    """
    in_order = _in_order(changes)
    for table, key in _KEYS:
        records = [_record(each, key) for each in in_order]
        await connection.execute(_opening(connection.dialect.name, table), records)


@cache
def _adding(table: Table, key: str) -> Update:
    return (
        update(table)
        .where(table.c.account == bindparam("_account"), table.c[key] == bindparam(f"_{key}"))
        .values({name: table.c[name] + bindparam(f"_{name}") for name in _SUMS})
    )


@cache
def _opening(dialect: str, table: Table) -> Insert:
    insert = insert_of(dialect, table)
    return insert.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={name: table.c[name] + insert.excluded[name] for name in _SUMS},
    )


def _day_of(moment: datetime) -> datetime:
    """The start of the UTC day that a moment falls in."""
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _first_day_from(moment: datetime) -> datetime:
    """The start of the first UTC day that lies wholly after a moment, or begins with it."""
    day = _day_of(moment)
    return day if day == moment else day + timedelta(days=1)


async def usages_since(
    connection: AsyncConnection, asked: Sequence[tuple[AccountKey, datetime]]
) -> list[Usage]:
    """What each account has used and reserved since the moment beside it, in one statement."""
    if not asked:
        return []
    values: dict[str, object] = {}
    for number, (account, start) in enumerate(asked):
        values |= {
            f"account_{number}": account,
            f"start_{number}": start,
            f"day_{number}": _first_day_from(start),
        }
    found = await connection.execute(_usages(len(asked)), values)
    return [
        Usage(int(images or 0), UsdMicros(int(usd_micros or 0)), oldest)
        for _, images, usd_micros, oldest in sorted(found, key=lambda row: int(row[0]))
    ]


@cache
def _usages(count: int) -> Select[Any] | CompoundSelect[Any]:
    """The statement for so many accounts; making and comparing it takes longer than running it."""
    each = [_usage(number) for number in range(count)]
    return each[0] if count == 1 else union_all(*each)


def _usage(number: int) -> Select[Any]:
    account = bindparam(f"account_{number}", type_=balances.c.account.type)
    start = bindparam(f"start_{number}", type_=balances.c.bucket_start.type)
    day = bindparam(f"day_{number}", type_=day_balances.c.day_start.type)
    rows = union_all(
        select(*(balances.c[name] for name in _SUMS)).where(
            balances.c.account == account,
            balances.c.bucket_start >= start,
            balances.c.bucket_start < day,
        ),
        select(*(day_balances.c[name] for name in _SUMS)).where(
            day_balances.c.account == account, day_balances.c.day_start >= day
        ),
    ).subquery()
    images = rows.c.reserved_images + rows.c.used_images
    usd_micros = rows.c.reserved_usd_micros + rows.c.used_usd_micros
    first = balances.alias()
    oldest = (
        select(first.c.bucket_start)
        .where(
            first.c.account == account,
            first.c.bucket_start >= start,
            or_(*(first.c[name] > 0 for name in _SUMS)),
        )
        .order_by(first.c.bucket_start)
        .limit(1)
        .scalar_subquery()
    )
    return select(literal(number), func.sum(images), func.sum(usd_micros), oldest)


async def wrong_balances(connection: AsyncConnection) -> list[tuple[AccountKey, datetime]]:
    """The accounts and buckets whose balance is not the sum of its entries.

    An account whose days are not the sum of its buckets is named with its first day.
    """
    key = ("account", "bucket_start")
    each = union_all(_columns(balances, *key), _negated(ledger_entries, *key)).subquery()
    buckets = await connection.execute(
        select(each.c.account, each.c.bucket_start)
        .group_by(each.c.account, each.c.bucket_start)
        .having(or_(*(func.sum(each.c[name]) != 0 for name in _SUMS)))
    )
    both = union_all(
        _columns(day_balances, "account", "day_start"),
        _negated(balances, "account", "bucket_start"),
    ).subquery()
    days = await connection.execute(
        select(both.c.account, func.min(both.c.day_start))
        .group_by(both.c.account)
        .having(or_(*(func.sum(both.c[name]) != 0 for name in _SUMS)))
    )
    return [(AccountKey(account), start) for account, start in (*buckets, *days)]


def _columns(table: Table, *key: str) -> Select[Any]:
    return select(*(table.c[name] for name in (*key, *_SUMS)))


def _negated(table: Table, *key: str) -> Select[Any]:
    sums = ((-table.c[name]).label(name) for name in _SUMS)
    return select(*(table.c[name] for name in key), *sums)


def _in_order(changes: Iterable[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: (change.account, change.bucket_start))


def _record(change: Change, key: str) -> Record:
    """The change as a row of the table that has this key beside the account."""
    record = change.record()
    start = record.pop("bucket_start")
    return {**record, key: start if key == "bucket_start" else _day_of(change.bucket_start)}
