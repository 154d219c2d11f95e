"""What a server has set about quotas, and what of it holds for one member."""

from dataclasses import dataclass

from bot.domain.quotas.grants import Grant
from bot.domain.quotas.limits import Limits, LimitSource
from bot.domain.quotas.quota import QuotaStatus
from bot.domain.quotas.server_quota import BudgetLine, ServerQuota
from bot.domain.quotas.spender import Spender


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerOverview:
    """All that a server has set, the least specific place first, and what the bot says."""

    limits: tuple[tuple[LimitSource, Limits], ...]
    of_the_bot: Limits
    settings: ServerQuota
    budget: tuple[BudgetLine, ...]
    grants: tuple[Grant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What holds for a member in a place, and the budget that pays."""

    spender: Spender
    status: QuotaStatus
    budget: tuple[BudgetLine, ...]
