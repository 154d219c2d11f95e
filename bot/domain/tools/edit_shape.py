"""Which shape and tier an edit is asked for; without a wish the picture keeps its own."""

from dataclasses import dataclass

from bot.domain.models.image_model import RatioSizing, Sizing, TierSizing
from bot.domain.sizing import (
    AUTO,
    AspectNotTaken,
    SizeWish,
    TierNotListed,
    TierNotTaken,
    parse_wish,
)
from bot.domain.sizing.listed import fit_ratio

EDIT_RATIOS = ("1:1", "3:2", "16:9", "21:9", "9:16", "2:3", "3:4", "4:5")
"""What the edit routes take beside `auto`, whatever a model lists (Venice's published contract)."""


@dataclass(frozen=True, slots=True)
class EditShape:
    """An aspect ratio and a tier in the model's own spelling; None where nothing is asked for."""

    aspect_ratio: str | None = None
    resolution: str | None = None


def edit_ratios(sizing: Sizing | None) -> tuple[str, ...]:
    """The aspect ratios that an edit model and its route both take."""
    if not isinstance(sizing, RatioSizing | TierSizing):
        return ()
    return tuple(ratio for ratio in sizing.ratios if ratio in EDIT_RATIOS)


def edit_shape(sizing: Sizing | None, *, aspect: str | None, size: str | None) -> EditShape:
    """The shape for what a member asked; `auto` means the picture's own.

    Raises:
        SizingError: if the model does not take it.
    """
    wish = parse_wish(aspect=aspect, size=size)
    ratios = edit_ratios(sizing)
    tiers = sizing.tiers if isinstance(sizing, TierSizing) else ()
    if wish.pixels is not None:
        raise TierNotTaken(str(wish.pixels), tiers or ratios or (AUTO,))
    return EditShape(_ratio(ratios, wish), _tier(tiers, ratios, wish.tier))


def _ratio(ratios: tuple[str, ...], wish: SizeWish) -> str | None:
    """The listed ratio nearest to the one that was asked for."""
    if wish.aspect is None or wish.ratio is None:
        return None
    if not ratios:
        raise AspectNotTaken(wish.aspect, (AUTO,))
    return fit_ratio(RatioSizing(ratios), SizeWish(wish.aspect, wish.ratio)).aspect_ratio


def _tier(tiers: tuple[str, ...], ratios: tuple[str, ...], asked: str | None) -> str | None:
    if asked is None:
        return None
    for tier in tiers:
        if tier.casefold() == asked.casefold():
            return tier
    if tiers:
        raise TierNotListed(asked, tiers)
    raise TierNotTaken(asked, ratios or (AUTO,))
