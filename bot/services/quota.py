"""What a member has left today."""

from bot.domain.ids import GuildId, UserId
from bot.domain.ledger import day_window, images_left
from bot.domain.quota import QuotaStatus
from bot.services.accounts import DailyLimits
from bot.services.ports import Clock
from bot.services.storage_ports import Storage


class QuotaService:
    """Reads the ledger for a member."""

    def __init__(self, *, storage: Storage, limits: DailyLimits, clock: Clock) -> None:
        self._storage = storage
        self._limits = limits
        self._clock = clock

    async def status(self, user_id: UserId, guild_id: GuildId | None) -> QuotaStatus:
        """The member's quota in a server, or in direct messages."""
        window = day_window(self._clock.now())
        async with self._storage.write() as tx:
            account = await tx.members.account_of(user_id, guild_id)
            usage = await tx.ledger.usage(account, window)
        limit = self._limits.member_limit()
        return QuotaStatus(usage.images, limit.images, images_left(limit, usage), window.end)
