"""What is on offer: `GET /models`, its traits and legacy names, and the style presets."""

from collections.abc import Mapping

from aiohttp import web

from sandbox.venice.catalogue import ModelType
from sandbox.venice.credentials import bearer_key
from sandbox.venice.refusal import broken_rule
from sandbox.venice.visit import Visit

MODEL_TYPES = ("asr", "embedding", "image", "music", "text", "tts", "upscale", "inpaint", "video")
DEFAULT_TYPE = "text"
"""What the API lists where no type is asked for; the stand-in has none of it."""


async def list_models(visit: Visit) -> web.Response:
    """`GET /models?type=`: open to all; a key that is wrong is no matter."""
    kind = _asked_type(visit, extra=("all", "code"))
    models = [
        model for model in visit.backend.catalogue.listing if kind in {"all", str(model["type"])}
    ]
    return web.json_response({"object": "list", "type": kind, "data": models})


async def list_traits(visit: Visit) -> web.Response:
    """`GET /models/traits?type=`: trait → model id."""
    _check_key(visit)
    return _names(_asked_type(visit), visit.backend.catalogue.traits)


async def list_compatibility(visit: Visit) -> web.Response:
    """`GET /models/compatibility_mapping?type=`: legacy name → model id."""
    _check_key(visit)
    return _names(_asked_type(visit), visit.backend.catalogue.compatibility)


async def list_styles(visit: Visit) -> web.Response:
    """`GET /image/styles`: the exact names that `style_preset` takes."""
    _check_key(visit)
    return web.json_response({"object": "list", "data": list(visit.backend.catalogue.styles)})


def _check_key(visit: Visit) -> None:
    """These routes need no key, but a wrong one is a 401 in the contract."""
    key = bearer_key(visit.request.headers)
    if key is not None:
        visit.backend.credentials.check_key(key)


def _asked_type(visit: Visit, *, extra: tuple[str, ...] = ()) -> str:
    kind = visit.request.query.get("type", DEFAULT_TYPE)
    if kind not in (*MODEL_TYPES, *extra):
        raise broken_rule("type", f"Expected one of {', '.join((*MODEL_TYPES, *extra))}")
    return kind


def _names(kind: str, names: Mapping[ModelType, Mapping[str, str]]) -> web.Response:
    by_type: dict[str, Mapping[str, str]] = {str(known): found for known, found in names.items()}
    return web.json_response({"object": "list", "type": kind, "data": dict(by_type.get(kind, {}))})
