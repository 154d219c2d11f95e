"""What the tests of the client are made of."""

import asyncio
import io
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image

from bot.domain.asking.request import Recipe
from bot.domain.ids import ModelId
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.sizing import PixelSize
from bot.venice import BearerKey, GenerateImageRequest, Timeouts, VeniceClient
from tests.clock import NOON

KEY = "demo-key"
"""The key that the stand-in takes."""

PATIENT = Timeouts(connect_s=60, quiet_s=60, total_s=120)


class SkippingClock:
    """A clock on which every wait is over at once, and is remembered."""

    def __init__(self, start: datetime = NOON) -> None:
        self._now = start
        self.waits_s: list[float] = []

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._now.timestamp()

    async def sleep(self, seconds: float) -> None:
        self.waits_s.append(seconds)
        self.skip(seconds)
        await asyncio.sleep(0)

    def skip(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


def make_client(base_url: str, clock: SkippingClock, **overrides: Any) -> VeniceClient:
    settings: dict[str, Any] = {
        "base_url": base_url,
        "credentials": BearerKey(KEY),
        "clock": clock,
        "chance": lambda: 0.5,
        "timeouts": PATIENT,
    }
    return VeniceClient(**(settings | overrides))


def make_request(**overrides: Any) -> GenerateImageRequest:
    fields: dict[str, Any] = {
        "model": "z-image-turbo",
        "prompt": "a fox in the snow",
        "safe_mode": True,
        "width": 128,
        "height": 96,
        "seed": 7,
    }
    return GenerateImageRequest(**(fields | overrides))


def make_recipe(**overrides: Any) -> Recipe:
    fields: dict[str, Any] = {
        "prompt": "a fox in the snow",
        "model": ModelId("z-image-turbo"),
        "model_name": "Z-Image Turbo",
        "size": PixelSize(128, 96),
        "safe_mode": True,
    }
    return Recipe(**(fields | overrides))


def make_picture(width: int = 320, height: int = 240, image_format: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(buffer, image_format)
    return buffer.getvalue()


def kept_nowhere(picture: StoredPicture) -> Path:
    """Where a painter finds no picture, because its recipes name none."""
    return Path("nowhere") / picture.sha256


async def settle() -> None:
    """Let every task that can run do so."""
    for _ in range(20):
        await asyncio.sleep(0)
