"""Models that take an aspect ratio of a list, some with a resolution tier of another."""

from fractions import Fraction

from bot.domain.models.image_model import RatioSizing, TierSizing
from bot.domain.sizing.choice import RatioChoice, TierChoice
from bot.domain.sizing.errors import AspectNotTaken, TierNotListed, TierNotTaken
from bot.domain.sizing.ratio import AUTO, distance, read_ratio
from bot.domain.sizing.wish import SizeWish


def fit_ratio(sizing: RatioSizing, wish: SizeWish) -> RatioChoice:
    """The listed ratio for a wish.

    Raises:
        SizingError: if the model does not take it.
    """
    if wish.tier is not None:
        raise TierNotTaken(wish.tier, sizing.ratios)
    return RatioChoice(_listed_ratio(sizing, wish))


def fit_tier(sizing: TierSizing, wish: SizeWish) -> TierChoice:
    """The listed ratio and the listed tier for a wish.

    Raises:
        SizingError: if the model does not take them.
    """
    return TierChoice(_listed_ratio(sizing, wish), _listed_tier(sizing, wish.tier))


def _listed_tier(sizing: TierSizing, asked: str | None) -> str:
    if asked is None:
        return sizing.default_tier or sizing.tiers[0]
    for tier in sizing.tiers:
        if tier.casefold() == asked.casefold():
            return tier
    raise TierNotListed(asked, sizing.tiers)


def _listed_ratio(sizing: RatioSizing | TierSizing, wish: SizeWish) -> str:
    """The listed ratio nearest to the wish by log distance, else the model's default.

    A model that lists no ratio at all, but only `auto`, gets that.
    """
    if wish.aspect == AUTO:
        return _spelled_auto(sizing)
    asked = wish.ratio or (wish.pixels.ratio if wish.pixels else None)
    if asked is None:
        return sizing.default_ratio or sizing.ratios[0]
    distances = _distances(sizing, asked)
    return min(distances, key=lambda listed: distances[listed], default=sizing.ratios[0])


def _distances(sizing: RatioSizing | TierSizing, asked: Fraction) -> dict[str, float]:
    """How far each listed ratio is from the asked one; `auto` is from none."""
    values = {listed: read_ratio(listed) for listed in sizing.ratios}
    return {listed: distance(value, asked) for listed, value in values.items() if value is not None}


def _spelled_auto(sizing: RatioSizing | TierSizing) -> str:
    for listed in sizing.ratios:
        if listed.casefold() == AUTO:
            return listed
    raise AspectNotTaken(AUTO, sizing.ratios)
