"""Sizing: what a member asked for, in the one idiom that the model takes.

Venice's models speak one of three idioms (`bot.domain.models.image_model.Sizing`). `parse_wish`
reads the options as they were typed, `fit` answers in the model's idiom or raises an error that
says what the model takes, and `notes_on` says what the answer changed.
"""

from bot.domain.sizing.choice import PixelSize, RatioChoice, SizeChoice, TierChoice
from bot.domain.sizing.errors import (
    AspectMalformed,
    AspectNotTaken,
    AspectSizeConflict,
    AspectUnreachable,
    SizeMalformed,
    SizingError,
    TierNotListed,
    TierNotTaken,
)
from bot.domain.sizing.fitting import fit
from bot.domain.sizing.notes import (
    AspectApproximated,
    SizeBecameAspect,
    SizeChanged,
    SizingNote,
    notes_on,
)
from bot.domain.sizing.pixels import TARGET_AREA_PX, example_sizes
from bot.domain.sizing.ratio import AUTO, COMMON_RATIOS, TOLERANCE
from bot.domain.sizing.wish import SizeWish, parse_wish

__all__ = [
    "AUTO",
    "COMMON_RATIOS",
    "TARGET_AREA_PX",
    "TOLERANCE",
    "AspectApproximated",
    "AspectMalformed",
    "AspectNotTaken",
    "AspectSizeConflict",
    "AspectUnreachable",
    "PixelSize",
    "RatioChoice",
    "SizeBecameAspect",
    "SizeChanged",
    "SizeChoice",
    "SizeMalformed",
    "SizeWish",
    "SizingError",
    "SizingNote",
    "TierChoice",
    "TierNotListed",
    "TierNotTaken",
    "example_sizes",
    "fit",
    "notes_on",
    "parse_wish",
]
