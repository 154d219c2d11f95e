"""What a server has set about money and time: its zone, its budget, who is new, the slow-down.

The operator pays for every server. What the operator allows a server is the most that its
managers can give out: they may lower their budget, not raise it.
"""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from bot.domain.money import UsdMicros
from bot.domain.quotas.ledger import Limit
from bot.domain.quotas.limits import (
    OF_THE_BOT,
    OF_THE_SERVER,
    Ceiling,
    LimitSource,
    Unit,
    Unlimited,
)
from bot.domain.quotas.windows import DAY, MONTH, WindowKind, window_at

WARNING_SHARE = 0.8
"""From this share of a budget on, its managers are told, and a slow-down begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """Micro-dollars a day and a month; None where nothing is said."""

    day: Ceiling | None = None
    month: Ceiling | None = None


NO_ALLOWANCE = Allowance()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerQuota:
    """A server's settings of quota.

    Attributes:
        time_zone: the IANA name of the zone in which days, weeks and months end.
        new_member_days: for how many days after joining a member is new; 0 is never.
        budget: what the server's managers want to spend at most.
        allowance: what the operator allows this server, in place of the default for every one.
        slow_down_usd_micros: near the end of a budget, the dearest image that is still painted.
    """

    time_zone: str = "UTC"
    new_member_days: int = 7
    budget: Allowance = NO_ALLOWANCE
    allowance: Allowance = NO_ALLOWANCE
    slow_down_usd_micros: UsdMicros | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The time zone itself."""
        return ZoneInfo(self.time_zone)


DEFAULT_QUOTA = ServerQuota()


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """The most micro-dollars in each window of a kind, and whose word that is."""

    window: WindowKind
    most: int
    source: LimitSource


def server_budget(quota: ServerQuota, default: Allowance) -> tuple[BudgetLine, ...]:
    """What a server may spend: the lower of what its managers want and the operator allows."""
    windows = (
        (DAY, quota.budget.day, _said(quota.allowance.day, default.day)),
        (MONTH, quota.budget.month, _said(quota.allowance.month, default.month)),
    )
    lines = (_line(window, own, allowed) for window, own, allowed in windows)
    return tuple(line for line in lines if line is not None)


def bot_budget(allowance: Allowance) -> tuple[BudgetLine, ...]:
    """What the whole bot may spend."""
    lines = (_line(DAY, None, allowance.day), _line(MONTH, None, allowance.month))
    return tuple(line for line in lines if line is not None)


def budget_limits(
    lines: tuple[BudgetLine, ...], *, now: datetime, zone: tzinfo
) -> tuple[Limit, ...]:
    """The lines of a budget as limits in the windows of a moment."""
    return tuple(
        Limit(window_at(line.window, now, zone), Unit.USD_MICROS, line.most, line.source)
        for line in lines
    )


def is_near_the_end(used: int, most: int) -> bool:
    """Whether so much of a budget is used that its managers should know."""
    return used >= WARNING_SHARE * most


def _said(specific: Ceiling | None, default: Ceiling | None) -> Ceiling | None:
    return default if specific is None else specific


def _line(window: WindowKind, own: Ceiling | None, allowed: Ceiling | None) -> BudgetLine | None:
    said = (
        (most, source)
        for most, source in ((own, OF_THE_SERVER), (allowed, OF_THE_BOT))
        if most is not None and not isinstance(most, Unlimited)
    )
    lowest = min(said, key=lambda each: each[0], default=None)
    return None if lowest is None else BudgetLine(window, *lowest)
