"""From an entry of the model list to the domain's value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from pydantic import ValidationError

from bot.domain.ids import ModelId
from bot.domain.image_model import (
    Deprecation,
    ImageModel,
    ModelKind,
    PixelSizing,
    PriceList,
    Quality,
    RatioSizing,
    Sizing,
    TierSizing,
)
from bot.domain.money import UsdMicros, usd_micros
from bot.venice.wire import Constraints, DeprecationNotice, ModelEntry, Price, Pricing

DEFAULT_PROMPT_LIMIT = 1_500
"""The least that any model of the list takes; for entries that do not say."""

DEFAULT_INPUT_IMAGES = 3
"""What `multi-edit` takes where an entry does not say (published contract)."""

_LARGEST_PIXEL_DIVISOR = 64
_KINDS = {
    "image": ModelKind.GENERATE,
    "inpaint": ModelKind.EDIT,
    "upscale": ModelKind.UPSCALE,
}
_CUTOUT_MARK = "bg-remover"
"""Background removers are listed among the image models, and paint nothing."""


@dataclass(frozen=True, slots=True)
class ReadEntries:
    """The models of a list, and how many entries could not be used."""

    models: tuple[ImageModel, ...]
    skipped: int


def read_entries(entries: Iterable[object]) -> ReadEntries:
    """Read every entry that can be used; one that cannot never breaks the list."""
    models: list[ImageModel] = []
    skipped = 0
    for entry in entries:
        try:
            models.append(_model(ModelEntry.model_validate(entry)))
        except (ValidationError, ValueError):
            skipped += 1
    return ReadEntries(tuple(models), skipped)


def _model(entry: ModelEntry) -> ImageModel:
    spec, constraints = entry.model_spec, entry.model_spec.constraints
    kind = _kind(entry)
    sizing = _sizing(constraints, kind)
    pixels = isinstance(sizing, PixelSizing)
    steps = constraints.steps if pixels else None
    return ImageModel(
        id=ModelId(entry.id),
        name=spec.name or entry.id,
        kind=kind,
        sizing=sizing,
        prompt_limit=constraints.prompt_character_limit or DEFAULT_PROMPT_LIMIT,
        prices=_prices(spec.pricing),
        qualities=tuple(_qualities(constraints.qualities)),
        default_quality=next(iter(_qualities([constraints.default_quality or ""])), None),
        steps_default=steps.default if steps else None,
        steps_max=steps.max if steps else None,
        traits=frozenset(spec.traits),
        privacy=spec.privacy,
        uncensored=spec.uncensored,
        offline=spec.offline,
        web_search=spec.supports_web_search,
        max_style_references=constraints.max_style_references
        if spec.supports_style_references
        else 0,
        style_reference_strength=constraints.supports_style_reference_strength,
        max_input_images=_input_images(constraints),
        combine_images=constraints.combine_images,
        deprecation=_deprecation(spec.deprecation),
    )


def _kind(entry: ModelEntry) -> ModelKind:
    if _CUTOUT_MARK in entry.id:
        return ModelKind.CUTOUT
    if entry.type not in _KINDS:
        raise ValueError(entry.type)
    return _KINDS[entry.type]


def _sizing(constraints: Constraints, kind: ModelKind) -> Sizing | None:
    """Which idiom a model speaks (the model list says it by which fields it has)."""
    if kind in {ModelKind.UPSCALE, ModelKind.CUTOUT}:
        return None
    ratios = constraints.aspect_ratios
    if ratios and constraints.resolutions:
        return TierSizing(
            ratios,
            constraints.resolutions,
            constraints.default_aspect_ratio,
            constraints.default_resolution,
        )
    if ratios:
        return RatioSizing(ratios, constraints.default_aspect_ratio)
    if kind is ModelKind.EDIT:
        return None
    divisor = constraints.width_height_divisor or 1
    if not 1 <= divisor <= _LARGEST_PIXEL_DIVISOR:
        raise ValueError(divisor)
    return PixelSizing(divisor)


def _prices(pricing: Pricing) -> PriceList:
    extra = pricing.input_images
    return PriceList(
        flat=_micros(pricing.generation) or _micros(pricing.inpaint),
        by_tier=_table({tier.upper(): price for tier, price in pricing.resolutions.items()}),
        by_tier_and_quality=MappingProxyType(
            {
                (tier.upper(), quality): price
                for tier, levels in pricing.quality.items()
                for level, listed in levels.items()
                for quality in _qualities([level])
                if (price := _micros(listed)) is not None
            }
        ),
        included_input_images=extra.included if extra else 1,
        additional_input_image=_micros(extra.additional) if extra else None,
        upscale_by_scale=MappingProxyType(
            {
                int(scale[:-1]): price
                for scale, listed in pricing.upscale.items()
                if scale[:-1].isdigit() and (price := _micros(listed)) is not None
            }
        ),
    )


def _table(listed: Mapping[str, Price]) -> Mapping[str, UsdMicros]:
    return MappingProxyType(
        {key: price for key, entry in listed.items() if (price := _micros(entry)) is not None}
    )


def _micros(price: Price | None) -> UsdMicros | None:
    return None if price is None or price.usd is None else usd_micros(price.usd)


def _qualities(levels: Iterable[str]) -> Iterable[Quality]:
    return (Quality(level.lower()) for level in levels if level.lower() in set(Quality))


def _input_images(constraints: Constraints) -> int:
    if not constraints.combine_images:
        return 1
    return constraints.max_input_images or DEFAULT_INPUT_IMAGES


def _deprecation(notice: DeprecationNotice | None) -> Deprecation | None:
    if notice is None:
        return None
    replacement = notice.replacement_model_id
    return Deprecation(
        removes_at=_moment(notice.removes_at or notice.date),
        replacement=ModelId(replacement) if replacement else None,
    )


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
