"""Strikes, blocks, notices and reported pictures, on both databases."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.domain.conduct.bars import Block, BlockCause
from bot.domain.conduct.conduct import Strike, StrikeRules
from bot.domain.conduct.notice import ConductNews, ConductNotice
from bot.domain.conduct.strikes import GivenStrike
from bot.domain.gate.pause import EVERYWHERE
from bot.domain.ids import GuildId, ImageId, UserId
from bot.domain.jobs.job import ImageState, Job, JobState
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.moderation.report import Report
from bot.domain.moderation.report_case import ReportOutcome
from bot.domain.quotas.ledger import BOT_ACCOUNT
from bot.storage.database import Database
from tests.storage.factories import MEMBER, NOW, SERVER, add_job, make_image

BOB, CAROL = UserId(8), UserId(9)
DAYS = timedelta(days=30)


def strike(number: int = 1, *, image: str | None = None, user_id: UserId = MEMBER) -> GivenStrike:
    at = NOW - timedelta(hours=number)
    return GivenStrike(
        id=f"strike-{number}",
        guild_id=SERVER,
        user_id=user_id,
        strike=Strike(at, at + DAYS),
        reason="spam\x00",
        account=BOT_ACCOUNT,
        image_id=None if image is None else ImageId(image),
    )


async def test_strikes_come_back_newest_first_until_they_expire(database: Database) -> None:
    async with database.write() as tx:
        for number in (3, 1, 2):
            assert await tx.conduct.add_strike(strike(number))
        await tx.conduct.add_strike(strike(9, user_id=BOB))
    async with database.read() as tx:
        found = await tx.conduct.strikes_of(SERVER, MEMBER, now=NOW)
        later = await tx.conduct.all_strikes(now=NOW + DAYS - timedelta(hours=2))
    assert [each.id for each in found] == ["strike-1", "strike-2", "strike-3"]
    assert found[0] == replace(strike(1), reason="spam?")
    assert [each.id for each in later] == ["strike-1"]


async def test_a_picture_leads_to_one_strike(database: Database) -> None:
    async def give(number: int) -> bool:
        async with database.write() as tx:
            return await tx.conduct.add_strike(strike(number, image="image"))

    assert sorted(await asyncio.gather(*(give(number) for number in range(4)))) == [
        False,
        False,
        False,
        True,
    ]


async def test_a_strike_is_withdrawn_once(database: Database) -> None:
    async with database.write() as tx:
        await tx.conduct.add_strike(strike())
        assert await tx.conduct.withdraw_strike("strike-1", now=NOW)
        assert not await tx.conduct.withdraw_strike("strike-1", now=NOW)
        assert await tx.conduct.strike("strike-1", now=NOW) is None


async def test_thresholds_are_kept_by_server(database: Database) -> None:
    rules = StrikeRules(warn_at=2, pause_at=4, block_at=8, counts_for=timedelta(days=90))
    async with database.write() as tx:
        await tx.conduct.set_rules(SERVER, StrikeRules())
        await tx.conduct.set_rules(SERVER, rules)
        assert await tx.conduct.all_rules() == {SERVER: rules}


async def test_a_block_replaces_the_last_and_ends(database: Database) -> None:
    first = Block(guild_id=SERVER, user_id=MEMBER, since=NOW, until=None, reason="a")
    second = replace(first, until=NOW + DAYS, reason="b", cause=BlockCause.STRIKES)
    everywhere = replace(first, guild_id=EVERYWHERE)
    async with database.write() as tx:
        for block in (first, second, everywhere):
            await tx.conduct.put_block(block)
        assert {each.guild_id: each for each in await tx.conduct.all_blocks(now=NOW)} == {
            SERVER: second,
            EVERYWHERE: everywhere,
        }
        assert list(await tx.conduct.all_blocks(now=NOW + DAYS)) == [everywhere]
        assert not await tx.conduct.remove_block(SERVER, MEMBER, cause=BlockCause.PERSON)
        assert await tx.conduct.remove_block(SERVER, MEMBER)
        assert not await tx.conduct.remove_block(SERVER, MEMBER)


async def test_open_jobs_are_found_by_server_or_everywhere(database: Database) -> None:
    here = await add_job(database)
    ended = await add_job(database, state=JobState.DONE)
    async with database.read() as tx:
        assert here.id in await tx.conduct.open_jobs_of(MEMBER, SERVER)
        assert ended.id not in await tx.conduct.open_jobs_of(MEMBER, None)
        assert list(await tx.conduct.open_jobs_of(MEMBER, GuildId(99))) == []


async def test_what_could_not_be_told_waits_and_is_told_once(database: Database) -> None:
    notice = ConductNotice(
        id="notice",
        user_id=MEMBER,
        guild_id=SERVER,
        news=ConductNews.BLOCKED,
        reason="spam",
        until=None,
        strikes=0,
        created_at=NOW,
    )
    async with database.write() as tx:
        await tx.conduct_notices.add(notice)
        await tx.conduct_notices.note_cancelled("notice")
        assert list(await tx.conduct_notices.take(MEMBER)) == []
        assert await tx.conduct_notices.untold("notice") == replace(notice, cancelled=1)
        await tx.conduct_notices.let_wait("notice")
        assert await tx.conduct_notices.untold("notice") is None
        assert await tx.notices.anything_waits(MEMBER)
        assert list(await tx.conduct_notices.take(MEMBER)) == [replace(notice, cancelled=1)]
        assert list(await tx.conduct_notices.take(MEMBER)) == []


# Reported pictures


async def shown(database: Database, sha256: str = "ab" * 32) -> Job:
    picture = StoredPicture(sha256=sha256, content_type="image/webp", size_bytes=9)
    image = make_image(state=ImageState.DELIVERED, picture=picture)
    return await add_job(database, images=(image,), state=JobState.DONE)


async def report(database: Database, job: Job, *users: UserId, weight: float = 1.0) -> None:
    async with database.write() as tx:
        for user_id in users:
            image_id = job.images[0].id
            await tx.reports.add(Report(image_id, user_id, "why", NOW, SERVER, weight))


async def test_reports_of_copies_are_summed_each_members_once(database: Database) -> None:
    first, copy, other = (
        await shown(database),
        await shown(database),
        await shown(database, "cd" * 32),
    )
    await report(database, first, BOB, CAROL)
    await report(database, copy, BOB, weight=0.5)
    await report(database, other, BOB)
    async with database.write() as tx:
        alike = await tx.cases.hold_alike(copy.images[0].id)
        assert set(alike) == {first.images[0].id, copy.images[0].id}
        assert sorted(await tx.cases.weights(alike)) == [1.0, 1.0]
        assert set(await tx.cases.hide(alike)) == {first.id, copy.id}
        assert list(await tx.cases.hide(alike)) == []
        assert len(await tx.cases.restore(alike)) == 2
        assert len(await tx.cases.remove(alike)) == 2
        gone = await tx.jobs.get(copy.id)
    assert gone is not None
    assert (gone.images[0].state, gone.images[0].picture) == (ImageState.REMOVED, None)


async def test_a_case_is_decided_once_by_whoever_is_first(database: Database) -> None:
    job = await shown(database)
    await report(database, job, BOB, CAROL)

    async def decide(outcome: ReportOutcome) -> int:
        async with database.write() as tx:
            return await tx.cases.close([job.images[0].id], outcome, now=NOW)

    counts = await asyncio.gather(*(decide(outcome) for outcome in ReportOutcome))

    assert sorted(counts) == [0, 2]


async def test_rejected_reports_count_against_the_reporter(database: Database) -> None:
    job = await shown(database)
    await report(database, job, BOB)
    async with database.write() as tx:
        assert await tx.cases.rejected_since(BOB, SERVER, NOW - DAYS) == 0
        assert len(await tx.cases.reported_since(BOB, NOW - DAYS)) == 1
        await tx.cases.close([job.images[0].id], ReportOutcome.REJECTED, now=NOW)
        assert await tx.cases.rejected_since(BOB, SERVER, NOW - DAYS) == 1
        assert await tx.cases.rejected_since(BOB, GuildId(99), NOW - DAYS) == 0
        assert await tx.cases.rejected_since(BOB, SERVER, NOW) == 0


async def test_open_cases_are_listed_until_they_are_decided(database: Database) -> None:
    job = await shown(database)
    await report(database, job, BOB, CAROL)
    async with database.write() as tx:
        await tx.cases.hide([job.images[0].id])
        [case] = await tx.cases.open_cases(SERVER, limit=5)
        elsewhere = await tx.cases.open_cases(GuildId(99), limit=5)
        needed = await tx.jobs.pictures_of_open_jobs()
        await tx.cases.close([job.images[0].id], ReportOutcome.UPHELD, now=NOW)
        left = await tx.cases.open_cases(SERVER, limit=5)
    assert (case.reports, case.hidden, case.author, case.reason) == (2, True, MEMBER, "why")
    assert list(elsewhere) == []
    assert "ab" * 32 in needed
    assert list(left) == []
