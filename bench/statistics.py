"""What a year's statistics of a busy server take: `python -m bench.statistics [URL [IMAGES]]`.

An empty database is filled with a year of one server and a thousand members, a million images
unless told otherwise. What `/stats` and the report read is then timed, beside the same sums taken
from the ledger and the jobs. Without a URL it is an SQLite file of its own.
"""

import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import Integer, Table, column, func, select, values
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import AccountKey, GuildId, UserId
from bot.domain.quotas.ledger import AccountKind, EntryKind, server_account
from bot.domain.statistics.statistics import Period, Timeline, quarter_of, timeline
from bot.storage.database import Database
from bot.storage.engine.column_types import UtcDateTime
from bot.storage.engine.engines import Engines, open_engines
from bot.storage.engine.url import parse_url
from bot.storage.statistics.statistics import SqlStatisticsRepository
from bot.storage.tables import accounts, jobs, ledger_entries, members, usage

IMAGES = 1_000_000
MEMBERS = 1_000
DAYS = 365
ROUNDS = 7
NOW = datetime(2026, 5, 21, 12, tzinfo=UTC)
SERVER = GuildId(1)
MODELS = ("z-image-turbo", "flux-2-pro", "gpt-image-2", "nano-banana-pro", "seedream-4-5", "chroma")

_BATCH = 5_000
_COST = 10_000


async def main(url: str | None, image_count: int) -> None:
    """Fill, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        address = url or f"sqlite:///{Path(folder) / 'statistics.db'}"
        async with Database.open(address):
            pass
        async with open_engines(parse_url(address)) as engines:
            await _fill(engines, image_count)
            await _measure(engines)


async def _fill(engines: Engines, image_count: int) -> None:
    rng = random.Random(7)  # noqa: S311 - the same server at every run
    painted = sorted(_painted(rng, image_count), key=lambda each: each[0])
    async with engines.writer.begin() as connection:
        await _insert(connection, accounts, _accounts())
        await _insert(connection, members, _members())
        await _insert(connection, jobs, map(_job, range(len(painted)), painted))
        await _insert(connection, ledger_entries, _entries(painted))
        sums = list(_sums(painted))
        await _insert(connection, usage, sums)
    async with engines.writer.connect() as connection:
        await connection.exec_driver_sql("ANALYZE")
        await connection.commit()
    print(f"{image_count:,} images, {len(painted):,} jobs, {len(sums):,} rows of sums")


_Painted = tuple[datetime, int, str, int]
"""When, by which member, on which model, how many."""


def _painted(rng: random.Random, image_count: int) -> Iterator[_Painted]:
    """Jobs in sittings: a member paints for a while on one model or two."""
    done = 0
    while done < image_count:
        member = min(MEMBERS - 1, int(rng.paretovariate(0.7)))
        at = NOW - timedelta(seconds=rng.uniform(0, DAYS * 86_400))
        liked = rng.choices(MODELS, weights=(40, 25, 15, 10, 6, 4), k=2)
        for _ in range(rng.randint(1, 6)):
            count = min(rng.choice((1, 1, 2, 4)), image_count - done)
            if count == 0:
                return
            yield at, member, rng.choice(liked), count
            done += count
            at += timedelta(seconds=rng.uniform(30, 400))


def _accounts() -> Iterator[dict[str, Any]]:
    yield {"key": server_account(SERVER), "kind": AccountKind.SERVER, "created_at": NOW}
    for member in range(MEMBERS):
        yield {"key": _account(member), "kind": AccountKind.MEMBER, "created_at": NOW}


def _members() -> Iterator[dict[str, Any]]:
    for member in range(MEMBERS):
        yield {"user_id": member, "guild_id": SERVER, "account": _account(member)}


def _account(member: int) -> AccountKey:
    return AccountKey(f"{member:032x}")


def _job(number: int, painted: _Painted) -> dict[str, Any]:
    at, member, model, _ = painted
    return {
        "id": f"{number:020}",
        "idempotency_key": f"{number}",
        "state": "done",
        "user_id": member,
        "guild_id": SERVER,
        "channel_id": 1,
        "account": _account(member),
        "locale": "en-US",
        "private": False,
        "model": model,
        "request": "x" * 300,
        "recipe": "x" * 300,
        "fence": 1,
        "created_at": at,
    }


def _entries(painted: Sequence[_Painted]) -> Iterator[dict[str, Any]]:
    """The closing entries of the server's account: no sum reads others."""
    for number, (at, _, _, count) in enumerate(painted):
        for position in range(count):
            yield {
                "account": server_account(SERVER),
                "kind": EntryKind.SETTLE,
                "job_id": f"{number:020}",
                "image_id": f"{number:020}-{position}",
                "phase": "close",
                "window_start": at.replace(hour=0, minute=0, second=0, microsecond=0),
                "window_end": at,
                "reserved_images": -1,
                "used_images": 1,
                "reserved_usd_micros": -_COST,
                "used_usd_micros": _COST,
                "at": at,
            }


