"""The lists that need no key: models, traits, legacy names and styles."""

from collections.abc import Mapping
from typing import Literal

from pydantic import JsonValue

from bot.venice.wire.base import ApiAnswer

ModelType = Literal["image", "inpaint", "upscale", "all"]


class ModelList(ApiAnswer):
    """The answer of `GET /models`: entries as they came; `bot.venice.entries` reads them."""

    data: tuple[JsonValue, ...]


class ModelNames(ApiAnswer):
    """The answer of `GET /models/traits` and `/models/compatibility_mapping`: name to model id."""

    data: Mapping[str, str]


class StyleList(ApiAnswer):
    """The answer of `GET /image/styles`: the presets, exact to the letter's case."""

    data: tuple[str, ...]
