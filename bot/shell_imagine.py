"""`python -m bot imagine`: one picture from the shell, by the same rules and the same client."""

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from bot.domain.asking.request import ImageRequest
from bot.domain.asking.seeds import wished_seed
from bot.domain.errors import GondolaError
from bot.domain.jobs.failure import PaintingError
from bot.domain.models.pricing import price_of_image
from bot.services.asking.intake import random_seed
from bot.services.asking.recipes import Draft, RecipeBook
from bot.services.ports import Painter
from bot.settings import Settings
from bot.text.errors import explain
from bot.text.format import money
from bot.text.words import words_for
from bot.venice import SystemClock
from bot.wiring.backend import open_backend

DEFAULT_PATH = Path("gondola.webp")

_TICK_S = 1.0


class ImagineError(Exception):
    """No picture was made; the message is for the terminal."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the shell asks for, and where the picture goes."""

    request: ImageRequest
    path: Path


async def imagine(settings: Settings, order: Order) -> str:
    """Paint one picture into a file, which is overwritten; returns a line about it.

    Raises:
        ImagineError: if it cannot be painted or written.
    """
    if not settings.can_paint:
        raise ImagineError("VENICE_API_KEY is not set. See .env.example.")
    words = words_for("en")
    clock = SystemClock()
    async with open_backend(settings, clock) as backend:
        catalogue = backend.catalogue
        try:
            draft = RecipeBook(catalogue, default_model=settings.default_model).draft(order.request)
            seed = wished_seed(order.request.seed) or random_seed()
        except GondolaError as error:
            raise ImagineError(explain(error, words)) from error
        async with _progress_line(clock):
            await _paint(backend.painter, draft, seed, order.path)
    recipe = draft.recipe
    price = money(words, price_of_image(draft.model, recipe.size, recipe.quality))
    return f"{recipe.model_name} · {recipe.size} · seed {seed} · {price} · {order.path}"


async def _paint(painter: Painter, draft: Draft, seed: int, path: Path) -> None:
    """The file's folder is written to first, so that no picture is paid for in vain."""
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as beside:
            whole = Path(beside) / "picture"
            await _paint_into(whole, painter, draft, seed)
            whole.replace(path)
    except OSError as error:
        raise ImagineError(f"{path} cannot be written: {error.strerror}") from error


async def _paint_into(path: Path, painter: Painter, draft: Draft, seed: int) -> None:
    try:
        painting = await painter.paint(draft.recipe, seed=seed, before_send=_nothing)
    except PaintingError as error:
        failure = error.failure
        reason = failure.reason.value.replace("_", " ")
        raise ImagineError(f"{failure.detail or 'no detail'} ({reason})") from error
    try:
        if painting.signals.content_violation:
            raise ImagineError("The image service found that this breaks its content rules.")
        await asyncio.to_thread(painting.body.write_to, path)
    finally:
        await painting.body.aclose()


@contextlib.asynccontextmanager
async def _progress_line(clock: SystemClock) -> AsyncIterator[None]:
    """Elapsed seconds on standard error, where that is a terminal; the line is cleared after."""
    if not sys.stderr.isatty():
        yield
        return

    async def tick() -> None:
        started_s = clock.monotonic()
        while True:
            print(f"\rPainting … {clock.monotonic() - started_s:.0f} s", end="", file=sys.stderr)  # noqa: T201 - for the terminal
            sys.stderr.flush()
            await clock.sleep(_TICK_S)

    ticking = asyncio.create_task(tick(), name="progress-line")
    try:
        yield
    finally:
        ticking.cancel()
        await asyncio.wait([ticking])
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)  # noqa: T201 - for the terminal


async def _nothing() -> None:
    """Nothing is written down before sending: the shell keeps no jobs."""
