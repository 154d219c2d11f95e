"""How long the bot takes from its start to being ready, with a full database and an empty one."""

import statistics
import tempfile
import time
from pathlib import Path

from bench.library_fill import write_library
from bench.report import Row
from bench.wire.house import ample_settings
from bench.wire.picture import grain
from bench.wire.rounds import spread, turns
from bench.wire.venice import PictureServer
from tests.wire.discord import LoopbackDiscord
from tests.wire.discord.contract import ContractCheck
from tests.wire.process import start_bot

_GOAL = 1.5
_READY_S = 120.0


async def measure(*, jobs: int, rounds: int) -> list[Row]:
    """A row for so many jobs that were done, beside a database without any."""
    with tempfile.TemporaryDirectory() as folder:
        full, empty = Path(folder) / "full", Path(folder) / "empty"
        for each in (full, empty):
            (each / "data").mkdir(parents=True)
        await write_library(f"sqlite:///{full / 'data' / 'gondola.db'}", jobs)
        return await compare(full, empty, jobs=jobs, rounds=rounds)


async def compare(full: Path, empty: Path, *, jobs: int, rounds: int) -> list[Row]:
    """Start the bot in both folders in turns."""
    taken_s: list[list[float]] = [[], []]
    for folder in (full, empty):
        await _start_s(folder)  # The first start makes the schema and registers the commands.
    for turn in turns(rounds):
        taken_s[turn].append(await _start_s((full, empty)[turn]))
    most, least = map(statistics.median, taken_s)
    ratios = [one / other for one, other in zip(*taken_s, strict=True)]
    return [
        Row(
            name=f"start to ready, {jobs:,} jobs ÷ none",
            value=most / least,
            unit="×",
            goal=_GOAL,
            context=f"medians of {rounds}: {most:.2f} s and {least:.2f} s; {spread(ratios)}",
        )
    ]


async def _start_s(folder: Path) -> float:
    async with (
        LoopbackDiscord(contract=ContractCheck(None)) as discord,
        PictureServer(grain(1_024)) as venice,
    ):
        environment = ample_settings(discord, venice)
        began = time.perf_counter()
        async with start_bot(directory=folder, environment=environment) as bot:
            await bot.line_where(lambda line: " ready " in line.text, timeout_s=_READY_S)
            took_s = time.perf_counter() - began
            await bot.terminate(timeout_s=_READY_S)
    return took_s
