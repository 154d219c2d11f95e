"""Strikes, thresholds and blocks."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conduct.bars import Block, BlockCause
from bot.domain.conduct.conduct import Strike, StrikeRules
from bot.domain.conduct.strikes import GivenStrike
from bot.domain.ids import AccountKey, GuildId, ImageId, JobId, UserId
from bot.storage.engine.upsert import insert_into
from bot.storage.jobs.records import AnyRow
from bot.storage.moderation.conduct_tables import blocks, strike_rules, strikes
from bot.storage.own_account import open_own_account
from bot.storage.tables import is_open, jobs


class SqlConductRepository:
    """`ConductRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all_strikes(self, *, now: datetime) -> Sequence[GivenStrike]:
        """Every strike that counts."""
        found = await self._connection.execute(_counting(now))
        return [_strike_of(row) for row in found]

    async def strikes_of(
        self, guild_id: GuildId, user_id: UserId, *, now: datetime
    ) -> Sequence[GivenStrike]:
        """A member's strikes that count, the newest first."""
        found = await self._connection.execute(
            _counting(now)
            .where(strikes.c.guild_id == guild_id, strikes.c.user_id == user_id)
            .order_by(strikes.c.at.desc(), strikes.c.id)
        )
        return [_strike_of(row) for row in found]

    async def strike(self, strike_id: str, *, now: datetime) -> GivenStrike | None:
        """A strike that counts."""
        found = await self._connection.execute(_counting(now).where(strikes.c.id == strike_id))
        row = found.one_or_none()
        return None if row is None else _strike_of(row)

    async def add_strike(self, strike: GivenStrike) -> bool:
        """Write a strike; False, and nothing written, if its image led to one before."""
        await open_own_account(self._connection, strike.account, now=strike.strike.at)
        added = await self._connection.execute(
            insert_into(self._connection, strikes)
            .values(
                id=strike.id,
                guild_id=strike.guild_id,
                user_id=strike.user_id,
                at=strike.strike.at,
                expires_at=strike.strike.expires_at,
                reason=strike.reason,
                account=strike.account,
                image_id=strike.image_id,
            )
            .on_conflict_do_nothing(index_elements=[strikes.c.image_id])
            .returning(strikes.c.id)
        )
        return added.one_or_none() is not None

    async def withdraw_strike(self, strike_id: str, *, now: datetime) -> bool:
        """Let a strike count no more; False if it was withdrawn before."""
        withdrawn = await self._connection.execute(
            update(strikes)
            .where(strikes.c.id == strike_id, strikes.c.withdrawn_at.is_(None))
            .values(withdrawn_at=now)
        )
        return withdrawn.rowcount > 0

    async def all_rules(self) -> Mapping[GuildId, StrikeRules]:
        """The thresholds of the servers that have set any."""
        found = await self._connection.execute(select(strike_rules))
        return {
            GuildId(row.guild_id): StrikeRules(
                warn_at=row.warn_at,
                pause_at=row.pause_at,
                block_at=row.block_at,
                counts_for=timedelta(days=row.counts_for_days),
            )
            for row in found
        }

    async def set_rules(self, guild_id: GuildId, rules: StrikeRules) -> None:
        """Write a server's thresholds."""
        values = {
            "warn_at": rules.warn_at,
            "pause_at": rules.pause_at,
            "block_at": rules.block_at,
            "counts_for_days": rules.counts_for.days,
        }
        await self._connection.execute(
            insert_into(self._connection, strike_rules)
            .values(guild_id=guild_id, **values)
            .on_conflict_do_update(index_elements=[strike_rules.c.guild_id], set_=values)
        )

    async def all_blocks(self, *, now: datetime) -> Sequence[Block]:
        """Every block that holds."""
        found = await self._connection.execute(
            select(blocks)
            .where(or_(blocks.c.until.is_(None), blocks.c.until > now))
            .order_by(blocks.c.since, blocks.c.user_id)
        )
        return [_block_of(row) for row in found]

    async def put_block(self, block: Block) -> None:
        """Write a block, in place of an earlier one."""
        values = {
            "since": block.since,
            "until": block.until,
            "reason": block.reason,
            "cause": block.cause,
        }
        await self._connection.execute(
            insert_into(self._connection, blocks)
            .values(guild_id=block.guild_id, user_id=block.user_id, **values)
            .on_conflict_do_update(
                index_elements=[blocks.c.guild_id, blocks.c.user_id], set_=values
            )
        )

    async def remove_block(
        self, guild_id: GuildId, user_id: UserId, *, cause: BlockCause | None = None
    ) -> bool:
        """Lift a block, of one cause or of any; False if there was none."""
        wanted = delete(blocks).where(blocks.c.guild_id == guild_id, blocks.c.user_id == user_id)
        if cause is not None:
            wanted = wanted.where(blocks.c.cause == cause)
        return (await self._connection.execute(wanted)).rowcount > 0

    async def open_jobs_of(self, user_id: UserId, guild_id: GuildId | None) -> Sequence[JobId]:
        """A member's jobs that have not ended, in a server or, without one, everywhere."""
        wanted = select(jobs.c.id).where(is_open, jobs.c.user_id == user_id)
        if guild_id is not None:
            wanted = wanted.where(jobs.c.guild_id == guild_id)
        found = await self._connection.scalars(wanted.order_by(jobs.c.created_at, jobs.c.id))
        return [JobId(job_id) for job_id in found]


def _counting(now: datetime) -> Select[*tuple[Any, ...]]:
    return select(strikes).where(strikes.c.withdrawn_at.is_(None), strikes.c.expires_at > now)


def _strike_of(row: AnyRow) -> GivenStrike:
    return GivenStrike(
        id=row.id,
        guild_id=GuildId(row.guild_id),
        user_id=UserId(row.user_id),
        strike=Strike(row.at, row.expires_at),
        reason=row.reason,
        account=AccountKey(row.account),
        image_id=None if row.image_id is None else ImageId(row.image_id),
    )


def _block_of(row: AnyRow) -> Block:
    return Block(
        guild_id=GuildId(row.guild_id),
        user_id=UserId(row.user_id),
        since=row.since,
        until=row.until,
        reason=row.reason,
        cause=row.cause,
    )
