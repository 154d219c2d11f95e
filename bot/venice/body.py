"""Bodies of answers: in memory while a budget lasts, else in a temporary file.

Chunks are kept as they came: nothing is joined, copied or encoded on the way to disk.
"""

import asyncio
import hashlib
import os
import tempfile
from collections.abc import AsyncIterable, Iterator
from pathlib import Path
from typing import BinaryIO

DEFAULT_BUDGET_BYTES = 64 * 1024 * 1024
SPILL_BYTES = 256 * 1024
"""How much is written to disk at a time; each write is a trip to a thread."""

UNKNOWN_TYPE = "application/octet-stream"
"""What is said of bytes that are no picture the API makes."""

_COPY_BYTES = 1024 * 1024
_LONGEST_MAGIC = 12


class ByteBudget:
    """How many bytes all bodies in flight may keep in memory together."""

    def __init__(self, limit_bytes: int = DEFAULT_BUDGET_BYTES) -> None:
        self._free_bytes = limit_bytes

    def take(self, size_bytes: int) -> bool:
        """Take some of it, if there is that much."""
        if size_bytes > self._free_bytes:
            return False
        self._free_bytes -= size_bytes
        return True

    def give_back(self, size_bytes: int) -> None:
        """Return what was taken."""
        self._free_bytes += size_bytes


class SpooledBody:
    """The whole body of one answer. Whoever has it closes it."""

    def __init__(self, budget: ByteBudget) -> None:
        self._budget = budget
        self._chunks: list[bytes] = []
        self._kept_bytes = 0
        self._file: BinaryIO | None = None
        self.size_bytes = 0
        self._magic = b""

    @classmethod
    async def read_from(cls, chunks: AsyncIterable[bytes], budget: ByteBudget) -> "SpooledBody":
        """Spool a stream to its end; if that fails, nothing is kept."""
        body = cls(budget)
        try:
            async for chunk in chunks:
                await body._add(chunk)
            await body._flush()
        except BaseException:
            await body.aclose()
            raise
        return body

    @property
    def content_type(self) -> str:
        """What the bytes are by their first few, whatever the header said."""
        return _sniffed(self._magic)

    async def save_to(self, path: Path) -> str:
        """Write the bytes to a new file, safely on disk, and return their SHA-256 in hex.

        Raises:
            OSError: if they cannot be written.
        """
        return await asyncio.to_thread(self._save, path)

    async def read(self) -> bytes:
        """All the bytes."""
        return await asyncio.to_thread(lambda: b"".join(self._pieces()))

    async def aclose(self) -> None:
        """Let go of the bytes and of their share of the budget."""
        self._chunks.clear()
        self._budget.give_back(self._kept_bytes)
        self._kept_bytes = 0
        if self._file is not None:
            file, self._file = self._file, None
            await asyncio.to_thread(file.close)

    async def _add(self, chunk: bytes) -> None:
        self.size_bytes += len(chunk)
        if len(self._magic) < _LONGEST_MAGIC:
            self._magic += chunk[: _LONGEST_MAGIC - len(self._magic)]
        self._chunks.append(chunk)
        if self._file is None and self._budget.take(len(chunk)):
            self._kept_bytes += len(chunk)
            return
        if self._file is None:
            self._file = await asyncio.to_thread(tempfile.TemporaryFile)
            await self._flush()
        elif sum(map(len, self._chunks)) >= SPILL_BYTES:
            await self._flush()

    async def _flush(self) -> None:
        """Move what is in memory to the file, if there is one."""
        if self._file is None or not self._chunks:
            return
        chunks, self._chunks = self._chunks, []
        await asyncio.to_thread(self._file.writelines, chunks)
        self._budget.give_back(self._kept_bytes)
        self._kept_bytes = 0

    def _pieces(self) -> Iterator[bytes]:
        if self._file is None:
            yield from self._chunks
            return
        self._file.seek(0)
        while piece := self._file.read(_COPY_BYTES):
            yield piece

    def _save(self, path: Path) -> str:
        digest = hashlib.sha256()
        with path.open("xb") as file:
            for piece in self._pieces():
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        return digest.hexdigest()


def _sniffed(magic: bytes) -> str:
    if magic.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if magic.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if magic.startswith(b"RIFF") and magic[8:12] == b"WEBP":
        return "image/webp"
    return UNKNOWN_TYPE
