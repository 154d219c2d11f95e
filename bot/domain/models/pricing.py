"""What a request costs, from the model's price list; None where the catalogue does not say.

The shapes are those of `model_spec.pricing` in Venice's model list: a flat price, a price a
resolution tier, or a price a tier and quality level; for edits also a price for each input image
beyond those included; for upscaling a price up to a scale.
"""

from dataclasses import dataclass

from bot.domain.asking.request import Recipe
from bot.domain.models.image_model import ImageModel, Quality, TierSizing
from bot.domain.money import UsdMicros, usd_micros
from bot.domain.sizing import SizeChoice, TierChoice


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraPrices:
    """The most that extras cost on top of each image; None where nobody can tell.

    Venice says what rewriting a prompt costs at most. What web search costs stands nowhere in
    the catalogue, so that only the operator can say.
    """

    enhance: UsdMicros = usd_micros("0.04")
    web_search: UsdMicros | None = None


def price_of_image(
    model: ImageModel, size: SizeChoice, quality: Quality | None
) -> UsdMicros | None:
    """The price of one generated image in micro-dollars, or None if the catalogue does not say."""
    tier = size.resolution if isinstance(size, TierChoice) else None
    return _price_at(model, tier, quality)


def price_of_edit(
    model: ImageModel,
    *,
    input_images: int,
    resolution: str | None = None,
    quality: Quality | None = None,
) -> UsdMicros | None:
    """The price of one edit of so many pictures, or None if the catalogue does not say.

    Where no resolution is asked for, the model's default counts.
    """
    sizing = model.sizing
    default_tier = sizing.default_tier if isinstance(sizing, TierSizing) else None
    price = _price_at(model, resolution or default_tier, quality)
    further_images = max(0, input_images - model.prices.included_input_images)
    if price is None or further_images == 0:
        return price
    each = model.prices.additional_input_image
    return None if each is None else UsdMicros(price + further_images * each)


def price_of_upscale(model: ImageModel, *, scale: float) -> UsdMicros | None:
    """The price of making a picture larger: that of the least listed scale that covers it.

    Venice lists 2 and 4. None if none covers it.
    """
    listed = model.prices.upscale_by_scale
    covering = [at_most for at_most in listed if scale <= at_most]
    return listed[min(covering)] if covering else None


def price_of_cutout(model: ImageModel) -> UsdMicros | None:
    """The price of cutting out what a picture shows."""
    return model.prices.flat


def most_with_extras(
    price: UsdMicros | None, recipe: Recipe, extras: ExtraPrices
) -> UsdMicros | None:
    """The most that an image can cost with the extras of its recipe; None if nobody can tell."""
    parts: list[UsdMicros | None] = [
        price,
        *([extras.enhance] if recipe.enhance else []),
        *([extras.web_search] if recipe.web_search else []),
    ]
    known = [part for part in parts if part is not None]
    return UsdMicros(sum(known)) if len(known) == len(parts) else None


def _price_at(model: ImageModel, tier: str | None, quality: Quality | None) -> UsdMicros | None:
    """The price at a resolution tier, compared without case; the flat one where there are none."""
    prices = model.prices
    if tier is None:
        return prices.flat
    level = quality or model.default_quality
    if level is not None and prices.by_tier_and_quality:
        return prices.by_tier_and_quality.get((tier.upper(), level))
    return prices.by_tier.get(tier.upper(), prices.flat)
