"""What the API client costs over a plain download of the same bytes: `make bench`.

Everything stays on this machine: a server in a process of its own answers bytes that look like
a picture. The ways take turns, so that what else the machine does falls on both.
"""

import asyncio
import statistics
import time
from collections.abc import Sequence

from bench.downloads import MB, Download, open_downloads
from bench.image_server import image_server
from bench.loop import run
from bench.memory import ANSWER_BYTES, ANSWERS, memory_of_answers_in_flight
from bench.report import Row, print_table
from bot.venice.body import DEFAULT_BUDGET_BYTES

OVERHEAD_GOAL = 1.1
BLOCKED_GOAL_MS = 5.0
ADDED_MEMORY_GOAL_MB = DEFAULT_BUDGET_BYTES / MB + 60

_OVERHEAD_SIZES = (MB // 4, MB, 4 * MB)
_TURNS = 100
_WARM_UP_TURNS = 3
_AT_ONCE = 20
_AT_ONCE_BYTES = 4 * MB
_ROUNDS = 7
_WARM_UP_ROUNDS = 1
_TICK_S = 0.001


async def overhead(address: str, size_bytes: int) -> Row:
    """How much longer one picture takes by the client: the ratio of the medians."""
    client_s: list[float] = []
    raw_s: list[float] = []
    async with open_downloads(address, size_bytes) as downloads:
        for turn in range(_WARM_UP_TURNS + _TURNS):
            taken_client_s = await _timed(downloads.by_client)
            taken_raw_s = await _timed(downloads.raw)
            if turn >= _WARM_UP_TURNS:
                client_s.append(taken_client_s)
                raw_s.append(taken_raw_s)
    by_client_ms, by_raw_ms = (1_000 * statistics.median(taken) for taken in (client_s, raw_s))
    return Row(
        name=f"time of one answer of {size_bytes / MB:g} MiB, client ÷ raw",
        value=by_client_ms / by_raw_ms,
        unit="×",
        goal=OVERHEAD_GOAL,
        context=f"medians of {_TURNS}: {by_client_ms:.2f} ms and {by_raw_ms:.2f} ms",
    )


async def blocked_loop(address: str) -> list[Row]:
    """The longest time in which the loop did nothing else while 20 answers arrive at once."""
    async with open_downloads(address, _AT_ONCE_BYTES) as downloads:
        ways: tuple[tuple[str, Download, float | None], ...] = (
            ("client", downloads.by_client, BLOCKED_GOAL_MS),
            ("raw", downloads.raw, None),
            ("read and dropped", downloads.dropped, None),
        )
        rounds = [
            [await _longest_gap_ms(download) for _, download, _ in ways]
            for _ in range(_WARM_UP_ROUNDS + _ROUNDS)
        ][_WARM_UP_ROUNDS:]
    return [
        _gap_row(way, longest_ms, goal)
        for (way, _, goal), longest_ms in zip(ways, zip(*rounds, strict=True), strict=True)
    ]


def memory(address: str) -> Row:
    """What a process takes to hold 100 answers of 16 MiB at once."""
    use = memory_of_answers_in_flight(address)
    return Row(
        name=f"memory over the baseline, {ANSWERS} answers of {ANSWER_BYTES // MB} MiB in flight",
        value=use.added_mb,
        unit="MiB",
        goal=ADDED_MEMORY_GOAL_MB,
        context=f"baseline {use.baseline_mb:.0f} MiB, peak {use.peak_mb:.0f} MiB",
    )


def _gap_row(way: str, longest_ms: Sequence[float], goal: float | None) -> Row:
    return Row(
        name=f"longest gap of the loop, {_AT_ONCE} answers of {_AT_ONCE_BYTES // MB} MiB, {way}",
        value=statistics.median(longest_ms),
        unit="ms",
        goal=goal,
        context=f"median of {_ROUNDS} rounds; {min(longest_ms):.1f} to {max(longest_ms):.1f} ms",
    )


async def _timed(download: Download) -> float:
    started_s = time.perf_counter()
    await download()
    return time.perf_counter() - started_s


async def _longest_gap_ms(download: Download) -> float:
    longest_s = 0.0

    async def tick() -> None:
        nonlocal longest_s
        while True:
            slept_from_s = time.perf_counter()
            await asyncio.sleep(_TICK_S)
            longest_s = max(longest_s, time.perf_counter() - slept_from_s - _TICK_S)

    ticking = asyncio.create_task(tick())
    try:
        await asyncio.gather(*(download() for _ in range(_AT_ONCE)))
    finally:
        ticking.cancel()
    return 1_000 * longest_s


async def _rows_of_one_loop(address: str) -> list[Row]:
    rows = [await overhead(address, size_bytes) for size_bytes in _OVERHEAD_SIZES]
    return [*rows, *await blocked_loop(address)]


def main() -> None:
    """Measure, and print a table and a line of JSON."""
    with image_server() as address:
        rows = [*run(_rows_of_one_loop(address)), memory(address)]
    print_table(rows)


if __name__ == "__main__":
    main()
