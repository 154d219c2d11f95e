"""Playing rows: the rows of a group one after the other, the groups side by side."""

import asyncio
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from tests.wire.faults.community_rows import community_rows
from tests.wire.faults.discord_rows import discord_rows
from tests.wire.faults.house import Outcome, open_house
from tests.wire.faults.rows import TAKING_LONG, Group, Key, Outcomes, Row
from tests.wire.faults.tool_rows import tool_rows
from tests.wire.faults.venice_rows import venice_rows

MOST_BOTS = 8
"""At once; each takes a tenth of a second of a processor for every request."""


_BOT_IN_TEST = {
    Group.VENICE_ONCE: 0,
    Group.VENICE_ALWAYS_4XX: 0,
    Group.TOOLS: 1,
    # What fails on and on is asked less often, by whoever asks.
    Group.VENICE_ALWAYS_5XX: 1,
    Group.DISCORD: 0,
    Group.GATEWAY: 0,
    Group.COMMUNITY: 0,
}


def all_rows() -> list[Row]:
    """The whole matrix, in the order of the page."""
    return [*venice_rows(), *tool_rows(), *discord_rows(), *community_rows()]


async def play_all(batches: Sequence[Sequence[Row]], directory: Path) -> dict[Key, Outcome]:
    """What came of every row."""
    at_once = asyncio.Semaphore(MOST_BOTS)
    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(_play_in_turn(batch, directory / f"{number}", at_once))
            for number, batch in enumerate(batches)
        ]
    return {key: outcome for task in tasks for key, outcome in task.result().items()}


def whole_batches(rows: Iterable[Row]) -> list[list[Row]]:
    """All of them by group; those that wait long are first, each in a bot of its own."""
    by_group = sorted(rows, key=lambda row: row.group)
    batches: list[list[Row]] = []
    slow: list[list[Row]] = []
    for group, members in groupby(by_group, key=lambda row: row.group):
        if group is Group.SLOW:
            slow += [[row] for row in members]
        else:
            batches.append(list(members))
    return [*slow, *batches]


def telling_batches(rows: Iterable[Row], said: Outcomes) -> list[list[Row]]:
    """Of those that do not wait long, so many that each stage and each outcome is there, by group.

    Groups that disturb each other nowhere share a bot.
    """
    known: set[tuple[str, str | Outcome]] = set()
    batches: dict[int, list[Row]] = {}
    for row in (each for each in rows if each.group not in TAKING_LONG):
        tells: set[tuple[str, str | Outcome]] = {(row.side, row.stage), (row.side, said[row.key])}
        if not tells <= known:
            known |= tells
            batches.setdefault(_BOT_IN_TEST[row.group], []).append(row)
    return list(batches.values())


async def _play_in_turn(
    rows: Sequence[Row], directory: Path, at_once: asyncio.Semaphore
) -> dict[Key, Outcome]:
    async with at_once, open_house(directory) as house:
        return {row.key: await row.play(house) for row in rows}
