"""What a power cut can do to pictures, made short and found out.

A picture is recorded and shown before the system has put it on the disk: that takes longer than
all else between its last byte and its message. It is put there a moment later. A mark in the
folder says up to when that was done, and at a start what is younger is held against its hash.
"""

import asyncio
import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)

SYNC_AFTER_S = 1.0
"""So long a picture waits, so that its message comes first and several are put on disk at once."""

MARK = "synced"
"""The file whose date says up to when all is on disk."""

_CLOCK_SLACK_S = 60.0
"""By so much the clock that marks may have been ahead of the one that dates files."""


class PictureSync:
    """Puts the pictures of a folder on disk. Each lies under its hash, in a folder of the store.

    What failed once is not tried again: the system may then say of a picture that it is on the
    disk, and be wrong. The mark stays where it is instead, and the next start looks.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._has_failed = False
        self._pending: list[Path] = []
        self._is_due = asyncio.Event()

    def note(self, path: Path) -> None:
        """Say that a picture was written."""
        self._pending.append(path)
        self._is_due.set()

    async def run(self) -> None:
        """Put on disk what is noted, until cancelled, and then what is left."""
        try:
            while True:
                await self._is_due.wait()
                await asyncio.sleep(SYNC_AFTER_S)
                await self.sync()
        finally:
            await self.sync()

    async def sync(self) -> None:
        """Put on disk what was noted so far; what fails is logged."""
        self._is_due.clear()
        paths, self._pending = self._pending, []
        await asyncio.to_thread(self._sync, paths)

    def remove_broken(self) -> None:
        """Remove what never came to the disk whole. For a thread."""
        mark = self._folder / MARK
        if not mark.exists():
            # What is there is of a version that waited for the disk.
            mark.touch()
            put_on_disk(mark)
            put_on_disk(self._folder)
            return
        synced_until_s = mark.stat().st_mtime - _CLOCK_SLACK_S
        for path in self._written_since(synced_until_s):
            if _is_whole(path):
                self._try(path)
                continue
            path.unlink(missing_ok=True)
            log.warning("picture_lost", sha256=path.name)

    def _written_since(self, moment_s: float) -> Iterator[Path]:
        for path in self._folder.glob("??/*"):
            # Another process may have let go of it.
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_mtime >= moment_s:
                    yield path

    def _sync(self, paths: Iterable[Path]) -> None:
        began_s = time.time()
        for path in paths:
            self._try(path)
        if not self._has_failed:
            self._mark(began_s)

    def _mark(self, until_s: float) -> None:
        try:
            os.utime(self._folder / MARK, (until_s, until_s))
        except OSError:
            self._has_failed = True
            log.exception("pictures_not_marked")

    def _try(self, path: Path) -> None:
        try:
            put_on_disk(path)
        except FileNotFoundError:
            return
        except OSError:
            self._has_failed = True
            log.exception("picture_not_synced", sha256=path.name)


def put_on_disk(path: Path) -> None:
    """Wait until a file, or a folder's list of files, is on the disk.

    Raises:
        OSError: if it is not there, or does not get there.
    """
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _is_whole(path: Path) -> bool:
    """Whether the disk has what the name says: after a failed sync the cache may say otherwise."""
    try:
        with path.open("rb") as file:
            if sys.platform == "linux":
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            return hashlib.file_digest(file, "sha256").hexdigest() == path.name
    except OSError:
        log.exception("picture_not_read", sha256=path.name)
        return False
