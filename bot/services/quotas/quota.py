"""What a member has left."""

from bot.domain.quotas.grants import drawing_account
from bot.domain.quotas.quota import QuotaStatus, grant_line, quota_line
from bot.domain.quotas.spender import Spender
from bot.domain.quotas.windows import window_at
from bot.services.ports import Clock
from bot.services.quotas.limit_book import LimitBook
from bot.services.storage_ports import Storage


class QuotaService:
    """Reads the ledger for a member."""

    def __init__(self, *, storage: Storage, book: LimitBook, clock: Clock) -> None:
        self._storage = storage
        self._book = book
        self._clock = clock

    async def status(self, spender: Spender) -> QuotaStatus:
        """The member's quota in a place, each limit with its source."""
        now = self._clock.now()
        zone = self._book.quota_of(spender.guild_id).zone
        limits = self._book.effective(spender, now)
        grants = self._book.grants_for(spender, now)
        windows = [window_at(each.cap.window, now, zone) for each in limits.caps]
        async with self._storage.write() as tx:
            account = await tx.members.account_of(spender.user_id, spender.guild_id)
            used = await tx.ledger.usages(account, [window.start for window in windows])
            drawn = [
                (await tx.ledger.usages(drawing_account(grant.id, account), [grant.created_at]))[0]
                for grant in grants
            ]
        return QuotaStatus(
            lines=tuple(
                quota_line(cap, window, usage)
                for cap, window, usage in zip(limits.caps, windows, used, strict=True)
            ),
            grants=tuple(
                grant_line(grant, usage) for grant, usage in zip(grants, drawn, strict=True)
            ),
            limits=limits,
        )
