"""What a server has set about quotas, and what of it holds for one member."""

from datetime import datetime

from bot.domain.ids import GuildId
from bot.domain.quotas.limit_change import in_order
from bot.domain.quotas.overview import Explanation, ServerOverview
from bot.domain.quotas.spender import Spender
from bot.domain.statistics.statistics import Period, span_of, timeline
from bot.services.ports import Clock
from bot.services.quotas.limit_book import LimitBook
from bot.services.quotas.quota import QuotaService


class QuotaOverview:
    """Answers managers' questions. Who may ask is for the caller to know."""

    def __init__(self, *, book: LimitBook, quota: QuotaService, clock: Clock) -> None:
        self._book = book
        self._quota = quota
        self._clock = clock

    def of_server(self, guild_id: GuildId) -> ServerOverview:
        """Everything that is set, from memory."""
        return ServerOverview(
            limits=tuple(in_order(dict(self._book.limits_of(guild_id)))),
            of_the_bot=self._book.operator.for_members(),
            settings=self._book.quota_of(guild_id),
            budget=self._book.budget_of(guild_id),
            grants=self._book.grants_of(guild_id),
        )

    async def explain(self, spender: Spender) -> Explanation:
        """What holds for a member, each line with where it comes from."""
        return Explanation(
            spender=spender,
            status=await self._quota.status(spender),
            budget=self._book.budget_of(spender.guild_id),
        )

    def span_of(self, guild_id: GuildId, period: Period) -> tuple[datetime, datetime]:
        """From when to when a report goes that ends with the server's present day or month."""
        zone = self._book.quota_of(guild_id).zone
        return span_of(timeline(period, self._clock.now(), zone), zone)
