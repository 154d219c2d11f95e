"""What reserving costs, and that it never gives out more than there is: `make bench`.

A small and a large ledger take turns, so that what else the machine does falls on both. SQLite is
measured in a folder of its own; PostgreSQL too, in schemas of its own in the database that
`BENCH_DATABASE_URL` names.
"""

import asyncio
import os
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC
from itertools import count
from pathlib import Path

from bench.loop import run
from bench.quota_ledger import NOW, SERVER_ACCOUNT, fill, member
from bench.report import Row, print_table
from bench.schemas import open_schema
from bot.domain.errors import QuotaExceeded
from bot.domain.ids import AccountKey, ImageId, JobId
from bot.domain.money import UsdMicros
from bot.domain.quotas.ledger import BOT_ACCOUNT, AccountKind, Charge, Limit, Reservation
from bot.domain.quotas.limits import OF_THE_BOT, Unit
from bot.domain.quotas.windows import DAY, MONTH, window_at
from bot.storage.database import Database
from bot.storage.engine.engines import open_engines
from bot.storage.engine.url import parse_url
from bot.storage.errors import DatabaseUnavailable

SMALL_ENTRIES = 10_000
LARGE_ENTRIES = 1_000_000
RATIO_GOAL = 1.3

_AT_ONCE = 1_000
_LIMIT = 25
_PRICE = UsdMicros(10_000)
_AMPLE = 10**12
_ROUNDS = 10
_WARM_UP_ROUNDS = 1
_TURNS = 50

_numbers = count()


@dataclass
class Ledger:
    """A ledger that is measured, and how long each reservation took."""

    entries: int
    database: Database
    taken_s: list[float] = field(default_factory=list)

    @property
    def median_ms(self) -> float:
        """The median of all reservations."""
        return 1_000 * statistics.median(self.taken_s)

    @property
    def per_second(self) -> float:
        """Reservations a second, one after the other."""
        return len(self.taken_s) / sum(self.taken_s)


def _charges(account: AccountKey, *, images_a_day: int) -> list[Charge]:
    """A member with a cap a day and a month, a server and a bot with a budget a day and a month."""
    day, month = window_at(DAY, NOW, UTC), window_at(MONTH, NOW, UTC)
    caps = (
        Limit(day, Unit.IMAGES, images_a_day, OF_THE_BOT),
        Limit(month, Unit.IMAGES, _AMPLE, OF_THE_BOT),
    )
    budgets = tuple(Limit(each, Unit.USD_MICROS, _AMPLE, OF_THE_BOT) for each in (day, month))
    return [
        Charge(account, AccountKind.MEMBER, caps),
        Charge(SERVER_ACCOUNT, AccountKind.SERVER, budgets),
        Charge(BOT_ACCOUNT, AccountKind.BOT, budgets),
    ]


async def _reserve(database: Database, account: AccountKey, *, images_a_day: int) -> None:
    number = next(_numbers)
    async with database.write() as tx:
        await tx.ledger.reserve(
            _charges(account, images_a_day=images_a_day),
            [Reservation(ImageId(f"new-{number}"), _PRICE)],
            job_id=JobId(f"new-{number}"),
            now=NOW,
        )


async def _outcome(database: Database) -> str:
    try:
        await _reserve(database, AccountKey("eager"), images_a_day=_LIMIT)
    except QuotaExceeded:
        return "over the limit"
    except DatabaseUnavailable:
        return "database busy"
    return "accepted"


async def crowd(name: str, database: Database) -> Row:
    """A thousand requests of one member at once, who may have 25 images."""
    began = time.perf_counter()
    outcomes = Counter(await asyncio.gather(*(_outcome(database) for _ in range(_AT_ONCE))))
    took_s = time.perf_counter() - began
    told = ", ".join(f"{number} {outcome}" for outcome, number in outcomes.most_common())
    return Row(
        name=f"{name}: images off the limit of {_LIMIT}, {_AT_ONCE:,} reservations at once",
        value=abs(outcomes["accepted"] - _LIMIT),
        unit="images",
        goal=0,
        context=f"{told}; {took_s:.1f} s for all",
    )


async def growth(name: str, small: Ledger, large: Ledger) -> list[Row]:
    """How much longer a reservation takes on the large ledger."""
    for turn in range(_WARM_UP_ROUNDS + _ROUNDS):
        for ledger in (small, large) if turn % 2 else (large, small):
            taken_s = [await _timed(ledger.database, number) for number in range(_TURNS)]
            if turn >= _WARM_UP_ROUNDS:
                ledger.taken_s += taken_s
    speeds = (
        f"{ledger.per_second:.0f} a second on {ledger.entries:,}" for ledger in (small, large)
    )
    return [
        Row(
            name=f"{name}: a reservation on {large.entries:,} entries ÷ on {small.entries:,}",
            value=large.median_ms / small.median_ms,
            unit="×",
            goal=RATIO_GOAL,
            context=f"medians of {len(small.taken_s)}: {large.median_ms:.2f} ms and "
            f"{small.median_ms:.2f} ms; {', '.join(speeds)}",
        )
    ]


async def _timed(database: Database, number: int) -> float:
    began = time.perf_counter()
    await _reserve(database, member(number * 7), images_a_day=_AMPLE)
    return time.perf_counter() - began


@asynccontextmanager
async def _ledger(url: str, entries: int) -> AsyncIterator[Ledger]:
    async with Database.open(url) as database:
        async with open_engines(parse_url(url)) as engines, engines.writer.begin() as connection:
            await fill(connection, entries=entries)
        yield Ledger(entries, database)


async def _measure(name: str, small_url: str, large_url: str) -> list[Row]:
    async with AsyncExitStack() as stack:
        small = await stack.enter_async_context(_ledger(small_url, SMALL_ENTRIES))
        large = await stack.enter_async_context(_ledger(large_url, LARGE_ENTRIES))
        rows = await growth(name, small, large)
        return [await crowd(name, large.database), *rows]


async def _measure_all(folder: Path) -> Sequence[Row]:
    small, large = (f"sqlite:///{folder / name}.db" for name in ("small", "large"))
    rows = await _measure("SQLite", small, large)
    postgresql = os.environ.get("BENCH_DATABASE_URL")
    if postgresql:
        async with (
            open_schema(postgresql, "bench_small") as small,
            open_schema(postgresql, "bench_large") as large,
        ):
            rows += await _measure("PostgreSQL", small, large)
    return rows


def main() -> None:
    """Measure, and print a table and a line of JSON."""
    with tempfile.TemporaryDirectory() as folder:
        rows = run(_measure_all(Path(folder)))
    print_table(rows)


if __name__ == "__main__":
    main()
