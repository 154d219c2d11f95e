"""From an entry of the model list to the domain's value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from bot.domain.ids import ModelId
from bot.domain.models.image_model import (
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
from bot.venice.wire.model_entry import (
    Constraints,
    DeprecationNotice,
    InputImagePricing,
    ModelEntry,
    Price,
    Pricing,
    SizingConstraints,
)

DEFAULT_PROMPT_LIMIT = 1_500
"""The least that any model of the list takes; for entries that do not say."""

DEFAULT_INPUT_IMAGES = 3
"""What `multi-edit` takes where an entry does not say (published contract)."""

DEFAULT_DIVISOR = 16
"""A multiple of 16 is one of 8 as well, so that it suits every pixel model that does not say."""

_LARGEST_DIVISOR = 64
_KINDS = {
    "image": ModelKind.GENERATE,
    "inpaint": ModelKind.EDIT,
    "upscale": ModelKind.UPSCALE,
}
_CUTOUT_MARK = "bg-remover"
"""Background removers are listed among the image models, and paint nothing."""


@dataclass(frozen=True, slots=True)
class ReadEntries:
    """The models of a list, and how many of their entries could not be used."""

    models: tuple[ImageModel, ...]
    skipped: int


def read_entries(entries: Iterable[object]) -> ReadEntries:
    """Read every image entry that can be used; one that cannot never breaks the list.

    Entries of other types (text, video and the like) are none of ours, and are not counted.
    """
    models: dict[ModelId, ImageModel] = {}
    skipped = 0
    for raw in entries:
        try:
            entry = ModelEntry.model_validate(raw)
            if entry.type in _KINDS:
                model = _model(entry)
                models[model.id] = model
        except ValueError:
            skipped += 1
    return ReadEntries(tuple(models.values()), skipped)


def _model(entry: ModelEntry) -> ImageModel:
    spec, constraints = entry.model_spec, entry.model_spec.constraints
    kind = ModelKind.CUTOUT if _CUTOUT_MARK in entry.id else _KINDS[entry.type]
    sizing = _sizing(entry.sizing, kind)
    steps = constraints.steps if isinstance(sizing, PixelSizing) else None
    qualities = tuple(_qualities(constraints.qualities))
    return ImageModel(
        id=ModelId(entry.id),
        name=spec.name or entry.id,
        kind=kind,
        sizing=sizing,
        prompt_limit=constraints.prompt_character_limit or DEFAULT_PROMPT_LIMIT,
        prices=_prices(spec.pricing, kind),
        qualities=qualities,
        default_quality=_default_quality(constraints, qualities),
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


def _sizing(constraints: SizingConstraints, kind: ModelKind) -> Sizing | None:
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
    divisor = constraints.width_height_divisor or DEFAULT_DIVISOR
    if not 1 <= divisor <= _LARGEST_DIVISOR:
        raise ValueError(divisor)
    return PixelSizing(divisor)


def _prices(pricing: Pricing, kind: ModelKind) -> PriceList:
    flat = pricing.inpaint if kind is ModelKind.EDIT else pricing.generation
    return PriceList(
        flat=_micros(flat),
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
        included_input_images=pricing.input_images.included if pricing.input_images else 1,
        additional_input_image=_additional_input_image(pricing.input_images),
        upscale_by_scale=MappingProxyType(
            {
                int(scale[:-1]): price
                for scale, listed in pricing.upscale.items()
                if scale[:-1].isdecimal() and (price := _micros(listed)) is not None
            }
        ),
    )


def _additional_input_image(pricing: InputImagePricing | None) -> UsdMicros | None:
    """Nothing where input images are not priced at all; unknown where the price is missing."""
    return UsdMicros(0) if pricing is None else _micros(pricing.additional)


def _table(listed: Mapping[str, Price]) -> Mapping[str, UsdMicros]:
    return MappingProxyType(
        {key: price for key, entry in listed.items() if (price := _micros(entry)) is not None}
    )


def _micros(price: Price | None) -> UsdMicros | None:
    return None if price is None or price.usd is None else usd_micros(price.usd)


def _qualities(levels: Iterable[str]) -> Iterable[Quality]:
    return (Quality(level.lower()) for level in levels if level.lower() in set(Quality))


def _default_quality(constraints: Constraints, qualities: tuple[Quality, ...]) -> Quality | None:
    named = next(iter(_qualities([constraints.default_quality or ""])), None)
    return named if named in qualities else None


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
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
