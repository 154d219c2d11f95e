"""A strike as it is kept, with whose it is and why.

What follows from it is in `bot.domain.conduct.conduct`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.conduct.conduct import Standing, Strike, StrikeRules
from bot.domain.ids import AccountKey, GuildId, ImageId, UserId

MOST_DAYS = 365
"""How long a strike may count."""


CONTENT_VIOLATION = "content_violation"
REPORTED = "reported"
"""Reasons that the bot gives by itself; `bot.text.gate.bars` has their words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenStrike:
    """A strike that a member was given. `account` is whose doing it was.

    An image leads to one strike at most, whoever gives it.
    """

    id: str
    guild_id: GuildId
    user_id: UserId
    strike: Strike
    reason: str
    account: AccountKey
    image_id: ImageId | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Where a member stands: the strikes that count, the newest first, and what they lead to."""

    user_id: UserId
    strikes: Sequence[GivenStrike]
    standing: Standing
    rules: StrikeRules
