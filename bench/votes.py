"""What a vote, a tally and a leaderboard take: `python -m bench.votes [VOTES]`.

Two SQLite files are filled, one with ten thousand votes and one with a million unless told
otherwise, ten on each picture. The same is then done on both in turns, so that what else the
machine does falls on both. `make soak` takes five million, which need 2 GB on disk meanwhile.
"""

import contextlib
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.loop import run
from bench.report import Row, print_table
from bench.votes_fill import write_votes
from bench.votes_hall import Deed, Hall
from bot.storage.database import Database

FEW, MANY = 10_000, 1_000_000
ROUNDS = 300

_GOAL = 1.5
_MS = 1_000


async def measure(many: int) -> list[Row]:
    """A row for each deed in a hall of few votes and one of many."""
    async with contextlib.AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        halls = []
        for count in (FEW, many):
            url = f"sqlite:///{folder / str(count)}.db"
            await write_votes(url, count)
            halls.append(Hall(await stack.enter_async_context(Database.open(url)), count))
        few, more = halls
        return [
            await _compared(f"{name}, after {many:,} votes ÷ after {FEW:,}", few.deeds[name], deed)
            for name, deed in more.deeds.items()
        ]


async def _compared(name: str, few: Deed, many: Deed) -> Row:
    took_ms: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for deed, taken in zip((few, many), took_ms, strict=True):
            begun = time.perf_counter()
            await deed()
            taken.append(_MS * (time.perf_counter() - begun))
    small, large = map(statistics.median, took_ms)
    return Row(
        name=name,
        value=large / small,
        unit="×",
        goal=_GOAL,
        context=f"medians of {ROUNDS}: {large:.2f} ms and {small:.2f} ms",
    )


def main() -> None:
    """Fill, measure, and print a table and a line of JSON."""
    begun = time.monotonic()
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    print_table(run(measure(many)))
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"{time.monotonic() - begun:.0f} s in all; load {load} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
