"""Limits, settings and grants of every server, held in memory, so that refusals come at once."""

import contextlib
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Never, TypeAlias

from bot.domain.ids import GrantId, GuildId
from bot.domain.quotas.errors import GrantGone
from bot.domain.quotas.grants import Grant, grants_for
from bot.domain.quotas.limits import (
    EffectiveLimits,
    Limits,
    LimitSource,
    layers_of,
    new_member_since,
    resolve,
)
from bot.domain.quotas.server_quota import DEFAULT_QUOTA, BudgetLine, ServerQuota, server_budget
from bot.domain.quotas.spender import Spender
from bot.services.ports import Clock
from bot.services.quotas.accounts import OperatorLimits
from bot.services.schedule.repeating import repeat
from bot.services.storage_ports import Storage, Transaction

LOOK_EVERY_S = 10.0
"""How soon a change by another process counts here."""

GRANTS_KEPT_FOR = timedelta(days=30)
"""How long a grant stays written down after it has expired."""

VERSION = "limits_version"

Also: TypeAlias = Callable[[Transaction], Awaitable[None]]
"""Something that is written in the same transaction as a change, or that forbids it."""


async def _nothing_else(_tx: Transaction) -> None:
    pass


@dataclass(frozen=True, slots=True)
class _Held:
    """All that the database has, and at which version it was read."""

    version: str | None = None
    limits: dict[GuildId, dict[LimitSource, Limits]] = field(default_factory=dict)
    quotas: dict[GuildId, ServerQuota] = field(default_factory=dict)
    grants: dict[GrantId, Grant] = field(default_factory=dict)


class LimitBook:
    """What every server has set. Each change is written first and counts at once."""

    def __init__(self, storage: Storage, operator: OperatorLimits, clock: Clock) -> None:
        self.operator = operator
        self._storage = storage
        self._clock = clock
        self._held = _Held()

    async def load(self) -> None:
        """Read everything anew."""
        async with self._storage.read() as tx:
            held = _Held(version=await tx.markers.get(VERSION))
            for guild_id, source, value in await tx.quotas.all_limits():
                held.limits.setdefault(guild_id, {})[source] = value
            held.quotas.update(await tx.quotas.all_server_quotas())
            for grant in await tx.quotas.live_grants(self._clock.now()):
                held.grants[grant.id] = grant
        self._held = held

    async def keep_fresh(self) -> Never:
        """Notice what other processes change, until cancelled; one failure does not end it."""
        await repeat(self.look, every_s=LOOK_EVERY_S, clock=self._clock, failure="limits_not_read")

    async def look(self) -> None:
        """Read everything anew if another process has changed something."""
        async with self._storage.read() as tx:
            version = await tx.markers.get(VERSION)
        if version != self._held.version:
            await self.load()

    def quota_of(self, guild_id: GuildId | None) -> ServerQuota:
        """A server's settings; in direct messages those of a server that has set nothing."""
        if guild_id is None:
            return DEFAULT_QUOTA
        return self._held.quotas.get(guild_id, DEFAULT_QUOTA)

    def budget_of(self, guild_id: GuildId | None) -> tuple[BudgetLine, ...]:
        """What a server may spend; nothing is said in direct messages, where none pays."""
        if guild_id is None:
            return ()
        return server_budget(self.quota_of(guild_id), self.operator.server)

    def limits_of(self, guild_id: GuildId | None) -> Mapping[LimitSource, Limits]:
        """All that is said in a server, by where."""
        return self._held.limits.get(guild_id, {}) if guild_id is not None else {}

    def grants_of(self, guild_id: GuildId) -> tuple[Grant, ...]:
        """A server's grants that have not expired, the soonest to expire first."""
        now = self._clock.now()
        found = (each for each in self._held.grants.values() if each.guild_id == guild_id)
        return tuple(
            sorted(
                (grant for grant in found if grant.expires_at > now),
                key=lambda grant: (grant.expires_at, grant.id),
            )
        )

    def new_since(self, guild_id: GuildId | None, now: datetime) -> datetime | None:
        """Who joined after this is a new member; None where nobody is."""
        return new_member_since(now, self.quota_of(guild_id).new_member_days)

    def effective(self, spender: Spender, now: datetime) -> EffectiveLimits:
        """What holds for a member in a place, each field with its source."""
        return resolve(
            layers_of(
                self.limits_of(spender.guild_id),
                self.operator.for_members(),
                spender=spender,
                new_since=self.new_since(spender.guild_id, now),
            )
        )

    def grants_for(self, spender: Spender, now: datetime) -> tuple[Grant, ...]:
        """The grants that a member may draw on, in the order they are drawn on."""
        return grants_for(self._held.grants.values(), spender, now)

    async def set_limits(
        self, guild_id: GuildId, source: LimitSource, value: Limits, *, also: Also = _nothing_else
    ) -> None:
        """Write what one place says; what is empty is removed.

        `also` is done first in the same transaction: if it raises, nothing is changed.
        """
        async with self._changing(also) as tx:
            await tx.quotas.set_limits(guild_id, source, value)
        said = {**self.limits_of(guild_id), source: value}
        if value.is_empty:
            del said[source]
        self._held.limits[guild_id] = said

    async def set_server_quota(
        self, guild_id: GuildId, value: ServerQuota, *, also: Also = _nothing_else
    ) -> None:
        """Write a server's settings; `also` as with limits."""
        async with self._changing(also) as tx:
            await tx.quotas.set_server_quota(guild_id, value)
        self._held.quotas[guild_id] = value

    async def add_grant(self, grant: Grant, *, also: Also = _nothing_else) -> None:
        """Give a grant, and note it in the ledger; `also` as with limits."""
        await self.add_grants((grant,), also=also)

    async def add_grants(self, grants: Collection[Grant], *, also: Also = _nothing_else) -> None:
        """Give several grants, all of them or none; `also` as with limits."""
        async with self._changing(also) as tx:
            for grant in grants:
                await tx.quotas.add_grant(grant)
                await tx.ledger.note_grant(grant)
        self._keep_grants({**self._held.grants, **{grant.id: grant for grant in grants}})

    async def revoke_grant(self, grant_id: GrantId, *, also: Also = _nothing_else) -> None:
        """Let a grant expire now; `also` as with limits. What was drawn of it stays drawn.

        Raises:
            GrantGone: if it has expired already.
        """
        async with self._changing(also) as tx:
            if not await tx.quotas.revoke_grant(grant_id, self._clock.now()):
                raise GrantGone
        kept = self._held.grants
        self._keep_grants({key: kept[key] for key in kept if key != grant_id})

    async def forget_grants(self) -> int:
        """Forget the grants that expired long ago; how many were written down still."""
        now = self._clock.now()
        kept = self._held.grants
        self._keep_grants({key: kept[key] for key in kept if kept[key].expires_at > now})
        async with self._storage.write() as tx:
            return await tx.quotas.remove_grants(expired_before=now - GRANTS_KEPT_FOR)

    def _keep_grants(self, grants: dict[GrantId, Grant]) -> None:
        """All anew: a thread of the database's may be going through the former ones."""
        self._held = replace(self._held, grants=grants)

    @contextlib.asynccontextmanager
    async def _changing(self, also: Also) -> AsyncIterator[Transaction]:
        """A transaction that other processes will notice.

        The mark is written first: its row is held by then, so that changes follow one another.
        """
        async with self._storage.write() as tx:
            await tx.markers.set(VERSION, secrets.token_hex(8))
            await also(tx)
            yield tx
