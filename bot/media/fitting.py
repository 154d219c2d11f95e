"""Pictures that are too large for their message, made to fit: one at a time, in a thread.

A copy lives as long as the message is on its way; the folder keeps nothing of a picture whose
record is deleted, and is emptied at each start.
"""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import structlog
from PIL import Image

from bot.domain.jobs.uploads import EncodingStep, SmallerCopy, first_step, next_step

log = structlog.get_logger(__name__)

_MODES = frozenset({"RGB", "RGBA"})
"""What the WebP format takes as it is; anything else is converted, which costs a second copy."""

_UNREADABLE = (ValueError, SyntaxError, Image.DecompressionBombError)
"""What Pillow raises for a picture that is none, or that is far too large; see also below."""


class PictureUnfitError(Exception):
    """A picture cannot be read, or whatever is done to it, it stays too large."""


class PictureFitter:
    """Makes smaller copies. One picture is decoded at a time in the whole process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._turn = asyncio.Semaphore(1)

    async def open(self) -> None:
        """Make the folder, and remove what an interrupted message left behind."""
        await asyncio.to_thread(self._prepare)

    @contextlib.asynccontextmanager
    async def copy(self, source: Path, *, limit_bytes: int) -> AsyncIterator[SmallerCopy]:
        """A copy of a picture that takes at most that many bytes, for as long as it is needed.

        Raises:
            FileNotFoundError: if the picture is no longer kept.
            PictureUnfitError: if no such copy can be made.
        """
        path = self._folder / f"{secrets.token_hex(16)}.webp"
        try:
            async with self._turn:
                size_bytes = await asyncio.to_thread(_write_fitting, source, path, limit_bytes)
            yield SmallerCopy(path, size_bytes)
        finally:
            await asyncio.to_thread(path.unlink, missing_ok=True)

    def _prepare(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for left_over in self._folder.iterdir():
            left_over.unlink()


def _write_fitting(source: Path, path: Path, limit_bytes: int) -> int:
    """Write the first copy that fits, and say how large it is."""
    try:
        with Image.open(source) as opened:
            return _first_that_fits(opened, path, limit_bytes)
    except _UNREADABLE as error:
        raise PictureUnfitError(f"{type(error).__name__}: {error}") from error
    except OSError as error:
        if error.errno is not None:
            raise
        # Without a number it is not the system's: so Pillow calls broken pictures.
        raise PictureUnfitError(f"{type(error).__name__}: {error}") from error


def _first_that_fits(opened: Image.Image, path: Path, limit_bytes: int) -> int:
    about = _kept_about(opened)
    whole = opened if opened.mode in _MODES else opened.convert(_mode_of(opened))
    step: EncodingStep | None = first_step(*whole.size)
    while step is not None:
        _scaled(whole, step.scale).save(path, "WEBP", quality=step.quality, **about)
        size_bytes = path.stat().st_size
        log.debug("picture_encoded", quality=step.quality, scale=step.scale, size_bytes=size_bytes)
        if size_bytes <= limit_bytes:
            return size_bytes
        step = next_step(step, size_bytes=size_bytes, limit_bytes=limit_bytes)
    raise PictureUnfitError(f"it does not fit into {limit_bytes} bytes")


def _scaled(whole: Image.Image, scale: float) -> Image.Image:
    if scale == 1:
        return whole
    width_px, height_px = (max(1, round(side_px * scale)) for side_px in whole.size)
    return whole.resize((width_px, height_px), Image.Resampling.LANCZOS)


def _mode_of(opened: Image.Image) -> str:
    """Cut-outs keep what is transparent."""
    return "RGBA" if opened.has_transparency_data else "RGB"


def _kept_about(opened: Image.Image) -> dict[str, Any]:
    """Colours look wrong without their profile; what the server lets be embedded stays."""
    return {name: opened.info[name] for name in ("icc_profile", "exif") if opened.info.get(name)}
