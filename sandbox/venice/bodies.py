"""Request bodies, as strict as the API's own validation.

A field that is not listed is an error, an explicit null is one unless the contract allows it,
and nothing is converted, save whole numbers written as `512.0`, which JSON does not tell apart
from `512`. Rules that depend on the model are in `sandbox.venice.rules`.
"""

from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

_T = TypeVar("_T")

ImageFormat = Literal["jpeg", "png", "webp"]
EditAspectRatio = Literal["auto", "1:1", "3:2", "16:9", "21:9", "9:16", "2:3", "3:4", "4:5"]
Quality = Literal["low", "medium", "high"]

MAX_SIDE_PX = 1280
MAX_SEED = 999_999_999


def _refuse_null(value: object) -> object:
    if value is None:
        raise ValueError("Expected a value, received null")
    return value


def _whole(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


Given = Annotated[_T | None, BeforeValidator(_refuse_null)]
"""May be left out, but not null."""

Integer = Annotated[int, BeforeValidator(_whole)]
ImageInput = bytes | str
"""An uploaded file's bytes, or the text that stands for an image: base64, data URI or URL."""


class _Body(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class StyleReference(_Body):
    """A picture whose look is to be followed."""

    image: str
    strength: Given[Annotated[float, Field(ge=0.1, le=1)]] = None


class GenerateBody(_Body):
    """`POST /image/generate`."""

    model: str
    prompt: Annotated[str, Field(min_length=1, max_length=7500)]
    negative_prompt: Given[Annotated[str, Field(max_length=7500)]] = None
    style_preset: Given[str] = None
    width: Given[Annotated[Integer, Field(gt=0, le=MAX_SIDE_PX)]] = None
    height: Given[Annotated[Integer, Field(gt=0, le=MAX_SIDE_PX)]] = None
    aspect_ratio: Given[str] = None
    resolution: Given[str] = None
    quality: Given[Quality] = None
    steps: Given[Integer] = None
    cfg_scale: Given[Annotated[float, Field(gt=0, le=20)]] = None
    lora_strength: Given[Annotated[Integer, Field(ge=0, le=100)]] = None
    seed: Given[Annotated[Integer, Field(ge=-MAX_SEED, le=MAX_SEED)]] = None
    variants: Given[Annotated[Integer, Field(ge=1, le=4)]] = None
    format: ImageFormat = "webp"
    return_binary: bool = False
    safe_mode: bool = True
    hide_watermark: bool = False
    embed_exif_metadata: bool = False
    enable_web_search: bool = False
    enhance_prompt: bool = False
    disable_prompt_optimization_thinking: bool = False
    style_references: tuple[StyleReference, ...] = Field(default=(), strict=False)
    inpaint: object = None


class GenerationsBody(_Body):
    """`POST /images/generations`, the OpenAI shape."""

    prompt: Annotated[str, Field(min_length=1, max_length=1500)]
    model: str = "default"
    n: Annotated[Integer, Field(ge=1, le=1)] | None = 1
    size: (
        Literal[
            "auto",
            "256x256",
            "512x512",
            "1024x1024",
            "1536x1024",
            "1024x1536",
            "1792x1024",
            "1024x1792",
        ]
        | None
    ) = "auto"
    response_format: Literal["b64_json", "url"] | None = "b64_json"
    output_format: ImageFormat = "png"
    moderation: Literal["low", "auto"] | None = "auto"
    background: Literal["transparent", "opaque", "auto"] | None = "auto"
    output_compression: Annotated[Integer, Field(ge=0, le=100)] | None = 100
    quality: Literal["auto", "high", "medium", "low", "hd", "standard"] | None = "auto"
    style: Literal["vivid", "natural"] | None = "natural"
    user: Given[str] = None


class _EditFields(_Body):
    prompt: Annotated[str, Field(min_length=1, max_length=32768)]
    aspect_ratio: Given[EditAspectRatio] = None
    resolution: Given[Annotated[str, Field(min_length=1, max_length=10)]] = None
    output_format: Given[Literal["jpeg", "jpg", "png", "webp"]] = None
    safe_mode: bool = True
    enhance_prompt: bool = False
    disable_prompt_optimization_thinking: bool = False


class EditBody(_EditFields):
    """`POST /image/edit`; `modelId` is the older name of `model`."""

    image: ImageInput
    model: Given[Annotated[str, Field(min_length=1)]] = None
    legacy_model: Given[Annotated[str, Field(min_length=1)]] = Field(default=None, alias="modelId")


class MultiEditBody(_EditFields):
    """`POST /image/multi-edit`; the first picture is the base."""

    images: tuple[ImageInput, ...] = Field(min_length=1, strict=False)
    model: Given[Annotated[str, Field(min_length=1)]] = Field(default=None, alias="modelId")
    quality: Given[Quality] = None


class UpscaleBody(BaseModel):
    """`POST /image/upscale`, the one route whose contract lets unknown fields pass."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True, allow_inf_nan=False)

    image: ImageInput
    scale: Annotated[float, Field(ge=2, le=4)] = 2
    creativity: float | None = 0.01


class BackgroundRemoveBody(_Body):
    """`POST /image/background-remove`; exactly one of the two."""

    image: Given[ImageInput] = None
    image_url: Given[str] = None
