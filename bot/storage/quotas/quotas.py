"""What servers have set about quotas: limits, settings, grants."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import GrantId, GuildId
from bot.domain.money import UsdMicros
from bot.domain.quotas.grants import Grant
from bot.domain.quotas.limits import NO_LIMITS, Limits, LimitSource
from bot.domain.quotas.server_quota import DEFAULT_QUOTA, ServerQuota
from bot.storage.engine.upsert import insert_into
from bot.storage.jobs.records import AnyRow
from bot.storage.quotas.tables import grants, limits, server_quotas

_LIMITS = TypeAdapter(Limits)
_SERVER_QUOTA = TypeAdapter(ServerQuota)


class SqlQuotaRepository:
    """`QuotaRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all_limits(self) -> Sequence[tuple[GuildId, LimitSource, Limits]]:
        """Every server's limits, each with where it was said."""
        found = await self._connection.execute(select(limits))
        return [
            (
                GuildId(row.guild_id),
                LimitSource(row.scope, row.owner_id),
                _LIMITS.validate_json(row.value),
            )
            for row in found
        ]

    async def all_server_quotas(self) -> Sequence[tuple[GuildId, ServerQuota]]:
        """Every server's settings."""
        found = await self._connection.execute(select(server_quotas))
        return [(GuildId(row.guild_id), _SERVER_QUOTA.validate_json(row.value)) for row in found]

    async def live_grants(self, now: datetime) -> Sequence[Grant]:
        """Every grant that has not expired."""
        found = await self._connection.execute(select(grants).where(grants.c.expires_at > now))
        return [_grant(row) for row in found]

    async def set_limits(self, guild_id: GuildId, source: LimitSource, value: Limits) -> None:
        """Write what one place says, or, where it says nothing, remove it."""
        key = {"guild_id": guild_id, "scope": source.scope, "owner_id": source.owner_id}
        if value.is_empty:
            await self._connection.execute(
                delete(limits).where(*(limits.c[name] == each for name, each in key.items()))
            )
            return
        written = _LIMITS.dump_json(value, exclude_none=True).decode()
        await self._connection.execute(
            insert_into(self._connection, limits)
            .values(**key, value=written)
            .on_conflict_do_update(
                index_elements=list(limits.primary_key.columns), set_={"value": written}
            )
        )

    async def set_server_quota(self, guild_id: GuildId, value: ServerQuota) -> None:
        """Write a server's settings."""
        written = _SERVER_QUOTA.dump_json(value, exclude_none=True).decode()
        await self._connection.execute(
            insert_into(self._connection, server_quotas)
            .values(guild_id=guild_id, value=written)
            .on_conflict_do_update(
                index_elements=[server_quotas.c.guild_id], set_={"value": written}
            )
        )

    async def limits_of(self, guild_id: GuildId, source: LimitSource) -> Limits:
        """What one place says."""
        found = await self._connection.execute(
            select(limits.c.value).where(
                limits.c.guild_id == guild_id,
                limits.c.scope == source.scope,
                limits.c.owner_id == source.owner_id,
            )
        )
        value = found.scalar_one_or_none()
        return NO_LIMITS if value is None else _LIMITS.validate_json(value)

    async def server_quota_of(self, guild_id: GuildId) -> ServerQuota:
        """A server's settings; those of one that has set nothing where there are none."""
        found = await self._connection.execute(
            select(server_quotas.c.value).where(server_quotas.c.guild_id == guild_id)
        )
        value = found.scalar_one_or_none()
        return DEFAULT_QUOTA if value is None else _SERVER_QUOTA.validate_json(value)

    async def add_grant(self, grant: Grant) -> None:
        """Write a new grant."""
        await self._connection.execute(
            grants.insert().values(
                id=grant.id,
                guild_id=grant.guild_id,
                target=grant.target,
                target_id=grant.target_id,
                images=grant.images,
                usd_micros=grant.usd_micros,
                reason=grant.reason,
                created_at=grant.created_at,
                expires_at=grant.expires_at,
            )
        )

    async def revoke_grant(self, grant_id: GrantId, now: datetime) -> bool:
        """Let a grant expire now; False if it has."""
        revoked = await self._connection.execute(
            update(grants)
            .where(grants.c.id == grant_id, grants.c.expires_at > now)
            .values(expires_at=now)
        )
        return revoked.rowcount > 0

    async def remove_grants(self, *, expired_before: datetime) -> int:
        """Forget grants that expired long ago, and say how many there were."""
        removed = await self._connection.execute(
            delete(grants).where(grants.c.expires_at < expired_before)
        )
        return removed.rowcount


def _grant(row: AnyRow) -> Grant:
    return Grant(
        id=GrantId(row.id),
        guild_id=GuildId(row.guild_id),
        target=row.target,
        target_id=row.target_id,
        images=row.images,
        usd_micros=None if row.usd_micros is None else UsdMicros(row.usd_micros),
        reason=row.reason,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )
