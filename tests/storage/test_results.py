"""What the buttons under a result need from the database."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, select

from bot.domain.ids import ChannelId, GuildId, ImageId, MessageId, UserId
from bot.domain.jobs.failure import FailureReason, ImageFailure
from bot.domain.jobs.job import ImageState, Job, JobState, LeaseLostError, MessageAddress
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.moderation.report import Report
from bot.storage.database import Database
from bot.storage.tables import favourites, images, reports
from tests.storage.factories import (
    LEASE_UNTIL,
    MEMBER,
    NOW,
    SERVER,
    add_job,
    claim,
    claimed_job,
    make_image,
    make_request,
    stored_job,
)

OTHER = UserId(2)
SHOWN = MessageAddress(channel_id=ChannelId(5), message_id=MessageId(2**62))


def make_picture(name: str = "ab") -> StoredPicture:
    return StoredPicture(sha256=name * 32, content_type="image/webp", size_bytes=1)


async def shown_job(database: Database, *pictures: StoredPicture) -> Job:
    """A finished job of these pictures."""
    return await add_job(
        database,
        state=JobState.DONE,
        images=tuple(
            make_image(position=position, state=ImageState.DELIVERED, picture=picture)
            for position, picture in enumerate(pictures or (make_picture(),))
        ),
    )


async def rows(database: Database, table: str) -> int:
    """How many rows a table of members' marks has."""
    found = {"favourites": favourites, "reports": reports}[table]
    async with database._engines.reader.connect() as connection:
        return len((await connection.execute(select(found))).all())


async def test_a_job_is_found_by_any_of_its_images(database: Database) -> None:
    job = await add_job(database, images=(make_image(position=0), make_image(position=1)))
    await add_job(database)
    async with database.read() as tx:
        assert [await tx.jobs.by_image(image.id) for image in job.images] == [job, job]
        assert await tx.jobs.by_image(ImageId("unknown")) is None


async def test_where_a_result_is_shown_is_kept_after_its_end(database: Database) -> None:
    job = await claimed_job(database)
    async with database.write() as tx:
        await tx.jobs.set_shown(job.id, SHOWN, fence=job.fence)
        await tx.jobs.set_state(job.id, JobState.DONE, fence=job.fence, now=NOW)
    assert (await stored_job(database, job)).shown == SHOWN


async def test_a_late_owner_says_nothing_of_where_it_is_shown(database: Database) -> None:
    job = await claimed_job(database)
    assert await claim(database, owner="other", now=LEASE_UNTIL) is not None
    with pytest.raises(LeaseLostError):
        async with database.write() as tx:
            await tx.jobs.set_shown(job.id, SHOWN, fence=job.fence)


async def test_a_shared_job_comes_back_as_one(database: Database) -> None:
    job = await add_job(database, shared=True, shown=SHOWN)
    assert await stored_job(database, job) == job


async def test_an_image_remembers_its_parent(database: Database) -> None:
    parent = await shown_job(database)
    child = await add_job(database, images=(make_image(parent=parent.images[0].id),))
    assert await stored_job(database, child) == child


async def test_children_outlive_a_parent_that_was_wiped(database: Database) -> None:
    parent = await shown_job(database)
    child = await add_job(database, images=(make_image(parent=parent.images[0].id),))
    async with database.write() as tx:
        await tx.jobs.save_wiped(parent.wiped(NOW))
    assert await stored_job(database, child) == child


async def test_children_outlive_the_row_of_their_parent_even_while_they_are_painted(
    database: Database,
) -> None:
    parent = await shown_job(database)
    child = await claimed_job(database, images=(make_image(parent=parent.images[0].id),))
    async with database._engines.writer.begin() as connection:
        await connection.execute(delete(images).where(images.c.job_id == parent.id))
    orphan = replace(child.images[0], parent=None, state=ImageState.SENT, sent_at=NOW)
    async with database.write() as tx:
        await tx.jobs.save_image(
            child.id, replace(orphan, parent=ImageId("gone")), fence=child.fence
        )
    assert (await stored_job(database, child)).images == (orphan,)


