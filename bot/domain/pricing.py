"""What a request costs, from the model's price list; None where the catalogue does not say.

The shapes are those of `model_spec.pricing` in Venice's model list: a flat price, a price a
resolution tier, or a price a tier and quality level.
"""

from bot.domain.image_model import ImageModel, Quality
from bot.domain.money import UsdMicros
from bot.domain.sizing import SizeChoice, TierChoice


def price_of_image(
    model: ImageModel, size: SizeChoice, quality: Quality | None
) -> UsdMicros | None:
    """The price of one generated image in micro-dollars, or None if the catalogue does not say."""
    prices = model.prices
    if not isinstance(size, TierChoice):
        return prices.flat
    tier = size.resolution.upper()
    level = quality or model.default_quality
    if level is not None and prices.by_tier_and_quality:
        return prices.by_tier_and_quality.get((tier, level))
    return prices.by_tier.get(tier, prices.flat)
