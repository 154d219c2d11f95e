"""Painters and retouchers that a test directs."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.asking.request import Recipe
from bot.domain.gate.policy import SafetySignals
from bot.domain.jobs.failure import Billing, FailureReason, ImageFailure, PaintingError
from bot.domain.jobs.painting import Painting
from bot.domain.models.image_model import ImageModel
from bot.domain.tools.recipes import BlendRecipe, EditRecipe, ToolRecipe
from tests.services.models import (
    CUTTER,
    EDIT_MODEL,
    SINGLE_EDIT_MODEL,
    UNCENSORED_EDIT_MODEL,
    UPSCALER,
)

Paint = Callable[[int], Awaitable[Painting]]
"""Paints the picture of a seed."""

Retouch = Callable[[ToolRecipe], Awaitable[Painting]]
"""Does what a recipe says."""


class PlainBody:
    """A few bytes that stand for a picture."""

    content_type = "image/webp"

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.closed = False

    @property
    def size_bytes(self) -> int:
        return len(self._content)

    def write_to(self, path: Path) -> str:
        path.write_bytes(self._content)
        return hashlib.sha256(self._content).hexdigest()

    async def read(self) -> bytes:
        return self._content

    async def aclose(self) -> None:
        self.closed = True


def painting(seed: int, signals: SafetySignals | None = None) -> Painting:
    return Painting(
        body=PlainBody(f"picture {seed}".encode()),
        signals=signals or SafetySignals(blurred=False, content_violation=False),
        request_id=f"request-{seed}",
        duration_ms=1_200,
    )


async def paint_well(seed: int) -> Painting:
    return painting(seed)


def failing(
    reason: FailureReason, billing: Billing = Billing.NOT_BILLED, detail: str | None = None
) -> Paint:
    async def fail(_seed: int) -> Painting:
        raise PaintingError(ImageFailure(reason, billing, detail))

    return fail


@dataclass
class DirectedPainter:
    """Paints as the test says, and remembers what it was asked."""

    paint_one: Paint = paint_well
    orders: list[tuple[Recipe, int]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    async def paint(
        self, recipe: Recipe, *, seed: int, before_send: Callable[[], Awaitable[None]]
    ) -> Painting:
        self.orders.append((recipe, seed))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await before_send()
            return await self.paint_one(seed)
        finally:
            self.at_once -= 1


async def retouch_well(recipe: ToolRecipe) -> Painting:
    """What has no safe mode gives no signals."""
    has_signals = isinstance(recipe, EditRecipe | BlendRecipe)
    found_nothing = SafetySignals(blurred=False, content_violation=False)
    return painting(0, found_nothing if has_signals else SafetySignals())


@dataclass
class DirectedRetoucher:
    """Works on pictures as the test says, and remembers what it was asked."""

    retouch_one: Retouch = retouch_well
    orders: list[ToolRecipe] = field(default_factory=list)

    async def retouch(
        self, recipe: ToolRecipe, *, before_send: Callable[[], Awaitable[None]]
    ) -> Painting:
        self.orders.append(recipe)
        await before_send()
        return await self.retouch_one(recipe)


@dataclass
class ToolShelf:
    """A catalogue of a few models for tools."""

    editors: tuple[ImageModel, ...] = (EDIT_MODEL, SINGLE_EDIT_MODEL, UNCENSORED_EDIT_MODEL)
    larger: ImageModel | None = UPSCALER
    cutter: ImageModel | None = CUTTER

    def edit_models(self) -> tuple[ImageModel, ...]:
        return self.editors

    def find_edit_model(self, name: str) -> ImageModel | None:
        return next((model for model in self.editors if model.id == name), None)

    def upscaler(self) -> ImageModel | None:
        return self.larger

    def cutout_model(self) -> ImageModel | None:
        return self.cutter
