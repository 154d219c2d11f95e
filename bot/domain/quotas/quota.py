"""What a member has left."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import QuotaExceeded
from bot.domain.money import UsdMicros
from bot.domain.quotas.grants import Grant
from bot.domain.quotas.ledger import Usage
from bot.domain.quotas.limits import (
    NOTHING_HOLDS,
    Ceiling,
    EffectiveLimits,
    LimitSource,
    SourcedCap,
    Unit,
    Unlimited,
)
from bot.domain.quotas.windows import Window, WindowKind, resets_at


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaLine:
    """One cap, and how far it is used; `left` is None where there is no end."""

    unit: Unit
    window: WindowKind
    most: Ceiling
    used: int
    left: int | None
    resets_at: datetime
    source: LimitSource


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantLine:
    """What is left of a grant; None where it does not give that."""

    images_left: int | None
    usd_micros_left: UsdMicros | None
    expires_at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaStatus:
    """A member's caps and grants, and the limits that are no counts."""

    lines: tuple[QuotaLine, ...] = ()
    grants: tuple[GrantLine, ...] = ()
    limits: EffectiveLimits = NOTHING_HOLDS

    @property
    def is_used_up(self) -> bool:
        """Whether nothing can be painted before a window resets."""
        given = any(each.images_left or each.usd_micros_left for each in self.grants)
        return not given and any(line.left == 0 for line in self.lines)

    def check_room(self, images: int) -> None:
        """Refuse what cannot fit, whatever it costs, before anything is asked of the member.

        Raises:
            QuotaExceeded: if a cap and the grants together have not that many images left.
        """
        extra = sum(grant.images_left or 0 for grant in self.grants)
        for line in self.lines:
            if (
                line.unit is not Unit.IMAGES
                or line.left is None
                or isinstance(line.most, Unlimited)
            ):
                continue
            left = line.left + extra
            if images > left:
                raise QuotaExceeded(
                    images, left, line.most, line.resets_at, line.window, line.source
                )


def quota_line(sourced: SourcedCap, window: Window, usage: Usage) -> QuotaLine:
    """A cap with what is left of it."""
    cap, used = sourced.cap, usage.of(sourced.cap.unit)
    return QuotaLine(
        unit=cap.unit,
        window=cap.window,
        most=cap.most,
        used=used,
        left=None if isinstance(cap.most, Unlimited) else max(0, cap.most - used),
        resets_at=resets_at(window, usage.oldest),
        source=sourced.source,
    )


def grant_line(grant: Grant, drawn: Usage) -> GrantLine:
    """A grant with what is left of it."""
    images, usd_micros = grant.images, grant.usd_micros
    return GrantLine(
        images_left=None if images is None else max(0, images - drawn.images),
        usd_micros_left=(
            None if usd_micros is None else UsdMicros(max(0, usd_micros - drawn.usd_micros))
        ),
        expires_at=grant.expires_at,
        reason=grant.reason,
    )
