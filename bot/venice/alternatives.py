"""Which models can take the place of another. Pure."""

from collections.abc import Iterable

from bot.domain.models.image_model import ImageModel
from bot.domain.models.pricing import price_of_image
from bot.domain.money import UsdMicros
from bot.domain.sizing import fit, parse_wish


def nearest_models(model: ImageModel, others: Iterable[ImageModel]) -> tuple[ImageModel, ...]:
    """The models that can take its place, the nearest first.

    They do the same kind of work, can be used now and are not about to be removed; an uncensored
    one never stands in for one that is not. Nearer is who is sized the same way, then who costs
    about the same.
    """
    fitting = [
        other
        for other in others
        if other.id != model.id
        and other.kind is model.kind
        and not other.offline
        and other.deprecation is None
        and (model.uncensored or not other.uncensored)
    ]
    return tuple(sorted(fitting, key=lambda other: _distance(model, other)))


def _distance(model: ImageModel, other: ImageModel) -> tuple[bool, bool, int, str]:
    here, there = _usual_price(model), _usual_price(other)
    return (
        type(model.sizing) is not type(other.sizing),
        here is None or there is None,
        abs(here - there) if here is not None and there is not None else 0,
        other.name.casefold(),
    )


def _usual_price(model: ImageModel) -> UsdMicros | None:
    """What an image costs where nothing is asked for but a prompt."""
    if model.sizing is None:
        return model.prices.flat
    return price_of_image(model, fit(model.sizing, parse_wish(aspect=None, size=None)), None)
