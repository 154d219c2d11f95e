"""Nothing that tells of a member or a server is stored without it being said what becomes of it."""

from typing import Any

import pytest
from sqlalchemy import BigInteger, Column, Enum, String, Table
from sqlalchemy.types import TypeDecorator

from bot.domain.privacy import ErasureKind
from bot.storage.database import Database
from bot.storage.engine.column_types import RowNumber
from bot.storage.personal.declarations import DECLARATIONS, fates_of
from bot.storage.personal.fates import Declaration, Holds, RowsGo
from bot.storage.tables import metadata

assert Database.__name__, "importing it puts every table into the metadata"
BY_TABLE = {declaration.table.name: declaration for declaration in DECLARATIONS}


def could_tell(column: Column[Any]) -> bool:
    """Whether a column has room for an id of Discord's or for words; enums and sums have not."""
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(kind, Enum) or column.type is RowNumber or kind is RowNumber:
        return False
    if isinstance(kind, BigInteger) and ("micros" in column.name or "weight" in column.name):
        return False
    return isinstance(kind, String | BigInteger)


def test_every_table_is_declared_once() -> None:
    declared = [declaration.table.name for declaration in DECLARATIONS]
    assert sorted(declared) == sorted(metadata.tables), (
        "say in bot/storage/personal what a new table tells of members and servers"
    )


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_column_that_could_tell_of_somebody_is_declared(table: Table) -> None:
    declared = set(BY_TABLE[table.name].holds)
    there = {column.name for column in table.columns if could_tell(column)}
    assert there - declared == set()
    assert declared <= {column.name for column in table.columns}


@pytest.mark.parametrize("declaration", DECLARATIONS, ids=lambda each: each.table.name)
def test_it_is_said_what_becomes_of_whatever_tells_of_somebody(declaration: Declaration) -> None:
    told = set(declaration.holds.values())
    if told & {Holds.MEMBER, Holds.WORDS, Holds.SECRET}:
        assert declaration.member
    if told & {Holds.SERVER}:
        assert declaration.server
    for kind in ErasureKind:
        for fate in fates_of(declaration, kind):
            if isinstance(fate, RowsGo):
                holds = Holds.MEMBER if kind is ErasureKind.MEMBER else Holds.SERVER
                also = {Holds.MEMBER} if fate.where else set()
                assert declaration.holds[fate.by] in {holds, *also} or declaration.table.name == (
                    "erasures"
                )
                assert set(fate.where) <= set(declaration.table.columns.keys())
