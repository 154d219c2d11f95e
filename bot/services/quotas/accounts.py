"""Who pays: the operator's limits, and the accounts that bear a member's request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.domain.ids import AccountKey, GuildId
from bot.domain.quotas.grants import Grant, drawing_account
from bot.domain.quotas.ledger import BOT_ACCOUNT, AccountKind, Charge, Draw, Limit, server_account
from bot.domain.quotas.limits import Cap, EffectiveLimits, Limits, Unit, Unlimited
from bot.domain.quotas.server_quota import (
    NO_ALLOWANCE,
    Allowance,
    BudgetLine,
    ServerQuota,
    bot_budget,
    budget_limits,
)
from bot.domain.quotas.windows import DAY, window_at


@dataclass(frozen=True, slots=True)
class OperatorLimits:
    """The limits of the settings: images a day for a member, and money; None is unlimited."""

    images_per_member: int | None = None
    server: Allowance = NO_ALLOWANCE
    bot: Allowance = NO_ALLOWANCE

    def for_members(self) -> Limits:
        """What holds for a member where no server says more."""
        if self.images_per_member is None:
            return Limits()
        return Limits(caps=(Cap(Unit.IMAGES, DAY, self.images_per_member),))

    def of_the_bot(self, now: datetime) -> tuple[Limit, ...]:
        """What the whole bot may spend. Its days are those of UTC."""
        return budget_limits(bot_budget(self.bot), now=now, zone=UTC)


def member_charge(
    account: AccountKey,
    limits: EffectiveLimits,
    grants: Sequence[Grant],
    quota: ServerQuota,
    now: datetime,
) -> Charge:
    """The member's own account, with the caps that have an end, and the grants beside them."""
    return Charge(
        account,
        AccountKind.MEMBER,
        limits=tuple(
            Limit(window_at(each.cap.window, now, quota.zone), each.cap.unit, most, each.source)
            for each in limits.caps
            if not isinstance(most := each.cap.most, Unlimited)
        ),
        draws=tuple(
            Draw(
                drawing_account(grant.id, account),
                grant.created_at,
                images=grant.images,
                usd_micros=grant.usd_micros,
            )
            for grant in grants
        ),
    )


def server_charge(
    guild_id: GuildId, budget: tuple[BudgetLine, ...], quota: ServerQuota, now: datetime
) -> Charge:
    """The server's account, in its own time zone."""
    limits = budget_limits(budget, now=now, zone=quota.zone)
    return Charge(server_account(guild_id), AccountKind.SERVER, limits)


def bot_charge(operator: OperatorLimits, now: datetime) -> Charge:
    """The whole bot's account, which bears every request."""
    return Charge(BOT_ACCOUNT, AccountKind.BOT, operator.of_the_bot(now))
