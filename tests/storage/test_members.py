import asyncio
import itertools
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from bot.domain.ids import AccountKey, GuildId, UserId
from bot.storage.database import Database, draw_account_key
from bot.storage.tables import accounts
from tests.storage.factories import MEMBER, SERVER


def numbered_keys() -> Callable[[], AccountKey]:
    numbers = itertools.count(1)
    return lambda: AccountKey(f"account-{next(numbers)}")


async def account_of(database: Database, user_id: UserId, guild_id: GuildId | None) -> AccountKey:
    async with database.write() as tx:
        return await tx.members.account_of(user_id, guild_id)


async def test_a_member_keeps_the_account_of_a_server(database: Database) -> None:
    first = await account_of(database, MEMBER, SERVER)
    assert await account_of(database, MEMBER, SERVER) == first


async def test_an_account_is_found_by_reading_alone(database: Database) -> None:
    first = await account_of(database, MEMBER, SERVER)
    async with database.read() as tx:
        assert await tx.members.account_of(MEMBER, SERVER) == first


async def test_each_place_and_each_member_has_an_account_of_its_own(database: Database) -> None:
    found = {
        await account_of(database, user_id, guild_id)
        for user_id in (MEMBER, UserId(2))
        for guild_id in (None, SERVER, GuildId(3))
    }
    assert len(found) == 6


def test_a_key_does_not_tell_who_the_member_is() -> None:
    keys = {draw_account_key() for _ in range(100)}
    assert len(keys) == 100
    assert {len(key) for key in keys} == {32}


async def test_keys_are_drawn_by_what_is_handed_in(database_url: str) -> None:
    async with Database.open(database_url, new_account_key=numbered_keys()) as database:
        assert await account_of(database, MEMBER, SERVER) == "account-1"
        assert await account_of(database, MEMBER, None) == "account-2"


async def test_a_member_who_asks_twenty_times_at_once_has_one_account(database: Database) -> None:
    found = await asyncio.gather(*(account_of(database, MEMBER, SERVER) for _ in range(20)))
    assert len(set(found)) == 1
    async with database._engines.reader.connect() as connection:
        assert await connection.scalar(select(func.count()).select_from(accounts)) == 1


async def test_two_transactions_that_open_the_same_account_agree(postgresql_url: str) -> None:
    async with Database.open(postgresql_url) as database:
        async with database.write() as first:
            mine = await first.members.account_of(MEMBER, SERVER)
            other = asyncio.create_task(account_of(database, MEMBER, SERVER))
            await somebody_waits(database)
        assert await other == mine


async def somebody_waits(database: Database) -> None:
    """Return when a transaction of another connection waits for a lock."""
    waits = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    async with asyncio.timeout(60), database._engines.reader.connect() as connection:
        while not (await connection.exec_driver_sql(waits)).scalar_one():
            pass


async def test_a_member_whose_row_is_deleted_gets_a_new_account(database: Database) -> None:
    first = await account_of(database, MEMBER, SERVER)
    async with database._engines.writer.begin() as connection:
        await connection.exec_driver_sql("DELETE FROM members")
    assert await account_of(database, MEMBER, SERVER) != first


async def test_an_account_cannot_be_opened_by_reading(database: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)read-?only"):
        async with database.read() as tx:
            await tx.members.account_of(MEMBER, SERVER)
