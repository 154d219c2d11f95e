"""The models, styles and names that the stand-in offers.

The list itself is `catalogue.json`, in the shape of the API's own answers: one or more models of
each kind that a caller has to tell apart.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from sandbox.venice.refusal import refused

ModelType = Literal["image", "inpaint", "upscale"]
Quality = Literal["low", "medium", "high"]

DEFAULT_INPUT_IMAGES = 3
"""How many pictures a multi-edit takes where `maxInputImages` is absent."""


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True)


class Usd(_Facts):
    """A price in dollars."""

    usd: float


class Steps(_Facts):
    """How many inference steps a model takes."""

    default: int
    max: int


class Constraints(_Facts):
    """What a model takes; absent lists mean that it has no such choice."""

    prompt_character_limit: int
    aspect_ratios: tuple[str, ...] = ()
    default_aspect_ratio: str = "1:1"
    resolutions: tuple[str, ...] = ()
    default_resolution: str | None = None
    qualities: tuple[Quality, ...] = ()
    default_quality: Quality | None = None
    steps: Steps | None = None
    width_height_divisor: int = 1
    max_style_references: int = 0
    supports_style_reference_strength: bool = False
    combine_images: bool = True
    max_input_images: int | None = None


class InputImagesPrice(_Facts):
    """What pictures beyond the included ones cost."""

    included: int
    additional: Usd


class Pricing(_Facts):
    """A model's prices; each may be missing."""

    generation: Usd | None = None
    inpaint: Usd | None = None
    resolutions: Mapping[str, Usd] = {}
    quality: Mapping[str, Mapping[str, Usd]] = {}
    upscale: Mapping[str, Usd] = {}
    input_images: InputImagesPrice | None = None


class Deprecation(_Facts):
    """When a model goes, and what takes its place."""

    date: str
    replacement_model_id: str | None = None


class Spec(_Facts):
    """A model's description."""

    name: str
    offline: bool
    uncensored: bool = False
    pricing: Pricing
    constraints: Constraints | None = None
    deprecation: Deprecation | None = None
    supports_web_search: bool = False
    supports_style_references: bool = False


class Model(BaseModel):
    """One entry of `GET /models`."""

    model_config = ConfigDict(frozen=True)

    id: str
    type: ModelType
    model_spec: Spec

    @property
    def constraints(self) -> Constraints:
        """What it takes; only the upscaler publishes nothing."""
        return self.model_spec.constraints or Constraints(prompt_character_limit=0)

    @property
    def sized_in_pixels(self) -> bool:
        """Whether `width` and `height` size its pictures."""
        return not self.constraints.aspect_ratios

    @property
    def input_images(self) -> int:
        """How many pictures one edit may take."""
        if not self.constraints.combine_images:
            return 1
        return self.constraints.max_input_images or DEFAULT_INPUT_IMAGES


class _Document(BaseModel):
    models: list[Model]
    styles: list[str]
    traits: dict[ModelType, dict[str, str]]
    compatibility: dict[ModelType, dict[str, str]]
    retired: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the stand-in offers.

    Attributes:
        models: every model by its id.
        listing: the models as they are published.
        styles: the exact names that `style_preset` takes.
        traits: trait → model id, for each type.
        compatibility: legacy name → model id, for each type.
        retired: ids that once were, with what took their place.
    """

    models: Mapping[str, Model]
    listing: tuple[Mapping[str, object], ...]
    styles: tuple[str, ...]
    traits: Mapping[ModelType, Mapping[str, str]]
    compatibility: Mapping[ModelType, Mapping[str, str]]
    retired: Mapping[str, str | None]

    def find(self, name: str, kind: ModelType) -> Model | None:
        """The model of that type with this id, trait or legacy name."""
        model_id = self.traits[kind].get(name) or self.compatibility[kind].get(name) or name
        model = self.models.get(model_id)
        return model if model is not None and model.type == kind else None

    def require(self, name: str, kind: ModelType) -> Model:
        """The model of that type, online.

        Raises:
            Refusal: 404 if there is none (naming what replaced it, where something did), 503 if
                it is offline.
        """
        model = self.find(name, kind)
        if model is None:
            replacement = self.retired.get(name)
            if replacement is not None:
                raise refused(
                    404, f"The model {name} has been retired. Please use {replacement} instead."
                )
            raise refused(404, "Specified model not found")
        if model.model_spec.offline:
            raise refused(503, f"The model {model.id} is currently offline.")
        return model

    def default(self, kind: ModelType) -> Model:
        """The model behind the trait `default`."""
        return self.models[self.traits[kind]["default"]]


@cache
def load_catalogue() -> Catalogue:
    """Reads `catalogue.json`, once."""
    text = resources.files(__package__).joinpath("catalogue.json").read_text("utf-8")
    document = _Document.model_validate_json(text)
    return Catalogue(
        models={model.id: model for model in document.models},
        listing=tuple(json.loads(text)["models"]),
        styles=tuple(document.styles),
        traits=document.traits,
        compatibility=document.compatibility,
        retired=document.retired,
    )
