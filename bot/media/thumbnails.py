"""Pictures made small, for pages that show several: on disk, made in threads."""

import asyncio
import secrets
from collections.abc import Callable, Collection
from pathlib import Path

import structlog
from PIL import Image

from bot.domain.jobs.stored_picture import StoredPicture

log = structlog.get_logger(__name__)

LONGEST_SIDE_PX = 512
_QUALITY = 80
_AT_ONCE = 2
"""Decoding is work for a processor; more at once only take turns."""

UNREADABLE = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)
"""What Pillow raises for a picture that is none, or that is far too large."""


class ThumbnailStore:
    """A folder of thumbnails, each under the hash of its picture.

    A thumbnail outlives its picture in the picture store, which is bounded more narrowly, but not
    the record that names it.
    """

    def __init__(
        self, folder: Path, *, path_of: Callable[[StoredPicture], Path], limit_bytes: int
    ) -> None:
        self._folder = folder
        self._path_of = path_of
        self._limit_bytes = limit_bytes
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def of(self, picture: StoredPicture) -> Path | None:
        """A picture's thumbnail; None if the picture is no longer kept or cannot be read."""
        async with self._turns:
            return await asyncio.to_thread(self._of, picture)

    async def hashes(self) -> frozenset[str]:
        """Of which pictures there are thumbnails."""
        return await asyncio.to_thread(self._hashes)

    async def tidy(self, *, gone: Collection[str]) -> int:
        """Remove those of the pictures that are gone, and the least used over the limit."""
        return await asyncio.to_thread(self._tidy, frozenset(gone))

    def _of(self, picture: StoredPicture) -> Path | None:
        path = self._folder / f"{picture.sha256}.webp"
        if path.exists():
            path.touch()
            return path
        try:
            self._make(self._path_of(picture), path)
        except FileNotFoundError:
            return None
        except UNREADABLE:
            log.warning("thumbnail_not_made", sha256=picture.sha256, exc_info=True)
            return None
        return path

    def _make(self, source: Path, path: Path) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        incoming = self._folder / f"{secrets.token_hex(16)}.part"
        with Image.open(source) as opened:
            # Of a JPEG only as much is decoded as the thumbnail needs.
            opened.draft("RGB", (LONGEST_SIDE_PX, LONGEST_SIDE_PX))
            opened.thumbnail((LONGEST_SIDE_PX, LONGEST_SIDE_PX))
            mode = "RGBA" if opened.has_transparency_data else "RGB"
            small = opened.convert(mode)
        try:
            small.save(incoming, "WEBP", quality=_QUALITY)
            incoming.replace(path)
        finally:
            incoming.unlink(missing_ok=True)

    def _hashes(self) -> frozenset[str]:
        return frozenset(path.stem for path in self._folder.glob("*.webp"))

    def _tidy(self, gone: frozenset[str]) -> int:
        kept = [(path.stat(), path) for path in self._folder.glob("*.webp")]
        total = sum(status.st_size for status, _ in kept)
        removed = 0
        for status, path in sorted(kept, key=lambda each: each[0].st_mtime):
            if path.stem in gone or total > self._limit_bytes:
                path.unlink(missing_ok=True)
                total -= status.st_size
                removed += 1
        return removed
