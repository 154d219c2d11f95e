"""What the services of quotas need of storage and of Discord."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.ids import GrantId, GuildId, UserId
from bot.domain.quotas.budget_alert import BudgetAlert
from bot.domain.quotas.grants import Grant
from bot.domain.quotas.limit_change import WaitingChange
from bot.domain.quotas.limits import Limits, LimitSource
from bot.domain.quotas.server_quota import ServerQuota


class QuotaRepository(Protocol):
    """What servers have set about quotas."""

    async def all_limits(self) -> Sequence[tuple[GuildId, LimitSource, Limits]]:
        """Every server's limits, each with where it was said."""

    async def all_server_quotas(self) -> Sequence[tuple[GuildId, ServerQuota]]:
        """Every server's settings."""

    async def live_grants(self, now: datetime) -> Sequence[Grant]:
        """Every grant that has not expired."""

    async def set_limits(self, guild_id: GuildId, source: LimitSource, value: Limits) -> None:
        """Write what one place says, or, where it says nothing, remove it."""

    async def set_server_quota(self, guild_id: GuildId, value: ServerQuota) -> None:
        """Write a server's settings."""

    async def limits_of(self, guild_id: GuildId, source: LimitSource) -> Limits:
        """What one place says."""

    async def server_quota_of(self, guild_id: GuildId) -> ServerQuota:
        """A server's settings; those of one that has set nothing where there are none."""

    async def add_grant(self, grant: Grant) -> None:
        """Write a new grant."""

    async def revoke_grant(self, grant_id: GrantId, now: datetime) -> bool:
        """Let a grant expire now; False if it has."""

    async def remove_grants(self, *, expired_before: datetime) -> int:
        """Forget grants that expired long ago, and say how many there were."""


class WaitingChangeRepository(Protocol):
    """Changes that wait for their manager's word."""

    async def add(self, waiting: WaitingChange) -> None:
        """Keep a change until it is applied or expires."""

    async def take(self, change_id: str, user_id: UserId, *, now: datetime) -> WaitingChange | None:
        """Let go of a member's own change, once; None if there is none, or it has expired."""

    async def remove_expired(self, *, now: datetime) -> int:
        """Forget the changes that have expired, and say how many there were."""


class BudgetMessenger(Protocol):
    """The way to those who manage a server."""

    async def tell_managers(self, guild_id: GuildId, alert: BudgetAlert) -> None:
        """Tell them of their budget, as far as they can be reached; never raises for that."""


class OperatorBudgetAlerts(Protocol):
    """The way to the operator, about the bot's own budget."""

    async def budget_near_its_end(self, alert: BudgetAlert) -> None:
        """Say so."""
