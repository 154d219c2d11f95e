"""Servers' starboards, and what is on them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import ChannelId, GuildId, ImageId, MessageId
from bot.domain.jobs.job import MessageAddress
from bot.domain.starboard import PostState, Starboard, StarPost, Stars
from bot.domain.voting.vote import VoteValue
from bot.storage.engine.upsert import insert_into
from bot.storage.jobs.records import AnyRow
from bot.storage.starboard.tables import star_posts, starboards
from bot.storage.tables import images, jobs
from bot.storage.votes.tables import votes

_ON_ITS_WAY = (PostState.WAITING, PostState.POSTING, PostState.REMOVING)


class SqlStarboardRepository:
    """`StarboardRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def board_of(self, guild_id: GuildId) -> Starboard | None:
        """A server's starboard; None where it has none."""
        found = await self._connection.execute(
            select(starboards).where(starboards.c.guild_id == guild_id)
        )
        row = found.one_or_none()
        return None if row is None else _board_of(row)

    async def set_board(self, board: Starboard) -> None:
        """Write a server's starboard, in place of an earlier one."""
        values = {
            "channel_id": board.channel_id,
            "threshold": board.threshold,
            "unreached": board.unreached,
        }
        await self._connection.execute(
            insert_into(self._connection, starboards)
            .values(guild_id=board.guild_id, **values)
            .on_conflict_do_update(index_elements=[starboards.c.guild_id], set_=values)
        )

    async def remove_board(self, guild_id: GuildId) -> bool:
        """Let a server have none; False if it had none."""
        removed = await self._connection.execute(
            delete(starboards).where(starboards.c.guild_id == guild_id)
        )
        return removed.rowcount > 0

    async def set_unreached(self, board: Starboard, *, unreached: bool) -> bool:
        """Write whether managers were told; False if that was written already."""
        changed = await self._connection.execute(
            update(starboards)
            .where(
                starboards.c.guild_id == board.guild_id,
                starboards.c.channel_id == board.channel_id,
                starboards.c.unreached.is_not(unreached),
            )
            .values(unreached=unreached)
        )
        return changed.rowcount > 0

    async def stars_of(self, image_id: ImageId) -> Stars:
        """The votes for a picture by members other than its maker, save those that are held."""
        found = await self._connection.execute(
            select(func.count(), func.coalesce(func.sum(votes.c.weight), 0))
            .select_from(votes)
            .join(images, images.c.id == votes.c.image_id)
            .join(jobs, jobs.c.id == images.c.job_id)
            .where(
                votes.c.image_id == image_id,
                votes.c.value == VoteValue.UP,
                votes.c.held.is_(False),
                votes.c.user_id != jobs.c.user_id,
            )
        )
        count, weight = found.one()
        return Stars(votes=count, weight=int(weight))

    async def find(self, image_id: ImageId) -> StarPost | None:
        """A picture that is, was or will be on a starboard."""
        found = await self._connection.execute(
            select(star_posts).where(star_posts.c.image_id == image_id)
        )
        return _post_or_none(found.one_or_none())

    async def put_waiting(self, post: StarPost) -> None:
        """Write that a picture waits, also one that waited before or was taken down."""
        where = {
            "channel_id": post.channel_id,
            "origin_channel_id": post.origin.channel_id,
            "origin_message_id": post.origin.message_id,
            "state": PostState.WAITING,
            "safe": post.safe,
            "since": post.since,
            "message_id": None,
        }
        await self._connection.execute(
            insert_into(self._connection, star_posts)
            .values(image_id=post.image_id, guild_id=post.guild_id, stars=0, times=1, **where)
            .on_conflict_do_update(
                index_elements=[star_posts.c.image_id],
                set_={**where, "times": star_posts.c.times + 1},
                where=star_posts.c.state.in_([PostState.REMOVED, PostState.WAITING]),
            )
        )

    async def begin(self, image_id: ImageId, *, now: datetime) -> StarPost | None:
        """Begin to post what waits; None if it does not, or somebody else has begun."""
        return await self._begin(image_id, star_posts.c.state == PostState.WAITING, now)

    async def begin_again(
        self, image_id: ImageId, *, now: datetime, begun_before: datetime
    ) -> StarPost | None:
        """Take over what somebody began to post and never finished."""
        is_left = and_(star_posts.c.state == PostState.POSTING, star_posts.c.since <= begun_before)
        return await self._begin(image_id, is_left, now)

    async def set_posted(
        self, image_id: ImageId, message_id: MessageId, *, stars: int, now: datetime
    ) -> None:
        """Write where it stands, and with how many votes."""
        await self._set(
            image_id,
            state=PostState.POSTED,
            message_id=message_id,
            stars=stars,
            since=now,
            edited_at=now,
        )

    async def set_stars(self, image_id: ImageId, stars: int, *, now: datetime) -> None:
        """Write how many votes its message shows from now on."""
        await self._set(image_id, stars=stars, edited_at=now)

    async def set_waiting(self, image_id: ImageId, *, now: datetime) -> None:
        """Write that it could not be posted."""
        await self._set(image_id, state=PostState.WAITING, since=now)

    async def set_removing(self, image_id: ImageId, *, now: datetime) -> None:
        """Write that its message is being taken down."""
        await self._set(image_id, state=PostState.REMOVING, since=now)

    async def set_removed(self, image_id: ImageId, *, now: datetime) -> None:
        """Write that it was taken down."""
        await self._set(image_id, state=PostState.REMOVED, message_id=None, since=now)

    async def set_dismissed(self, image_id: ImageId, *, now: datetime) -> None:
        """Write that it never comes back."""
        await self._set(image_id, state=PostState.DISMISSED, message_id=None, since=now)

    async def dismiss_messages(self, message_ids: Collection[MessageId], *, now: datetime) -> int:
        """Write of posted pictures whose messages others deleted that they never come back."""
        dismissed = await self._connection.execute(
            update(star_posts)
            .where(
                star_posts.c.message_id.in_(list(message_ids)),
                star_posts.c.state == PostState.POSTED,
            )
            .values(state=PostState.DISMISSED, message_id=None, since=now)
        )
        return dismissed.rowcount

    async def of_messages(self, message_ids: Collection[MessageId]) -> Sequence[ImageId]:
        """The pictures that stand in these messages, as results or on a starboard."""
        wanted = list(message_ids)
        found = await self._connection.scalars(
            select(star_posts.c.image_id).where(
                or_(
                    star_posts.c.origin_message_id.in_(wanted),
                    star_posts.c.message_id.in_(wanted),
                )
            )
        )
        return [ImageId(each) for each in found]

    async def among(self, image_ids: Collection[ImageId]) -> Sequence[ImageId]:
        """Those of the pictures that are on a starboard or on their way to it."""
        found = await self._connection.scalars(
            select(star_posts.c.image_id).where(star_posts.c.image_id.in_(list(image_ids)))
        )
        return [ImageId(each) for each in found]

    async def channels_of(self, guild_id: GuildId) -> Sequence[ChannelId]:
        """The channels in which pictures of a server's starboards stand."""
        found = await self._connection.scalars(
            select(star_posts.c.channel_id)
            .where(star_posts.c.guild_id == guild_id, star_posts.c.state == PostState.POSTED)
            .distinct()
        )
        return [ChannelId(each) for each in found]

    async def doubtful(
        self, guild_id: GuildId, *, safe_channels: Collection[ChannelId], limit: int
    ) -> Sequence[ImageId]:
        """What may have to go or to be posted: waiting, deleted, made private, or not safe."""
        found = await self._connection.scalars(
            select(star_posts.c.image_id)
            .join(images, images.c.id == star_posts.c.image_id)
            .join(jobs, jobs.c.id == images.c.job_id)
            .where(
                star_posts.c.guild_id == guild_id,
                or_(
                    star_posts.c.state.in_(_ON_ITS_WAY),
                    and_(
                        star_posts.c.state == PostState.POSTED,
                        or_(_is_withdrawn(), _is_unsafe_in(safe_channels)),
                    ),
                ),
            )
            .order_by(star_posts.c.since)
            .limit(limit)
        )
        return [ImageId(each) for each in found]

    async def _begin(
        self, image_id: ImageId, condition: ColumnElement[bool], now: datetime
    ) -> StarPost | None:
        begun = await self._connection.execute(
            update(star_posts)
            .where(star_posts.c.image_id == image_id, condition)
            .values(state=PostState.POSTING, since=now)
            .returning(*star_posts.c)
        )
        return _post_or_none(begun.one_or_none())

    async def _set(self, image_id: ImageId, **values: object) -> None:
        await self._connection.execute(
            update(star_posts).where(star_posts.c.image_id == image_id).values(**values)
        )


def _is_withdrawn() -> ColumnElement[bool]:
    return or_(jobs.c.deleted_at.is_not(None), images.c.picture_sha256.is_(None))


def _is_unsafe_in(safe_channels: Collection[ChannelId]) -> ColumnElement[bool]:
    return and_(star_posts.c.safe.is_(False), star_posts.c.channel_id.in_(list(safe_channels)))


def _board_of(row: AnyRow) -> Starboard:
    return Starboard(
        guild_id=GuildId(row.guild_id),
        channel_id=ChannelId(row.channel_id),
        threshold=row.threshold,
        unreached=row.unreached,
    )


def _post_or_none(row: AnyRow | None) -> StarPost | None:
    if row is None:
        return None
    return StarPost(
        image_id=ImageId(row.image_id),
        guild_id=GuildId(row.guild_id),
        channel_id=ChannelId(row.channel_id),
        origin=MessageAddress(
            channel_id=ChannelId(row.origin_channel_id),
            message_id=MessageId(row.origin_message_id),
        ),
        state=row.state,
        message_id=None if row.message_id is None else MessageId(row.message_id),
        safe=row.safe,
        stars=row.stars,
        times=row.times,
        since=row.since,
        edited_at=row.edited_at,
    )
