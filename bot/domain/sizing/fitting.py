"""Fitting a wish to the idiom of a model."""

from bot.domain.models.image_model import PixelSizing, RatioSizing, Sizing
from bot.domain.sizing.choice import SizeChoice
from bot.domain.sizing.errors import AspectSizeConflict
from bot.domain.sizing.listed import fit_ratio, fit_tier
from bot.domain.sizing.pixels import fit_pixels
from bot.domain.sizing.ratio import TOLERANCE, distance
from bot.domain.sizing.wish import SizeWish


def fit(sizing: Sizing, wish: SizeWish) -> SizeChoice:
    """Fit a wish to a model's idiom.

    Raises:
        SizingError: if it cannot be, with what the model takes.
    """
    _refuse_conflict(wish)
    if isinstance(sizing, PixelSizing):
        return fit_pixels(sizing, wish)
    if isinstance(sizing, RatioSizing):
        return fit_ratio(sizing, wish)
    return fit_tier(sizing, wish)


def _refuse_conflict(wish: SizeWish) -> None:
    if wish.pixels is None or wish.aspect is None:
        return
    if wish.ratio is None or distance(wish.ratio, wish.pixels.ratio) > TOLERANCE:
        raise AspectSizeConflict(wish.aspect, wish.pixels)
