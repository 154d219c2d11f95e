"""What to offer while a member types: only what the model they chose takes, with prices.

Everything is answered from memory.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.choices import best_matches
from bot.domain.errors import GondolaError
from bot.domain.image_model import ImageModel, PixelSizing, Quality, RatioSizing, TierSizing
from bot.domain.money import UsdMicros
from bot.domain.pricing import price_of_image
from bot.domain.sizing import (
    COMMON_RATIOS,
    SizeChoice,
    SizeWish,
    SizingError,
    TierChoice,
    example_sizes,
    fit,
    parse_wish,
)
from bot.services.ports import ModelCatalogue
from bot.services.recipes import RecipeBook


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value to offer; where `has_price`, a price of None is an unknown one."""

    value: str
    label: str
    price_usd_micros: UsdMicros | None = None
    has_price: bool = False


class Suggestions:
    """Offers values for the options of `/imagine`."""

    def __init__(self, catalogue: ModelCatalogue, recipes: RecipeBook) -> None:
        self._catalogue = catalogue
        self._recipes = recipes

    def models(self, typed: str) -> list[Suggestion]:
        """Models by id or name."""
        found = best_matches(
            self._catalogue.models(), typed, names=lambda model: (model.id, model.name)
        )
        return [_priced(model, model.id, model.name, _default_size(model)) for model in found]

    def styles(self, typed: str) -> list[Suggestion]:
        """Style presets by name."""
        found = best_matches(self._catalogue.styles(), typed, names=lambda style: (style,))
        return [Suggestion(style, style) for style in found]

    def aspects(self, model_name: str | None, typed: str) -> list[Suggestion]:
        """Aspect ratios that the model takes."""
        model = self._model(model_name)
        if model is None:
            return _plain(COMMON_RATIOS, typed)
        match model.sizing:
            case RatioSizing(ratios=ratios) | TierSizing(ratios=ratios):
                return _plain(ratios, typed)
            case _:
                return _plain(COMMON_RATIOS, typed)

    def sizes(self, model_name: str | None, typed: str) -> list[Suggestion]:
        """Pixel sizes or tiers that the model takes, whichever it speaks."""
        model = self._model(model_name)
        if model is None:
            return []
        match model.sizing:
            case PixelSizing() as sizing:
                return _plain(example_sizes(sizing), typed)
            case TierSizing() as sizing:
                found = best_matches(sizing.tiers, typed, names=lambda tier: (tier,))
                return [
                    _priced(model, tier, tier, TierChoice(sizing.ratios[0], tier)) for tier in found
                ]
            case _:
                return []

    def qualities(self, model_name: str | None, size: str | None, typed: str) -> list[Suggestion]:
        """Quality levels that the model lists, priced for the size chosen so far."""
        model = self._model(model_name)
        if model is None:
            return []
        chosen = _chosen_size(model, size)
        found = best_matches(model.qualities, typed, names=lambda quality: (quality.value,))
        return [_priced(model, quality, quality, chosen, quality) for quality in found]

    def _model(self, name: str | None) -> ImageModel | None:
        """The model being chosen; None while what is typed names none."""
        try:
            return self._recipes.model(name)
        except GondolaError:
            return None


def _plain(values: Iterable[str], typed: str) -> list[Suggestion]:
    found = best_matches(values, typed.replace("x", "×"), names=lambda value: (value,))
    return [Suggestion(value, value) for value in found]


def _priced(
    model: ImageModel,
    value: str,
    label: str,
    size: SizeChoice | None,
    quality: Quality | None = None,
) -> Suggestion:
    price = price_of_image(model, size, quality) if size is not None else None
    return Suggestion(value, label, price, has_price=True)


def _default_size(model: ImageModel) -> SizeChoice | None:
    return fit(model.sizing, SizeWish()) if model.sizing is not None else None


def _chosen_size(model: ImageModel, size: str | None) -> SizeChoice | None:
    if model.sizing is None:
        return None
    try:
        return fit(model.sizing, parse_wish(aspect=None, size=size))
    except SizingError:
        return _default_size(model)