def _sums(painted: Sequence[_Painted]) -> Iterator[dict[str, Any]]:
    images: dict[tuple[int, int, str], int] = {}
    for at, member, model, count in painted:
        key = (quarter_of(at), member, model)
        images[key] = images.get(key, 0) + count
    for (quarter, member, model), count in images.items():
        yield {
            "guild_id": SERVER,
            "quarter": quarter,
            "account": _account(member),
            "model": model,
            "images": count,
            "member_usd_micros": count * _COST,
            "billed_usd_micros": count * _COST,
        }


async def _insert(
    connection: AsyncConnection, table: Table, rows: Iterable[dict[str, Any]]
) -> None:
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        await connection.execute(table.insert(), batch)


async def _measure(engines: Engines) -> None:
    async with engines.reader.begin() as connection:
        for period in Period:
            await _measure_period(connection, period, timeline(period, NOW, UTC))


async def _measure_period(connection: AsyncConnection, period: Period, line: Timeline) -> None:
    sums = SqlStatisticsRepository(connection)
    span = (line.edges[0], line.edges[-1])
    await _time(f"{period}: models", lambda: sums.of_server(SERVER, line.edges))
    await _time(f"{period}: members", lambda: sums.active_members(SERVER, line.edges))
    await _time(f"{period}: report", lambda: sums.spending(SERVER, *span))
    await _time(
        f"{period}: busiest member", lambda: sums.of_member(UserId(MEMBERS - 1), line.edges)
    )
    await _time(f"{period}: models, from the ledger", lambda: _from_ledger(connection, line))


async def _from_ledger(connection: AsyncConnection, line: Timeline) -> None:
    edges = [datetime.fromtimestamp(edge * 900, UTC) for edge in line.edges]
    rows = [(at, *each) for at, each in enumerate(pairwise(edges))]
    spans = (
        values(
            column("number", Integer), column("first", UtcDateTime), column("beyond", UtcDateTime)
        )
        .data(rows)
        .cte("spans")
    )
    entry = ledger_entries.c
    await connection.execute(
        select(spans.c.number, jobs.c.model, func.sum(entry.used_usd_micros))
        .join_from(
            spans,
            ledger_entries,
            (entry.window_start >= spans.c.first) & (entry.window_start < spans.c.beyond),
        )
        .join(jobs, jobs.c.id == entry.job_id)
        .where(entry.account == server_account(SERVER))
        .group_by(spans.c.number, jobs.c.model)
    )


async def _time(name: str, read: Callable[[], Awaitable[object]]) -> None:
    """Print how long it takes, and what of that this process works: all of it on SQLite."""
    took_ms, worked_ms = [], []
    for _ in range(ROUNDS):
        begun, worked = time.perf_counter(), time.process_time()
        await read()
        took_ms.append(1_000 * (time.perf_counter() - begun))
        worked_ms.append(1_000 * (time.process_time() - worked))
    took, worked = statistics.median(took_ms), statistics.median(worked_ms)
    print(f"{name:40} {took:8.1f} ms, working {worked:8.1f} ms")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    asyncio.run(
        main(
            arguments[0] if arguments else None,
            int(arguments[1]) if len(arguments) > 1 else IMAGES,
        )
    )
