"""Why a wish cannot be fitted to a model.

SizingError
├── AspectMalformed, SizeMalformed      not a ratio, not a size
├── AspectSizeConflict                  a ratio and a size that contradict each other
├── AspectUnreachable                   a pixel model cannot come within 3 % of it
├── AspectNotTaken                      `auto`, where the model does not list it
└── TierNotTaken, TierNotListed         a tier on a model without tiers, or without this one

Each carries what the model takes, where that helps to ask again.
"""

from dataclasses import dataclass, field

from bot.domain.errors import MemberError
from bot.domain.sizing.choice import PixelSize
from bot.domain.sizing.ratio import COMMON_RATIOS


class SizingError(MemberError):
    """The wish cannot be fitted to the model."""


@dataclass(eq=False)
class AspectMalformed(SizingError):
    """Not a ratio."""

    text: str
    examples: tuple[str, ...] = field(default=COMMON_RATIOS)


@dataclass(eq=False)
class SizeMalformed(SizingError):
    """Neither a pixel size nor a tier."""

    text: str


@dataclass(eq=False)
class AspectSizeConflict(SizingError):
    """The ratio and the pixel size contradict each other."""

    aspect: str
    size: PixelSize


@dataclass(eq=False)
class AspectUnreachable(SizingError):
    """No size within the model's limits comes within 3 % of the ratio."""

    aspect: str
    max_side: int


@dataclass(eq=False)
class AspectNotTaken(SizingError):
    """The model does not take this value; `listed` are those that it takes."""

    aspect: str
    listed: tuple[str, ...]


@dataclass(eq=False)
class TierNotTaken(SizingError):
    """The model has no tiers; `sizes` are examples of what it takes."""

    tier: str
    sizes: tuple[str, ...]


@dataclass(eq=False)
class TierNotListed(SizingError):
    """The model has tiers, and this is none of them."""

    tier: str
    listed: tuple[str, ...]
