"""One entry of `GET /models`, in every shape that was seen.

What decides how a model is asked (its idiom of sizing) must be well-formed, else the entry is
of no use. All else falls back to its default where it is not what is expected.
"""

from typing import Annotated

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    field_validator,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core.core_schema import ValidationInfo

_Usd = Annotated[float, Field(ge=0, allow_inf_nan=False)]
_AtLeastOne = Annotated[int, Field(ge=1)]


class _Part(BaseModel):
    """A part of an entry. Unknown fields are let be; null is the same as absent."""

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        alias_generator=to_camel,
        populate_by_name=True,
        protected_namespaces=(),
    )

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return {key: item for key, item in value.items() if item is not None}


class _LenientPart(_Part):
    """A part whose fields fall back to their defaults where they are malformed."""

    @field_validator("*", mode="wrap")
    @classmethod
    def _else_default(
        cls, value: object, read: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> object:
        try:
            read_value: object = read(value)
        except ValidationError:
            field = cls.model_fields[str(info.field_name)]
            default: object = field.get_default(call_default_factory=True, validated_data={})
            return default
        return read_value


class Price(_LenientPart):
    """A price in dollars."""

    usd: _Usd | None = None


class InputImagePricing(_LenientPart):
    """How many input images are included, and what each further one costs."""

    included: int = 1
    additional: Price = Price()


class Pricing(_LenientPart):
    """Every shape of price that the catalogue has shown."""

    generation: Price | None = None
    inpaint: Price | None = None
    resolutions: dict[str, Price] = Field(default_factory=dict)
    quality: dict[str, dict[str, Price]] = Field(default_factory=dict)
    upscale: dict[str, Price] = Field(default_factory=dict)
    input_images: InputImagePricing | None = None


class Steps(_LenientPart):
    """How many inference steps a model makes."""

    default: _AtLeastOne | None = None
    max: _AtLeastOne | None = None


class SizingConstraints(_Part):
    """What says how a model is sized; malformed, nobody knows how to ask it."""

    aspect_ratios: tuple[str, ...] = ()
    default_aspect_ratio: str | None = None
    resolutions: tuple[str, ...] = ()
    default_resolution: str | None = None
    width_height_divisor: int | None = None


class Constraints(_LenientPart):
    """What else a model takes."""

    qualities: tuple[str, ...] = ()
    default_quality: str | None = None
    prompt_character_limit: _AtLeastOne | None = None
    steps: Steps = Steps()
    max_style_references: int = 0
    supports_style_reference_strength: bool = False
    max_input_images: _AtLeastOne | None = None
    combine_images: bool = True


class DeprecationNotice(_LenientPart):
    """When a model goes, and what takes its place."""

    removes_at: str | None = None
    date: str | None = None
    replacement_model_id: str | None = None


class ModelSpec(_LenientPart):
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


class _SizedSpec(_Part):
    constraints: SizingConstraints = SizingConstraints()


class ModelEntry(BaseModel):
    """One entry: its spec, read leniently, and how it is sized, read strictly."""

    model_config = ConfigDict(frozen=True, extra="ignore", protected_namespaces=())

    id: Annotated[str, Field(min_length=1)]
    type: str
    model_spec: ModelSpec
    sized: _SizedSpec

    @model_validator(mode="before")
    @classmethod
    def _read_twice(cls, value: object) -> object:
        return {**value, "sized": value.get("model_spec")} if isinstance(value, dict) else value

    @property
    def sizing(self) -> SizingConstraints:
        """What says how the model is sized."""
        return self.sized.constraints
