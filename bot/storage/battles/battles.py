"""Battles, their pictures and their votes."""

from collections.abc import Collection, Sequence
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.asking.any_recipe import battle_of
from bot.domain.battles.battle import (
    GOING_ON,
    Battle,
    BattleSide,
    BattleState,
    BattleVote,
    Side,
)
from bot.domain.battles.rating import Evidence, evidence_of, inherited
from bot.domain.ids import BattleId, GuildId, JobId, UserId
from bot.domain.jobs.job import Job
from bot.storage.battles.tables import battle_sides, battle_votes, battles
from bot.storage.engine.letting_go import delete_free
from bot.storage.engine.upsert import insert_into
from bot.storage.jobs.records import AnyRow, Record, words_record
from bot.storage.tables import jobs
from bot.storage.votes.style_heirs import heirs_in

_BATTLE = TypeAdapter(Battle)


class SqlBattleRepository:
    """`BattleRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, battle: Battle) -> None:
        """Write a new battle."""
        await self._connection.execute(battles.insert().values(id=battle.id, **_record(battle)))

    async def get(self, battle_id: BattleId) -> Battle | None:
        """A battle as it is."""
        found = await self._connection.scalar(
            select(battles.c.value).where(battles.c.id == battle_id)
        )
        return None if found is None else _BATTLE.validate_json(found)

    async def hold(self, battle_id: BattleId) -> Battle | None:
        """A battle, for a change: nothing else changes it or its votes before this has ended."""
        found = await self._connection.scalar(
            select(battles.c.value).where(battles.c.id == battle_id).with_for_update(key_share=True)
        )
        return None if found is None else _BATTLE.validate_json(found)

    async def save(self, battle: Battle) -> None:
        """Write a battle that is held."""
        await self._connection.execute(
            update(battles).where(battles.c.id == battle.id).values(_record(battle))
        )

    async def forget_asked(self, *, before: datetime) -> int:
        """Delete the battles that nobody confirmed, and say how many there were."""
        removed = await self._connection.execute(
            delete_free(
                battles.c.id,
                and_(battles.c.state == BattleState.ASKED, battles.c.created_at < before),
            )
        )
        return removed.rowcount

    async def count_going_on(self, guild_id: GuildId) -> int:
        """How many battles of a server are painted or open."""
        counted = await self._connection.scalar(
            select(func.count())
            .select_from(battles)
            .where(battles.c.guild_id == guild_id, battles.c.state.in_(GOING_ON))
        )
        return counted or 0

    async def pairs_since(self, guild_id: GuildId, since: datetime) -> Collection[frozenset[str]]:
        """The pairs of styles that a server's battles were between; not those called off."""
        heirs = await heirs_in(self._connection, guild_id)
        found = await self._connection.execute(
            select(battles.c.style_a, battles.c.style_b)
            .where(
                battles.c.guild_id == guild_id,
                battles.c.created_at >= since,
                battles.c.state.in_([*GOING_ON, BattleState.CLOSED]),
            )
            .distinct()
        )
        return {
            frozenset(heirs.get(style, style) for style in (row.style_a, row.style_b))
            for row in found
        }

    async def evidence(
        self, guild_id: GuildId, *, before: Battle | None = None
    ) -> Sequence[Evidence]:
        """What a server's closed battles say, summed by pair; only those closed before a battle.

        They say it of the styles that count: of the heirs of merged ones.
        """
        conditions = [battles.c.guild_id == guild_id, battles.c.state == BattleState.CLOSED]
        if before is not None:
            conditions.append(_closed_before(before))
        found = await self._connection.execute(
            select(
                battles.c.style_a,
                battles.c.style_b,
                func.sum(battles.c.for_a).label("for_a"),
                func.sum(battles.c.for_b).label("for_b"),
            )
            .where(*conditions)
            .group_by(battles.c.style_a, battles.c.style_b)
        )
        summed = [
            Evidence(row.style_a, row.style_b, int(row.for_a), int(row.for_b)) for row in found
        ]
        return inherited(summed, await heirs_in(self._connection, guild_id))

    async def battles_by_style(self, guild_id: GuildId) -> dict[str, int]:
        """In how many closed battles of a server each style was; ones without votes count.

        A merged style's are its heir's, save those between the two.
        """
        heirs = await heirs_in(self._connection, guild_id)
        found = await self._connection.execute(
            select(battles.c.style_a, battles.c.style_b, func.count().label("battles"))
            .where(battles.c.guild_id == guild_id, battles.c.state == BattleState.CLOSED)
            .group_by(battles.c.style_a, battles.c.style_b)
        )
        counts: dict[str, int] = {}
        for row in found:
            pair = {heirs.get(style, style) for style in (row.style_a, row.style_b)}
            if len(pair) == len(Side):
                for style in pair:
                    counts[style] = counts.get(style, 0) + row.battles
        return counts

    async def add_sides(self, battle_id: BattleId, sides: Sequence[BattleSide]) -> None:
        """Write down which jobs paint a battle's pictures."""
        await self._connection.execute(
            battle_sides.insert().values(
                [
                    {
                        "battle_id": battle_id,
                        "side": each.side,
                        "job_id": each.job_id,
                        "is_ready": each.is_ready,
                    }
                    for each in sides
                ]
            )
        )

    async def sides(self, battle_id: BattleId) -> Sequence[BattleSide]:
        """A battle's pictures, A first."""
        found = await self._connection.execute(
            select(battle_sides)
            .where(battle_sides.c.battle_id == battle_id)
            .order_by(battle_sides.c.side)
        )
        return [BattleSide(row.side, JobId(row.job_id), row.is_ready) for row in found]

    async def set_ready(self, job_id: JobId) -> None:
        """Write down that a picture can be shown."""
        await self._connection.execute(
            update(battle_sides).where(battle_sides.c.job_id == job_id).values(is_ready=True)
        )

    async def release(self, job: Job) -> None:
        """Write what an ended battle made of a picture's request; a deleted one stays as it is."""
        await self._connection.execute(
            update(jobs)
            .where(jobs.c.id == job.id, jobs.c.deleted_at.is_(None))
            .values(private=job.request.private, **words_record(job))
        )
        if battle_of(job.request) is None:
            await self._connection.execute(
                delete(battle_sides).where(battle_sides.c.job_id == job.id)
            )

    async def vote_of(self, battle_id: BattleId, user_id: UserId) -> BattleVote | None:
        """A member's vote."""
        found = await self._connection.execute(
            select(battle_votes).where(_is_vote(battle_id, user_id))
        )
        row = found.one_or_none()
        return None if row is None else _vote_of(row)

    async def put_vote(self, battle_id: BattleId, vote: BattleVote) -> None:
        """Write a vote, in place of the member's earlier one."""
        changes = {"side": vote.side, "weight": vote.weight, "cast_at": vote.cast_at}
        await self._connection.execute(
            insert_into(self._connection, battle_votes)
            .values(battle_id=battle_id, user_id=vote.user_id, **changes)
            .on_conflict_do_update(
                index_elements=[battle_votes.c.battle_id, battle_votes.c.user_id], set_=changes
            )
        )

    async def votes(self, battle_id: BattleId) -> Sequence[BattleVote]:
        """All votes of a battle."""
        found = await self._connection.execute(
            select(battle_votes).where(battle_votes.c.battle_id == battle_id)
        )
        return [_vote_of(row) for row in found]

    async def forget_votes(self, battle_id: BattleId) -> None:
        """Forget who voted for what."""
        await self._connection.execute(
            delete(battle_votes).where(battle_votes.c.battle_id == battle_id)
        )


def _record(battle: Battle) -> Record:
    for_a, for_b = evidence_of(battle.count)
    return {
        "guild_id": battle.guild_id,
        "starter_id": battle.starter_id,
        "state": battle.state,
        "style_a": battle.style_a,
        "style_b": battle.style_b,
        "created_at": battle.created_at,
        "closed_at": battle.closed_at,
        "for_a": for_a,
        "for_b": for_b,
        "value": _BATTLE.dump_json(battle).decode(),
    }


def _closed_before(battle: Battle) -> ColumnElement[bool]:
    at_once = (battles.c.closed_at == battle.closed_at) & (battles.c.id < battle.id)
    return (battles.c.closed_at < battle.closed_at) | at_once


def _is_vote(battle_id: BattleId, user_id: UserId) -> ColumnElement[bool]:
    return (battle_votes.c.battle_id == battle_id) & (battle_votes.c.user_id == user_id)


def _vote_of(row: AnyRow) -> BattleVote:
    return BattleVote(
        user_id=UserId(row.user_id), side=row.side, weight=row.weight, cast_at=row.cast_at
    )
