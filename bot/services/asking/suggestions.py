"""What to offer while a member types: only what the model they chose takes, with prices.

Everything is answered from memory.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from bot.domain.asking.choices import MAX_CHOICES, best_matches
from bot.domain.asking.effects import Setting, heeds
from bot.domain.asking.wish import ImageWish
from bot.domain.errors import GondolaError
from bot.domain.flags import Options
from bot.domain.ids import ChannelId, GuildId, UserId
from bot.domain.models.image_model import ImageModel, PixelSizing, Quality, RatioSizing, TierSizing
from bot.domain.models.pricing import price_of_image
from bot.domain.money import UsdMicros
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
from bot.services.asking.recipes import RecipeBook
from bot.services.ports import ModelCatalogue
from bot.services.styles.book import StyleBook


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value to offer; where `has_price`, a price of None is an unknown one."""

    value: str
    label: str
    price_usd_micros: UsdMicros | None = None
    has_price: bool = False


@dataclass(frozen=True, slots=True)
class StepsRange:
    """How many steps a model takes at most, and how many if nobody says."""

    default: int | None
    highest: int


class ChosenOptions(Protocol):
    """What counts so far of a wish that is still being typed."""

    def so_far(
        self,
        wish: ImageWish,
        *,
        user_id: UserId,
        guild_id: GuildId | None,
        channel_id: ChannelId,
    ) -> Options:
        """The options; what cannot be understood yet is left out."""


class Suggestions:
    """Offers values for the options of `/imagine`."""

    def __init__(
        self,
        catalogue: ModelCatalogue,
        recipes: RecipeBook,
        wishes: ChosenOptions,
        server_styles: StyleBook,
    ) -> None:
        self._catalogue = catalogue
        self._recipes = recipes
        self._wishes = wishes
        self._server_styles = server_styles

    def chosen(
        self,
        wish: ImageWish,
        *,
        user_id: UserId,
        guild_id: GuildId | None,
        channel_id: ChannelId,
    ) -> Options:
        """What counts so far of a wish that is still being typed: what is wrong in it does not."""
        return self._wishes.so_far(wish, user_id=user_id, guild_id=guild_id, channel_id=channel_id)

    def models(self, typed: str) -> list[Suggestion]:
        """Models by id or name."""
        found = best_matches(
            self._catalogue.models(), typed, names=lambda model: (model.id, model.name)
        )
        return [_priced(model, model.id, model.name, _default_size(model)) for model in found]

    def styles(self, guild_id: GuildId | None, typed: str) -> list[Suggestion]:
        """The server's styles by name, the best by votes first, then style presets."""
        own = [style.name for style in self._server_styles.offered(guild_id)]
        found = [
            *best_matches(own, typed, names=lambda style: (style,)),
            *best_matches(self._catalogue.styles(), typed, names=lambda style: (style,)),
        ]
        return [Suggestion(style, style) for style in found[:MAX_CHOICES]]

    def aspects(self, chosen: Options, typed: str) -> list[Suggestion]:
        """Aspect ratios that the model takes, priced at the size and quality chosen so far."""
        model = self._model(chosen.model)
        if model is None:
            return _plain(COMMON_RATIOS, typed)
        size, quality = _chosen_size(model, chosen.size), _chosen_quality(model, chosen)
        match model.sizing:
            case RatioSizing(ratios=ratios) | TierSizing(ratios=ratios):
                found = _matching(ratios, typed)
            case _:
                found = _matching(COMMON_RATIOS, typed)
        return [_priced(model, ratio, ratio, size, quality) for ratio in found]

    def sizes(self, chosen: Options, typed: str) -> list[Suggestion]:
        """Pixel sizes or tiers that the model takes, whichever it speaks, with prices."""
        model = self._model(chosen.model)
        if model is None:
            return []
        quality = _chosen_quality(model, chosen)
        match model.sizing:
            case PixelSizing() as sizing:
                size = _default_size(model)
                found = _matching(example_sizes(sizing), typed)
                return [_priced(model, each, each, size, quality) for each in found]
            case TierSizing() as sizing:
                return [
                    _priced(model, tier, tier, TierChoice(sizing.ratios[0], tier), quality)
                    for tier in best_matches(sizing.tiers, typed, names=lambda tier: (tier,))
                ]
            case _:
                return []

    def qualities(self, chosen: Options, typed: str) -> list[Suggestion]:
        """Quality levels that the model lists, priced for the size chosen so far."""
        model = self._model(chosen.model)
        if model is None:
            return []
        size = _chosen_size(model, chosen.size)
        found = best_matches(model.qualities, typed, names=lambda quality: (quality.value,))
        return [_priced(model, quality, quality, size, quality) for quality in found]

    def steps(self, chosen: Options) -> StepsRange | None:
        """How many steps the model takes; None where it ignores them, or is not known yet."""
        model = self._model(chosen.model)
        if model is None or model.steps_max is None or not heeds(model, Setting.STEPS):
            return None
        return StepsRange(model.steps_default, model.steps_max)

    def _model(self, name: str | None) -> ImageModel | None:
        """The model being chosen; None while what is typed names none."""
        try:
            return self._recipes.model(name)
        except GondolaError:
            return None


def _plain(values: Iterable[str], typed: str) -> list[Suggestion]:
    return [Suggestion(value, value) for value in _matching(values, typed)]


def _matching(values: Iterable[str], typed: str) -> list[str]:
    return best_matches(values, typed.replace("x", "×"), names=lambda value: (value,))


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


def _chosen_quality(model: ImageModel, chosen: Options) -> Quality | None:
    wanted = (chosen.quality or "").strip().lower()
    return next((quality for quality in model.qualities if quality == wanted), None)
