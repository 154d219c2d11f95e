"""What a request costs, by the model's published prices, in micro-dollars."""

from collections.abc import Mapping
from typing import TypeVar

from sandbox.venice.accounts import USD_MICROS
from sandbox.venice.catalogue import Model, Usd

_T = TypeVar("_T")

UNPUBLISHED_USD_MICROS = 50_000
"""What a model without a price is billed here: the API bills such models too."""

ENHANCE_USD_MICROS = 40_000
WEB_SEARCH_USD_MICROS = 10_000
"""The API says only that a search costs extra; this figure is the stand-in's own."""

FOURFOLD_ABOVE_SCALE = 2


def generation_price(model: Model, *, resolution: str | None, quality: str | None) -> int:
    """The price of one picture on `/image/generate`."""
    return _tiered(model, model.model_spec.pricing.generation, resolution, quality)


def edit_price(model: Model, *, images: int, resolution: str | None, quality: str | None) -> int:
    """The price of one edit of that many pictures."""
    pricing = model.model_spec.pricing
    price = _tiered(model, pricing.inpaint, resolution, quality)
    if pricing.input_images is None:
        return price
    extra = max(0, images - pricing.input_images.included)
    return price + extra * _micros(pricing.input_images.additional)


def upscale_price(model: Model, *, scale: float) -> int:
    """The price of one upscale: the published `2x` up to scale 2, `4x` above."""
    prices = model.model_spec.pricing.upscale
    return _micros(prices["4x" if scale > FOURFOLD_ABOVE_SCALE else "2x"])


def _tiered(model: Model, flat: Usd | None, resolution: str | None, quality: str | None) -> int:
    pricing, limits = model.model_spec.pricing, model.constraints
    tier = resolution or limits.default_resolution
    level = quality or limits.default_quality
    if tier is not None and level is not None:
        by_level = _by_tier(pricing.quality, tier)
        if by_level is not None and level in by_level:
            return _micros(by_level[level])
    if tier is not None:
        by_resolution = _by_tier(pricing.resolutions, tier)
        if by_resolution is not None:
            return _micros(by_resolution)
    return UNPUBLISHED_USD_MICROS if flat is None else _micros(flat)


def _by_tier(prices: Mapping[str, _T], tier: str) -> _T | None:
    """The price of a tier; the keys' case may differ from the tier's own."""
    return {name.casefold(): price for name, price in prices.items()}.get(tier.casefold())


def _micros(price: Usd) -> int:
    return round(price.usd * USD_MICROS)
