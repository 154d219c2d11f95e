"""What looking at pictures takes on many and on few: `python -m bench.library [IMAGES]`.

Two SQLite files are filled, one with ten thousand pictures and one with a million unless told
otherwise. The same is then read from both in turns, so that what else the machine does falls on
both. Where `BENCH_DATABASE_URL` names a PostgreSQL database, two schemas in it are measured too,
which are made and dropped.
"""

import contextlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sized
from datetime import datetime
from pathlib import Path

from bench.library_fill import CHANNEL, NOW, SERVER, SOME_MEMBER, image_id, write_library
from bench.loop import run
from bench.report import Row, print_table
from bench.schemas import open_schema
from bot.domain.library.browsing import (
    PICTURES_PER_PAGE,
    Direction,
    Order,
    PictureQuery,
    PictureScope,
    Shelf,
    Turn,
)
from bot.domain.quotas.spender import Spender
from bot.domain.styles.leaderboard import ENTRIES_PER_BOARD, MAX_PAGES
from bot.domain.voting.span import Span, span_key
from bot.services.quotas.accounts import OperatorLimits
from bot.services.quotas.limit_book import LimitBook
from bot.services.quotas.quota import QuotaService
from bot.storage.database import Database
from bot.venice import SystemClock

FEW, MANY = 10_000, 1_000_000
ROUNDS = 200

_GOAL = 1.5
_MS = 1_000
_MINE = PictureScope(safe_only=True, user_id=SOME_MEMBER)
_HERE = PictureScope(safe_only=True, guild_id=SERVER, channels=frozenset({CHANNEL}))
_INWARDS = Turn(Direction.ONWARDS, image_id(5_010))
"""From amid many pictures with as many votes and bookmarks."""

_Look = Callable[[], Awaitable[None]]


class _StoodStill(SystemClock):
    """A clock at the moment when the newest picture was asked for."""

    def now(self) -> datetime:
        """That moment."""
        return NOW


class Library:
    """One of the two files, and what members look at in it."""

    def __init__(self, database: Database, quota: QuotaService) -> None:
        self._database = database
        self._quota = quota

    @property
    def looks(self) -> Mapping[str, _Look]:
        """What is measured, by the name of its command."""
        return {
            "/history": lambda: self._pictures(_MINE, Shelf.HISTORY),
            "/history, next page": lambda: self._pictures(
                _MINE, Shelf.HISTORY, turn=Turn(Direction.ONWARDS, image_id(1007))
            ),
            "/history, a word": lambda: self._pictures(_MINE, Shelf.HISTORY, text="lighthouse"),
            "/gallery": lambda: self._pictures(_HERE, Shelf.GALLERY),
            "/gallery, a rare word": lambda: self._pictures(_HERE, Shelf.GALLERY, text="word777"),
            "/gallery, a common word": lambda: self._pictures(_HERE, Shelf.GALLERY, text="fog"),
            "/gallery, most votes": lambda: self._ordered(Order.VOTES),
            "/gallery, most votes, next page": lambda: self._ordered(Order.VOTES, _INWARDS),
            "/gallery, most bookmarks": lambda: self._ordered(Order.FAVOURITES),
            "/gallery, most bookmarks, next page": lambda: self._ordered(
                Order.FAVOURITES, _INWARDS
            ),
            "/quota": self._status,
            "leaderboard, first page": lambda: self._leaderboard(0),
            "leaderboard, last page": lambda: self._leaderboard(
                (MAX_PAGES - 1) * ENTRIES_PER_BOARD
            ),
        }

    async def _ordered(self, order: Order, turn: Turn | None = None) -> None:
        await self._pictures(_HERE, Shelf.GALLERY, order=order, turn=turn)

    async def _pictures(
        self,
        scope: PictureScope,
        shelf: Shelf,
        *,
        order: Order = Order.NEWEST,
        text: str | None = None,
        turn: Turn | None = None,
    ) -> None:
        query = PictureQuery(shelf=shelf, order=order, text=text)
        async with self._database.read() as tx:
            found = await tx.library.page(query, scope, turn=turn, limit=PICTURES_PER_PAGE + 1)
            await tx.library.favourite_counts([each.image_id for each in found])
        _there(found)

    async def _status(self) -> None:
        spender = Spender(user_id=SOME_MEMBER, guild_id=SERVER)
        _there((await self._quota.status(spender)).lines)

    async def _leaderboard(self, offset: int) -> None:
        async with self._database.read() as tx:
            span = span_key(Span.MONTH, NOW)
            _there(
                await tx.leaderboards.pictures(
                    SERVER, _HERE, span, offset=offset, limit=ENTRIES_PER_BOARD + 1
                )
            )


def _there(found: Sized) -> None:
    """What is empty is read quickly, and says nothing."""
    if not found:
        raise RuntimeError("nothing was found")


@contextlib.asynccontextmanager
async def open_library(url: str) -> AsyncIterator[Library]:
    """A library of a database that was filled."""
    clock = _StoodStill()
    async with Database.open(url) as database:
        limits = LimitBook(database, OperatorLimits(images_per_member=25), clock)
        await limits.load()
        yield Library(database, QuotaService(storage=database, book=limits, clock=clock))


async def _measured(database: str, urls: tuple[str, str], many: int) -> list[Row]:
    """A row for each look at two databases, which are filled first."""
    counts = (FEW, many)
    for url, count in zip(urls, counts, strict=True):
        await write_library(url, count)
    async with open_library(urls[0]) as small, open_library(urls[1]) as large:
        return [
            await _compared(f"{database}: {name}", (small.looks[name], large.looks[name]), counts)
            for name in small.looks
        ]


async def _compared(name: str, ways: tuple[_Look, _Look], counts: tuple[int, int]) -> Row:
    took_ms: tuple[list[float], list[float]] = ([], [])
    for turn in range(ROUNDS):
        for way in (0, 1) if turn % 2 else (1, 0):
            begun = time.perf_counter()
            await ways[way]()
            took_ms[way].append(_MS * (time.perf_counter() - begun))
    small, large = map(statistics.median, took_ms)
    return Row(
        name=f"{name}, on {counts[1]:,} pictures ÷ on {counts[0]:,}",
        value=large / small,
        unit="×",
        goal=_GOAL,
        context=f"medians of {ROUNDS}: {large:.2f} ms and {small:.2f} ms",
    )


async def _measured_everywhere(many: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        few_url, many_url = (f"sqlite:///{Path(folder) / name}.db" for name in ("few", "many"))
        rows = await _measured("SQLite", (few_url, many_url), many)
    postgresql = os.environ.get("BENCH_DATABASE_URL")
    if postgresql:
        async with (
            open_schema(postgresql, "bench_few") as few_url,
            open_schema(postgresql, "bench_many") as many_url,
        ):
            rows += await _measured("PostgreSQL", (few_url, many_url), many)
    return rows


def main() -> None:
    """Fill, measure, and print a table and a line of JSON."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    print_table(run(_measured_everywhere(many)))
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"load {load} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
