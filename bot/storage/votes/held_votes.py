"""Votes that are held, and votes that are taken away from a member.

The row of a hold is locked before the images of its votes, by everybody, so that no two
transactions wait for each other.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import GuildId, ImageId, UserId
from bot.domain.voting.holding import Hold, HoldId, HoldState
from bot.domain.voting.vote import Newness, Subject, SubjectKind, Vote
from bot.storage.engine.upsert import insert_into
from bot.storage.jobs.records import AnyRow
from bot.storage.votes.counting import count_votes, lock_images, vote_of
from bot.storage.votes.style_heirs import keys_counted_for
from bot.storage.votes.tables import vote_credits, vote_holds, votes

_VOTES_A_STATEMENT = 100
_NEW_MEMBERS = (Newness.MEMBERSHIP, Newness.BOTH)


class SqlHeldVoteRepository:
    """`HeldVoteRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def open_on(self, guild_id: GuildId, subject: Subject) -> Hold | None:
        """The open hold of votes for a subject, or for what was merged with it."""
        keys = await keys_counted_for(self._connection, subject)
        return await self._find(_open(guild_id, subject.kind, keys))

    async def begin(self, hold: Hold) -> Hold:
        """Write an open hold, or give the one that there is; nobody decides on it meanwhile."""
        keys = await keys_counted_for(self._connection, hold.subject)
        there = _open(hold.guild_id, hold.subject.kind, keys).with_for_update(key_share=True)
        writing = (
            insert_into(self._connection, vote_holds)
            .values(
                id=hold.id,
                guild_id=hold.guild_id,
                kind=hold.subject.kind,
                subject=keys[0],
                state=hold.state,
                since=hold.since,
                told=hold.told,
            )
            .on_conflict_do_nothing()
            .returning(vote_holds.c.id)
        )
        while (found := await self._find(there)) is None:
            # One that is there, and yet not found, was decided on in between: there is room then.
            if await self._connection.scalar(writing) is not None:
                return hold
        return found

    async def forget(self, hold_id: HoldId) -> None:
        """Remove a hold that no vote is in."""
        await self._connection.execute(delete(vote_holds).where(vote_holds.c.id == hold_id))

    async def get(self, hold_id: HoldId) -> Hold | None:
        """A hold."""
        return await self._find(select(vote_holds).where(vote_holds.c.id == hold_id))

    async def decide(self, hold_id: HoldId, guild_id: GuildId, state: HoldState) -> bool:
        """Close an open hold of a server; False if there is none of that id."""
        decided = await self._connection.execute(
            update(vote_holds)
            .where(
                vote_holds.c.id == hold_id,
                vote_holds.c.guild_id == guild_id,
                vote_holds.c.state == HoldState.OPEN,
            )
            .values(state=state)
        )
        return decided.rowcount > 0

    async def mark_told(self, hold_id: HoldId) -> None:
        """Write down that moderators were told."""
        await self._connection.execute(
            update(vote_holds).where(vote_holds.c.id == hold_id).values(told=True)
        )

    async def recent(
        self, guild_id: GuildId, subject: Subject, *, since: datetime
    ) -> Sequence[Vote]:
        """New members' votes for a subject from a moment on, save those that were ever held."""
        keys = await keys_counted_for(self._connection, subject)
        return await self._votes(_recent(guild_id, subject.kind, keys, since))

    async def hold_recent(
        self, guild_id: GuildId, subject: Subject, *, since: datetime
    ) -> Sequence[Vote]:
        """The same, for a change: nobody else changes them meanwhile."""
        keys = await keys_counted_for(self._connection, subject)
        return await self._locked(_recent(guild_id, subject.kind, keys, since))

    async def take_in(self, hold_id: HoldId, taken: Sequence[Vote]) -> None:
        """Let votes that were read for a change count for nothing until a hold is decided on."""
        for batch in _batches(taken):
            await self._connection.execute(
                update(votes).where(_any_of(batch)).values(held=True, hold_id=hold_id)
            )
        await count_votes(self._connection, added=[], removed=taken)

    async def votes_in(self, hold_id: HoldId) -> Sequence[Vote]:
        """The votes that wait, the oldest first."""
        return await self._votes(votes.c.held & (votes.c.hold_id == hold_id))

    async def makers_in(self, hold_id: HoldId) -> frozenset[UserId]:
        """Who painted the pictures that the votes which wait are on."""
        waiting = select(votes.c.image_id).where(votes.c.held, votes.c.hold_id == hold_id)
        makers = await self._connection.scalars(
            select(vote_credits.c.owner_id)
            .where(vote_credits.c.image_id.in_(waiting), vote_credits.c.direct)
            .distinct()
        )
        return frozenset(UserId(maker) for maker in makers)

    async def release(self, hold_id: HoldId) -> Sequence[Vote]:
        """Count all votes of a hold that was decided on, and say which those are."""
        released = await self._locked(votes.c.held & (votes.c.hold_id == hold_id))
        await self._connection.execute(
            update(votes).where(votes.c.held, votes.c.hold_id == hold_id).values(held=False)
        )
        counted = [replace(vote, held=False) for vote in released]
        await count_votes(self._connection, added=counted, removed=[])
        return counted

    async def drop(self, hold_id: HoldId) -> Sequence[Vote]:
        """Delete all votes of a hold that was decided on, and say which those were."""
        condition = votes.c.held & (votes.c.hold_id == hold_id)
        dropped = await self._locked(condition)
        await self._connection.execute(delete(votes).where(condition))
        return dropped

    async def count_of(self, guild_id: GuildId, user_id: UserId) -> int:
        """How many votes a member has given in a server."""
        counted = await self._connection.scalar(
            select(func.count()).where(votes.c.guild_id == guild_id, votes.c.user_id == user_id)
        )
        return counted or 0

    async def withdraw_of(
        self, guild_id: GuildId, user_id: UserId, *, limit: int
    ) -> Sequence[Vote]:
        """Take back a member's votes in a server, the newest first, and say which those were."""
        here = and_(votes.c.guild_id == guild_id, votes.c.user_id == user_id)
        return await self._withdraw(user_id, here, limit)

    async def withdraw_everywhere(self, user_id: UserId, *, limit: int) -> Sequence[Vote]:
        """The same in whatever server."""
        return await self._withdraw(user_id, votes.c.user_id == user_id, limit)

    async def _withdraw(
        self, user_id: UserId, theirs: ColumnElement[bool], limit: int
    ) -> Sequence[Vote]:
        newest = (
            select(votes.c.image_id)
            .where(theirs)
            .order_by(votes.c.cast_at.desc(), votes.c.image_id)
            .limit(limit)
        )
        image_ids = (await self._connection.scalars(newest)).all()
        condition = votes.c.image_id.in_(image_ids) & (votes.c.user_id == user_id)
        withdrawn = await self._locked(condition)
        await self._connection.execute(delete(votes).where(condition))
        await count_votes(self._connection, added=[], removed=withdrawn)
        return withdrawn

    async def _find(self, query: Select[Any]) -> Hold | None:
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _hold_of(row)

    async def _votes(self, condition: ColumnElement[bool]) -> list[Vote]:
        found = await self._connection.execute(
            select(votes).where(condition).order_by(votes.c.cast_at, votes.c.user_id)
        )
        return [vote_of(row) for row in found]

    async def _locked(self, condition: ColumnElement[bool]) -> list[Vote]:
        """Votes, once nobody else can change them."""
        image_ids: Collection[ImageId] = {vote.image_id for vote in await self._votes(condition)}
        await lock_images(self._connection, image_ids)
        # Read anew: they may have changed before the locks were had. One on another image, that
        # came meanwhile, is left alone.
        return await self._votes(condition & votes.c.image_id.in_(image_ids))


def _open(guild_id: GuildId, kind: SubjectKind, keys: Sequence[str]) -> Select[Any]:
    """The oldest, where two styles had one each before they were merged."""
    return (
        select(vote_holds)
        .where(
            vote_holds.c.guild_id == guild_id,
            vote_holds.c.kind == kind,
            vote_holds.c.subject.in_(keys),
            vote_holds.c.state == HoldState.OPEN,
        )
        .order_by(vote_holds.c.since, vote_holds.c.id)
        .limit(1)
    )


def _recent(
    guild_id: GuildId, kind: SubjectKind, keys: Sequence[str], since: datetime
) -> ColumnElement[bool]:
    counted_for = select(vote_credits.c.image_id).where(
        vote_credits.c.kind == kind,
        vote_credits.c.subject.in_(keys),
        vote_credits.c.direct,
    )
    return and_(
        votes.c.image_id.in_(counted_for),
        votes.c.guild_id == guild_id,
        votes.c.newness.in_(_NEW_MEMBERS),
        votes.c.hold_id.is_(None),
        votes.c.cast_at >= since,
    )


def _any_of(some: Sequence[Vote]) -> ColumnElement[bool]:
    return or_(
        *((votes.c.image_id == vote.image_id) & (votes.c.user_id == vote.user_id) for vote in some)
    )


def _batches(some: Sequence[Vote]) -> list[Sequence[Vote]]:
    return [
        some[start : start + _VOTES_A_STATEMENT]
        for start in range(0, len(some), _VOTES_A_STATEMENT)
    ]


def _hold_of(row: AnyRow) -> Hold:
    return Hold(
        id=HoldId(row.id),
        guild_id=GuildId(row.guild_id),
        subject=Subject(row.kind, row.subject),
        since=row.since,
        state=row.state,
        told=row.told,
    )
