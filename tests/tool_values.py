"""Requests and recipes of the image tools, each with room for what a test cares about."""

from typing import Any

from bot.domain.ids import ModelId
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.tools.recipes import BlendRecipe, CutOutRecipe, EditRecipe, UpscaleRecipe
from bot.domain.tools.request import (
    BlendRequest,
    CutOutRequest,
    EditRequest,
    SourcePicture,
    UpscaleRequest,
)


def make_stored(letter: str = "a", **overrides: Any) -> StoredPicture:
    values: dict[str, Any] = {
        "sha256": letter * 64,
        "content_type": "image/png",
        "size_bytes": 1_000,
    }
    return StoredPicture(**(values | overrides))


def make_source(**overrides: Any) -> SourcePicture:
    values: dict[str, Any] = {"picture": make_stored(), "width": 1024, "height": 768}
    return SourcePicture(**(values | overrides))


def make_edit(**overrides: Any) -> EditRequest:
    values: dict[str, Any] = {"source": make_source(), "prompt": "make it night"}
    return EditRequest(**(values | overrides))


def make_blend(count: int = 2, **overrides: Any) -> BlendRequest:
    sources = tuple(make_source(picture=make_stored("abcdefgh"[number])) for number in range(count))
    values: dict[str, Any] = {"sources": sources, "prompt": "both at one table"}
    return BlendRequest(**(values | overrides))


def make_upscale(**overrides: Any) -> UpscaleRequest:
    values: dict[str, Any] = {"source": make_source(known_safe=True), "scale": 2}
    return UpscaleRequest(**(values | overrides))


def make_cutout(**overrides: Any) -> CutOutRequest:
    values: dict[str, Any] = {"source": make_source(known_safe=True)}
    return CutOutRequest(**(values | overrides))


def make_edit_recipe(**overrides: Any) -> EditRecipe:
    values: dict[str, Any] = {
        "prompt": "make it night",
        "model": ModelId("firered-image-edit"),
        "model_name": "FireRed Edit",
        "inputs": (make_stored(),),
        "safe_mode": True,
    }
    return EditRecipe(**(values | overrides))


def make_blend_recipe(**overrides: Any) -> BlendRecipe:
    values: dict[str, Any] = {
        "prompt": "both at one table",
        "model": ModelId("firered-image-edit"),
        "model_name": "FireRed Edit",
        "inputs": (make_stored("a"), make_stored("b")),
        "safe_mode": True,
    }
    return BlendRecipe(**(values | overrides))


def make_upscale_recipe(**overrides: Any) -> UpscaleRecipe:
    values: dict[str, Any] = {
        "model": ModelId("upscaler"),
        "model_name": "Upscaler",
        "inputs": (make_stored(),),
        "scale": 2,
        "width": 2048,
        "height": 1536,
        "known_safe": True,
    }
    return UpscaleRecipe(**(values | overrides))


def make_cutout_recipe(**overrides: Any) -> CutOutRecipe:
    values: dict[str, Any] = {
        "model": ModelId("bria-bg-remover"),
        "model_name": "Background Remover",
        "inputs": (make_stored(),),
        "known_safe": True,
    }
    return CutOutRecipe(**(values | overrides))
