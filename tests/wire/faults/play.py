"""Playing rows: the rows of a group one after the other, the groups side by side."""

import asyncio
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from tests.wire.faults.discord_rows import discord_rows
from tests.wire.faults.house import open_house
from tests.wire.faults.rows import Group, Played, Row
from tests.wire.faults.venice_rows import venice_rows


def all_rows() -> list[Row]:
    """The whole matrix, in the order of the page."""
    return [*venice_rows(), *discord_rows()]


async def play_all(rows: Sequence[Row], directory: Path) -> list[Played]:
    """What came of every row, in their order."""
    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(_play_in_turn(batch, directory / f"{number}"))
            for number, batch in enumerate(_batches(rows))
        ]
    played = {each.row.key: each for task in tasks for each in task.result()}
    return [played[row.key] for row in rows]


def _batches(rows: Iterable[Row]) -> list[list[Row]]:
    by_group = sorted(rows, key=lambda row: row.group)
    batches: list[list[Row]] = []
    for group, members in groupby(by_group, key=lambda row: row.group):
        if group is Group.SLOW:
            batches += [[row] for row in members]
        else:
            batches.append(list(members))
    return batches


async def _play_in_turn(rows: Sequence[Row], directory: Path) -> list[Played]:
    async with open_house(directory) as house:
        return [Played(row, await row.play(house)) for row in rows]
