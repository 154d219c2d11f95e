"""What is liked best: tallies in the order of their scores, by an index that is in that order."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.asking.any_recipe import prompt_of
from bot.domain.ids import GuildId, ImageId, UserId
from bot.domain.library.browsing import PictureScope
from bot.domain.styles.leaderboard import RankedPicture
from bot.domain.voting.explanation import Rank, VoteShare
from bot.domain.voting.vote import Subject, SubjectKind, Tally, VoteValue
from bot.storage.jobs.records import AnyRow, recipe_of, shown_of
from bot.storage.members.library import within_scope
from bot.storage.tables import images, job_index, jobs
from bot.storage.votes.style_heirs import keys_counted_for
from bot.storage.votes.tables import vote_credits, vote_tallies, votes
from bot.storage.votes.tallies import tally_of

_ORDER = (vote_tallies.c.score.desc(), vote_tallies.c.subject.desc())


class SqlLeaderboardRepository:
    """`LeaderboardRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def subjects(
        self, guild_id: GuildId, kind: SubjectKind, span: str, *, offset: int, limit: int
    ) -> Sequence[tuple[str, Tally]]:
        """The subjects of a kind that have votes in favour, the best first, and their tallies."""
        found = await self._connection.execute(
            select(vote_tallies)
            .where(*ranked_of(guild_id, kind, span))
            .order_by(*_ORDER)
            .offset(offset)
            .limit(limit)
        )
        return [(row.subject, tally_of(row)) for row in found]

    async def pictures(
        self, guild_id: GuildId, scope: PictureScope, span: str, *, offset: int, limit: int
    ) -> Sequence[RankedPicture]:
        """The pictures that may be shown and have votes in favour, the best first."""
        found = await self._connection.execute(
            select(
                vote_tallies,
                images.c.id.label("image_id"),
                jobs.c.user_id,
                jobs.c.recipe,
                jobs.c.shown_channel_id,
                jobs.c.shown_message_id,
            )
            .join_from(vote_tallies, images, images.c.id == vote_tallies.c.subject)
            .join(jobs, jobs.c.id == images.c.job_id)
            .join(job_index, job_index.c.job_id == jobs.c.id)
            .where(
                *ranked_of(guild_id, SubjectKind.IMAGE, span),
                jobs.c.deleted_at.is_(None),
                *within_scope(scope),
            )
            .order_by(*_ORDER)
            .offset(offset)
            .limit(limit)
        )
        return [_picture_of(row) for row in found]

    async def rank_of(self, guild_id: GuildId, subject: Subject, span: str) -> Rank | None:
        """Where a subject stands on its leaderboard; None where it is not on it."""
        condition = and_(*ranked_of(guild_id, subject.kind, span))
        found = await self._connection.execute(
            select(vote_tallies.c.score).where(condition, vote_tallies.c.subject == subject.key)
        )
        score = found.scalar_one_or_none()
        if score is None:
            return None
        is_before = or_(
            vote_tallies.c.score > score,
            and_(vote_tallies.c.score == score, vote_tallies.c.subject > subject.key),
        )
        before = select(func.count()).select_from(vote_tallies).where(condition)
        counts = await self._connection.execute(
            select(before.where(is_before).scalar_subquery(), before.scalar_subquery())
        )
        better, total = counts.one()
        return Rank(better + 1, total)

    async def shares_of(self, guild_id: GuildId, subject: Subject) -> Sequence[VoteShare]:
        """The votes that were given for a subject itself, by why they weigh what they weigh.

        Those for styles that were merged into it are among them.
        """
        keys = await keys_counted_for(self._connection, subject)
        is_derived = images.c.parent_image_id.is_not(None).label("is_derived")
        alike = (votes.c.weight, votes.c.newness, votes.c.held, is_derived)
        found = await self._connection.execute(
            select(
                *alike,
                func.sum(case((votes.c.value == VoteValue.UP, 1), else_=0)).label("ups"),
                func.sum(case((votes.c.value == VoteValue.DOWN, 1), else_=0)).label("downs"),
            )
            .join_from(vote_credits, votes, votes.c.image_id == vote_credits.c.image_id)
            .join(images, images.c.id == votes.c.image_id)
            .where(
                vote_credits.c.kind == subject.kind,
                vote_credits.c.subject.in_(keys),
                vote_credits.c.direct,
                votes.c.guild_id == guild_id,
                votes.c.user_id != vote_credits.c.owner_id,
            )
            .group_by(*alike)
            .order_by(*alike)
        )
        return [_share_of(row) for row in found]


def _share_of(row: AnyRow) -> VoteShare:
    return VoteShare(
        weight=row.weight,
        newness=row.newness,
        held=row.held,
        on_descendants=row.is_derived,
        tally=Tally(row.ups, row.downs, row.ups * row.weight, row.downs * row.weight),
    )


def ranked_of(guild_id: GuildId, kind: SubjectKind, span: str) -> tuple[ColumnElement[Any], ...]:
    """The conditions of tallies by which a subject is on a leaderboard."""
    return (
        vote_tallies.c.guild_id == guild_id,
        vote_tallies.c.kind == kind,
        vote_tallies.c.span == span,
        vote_tallies.c.score > 0,
    )


def _picture_of(row: AnyRow) -> RankedPicture:
    return RankedPicture(
        tally=tally_of(row),
        image_id=ImageId(row.image_id),
        user_id=UserId(row.user_id),
        guild_id=GuildId(row.guild_id),
        prompt=prompt_of(recipe_of(row.recipe)),
        shown=shown_of(row),
    )
