"""A statement gives the same whether SQLAlchemy executes it or it was prepared."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    Executable,
    Integer,
    MetaData,
    Table,
    Text,
    bindparam,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine.column_types import UtcDateTime, enum_column
from bot.storage.engine.engines import open_engines
from bot.storage.engine.prepared import FetchedRows
from bot.storage.engine.url import parse_url


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


BOATS = Table(
    "boats",
    MetaData(),
    Column("name", Text, primary_key=True),
    Column("colour", enum_column(Colour), nullable=False),
    Column("length_m", Integer),
    Column("launched_at", UtcDateTime),
)
LAUNCHED_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
IN_ORDER = select(BOATS).order_by(BOATS.c.name)


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[AsyncConnection]:
    url = parse_url(f"sqlite:///{tmp_path / 'boats.db'}")
    async with open_engines(url) as engines, engines.writer.begin() as connection:
        await connection.run_sync(BOATS.metadata.create_all)
        await connection.execute(BOATS.insert(), [boat("ada"), boat("bea", Colour.BLUE, 7)])
        yield connection


def boat(
    name: str,
    colour: Colour = Colour.RED,
    length_m: int | None = None,
    launched_at: datetime | None = LAUNCHED_AT,
) -> dict[str, object]:
    return {"name": name, "colour": colour, "length_m": length_m, "launched_at": launched_at}


async def rows_of(
    connection: AsyncConnection, statement: Executable, values: Any = None
) -> list[tuple[object, ...]]:
    return [tuple(row) for row in await connection.execute(statement, values)]


async def thrice(
    connection: AsyncConnection, statement: Executable, values: Any = None
) -> list[tuple[object, ...]]:
    """What it gives the first time, which it has to give again, prepared."""
    first = await rows_of(connection, statement, values)
    for _ in range(2):
        again: object = await connection.execute(statement, values)
        assert isinstance(again, FetchedRows)
        assert [tuple(row) for row in again] == first
    return first


async def test_enums_and_moments_come_back_as_what_they_were(connection: AsyncConnection) -> None:
    assert await thrice(connection, IN_ORDER) == [
        ("ada", Colour.RED, None, LAUNCHED_AT),
        ("bea", Colour.BLUE, 7, LAUNCHED_AT),
    ]


async def test_columns_are_found_by_name(connection: AsyncConnection) -> None:
    for _ in range(3):
        row = (await connection.execute(IN_ORDER)).first()
        assert row is not None
        assert (row.name, row.colour, row.launched_at) == ("ada", Colour.RED, LAUNCHED_AT)
        assert row._asdict() == boat("ada")


async def test_what_has_no_name_is_found_by_its_place(connection: AsyncConnection) -> None:
    counted = select(func.count(), func.max(BOATS.c.length_m))
    assert await thrice(connection, counted) == [(2, 7)]


async def test_a_constant_stays_while_values_change(connection: AsyncConnection) -> None:
    named = select(BOATS.c.name).where(
        BOATS.c.colour == Colour.RED, BOATS.c.name == bindparam("wanted")
    )
    assert await thrice(connection, named, {"wanted": "ada"}) == [("ada",)]
    assert await rows_of(connection, named, {"wanted": "bea"}) == []


async def test_lists_may_be_of_any_length(connection: AsyncConnection) -> None:
    listed = (
        select(BOATS.c.name)
        .where(BOATS.c.name.in_(bindparam("names", expanding=True)))
        .order_by(BOATS.c.name)
    )
    for names in (["ada"], ["bea", "ada"], [], ["cleo", "ada", "bea"], ["bea"]):
        found = [name for (name,) in await rows_of(connection, listed, {"names": names})]
        assert found == sorted(set(names) - {"cleo"})


async def test_lists_of_constants_stay(connection: AsyncConnection) -> None:
    listed = select(BOATS.c.name).where(BOATS.c.colour.in_([Colour.RED]))
    assert await thrice(connection, listed) == [("ada",)]


async def test_an_update_sets_the_columns_that_are_given(connection: AsyncConnection) -> None:
    painting = update(BOATS).where(BOATS.c.name == bindparam("wanted"))
    for colour in (Colour.BLUE, Colour.RED, Colour.BLUE):
        painted = await connection.execute(painting, {"wanted": "ada", "colour": colour})
        assert painted.rowcount == 1
    for length_m in (3, 4, 5):
        await connection.execute(painting, {"wanted": "ada", "length_m": length_m})
    missed = await connection.execute(painting, {"wanted": "nobody", "colour": Colour.RED})
    assert missed.rowcount == 0
    [ada, _] = await rows_of(connection, IN_ORDER)
    assert ada == ("ada", Colour.BLUE, 5, LAUNCHED_AT)


async def test_several_sets_of_values_are_written(connection: AsyncConnection) -> None:
    adding = BOATS.insert()
    for number in range(3):
        added = await connection.execute(adding, [boat(f"x{number}"), boat(f"y{number}")])
        assert added.rowcount == 2
    assert len(await rows_of(connection, IN_ORDER)) == 8


async def test_rows_that_several_sets_return_come_together(connection: AsyncConnection) -> None:
    adding = sqlite.insert(BOATS).on_conflict_do_nothing().returning(BOATS.c.name)
    for number in range(3):
        added = await rows_of(connection, adding, [boat("ada"), boat(f"x{number}"), boat("bea")])
        assert added == [(f"x{number}",)]


async def test_a_statement_that_was_refused_can_be_executed_again(
    connection: AsyncConnection,
) -> None:
    adding = BOATS.insert()
    for number in range(3):
        await connection.execute(adding, boat(f"x{number}"))
        with pytest.raises(IntegrityError, match="UNIQUE") as refused:
            await connection.execute(adding, boat("ada", launched_at=LAUNCHED_AT))
        assert "ada" not in f"{refused.value}"


async def test_a_value_that_cannot_be_written_is_refused(connection: AsyncConnection) -> None:
    adding = BOATS.insert()
    for number in range(3):
        with pytest.raises(StatementError, match="no time zone"):
            await connection.execute(
                adding, boat(f"x{number}", launched_at=LAUNCHED_AT.replace(tzinfo=None))
            )
    assert len(await rows_of(connection, IN_ORDER)) == 2


async def test_sql_as_text_is_left_to_sqlalchemy(connection: AsyncConnection) -> None:
    written = text("SELECT name FROM boats ORDER BY name")
    for _ in range(3):
        assert await rows_of(connection, written) == [("ada",), ("bea",)]
