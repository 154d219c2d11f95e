"""The API's own names: requests that are checked before anything is sent, answers that may vary.

Fields and limits are those of the published contract (`POST /image/generate`).
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

ImageFormat = Literal["jpeg", "png", "webp"]
QualityLevel = Literal["low", "medium", "high"]
ModelType = Literal["image", "inpaint", "upscale", "all"]

_Seed = Annotated[int, Field(ge=-999_999_999, le=999_999_999)]
_Side = Annotated[int, Field(gt=0, le=1280)]
_Prompt = Annotated[str, Field(min_length=1, max_length=7_500)]


class _Request(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    def body(self) -> dict[str, Any]:
        """The JSON to send: only what was said."""
        return self.model_dump(mode="json", exclude_none=True)


class _Entry(BaseModel):
    """A part of a catalogue entry. Unknown fields are let be; null is the same as absent."""

    model_config = ConfigDict(
        frozen=True, extra="allow", alias_generator=to_camel, populate_by_name=True
    )

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return {key: item for key, item in value.items() if item is not None}


class StyleReference(_Request):
    """A picture whose look guides the result: base64, a data URI or a URL, below 8 MB."""

    image: str
    strength: Annotated[float, Field(ge=0.1, le=1)] | None = None


class GenerateImageRequest(_Request):
    """`POST /image/generate`. `safe_mode` has no default here: it is always said."""

    model: str
    prompt: _Prompt
    safe_mode: bool
    negative_prompt: Annotated[str, Field(max_length=7_500)] | None = None
    width: _Side | None = None
    height: _Side | None = None
    aspect_ratio: str | None = None
    resolution: str | None = None
    quality: QualityLevel | None = None
    seed: _Seed | None = None
    steps: Annotated[int, Field(ge=1)] | None = None
    cfg_scale: Annotated[float, Field(gt=0, le=20)] | None = None
    lora_strength: Annotated[int, Field(ge=0, le=100)] | None = None
    style_preset: str | None = None
    style_references: tuple[StyleReference, ...] | None = None
    format: ImageFormat | None = None
    variants: Annotated[int, Field(ge=1, le=4)] | None = None
    return_binary: bool | None = None
    embed_exif_metadata: bool | None = None
    hide_watermark: bool | None = None
    enable_web_search: bool | None = None
    enhance_prompt: bool | None = None
    disable_prompt_optimization_thinking: bool | None = None


class Price(_Entry):
    """A price in dollars."""

    usd: float | None = None


class InputImagePricing(_Entry):
    """How many input images are included, and what each further one costs."""

    included: int = 1
    additional: Price = Price()


class Pricing(_Entry):
    """Every shape of price that the catalogue has shown."""

    generation: Price | None = None
    inpaint: Price | None = None
    resolutions: dict[str, Price] = Field(default_factory=dict)
    quality: dict[str, dict[str, Price]] = Field(default_factory=dict)
    upscale: dict[str, Price] = Field(default_factory=dict)
    input_images: InputImagePricing | None = None


class Steps(_Entry):
    """How many inference steps a model makes."""

    default: int | None = None
    max: int | None = None


class Constraints(_Entry):
    """What a model takes."""

    aspect_ratios: tuple[str, ...] = ()
    default_aspect_ratio: str | None = None
    resolutions: tuple[str, ...] = ()
    default_resolution: str | None = None
    qualities: tuple[str, ...] = ()
    default_quality: str | None = None
    prompt_character_limit: int | None = None
    width_height_divisor: int | None = None
    steps: Steps | None = None
    max_style_references: int = 0
    supports_style_reference_strength: bool = False
    max_input_images: int | None = None
    combine_images: bool = True


class DeprecationNotice(_Entry):
    """When a model goes, and what takes its place."""

    removes_at: str | None = None
    date: str | None = None
    replacement_model_id: str | None = None


class ModelSpec(_Entry):
    """What the catalogue says of a model."""

    name: str | None = None
    pricing: Pricing = Pricing()
    constraints: Constraints = Constraints()
    traits: tuple[str, ...] = ()
    privacy: str | None = None
    offline: bool = False
    uncensored: bool = False
    supports_web_search: bool = False
    supports_style_references: bool = False
    deprecation: DeprecationNotice | None = None


class ModelEntry(BaseModel):
    """One entry of `GET /models`."""

    model_config = ConfigDict(frozen=True, extra="allow", protected_namespaces=())

    id: str
    type: str
    model_spec: ModelSpec
