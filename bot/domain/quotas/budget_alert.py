"""What is told of a budget that comes to its end."""

from dataclasses import dataclass

from bot.domain.money import UsdMicros
from bot.domain.quotas.ledger import LimitUse
from bot.domain.quotas.server_quota import is_near_the_end
from bot.domain.quotas.windows import Window


@dataclass(frozen=True, slots=True)
class BudgetAlert:
    """So much of a budget is used in a window."""

    used_usd_micros: UsdMicros
    most_usd_micros: UsdMicros
    window: Window


def alert_of(use: LimitUse) -> BudgetAlert | None:
    """What to tell after a reservation; None while the budget is far from its end."""
    if use.limit.most <= 0 or not is_near_the_end(use.after, use.limit.most):
        return None
    return BudgetAlert(UsdMicros(use.after), UsdMicros(use.limit.most), use.limit.window)
