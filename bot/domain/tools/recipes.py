"""Tool requests after the model's rules and the channel's policy.

Edits and blends state `safe_mode`, as paintings do. The routes of upscaling and cutting out have
no such field and their answers carry no safety signals, so that those recipes say instead
whether their input is known to be safe: what is made of it is as safe.
"""

from dataclasses import dataclass
from typing import Literal

from bot.domain.asking.request import ImageFormat
from bot.domain.ids import ModelId
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.models.image_model import Quality
from bot.domain.tools.request import Scale, Tool


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRecipe:
    """How a picture is changed. Without an aspect ratio it keeps its own."""

    tool: Literal[Tool.EDIT] = Tool.EDIT
    prompt: str
    model: ModelId
    model_name: str
    inputs: tuple[StoredPicture, ...]
    safe_mode: bool
    aspect_ratio: str | None = None
    resolution: str | None = None
    image_format: ImageFormat = "webp"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlendRecipe:
    """How one picture is made of several; the first input is the base."""

    tool: Literal[Tool.BLEND] = Tool.BLEND
    prompt: str
    model: ModelId
    model_name: str
    inputs: tuple[StoredPicture, ...]
    safe_mode: bool
    aspect_ratio: str | None = None
    resolution: str | None = None
    quality: Quality | None = None
    image_format: ImageFormat = "webp"


@dataclass(frozen=True, slots=True, kw_only=True)
class UpscaleRecipe:
    """How much larger a picture is made, and its size then, in pixels."""

    tool: Literal[Tool.UPSCALE] = Tool.UPSCALE
    model: ModelId
    model_name: str
    inputs: tuple[StoredPicture, ...]
    scale: Scale
    width: int
    height: int
    known_safe: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOutRecipe:
    """Which picture is cut out."""

    tool: Literal[Tool.CUT_OUT] = Tool.CUT_OUT
    model: ModelId
    model_name: str
    inputs: tuple[StoredPicture, ...]
    known_safe: bool


ToolRecipe = EditRecipe | BlendRecipe | UpscaleRecipe | CutOutRecipe
