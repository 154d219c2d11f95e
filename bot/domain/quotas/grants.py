"""Grants: one-off extra images or dollars, with an expiry and a reason.

A grant to a role gives each of its members that much. It is drawn on where a member's own limits
have no room for an image, the soonest expiry first. Each member draws on an account of their own,
so that an image is borne wholly by the window or by one grant.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import AccountKey, GrantId, GuildId
from bot.domain.money import UsdMicros
from bot.domain.quotas.spender import Spender


class GrantTarget(StrEnum):
    """Who has a grant."""

    MEMBER = "member"
    ROLE = "role"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """So many images, or so much money, or both, until it expires."""

    id: GrantId
    guild_id: GuildId
    target: GrantTarget
    target_id: int
    images: int | None = None
    usd_micros: UsdMicros | None = None
    reason: str
    created_at: datetime
    expires_at: datetime

    def holds_for(self, spender: Spender, now: datetime) -> bool:
        """Whether a member may draw on it at a moment."""
        if spender.guild_id != self.guild_id or not self.created_at <= now < self.expires_at:
            return False
        if self.target is GrantTarget.MEMBER:
            return self.target_id == spender.user_id
        return self.target_id in spender.standing.roles


def grants_for(grants: Iterable[Grant], spender: Spender, now: datetime) -> tuple[Grant, ...]:
    """The grants that a member may draw on, in the order they are drawn on."""
    holding = (grant for grant in grants if grant.holds_for(spender, now))
    return tuple(sorted(holding, key=lambda grant: (grant.expires_at, grant.id)))


def grant_account(grant_id: GrantId) -> AccountKey:
    """The account on which the ledger notes that a grant was given."""
    return AccountKey(f"grant:{grant_id}")


def drawing_account(grant_id: GrantId, member: AccountKey) -> AccountKey:
    """The account of what one member has drawn of a grant."""
    return AccountKey(f"grant:{grant_id}:{member}")
