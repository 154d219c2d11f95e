"""The pictures that a server likes best of a style or of a member, among those it may see."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, FromClause, and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import ChannelId, GuildId, ImageId
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.library.browsing import PictureScope
from bot.domain.styles.liked_picture import LikedPicture
from bot.domain.voting.span import Span
from bot.domain.voting.vote import SubjectKind
from bot.storage.jobs.records import AnyRow, shown_of
from bot.storage.members.library import within_scope
from bot.storage.tables import images, job_index, jobs
from bot.storage.votes.leaderboards import ranked_of
from bot.storage.votes.style_heirs import heirs_in
from bot.storage.votes.tables import vote_credits, vote_tallies
from bot.storage.votes.tallies import tally_of

MOST_RANKED = 2_000
"""How far down a server's pictures are looked through: what is behind them is nobody's best."""

_SUMS = ("ups", "downs", "up_weight", "down_weight")


class SqlLikedPictureRepository:
    """`LikedPictureRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def among(
        self, image_ids: Collection[ImageId], scope: PictureScope
    ) -> Mapping[ImageId, LikedPicture]:
        """Those of the pictures that may be shown, with their votes of all time."""
        tallied = and_(
            vote_tallies.c.guild_id == jobs.c.guild_id,
            vote_tallies.c.kind == SubjectKind.IMAGE,
            vote_tallies.c.span == Span.ALL.value,
            vote_tallies.c.subject == images.c.id,
        )
        sums = [func.coalesce(vote_tallies.c[name], 0).label(name) for name in _SUMS]
        found = await self._connection.execute(
            select(*_SHOWN, *sums)
            .select_from(_jobs_of(images).outerjoin(vote_tallies, tallied))
            .where(images.c.id.in_(list(image_ids)), *_may_be_shown(scope))
        )
        return {ImageId(row.id): _picture_of(row) for row in found}

    async def best_of(
        self,
        guild_id: GuildId,
        kind: SubjectKind,
        keys: Collection[str],
        scope: PictureScope,
        span: str,
        *,
        each: int,
    ) -> Mapping[str, Sequence[LikedPicture]]:
        """At most `each` pictures of each of the styles or members, by their keys; best first.

        Those in a merged style are its heir's.
        """
        best = _best_pictures(guild_id, kind, span)
        heirs = await heirs_in(self._connection, guild_id)
        of_whom = _of_heir(best.c.of_whom, heirs)
        place = func.row_number().over(
            partition_by=of_whom, order_by=(best.c.score.desc(), best.c.subject.desc())
        )
        sums = [best.c[name] for name in _SUMS]
        placed = (
            select(*_SHOWN, *sums, of_whom.label("of_whom"), place.label("place"))
            .select_from(_jobs_of(best.join(images, images.c.id == best.c.subject)))
            .where(of_whom.in_(list(keys)), *_may_be_shown(scope))
            .subquery()
        )
        found = await self._connection.execute(
            select(placed).where(placed.c.place <= each).order_by(placed.c.place)
        )
        pictures: dict[str, list[LikedPicture]] = {}
        for row in found:
            pictures.setdefault(row.of_whom, []).append(_picture_of(row))
        return pictures


_SHOWN = (
    images.c.id,
    images.c.picture_sha256,
    images.c.picture_content_type,
    images.c.picture_size_bytes,
    jobs.c.channel_id,
    jobs.c.shown_channel_id,
    jobs.c.shown_message_id,
)


def _best_pictures(guild_id: GuildId, kind: SubjectKind, span: str) -> FromClause:
    """A server's pictures by the index in the order of its votes, and whose or which style's.

    That is looked up picture by picture: by its own index it would be found in all servers.
    """
    of_whom = (
        select(vote_credits.c.subject)
        .where(
            vote_credits.c.image_id == vote_tallies.c.subject,
            vote_credits.c.kind == kind,
            vote_credits.c.direct,
        )
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(vote_tallies, of_whom.label("of_whom"))
        .where(*ranked_of(guild_id, SubjectKind.IMAGE, span))
        .order_by(vote_tallies.c.score.desc(), vote_tallies.c.subject.desc())
        .limit(MOST_RANKED)
        .subquery("best")
    )


def _of_heir(key: ColumnElement[str], heirs: Mapping[str, str]) -> ColumnElement[str]:
    return case(dict(heirs), value=key, else_=key) if heirs else key


def _jobs_of(pictures: FromClause) -> FromClause:
    return pictures.join(jobs, jobs.c.id == images.c.job_id).join(
        job_index, job_index.c.job_id == jobs.c.id
    )


def _may_be_shown(scope: PictureScope) -> tuple[ColumnElement[bool], ...]:
    return (
        images.c.picture_sha256.is_not(None),
        jobs.c.deleted_at.is_(None),
        *within_scope(scope),
    )


def _picture_of(row: AnyRow) -> LikedPicture:
    return LikedPicture(
        image_id=ImageId(row.id),
        channel_id=ChannelId(row.channel_id),
        picture=StoredPicture(
            sha256=row.picture_sha256,
            content_type=row.picture_content_type,
            size_bytes=row.picture_size_bytes,
        ),
        tally=tally_of(row),
        shown=shown_of(row),
    )
