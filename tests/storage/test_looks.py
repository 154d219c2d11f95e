"""Looking at pictures reads by indexes, however many there are, and sorts nothing."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bench.library import Library, open_library
from bench.library_fill import write_library
from tests.executed import listening

PICTURES = 6_000


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    path = tmp_path / "gondola.db"
    await write_library(f"sqlite:///{path}", PICTURES)
    return path


@pytest.fixture
async def library(path: Path) -> AsyncIterator[Library]:
    async with open_library(f"sqlite:///{path}") as library:
        yield library


async def test_no_look_reads_a_whole_table_or_sorts_what_it_reads(
    library: Library, path: Path
) -> None:
    for name, look in library.looks.items():
        with listening() as executed:
            await look()

        assert executed.statements
        for sql, values in executed.statements:
            dear = [step for step in _plan(path, sql, values) if _reads_all(step)]
            assert dear == [], f"{name}: {sql}"


def _plan(path: Path, sql: str, values: Any) -> list[str]:
    with sqlite3.connect(path) as connection:
        steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    connection.close()
    return steps


def _reads_all(step: str) -> bool:
    """Whether it has to come to the last row before the first is there."""
    tables = (
        "jobs",
        "images",
        "job_index",
        "ledger_entries",
        "vote_tallies",
        "favourites",
        "favourite_counts",
    )
    # The images of one job, where all before is in order, are a handful ("RIGHT PART").
    return step in {*(f"SCAN {table}" for table in tables), "USE TEMP B-TREE FOR ORDER BY"}
