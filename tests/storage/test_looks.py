"""Looking at pictures reads by indexes, however many there are."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bench.library import Library, open_library
from bench.library_fill import write_library

PICTURES = 3_000
SORTED_IN_FULL = {"/gallery, most bookmarks"}
"""Looks that read every bookmark of the bot: said so in docs/benchmarks.md."""


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    path = tmp_path / "gondola.db"
    await write_library(path, PICTURES)
    return path


@pytest.fixture
async def library(path: Path) -> AsyncIterator[Library]:
    async with open_library(path) as library:
        yield library


async def test_no_look_reads_a_whole_table(library: Library, path: Path) -> None:
    for name, look in library.looks.items():
        if name in SORTED_IN_FULL:
            continue
        executed: list[tuple[str, Any]] = []

        def note(_1: object, _2: object, sql: str, values: Any, *_: object) -> None:
            executed.append((sql, values))  # noqa: B023 - it listens within this turn alone

        event.listen(Engine, "before_cursor_execute", note)
        try:
            await look()
        finally:
            event.remove(Engine, "before_cursor_execute", note)

        assert executed
        for sql, values in executed:
            scans = [step for step in _plan(path, sql, values) if _reads_a_table(step)]
            assert scans == [], f"{name}: {sql}"


def _plan(path: Path, sql: str, values: Any) -> list[str]:
    with sqlite3.connect(path) as connection:
        steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    connection.close()
    return steps


def _reads_a_table(step: str) -> bool:
    tables = ("jobs", "images", "job_index", "ledger_entries", "vote_tallies", "favourites")
    return step in {f"SCAN {table}" for table in tables}
