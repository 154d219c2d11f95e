"""What is on starboards, on both databases: two at once post once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.domain.ids import ChannelId, ImageId, MessageId, UserId
from bot.domain.jobs.job import ImageState, Job, MessageAddress
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.starboard import SENDING_TAKES, PostState, Starboard, StarPost, Stars
from bot.domain.voting.vote import Vote, VoteValue
from bot.storage.database import Database
from tests.storage.factories import MEMBER, NOW, SERVER, add_job, make_image

PICTURE = StoredPicture(sha256="00", content_type="image/webp", size_bytes=1)
BOARD = Starboard(guild_id=SERVER, channel_id=ChannelId(5), threshold=2)


async def painted(database: Database) -> tuple[Job, ImageId]:
    image = make_image(state=ImageState.DELIVERED, picture=PICTURE)
    return await add_job(database, images=(image,)), image.id


def post_of(image_id: ImageId, *, safe: bool = True) -> StarPost:
    return StarPost(
        image_id=image_id,
        guild_id=SERVER,
        channel_id=BOARD.channel_id,
        origin=MessageAddress(channel_id=ChannelId(6), message_id=MessageId(7)),
        state=PostState.WAITING,
        safe=safe,
        since=NOW,
    )


async def posted(database: Database, *, safe: bool = True) -> ImageId:
    _, image_id = await painted(database)
    async with database.write() as tx:
        await tx.starboard.put_waiting(post_of(image_id, safe=safe))
        await tx.starboard.begin(image_id, now=NOW)
        await tx.starboard.set_posted(image_id, MessageId(8), stars=2, now=NOW)
    return image_id


async def test_a_starboard_is_set_told_of_once_and_turned_off(database: Database) -> None:
    async with database.write() as tx:
        assert await tx.starboard.board_of(SERVER) is None
        await tx.starboard.set_board(BOARD)
        assert await tx.starboard.set_unreached(BOARD, unreached=True)
        assert not await tx.starboard.set_unreached(BOARD, unreached=True)
        elsewhere = replace(BOARD, channel_id=ChannelId(9))
        assert not await tx.starboard.set_unreached(elsewhere, unreached=False)
        await tx.starboard.set_board(elsewhere)
        assert await tx.starboard.board_of(SERVER) == elsewhere
        assert await tx.starboard.remove_board(SERVER)
        assert not await tx.starboard.remove_board(SERVER)


async def test_only_others_votes_in_favour_are_stars(database: Database) -> None:
    _, image_id = await painted(database)
    cast = [(1, VoteValue.UP, 1_000), (2, VoteValue.UP, 500), (3, VoteValue.DOWN, 1_000)]
    async with database.write() as tx:
        assert await tx.starboard.stars_of(image_id) == Stars()
        for member, value, weight in [*cast, (MEMBER, VoteValue.UP, 1_000)]:
            await tx.votes.put(
                Vote(
                    image_id=image_id,
                    user_id=UserId(member),
                    guild_id=SERVER,
                    value=value,
                    weight=weight,
                    cast_at=NOW,
                )
            )
        assert await tx.starboard.stars_of(image_id) == Stars(votes=2, weight=1_500)


async def test_two_that_begin_at_once_post_once(database: Database) -> None:
    _, image_id = await painted(database)

    async def begin() -> StarPost | None:
        async with database.write() as tx:
            await tx.starboard.put_waiting(post_of(image_id))
            return await tx.starboard.begin(image_id, now=NOW)

    begun = await asyncio.gather(*(begin() for _ in range(4)))

    [only] = [each for each in begun if each is not None]
    assert (only.state, only.times) == (PostState.POSTING, 1)


async def test_what_nobody_finished_is_taken_over_once_and_keeps_its_name(
    database: Database,
) -> None:
    _, image_id = await painted(database)
    later = NOW + SENDING_TAKES
    async with database.write() as tx:
        await tx.starboard.put_waiting(post_of(image_id))
        first = await tx.starboard.begin(image_id, now=NOW)
        assert first is not None
        early = await tx.starboard.begin_again(
            image_id, now=NOW, begun_before=NOW - timedelta(seconds=1)
        )
        assert early is None
        again = await tx.starboard.begin_again(image_id, now=later, begun_before=NOW)
        assert again == replace(first, since=later)
        assert await tx.starboard.begin_again(image_id, now=later, begun_before=NOW) is None


async def test_what_was_taken_down_may_come_back_and_what_was_dismissed_never(
    database: Database,
) -> None:
    image_id = await posted(database)
    async with database.write() as tx:
        await tx.starboard.set_removing(image_id, now=NOW)
        assert await tx.starboard.dismiss_messages([MessageId(8)], now=NOW) == 0
        await tx.starboard.set_removed(image_id, now=NOW)
        await tx.starboard.put_waiting(post_of(image_id))
        back = await tx.starboard.begin(image_id, now=NOW)
        assert back is not None
        assert (back.times, back.message_id) == (2, None)
        await tx.starboard.set_posted(image_id, MessageId(9), stars=3, now=NOW)
        assert await tx.starboard.dismiss_messages([MessageId(9)], now=NOW) == 1
        await tx.starboard.put_waiting(post_of(image_id))
        assert await tx.starboard.begin(image_id, now=NOW) is None
        found = await tx.starboard.find(image_id)
        assert found is not None
        assert found.state is PostState.DISMISSED


async def test_the_sweep_finds_what_is_deleted_unsafe_or_unfinished(database: Database) -> None:
    fine, unsafe = await posted(database), await posted(database, safe=False)
    job, waiting = await painted(database)
    async with database.write() as tx:
        await tx.starboard.put_waiting(post_of(waiting))
        assert await tx.starboard.channels_of(SERVER) == [BOARD.channel_id]
        assert set(await tx.starboard.of_messages([MessageId(8)])) == {fine, unsafe}
        assert set(await tx.starboard.of_messages([MessageId(7)])) == {fine, unsafe, waiting}
        assert set(await tx.starboard.among([fine, ImageId("none")])) == {fine}
        safe_now = [BOARD.channel_id]
        found = await tx.starboard.doubtful(SERVER, safe_channels=safe_now, limit=9)
        assert set(found) == {unsafe, waiting}
        assert list(await tx.starboard.doubtful(SERVER, safe_channels=[], limit=9)) == [waiting]
        deleted = await tx.jobs.by_image(fine)
        assert deleted is not None
        await tx.jobs.save_wiped(deleted.wiped(NOW))
        await tx.jobs.save_wiped(job.wiped(NOW))
        found = await tx.starboard.doubtful(SERVER, safe_channels=[], limit=9)
        assert set(found) == {fine, waiting}
