import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from bot.domain.ids import UserId
from bot.domain.jobs.notice import Notice
from bot.storage.database import Database
from tests.storage.factories import MEMBER, NOW, add_job


async def add_notice(
    database: Database, *, user_id: UserId = MEMBER, at: datetime = NOW, images: int = 2
) -> Notice:
    """Keep a notice of a job of its own."""
    job = await add_job(database)
    notice = Notice(job.id, user_id, images, at)
    await keep(database, notice)
    return notice


async def keep(database: Database, notice: Notice) -> None:
    async with database.write() as tx:
        await tx.notices.add(notice)


async def take(database: Database, user_id: UserId = MEMBER) -> Sequence[Notice]:
    async with database.write() as tx:
        return await tx.notices.take(user_id)


async def test_notices_are_told_once_and_oldest_first(database: Database) -> None:
    younger = await add_notice(database)
    older = await add_notice(database, at=NOW - timedelta(hours=1))
    assert list(await take(database)) == [older, younger]
    assert list(await take(database)) == []


async def test_a_member_sees_none_of_anothers_notices(database: Database) -> None:
    other = UserId(2)
    notice = await add_notice(database, user_id=other)
    assert list(await take(database)) == []
    assert list(await take(database, other)) == [notice]


async def test_that_a_notice_waits_is_known_until_it_is_told(database: Database) -> None:
    async with database.read() as tx:
        assert not await tx.notices.anything_waits(MEMBER)
    await add_notice(database)
    async with database.read() as tx:
        assert await tx.notices.anything_waits(MEMBER)
        assert not await tx.notices.anything_waits(UserId(2))
    await take(database)
    async with database.read() as tx:
        assert not await tx.notices.anything_waits(MEMBER)


async def test_a_job_has_one_notice_even_after_it_was_told(database: Database) -> None:
    first = await add_notice(database)
    again = Notice(first.job_id, first.user_id, 4, NOW)
    await keep(database, again)
    assert list(await take(database)) == [first]
    await keep(database, again)
    assert list(await take(database)) == []


async def take_in_vain(database: Database) -> None:
    async with database.write() as tx:
        await tx.notices.take(MEMBER)
        raise ConnectionError


async def test_a_notice_is_not_lost_when_telling_fails(database: Database) -> None:
    notice = await add_notice(database)
    with pytest.raises(ConnectionError):
        await take_in_vain(database)
    assert list(await take(database)) == [notice]


async def test_commands_at_once_tell_a_notice_once(database: Database) -> None:
    notice = await add_notice(database)
    told = await asyncio.gather(*(take(database) for _ in range(10)))
    assert [each for notices in told for each in notices] == [notice]
