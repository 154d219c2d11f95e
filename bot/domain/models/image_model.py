"""What a model of the image API can do and what it costs, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from bot.domain.ids import ModelId
from bot.domain.money import UsdMicros

MAX_SIDE_PX = 1280
"""The longest side that a pixel-sized model accepts (Venice, POST /image/generate)."""


class ModelKind(StrEnum):
    """What a model is for."""

    GENERATE = "generate"
    EDIT = "edit"
    UPSCALE = "upscale"
    CUTOUT = "cutout"


class Quality(StrEnum):
    """Quality levels of the models that list any."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class PixelSizing:
    """The model takes `width` and `height`, each up to `max_side` and a multiple of `divisor`."""

    divisor: int
    max_side: int = MAX_SIDE_PX


@dataclass(frozen=True, slots=True)
class RatioSizing:
    """The model takes one `aspect_ratio` of its list and nothing else."""

    ratios: tuple[str, ...]
    default_ratio: str | None = None


@dataclass(frozen=True, slots=True)
class TierSizing:
    """The model takes one `aspect_ratio` and one `resolution`, each of its own list."""

    ratios: tuple[str, ...]
    tiers: tuple[str, ...]
    default_ratio: str | None = None
    default_tier: str | None = None


Sizing = PixelSizing | RatioSizing | TierSizing


@dataclass(frozen=True, slots=True)
class PriceList:
    """Prices of one model in micro-dollars; what the catalogue does not say is absent or None.

    Tiers and quality levels are keyed in upper and lower case respectively, because the
    catalogue spells the same tier `1K` in one place and `1k` in another.
    """

    flat: UsdMicros | None = None
    by_tier: Mapping[str, UsdMicros] = field(default_factory=lambda: MappingProxyType({}))
    by_tier_and_quality: Mapping[tuple[str, Quality], UsdMicros] = field(
        default_factory=lambda: MappingProxyType({})
    )
    included_input_images: int = 1
    additional_input_image: UsdMicros | None = None
    upscale_by_scale: Mapping[int, UsdMicros] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Deprecation:
    """A model that will be removed, when, and what takes its place."""

    removes_at: datetime | None
    replacement: ModelId | None


@dataclass(frozen=True, slots=True)
class ImageModel:
    """One entry of the catalogue.

    `sizing` is None for models whose output follows their input (upscalers, cut-outs).
    `steps_max` is None where steps have no effect.
    """

    id: ModelId
    name: str
    kind: ModelKind
    sizing: Sizing | None
    prompt_limit: int
    prices: PriceList
    qualities: tuple[Quality, ...] = ()
    default_quality: Quality | None = None
    steps_default: int | None = None
    steps_max: int | None = None
    traits: frozenset[str] = frozenset()
    privacy: str | None = None
    uncensored: bool = False
    offline: bool = False
    web_search: bool = False
    max_style_references: int = 0
    style_reference_strength: bool = False
    max_input_images: int = 1
    combine_images: bool = True
    deprecation: Deprecation | None = None
