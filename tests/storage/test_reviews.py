import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.domain.gate.rule import Rule
from bot.domain.ids import ChannelId, ImageId, MessageId, UserId
from bot.domain.jobs.job import TERMINAL_JOB_STATES, ImageState, Job, JobState, MessageAddress
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.moderation.review import ReviewCase, ReviewState
from bot.storage.database import Database
from tests.storage.factories import MEMBER, NOW, SERVER, make_job, make_origin

MONA, OTTO = UserId(8), UserId(9)
HELD = frozenset({JobState.HELD})
LATER = NOW + timedelta(hours=2)


async def held_job(database: Database, **overrides: object) -> tuple[Job, ReviewCase]:
    """A job whose first image waits for a moderator."""
    async with database.write() as tx:
        account = await tx.members.account_of(MEMBER, SERVER)
    origin = make_origin(account=account)
    job = make_job(state=JobState.HELD, fence=3, origin=origin, **overrides)
    picture = StoredPicture(sha256=f"{job.id:0>64}", content_type="image/webp", size_bytes=9)
    image = replace(job.images[0], state=ImageState.HELD, picture=picture)
    job = job.with_image(image)
    async with database.write() as tx:
        assert await tx.jobs.add(job, idempotency_key=f"key of {job.id}")
    case = ReviewCase(
        image_id=image.id,
        job_id=job.id,
        guild_id=SERVER,
        channel_id=ChannelId(700),
        user_id=MEMBER,
        rule=Rule.REVIEW_ALL,
        held_at=NOW,
        expires_at=NOW + timedelta(hours=24),
    )
    async with database.write() as tx:
        await tx.reviews.add(case)
    return job, case


async def decide(database: Database, image_id: ImageId, by: UserId) -> bool:
    async with database.write() as tx:
        return await tx.reviews.conclude(
            image_id, ReviewState.REJECTED, by=by, reason="no", now=NOW
        )


async def found(database: Database, case: ReviewCase) -> ReviewCase:
    async with database.read() as tx:
        read = await tx.reviews.get(case.image_id)
    assert read is not None
    return read


async def test_a_case_comes_back_and_is_written_once(database: Database) -> None:
    _, case = await held_job(database)
    async with database.write() as tx:
        await tx.reviews.add(replace(case, rule=Rule.REVIEW_FLAGGED))
    assert await found(database, case) == case
    async with database.read() as tx:
        assert await tx.reviews.of_job(case.job_id) == [case]
        assert await tx.reviews.waiting(SERVER) == [case]
        assert await tx.reviews.get(ImageId("never there")) is None


async def test_two_moderators_at_once_make_one_decision(database: Database) -> None:
    _, case = await held_job(database)
    made = await asyncio.gather(*(decide(database, case.image_id, by) for by in (MONA, OTTO)))
    assert sorted(made) == [False, True]
    decided = await found(database, case)
    assert decided.decided_by == (MONA, OTTO)[made.index(True)]
    assert (decided.reason, decided.decided_at) == ("no", NOW)
    async with database.read() as tx:
        assert await tx.reviews.waiting(SERVER) == []


async def test_a_job_is_released_once_and_its_claims_begin_anew(database: Database) -> None:
    job, _ = await held_job(database)
    async with database.write() as tx:
        await tx.reviews.lock_job(job.id)
        assert await tx.reviews.release(job.id, from_states=HELD)
        assert not await tx.reviews.release(job.id, from_states=HELD)
        released = await tx.jobs.get(job.id)
    assert released is not None
    assert released.state is JobState.DELIVERING
    assert (released.fence, released.claims, released.owner) == (3, 0, None)


async def test_a_deleted_job_is_not_released(database: Database) -> None:
    job, _ = await held_job(database)
    async with database.write() as tx:
        await tx.jobs.save_wiped(job.wiped(NOW))
        assert not await tx.reviews.release(job.id, from_states=HELD | TERMINAL_JOB_STATES)


async def test_an_appeal_waits_anew_and_there_is_no_second_one(database: Database) -> None:
    _, case = await held_job(database)
    asked = MessageAddress(channel_id=ChannelId(1), message_id=MessageId(2))
    async with database.write() as tx:
        await tx.reviews.set_message(case.image_id, asked)
        assert not await tx.reviews.reopen(case.image_id, now=NOW, expires_at=LATER)
    assert (await found(database, case)).message == asked
    await decide(database, case.image_id, MONA)
    async with database.write() as tx:
        assert await tx.reviews.reopen(case.image_id, now=NOW, expires_at=LATER)
    appeal = await found(database, case)
    assert appeal.state is ReviewState.WAITING
    assert (appeal.rejected_by, appeal.decided_by, appeal.message) == (MONA, None, None)
    assert (appeal.appealed_at, appeal.expires_at) == (NOW, LATER)
    await decide(database, case.image_id, OTTO)
    async with database.write() as tx:
        assert not await tx.reviews.reopen(case.image_id, now=NOW, expires_at=LATER)


async def test_a_member_is_told_of_each_decision_once(database: Database) -> None:
    _, case = await held_job(database)
    async with database.write() as tx:
        assert await tx.reviews.take_untold(MEMBER, now=NOW) == []
        assert not await tx.notices.anything_waits(MEMBER)
    await decide(database, case.image_id, MONA)
    async with database.write() as tx:
        assert await tx.notices.anything_waits(MEMBER)
        [told] = await tx.reviews.take_untold(MEMBER, now=LATER)
        assert told.told_at == LATER
        assert await tx.reviews.take_untold(MEMBER, now=LATER) == []
        await tx.reviews.reopen(case.image_id, now=LATER, expires_at=LATER)
    await decide(database, case.image_id, OTTO)
    async with database.write() as tx:
        await tx.reviews.set_told(case.image_id, now=LATER)
        assert await tx.reviews.take_untold(MEMBER, now=LATER) == []


async def test_what_a_member_deletes_waits_no_more(database: Database) -> None:
    job, case = await held_job(database)
    async with database.write() as tx:
        [withdrawn] = await tx.reviews.withdraw(job.id, now=NOW)
        assert withdrawn.state is ReviewState.WITHDRAWN
        assert await tx.reviews.withdraw(job.id, now=NOW) == []
    assert not await decide(database, case.image_id, MONA)


async def test_pictures_are_needed_while_they_wait_or_may_be_appealed(database: Database) -> None:
    job, case = await held_job(database)
    picture = job.images[0].picture
    assert picture is not None

    async def needed(*, decided_since: timedelta) -> frozenset[str]:
        async with database.read() as tx:
            return await tx.reviews.pictures_needed(decided_since=NOW + decided_since)

    second = timedelta(seconds=1)
    assert await needed(decided_since=second) == {picture.sha256}
    await decide(database, case.image_id, MONA)
    assert await needed(decided_since=-second) == {picture.sha256}
    assert await needed(decided_since=second) == frozenset()
    async with database.write() as tx:
        await tx.reviews.reopen(case.image_id, now=NOW, expires_at=LATER)
    assert await needed(decided_since=second) == {picture.sha256}
    await decide(database, case.image_id, OTTO)
    assert await needed(decided_since=-second) == frozenset()


async def test_a_server_has_one_review_channel_or_none(database: Database) -> None:
    async with database.write() as tx:
        assert await tx.reviews.channel_of(SERVER) is None
        for channel in (ChannelId(1), ChannelId(2)):
            await tx.reviews.set_channel(SERVER, channel)
            assert await tx.reviews.channel_of(SERVER) == channel
        await tx.reviews.clear_channel(SERVER)
        assert await tx.reviews.channel_of(SERVER) is None
