"""What can be wrong with a wish beyond its prompt: its numbers, its price, its place, its time.

These are branches of `bot.domain.errors.MemberError`; their words are in
`bot.text.asking.wish_errors`.
"""

from dataclasses import dataclass

from bot.domain.asking.effects import Setting
from bot.domain.errors import MemberError
from bot.domain.ids import ModelId


class WishError(MemberError):
    """A wish that cannot be painted as it stands."""


@dataclass(eq=False)
class SettingOutOfRange(WishError):
    """A number that the model does not take. Guidance is above its lowest, all else from it."""

    setting: Setting
    given: float
    lowest: float
    highest: float
    model: ModelId


@dataclass(eq=False)
class ExtraPriceUnknown(WishError):
    """A dollar limit applies, and nobody can tell what an extra would cost."""

    setting: Setting


class CannotPostHere(WishError):
    """Several results need messages of the bot's own in a channel where it may not write."""


class NoLongerWaiting(WishError):
    """A request that waited for a word was confirmed already, or its time is over."""
