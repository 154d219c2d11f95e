"""Which models fit a price, for telling what a member could have instead."""

from collections.abc import Iterable

from bot.domain.models.image_model import ImageModel
from bot.domain.models.pricing import price_of_image
from bot.domain.money import UsdMicros
from bot.domain.sizing import SizeWish, fit

_MOST_NAMED = 3


def default_price(model: ImageModel) -> UsdMicros | None:
    """What an image costs at the model's own size and quality; None if nobody can tell."""
    if model.sizing is None:
        return None
    return price_of_image(model, fit(model.sizing, SizeWish()), model.default_quality)


def affordable(models: Iterable[ImageModel], at_most: int) -> tuple[str, ...]:
    """Up to three models whose image costs at most that much, the dearest first."""
    fitting = [
        (price, model.id)
        for model in models
        if (price := default_price(model)) is not None and price <= at_most
    ]
    fitting.sort(key=lambda each: (-each[0], each[1]))
    return tuple(model for _, model in fitting[:_MOST_NAMED])
