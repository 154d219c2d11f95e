"""What members' cooldowns rest on, and limits that hold while many ask at once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.domain.ids import UserId
from bot.domain.jobs.admission import QueueLength
from bot.domain.jobs.cooldown import MOST_FAILURES, NO_REQUESTS, Conduct, after_failure
from bot.domain.jobs.job import JobState
from bot.storage.database import Database
from tests.storage.factories import MEMBER, NOW, SERVER, add_job, claim, make_job, make_origin

LATER = NOW + timedelta(seconds=5)
OTHER = UserId(MEMBER + 1)


class _Full(Exception):
    """The queue has no room."""


def refuse_beyond(limit: int, length: QueueLength) -> None:
    if length.jobs > limit:
        raise _Full


async def conduct_of(database: Database, user_id: UserId = MEMBER) -> Conduct:
    async with database.read() as tx:
        return await tx.cooldowns.of_member(user_id)


async def fail(database: Database) -> None:
    async with database.write() as tx:
        conduct = await tx.cooldowns.hold(MEMBER, now=NOW)
        await tx.cooldowns.save(MEMBER, after_failure(conduct, now=NOW), now=NOW)


async def test_of_most_members_nothing_is_known(database: Database) -> None:
    assert await conduct_of(database) == NO_REQUESTS


async def test_conduct_comes_back_as_it_was_written(database_url: str) -> None:
    conduct = Conduct(last_request_at=NOW, failed_at=(NOW, LATER), paused_until=LATER)
    async with Database.open(database_url) as database, database.write() as tx:
        await tx.cooldowns.hold(MEMBER, now=NOW)
        await tx.cooldowns.save(MEMBER, conduct, now=NOW)
    async with Database.open(database_url) as database:
        assert await conduct_of(database) == conduct
        assert await conduct_of(database, OTHER) == NO_REQUESTS


async def test_a_request_leaves_the_failures_as_they_are(database: Database) -> None:
    await fail(database)
    async with database.write() as tx:
        await tx.cooldowns.note_request(MEMBER, now=LATER)
        await tx.cooldowns.note_request(OTHER, now=LATER)
    assert await conduct_of(database) == Conduct(last_request_at=LATER, failed_at=(NOW,))
    assert await conduct_of(database, OTHER) == Conduct(last_request_at=LATER)


async def test_no_failure_is_lost_however_many_come_at_once(database: Database) -> None:
    await asyncio.gather(*(fail(database) for _ in range(MOST_FAILURES - 1)))
    conduct = await conduct_of(database)
    assert conduct.failed_at == (NOW,) * (MOST_FAILURES - 1)


async def test_what_has_not_changed_for_long_is_forgotten(database: Database) -> None:
    await fail(database)
    async with database.write() as tx:
        await tx.cooldowns.note_request(OTHER, now=LATER)
        assert await tx.cooldowns.forget_before(LATER) == 1
    assert await conduct_of(database) == NO_REQUESTS
    assert await conduct_of(database, OTHER) == Conduct(last_request_at=LATER)


async def test_the_queue_counts_what_has_not_ended(database: Database) -> None:
    for state in JobState:
        await add_job(database, state=state)
    async with database.write() as tx:
        of_all = await tx.jobs.queue_length(OTHER, now=NOW)
        assert of_all == QueueLength(jobs=3, of_member=0, waiting=3)
        assert await tx.jobs.queue_length(MEMBER, now=NOW) == replace(of_all, of_member=3)


async def test_the_queue_counts_as_waiting_what_nobody_has(database: Database) -> None:
    for _ in range(3):
        await add_job(database)
    assert await claim(database, now=NOW) is not None
    async with database.write() as tx:
        assert (await tx.jobs.queue_length(MEMBER, now=LATER)).waiting == 2
        after_its_lease = NOW + timedelta(hours=1)
        assert (await tx.jobs.queue_length(MEMBER, now=after_its_lease)).waiting == 3


async def test_a_limit_of_the_queue_holds_while_many_ask_at_once(database: Database) -> None:
    async def ask() -> bool:
        try:
            async with database.write() as tx:
                await tx.jobs.await_admission()
                account = await tx.members.account_of(MEMBER, SERVER)
                job = make_job(origin=make_origin(account=account))
                await tx.jobs.add(job, idempotency_key=job.id)
                refuse_beyond(5, await tx.jobs.queue_length(MEMBER, now=NOW))
        except _Full:
            return False
        return True

    assert sum(await asyncio.gather(*(ask() for _ in range(20)))) == 5


async def test_a_limit_of_running_jobs_holds_while_many_claim_at_once(database: Database) -> None:
    for _ in range(8):
        await add_job(database)
    taken = await asyncio.gather(*(claim(database, most_running=3) for _ in range(8)))
    assert len({job.id for job in taken if job is not None}) == 3
    assert sum(job is not None for job in taken) == 3
