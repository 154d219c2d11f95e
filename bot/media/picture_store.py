"""Pictures on disk, each under the SHA-256 of its bytes.

The store is a cache of what the records name: it is bounded in bytes and in age, and gives up
what has not been used for the longest time first, but never what an unfinished job needs.
"""

import asyncio
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import structlog

from bot.domain.jobs.painting import PictureBody
from bot.domain.jobs.stored_picture import StoredPicture
from bot.media.syncing import PictureSync, put_on_disk

log = structlog.get_logger(__name__)

MAX_AGE_S = 30 * 24 * 3600.0
FRESH_S = 3600.0
"""A picture this young is kept whatever the limit: its job may not be recorded yet."""


@dataclass(frozen=True, slots=True)
class _Kept:
    path: Path
    size_bytes: int
    used_at_s: float


def picture_path(folder: Path, picture: StoredPicture) -> Path:
    """Where a picture lies in a store's folder, if it is still kept."""
    return folder / picture.sha256[:2] / picture.sha256


class PictureStore:
    """A folder of pictures; all its work is done in threads."""

    def __init__(self, folder: Path, *, limit_bytes: int) -> None:
        self._folder = folder
        self._incoming = folder / "incoming"
        self._limit_bytes = limit_bytes
        self._sync = PictureSync(folder)

    async def open(self) -> None:
        """Make the folder, and remove what interrupted writes and power cuts left behind."""
        await asyncio.to_thread(self._prepare)

    async def keep(self, body: PictureBody) -> StoredPicture:
        """Write a picture under its hash; it is put on disk a moment later.

        Raises:
            OSError: if it cannot be written.
        """
        picture = await asyncio.to_thread(self._keep, body)
        self._sync.note(self.path_of(picture))
        return picture

    async def keep_synced(self) -> None:
        """Put pictures on disk a moment after they were written, until cancelled."""
        await self._sync.run()

    def path_of(self, picture: StoredPicture) -> Path:
        """Where a picture lies, if it is still kept."""
        return picture_path(self._folder, picture)

    async def has(self, picture: StoredPicture) -> bool:
        """Whether a picture is still kept, and has its size."""
        return await asyncio.to_thread(self._has, picture)

    async def remove(self, picture: StoredPicture) -> None:
        """Let go of a picture, if it is still kept."""
        await asyncio.to_thread(self.path_of(picture).unlink, missing_ok=True)

    async def tidy(self, *, needed: frozenset[str]) -> int:
        """Remove what is too old or over the limit; `needed` hashes stay. Returns how many went."""
        return await asyncio.to_thread(self._tidy, needed, time.time())

    async def hashes(self, *, older_than_s: float) -> frozenset[str]:
        """Of all pictures that were written longer ago than that."""
        return await asyncio.to_thread(self._hashes, time.time() - older_than_s)

    async def remove_all(self, sha256s: frozenset[str]) -> None:
        """Let go of pictures that no record names, by their hashes."""
        await asyncio.to_thread(self._remove_all, sha256s)

    def _prepare(self) -> None:
        self._incoming.mkdir(parents=True, exist_ok=True)
        for left_over in self._incoming.iterdir():
            left_over.unlink()
        self._sync.remove_broken()

    def _keep(self, body: PictureBody) -> StoredPicture:
        incoming = self._incoming / secrets.token_hex(16)
        try:
            return self._keep_as(incoming, body)
        except OSError:
            incoming.unlink(missing_ok=True)
            raise

    def _keep_as(self, incoming: Path, body: PictureBody) -> StoredPicture:
        sha256 = body.write_to(incoming)
        picture = StoredPicture(
            sha256=sha256, content_type=body.content_type, size_bytes=body.size_bytes
        )
        path = self.path_of(picture)
        if path.exists():
            # It may be on the disk, and others count on it.
            put_on_disk(incoming)
        try:
            incoming.replace(path)
        except FileNotFoundError:
            path.parent.mkdir(exist_ok=True)
            incoming.replace(path)
        return picture

    def _has(self, picture: StoredPicture) -> bool:
        try:
            return self.path_of(picture).stat().st_size == picture.size_bytes
        except FileNotFoundError:
            return False

    def _hashes(self, written_by_s: float) -> frozenset[str]:
        return frozenset(
            path.name for path in self._folder.glob("??/*") if path.stat().st_mtime <= written_by_s
        )

    def _remove_all(self, sha256s: frozenset[str]) -> None:
        for sha256 in sha256s:
            (self._folder / sha256[:2] / sha256).unlink(missing_ok=True)

    def _tidy(self, needed: frozenset[str], now_s: float) -> int:
        kept = sorted(self._all(), key=lambda picture: picture.used_at_s)
        total = sum(picture.size_bytes for picture in kept)
        removed = 0
        for picture in kept:
            age_s = now_s - picture.used_at_s
            over = total > self._limit_bytes and age_s > FRESH_S
            if picture.path.name in needed or not (over or age_s > MAX_AGE_S):
                continue
            picture.path.unlink(missing_ok=True)
            total -= picture.size_bytes
            removed += 1
        if removed:
            log.info("pictures_removed", count=removed, left_bytes=total)
        return removed

    def _all(self) -> Iterator[_Kept]:
        for path in self._folder.glob("??/*"):
            status = path.stat()
            yield _Kept(path, status.st_size, max(status.st_mtime, status.st_atime))