async def test_a_wiped_job_has_no_words_and_no_pictures(database: Database) -> None:
    quoting = ImageFailure(FailureReason.REJECTED, detail="a lighthouse")
    job = await add_job(
        database,
        state=JobState.DONE,
        request=make_request(negative="ships", images=2),
        images=(
            make_image(position=0, state=ImageState.DELIVERED, picture=make_picture()),
            make_image(position=1, state=ImageState.FAILED, failure=quoting),
        ),
    )
    async with database.write() as tx:
        await tx.jobs.save_wiped(job.wiped(NOW))
    wiped = await stored_job(database, job)
    assert wiped == job.wiped(NOW)
    assert "lighthouse" not in f"{wiped}"


async def test_a_picture_is_in_use_while_any_image_names_it(database: Database) -> None:
    kept, gone = make_picture("ab"), make_picture("cd")
    job = await shown_job(database, kept, gone)
    await shown_job(database, kept)
    both = frozenset({kept.sha256, gone.sha256})
    async with database.write() as tx:
        assert await tx.jobs.pictures_in_use(both) == both
        await tx.jobs.save_wiped(job.wiped(NOW))
        assert await tx.jobs.pictures_in_use(both) == {kept.sha256}
        assert await tx.jobs.pictures_in_use(frozenset()) == frozenset()


async def test_a_favourite_is_marked_once_and_taken_back_once(database: Database) -> None:
    image = (await shown_job(database)).images[0]
    async with database.write() as tx:
        await tx.favourites.add(MEMBER, image.id, now=NOW)
        await tx.favourites.add(MEMBER, image.id, now=NOW)
        await tx.favourites.add(OTHER, image.id, now=NOW)
    assert await rows(database, "favourites") == 2
    async with database.write() as tx:
        assert await tx.favourites.remove(MEMBER, image.id)
        assert not await tx.favourites.remove(MEMBER, image.id)
    assert await rows(database, "favourites") == 1


async def test_nobody_keeps_a_favourite_that_is_no_more(database: Database) -> None:
    gone, kept = (await shown_job(database)).images[0], (await shown_job(database)).images[0]
    async with database.write() as tx:
        for user_id in (MEMBER, OTHER):
            await tx.favourites.add(user_id, gone.id, now=NOW)
        await tx.favourites.add(MEMBER, kept.id, now=NOW)
        await tx.favourites.remove_everybodys([gone.id])
        assert await tx.favourites.remove(MEMBER, kept.id)
    assert await rows(database, "favourites") == 0


async def test_a_server_has_one_channel_for_its_reports(database: Database) -> None:
    async with database.write() as tx:
        assert await tx.reports.channel_of(SERVER) is None
        await tx.reports.set_channel(SERVER, ChannelId(1))
        await tx.reports.set_channel(SERVER, ChannelId(2))
        await tx.reports.set_channel(GuildId(SERVER + 1), ChannelId(3))
    async with database.read() as tx:
        assert await tx.reports.channel_of(SERVER) == ChannelId(2)
    async with database.write() as tx:
        await tx.reports.clear_channel(SERVER)
        assert await tx.reports.channel_of(SERVER) is None
        assert await tx.reports.channel_of(GuildId(SERVER + 1)) == ChannelId(3)


async def test_a_member_reports_a_picture_once(database: Database) -> None:
    image = (await shown_job(database)).images[0]
    async with database.write() as tx:
        assert not await tx.reports.has(MEMBER, image.id)
        assert await tx.reports.add(Report(image.id, MEMBER, "it shows me\x00", NOW))
        assert not await tx.reports.add(Report(image.id, MEMBER, "again", NOW))
        assert await tx.reports.add(Report(image.id, OTHER, "me too", NOW))
        assert await tx.reports.has(MEMBER, image.id)
    assert await rows(database, "reports") == 2
