"""Bodies of answers: in memory while a budget lasts, else in a temporary file.

Chunks are kept as they came: nothing is joined, copied or encoded on the way to disk.
"""

import asyncio
import contextlib
import hashlib
import tempfile
from collections.abc import AsyncIterable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from bot.venice.sniffing import MAGIC_BYTES, content_type_of

DEFAULT_BUDGET_BYTES = 64 * 1024 * 1024
SPILL_BYTES = 128 * 1024
"""How much a spilled body gathers before it is written; each write is a trip to a thread."""

OPEN_REQUEST_BYTES = 640 * 1024
"""What a request on its way may take beside its body: the connection's buffers, the chunk that
was just read, and the one that is being written. As measured by `make bench`."""

_COPY_BYTES = 1024 * 1024
_SPILL_SHARE = 4


class ByteBudget:
    """How many bytes all bodies in flight may keep in memory together.

    A quarter is left for what spilled bodies gather between two writes, so that bodies that stay
    in memory do not slow down those that cannot. Requests on their way count before their first
    byte is there: many at once leave bodies less room, and what has none goes to disk.
    """

    def __init__(self, limit_bytes: int = DEFAULT_BUDGET_BYTES) -> None:
        self._limit_bytes = limit_bytes
        self._taken_bytes = 0

    @property
    def taken_bytes(self) -> int:
        """How many bytes are in memory now."""
        return self._taken_bytes

    def take(self, size_bytes: int, *, to_spill: bool) -> bool:
        """Take some of it, if there is that much for this purpose."""
        share_bytes = 0 if to_spill else self._limit_bytes // _SPILL_SHARE
        if self._taken_bytes + size_bytes > self._limit_bytes - share_bytes:
            return False
        self._taken_bytes += size_bytes
        return True

    @contextlib.contextmanager
    def open_request(self) -> Iterator[None]:
        """Count a request's buffers while it is on its way, whether there is room or not."""
        self._taken_bytes += OPEN_REQUEST_BYTES
        try:
            yield
        finally:
            self.give_back(OPEN_REQUEST_BYTES)

    def give_back(self, size_bytes: int) -> None:
        """Return what was taken."""
        self._taken_bytes -= size_bytes


class SpooledBody:
    """The whole body of one answer. Whoever has it closes it."""

    def __init__(self, budget: ByteBudget) -> None:
        self._budget = budget
        self._chunks: list[bytes] = []
        self._gathered_bytes = 0
        self._taken_bytes = 0
        self._file: BinaryIO | None = None
        self._size_bytes = 0
        self._magic = b""

    @classmethod
    async def read_from(cls, chunks: AsyncIterable[bytes], budget: ByteBudget) -> "SpooledBody":
        """Spool a stream to its end; if that fails, nothing is kept."""
        body = cls(budget)
        try:
            async for chunk in chunks:
                if not body._keep(chunk):
                    await body._spill()
            if body._file is not None:
                await body._spill()
        except BaseException:
            await body.aclose()
            raise
        return body

    @classmethod
    async def of(cls, pieces: Iterable[bytes], budget: ByteBudget) -> "SpooledBody":
        """Spool bytes that are at hand."""

        async def one_by_one() -> AsyncIterable[bytes]:
            for piece in pieces:
                yield piece

        return await cls.read_from(one_by_one(), budget)

    @property
    def size_bytes(self) -> int:
        """How many bytes there are."""
        return self._size_bytes

    @property
    def content_type(self) -> str:
        """What the bytes are by their first few, whatever the header said."""
        return content_type_of(self._magic)

    @property
    def is_on_disk(self) -> bool:
        """Whether the bytes are in a temporary file."""
        return self._file is not None

    def write_to(self, path: Path) -> str:
        """Write the bytes to a new file and return their SHA-256 in hex. For a thread.

        Raises:
            OSError: if they cannot be written; nothing is left behind.
        """
        digest = hashlib.sha256()
        with path.open("xb") as file:
            try:
                for piece in self._pieces():
                    digest.update(piece)
                    file.write(piece)
                file.flush()
            except OSError:
                path.unlink()
                raise
        return digest.hexdigest()

    async def read(self) -> bytes:
        """All the bytes."""
        return await asyncio.to_thread(lambda: b"".join(self._pieces()))

    async def aclose(self) -> None:
        """Let go of the bytes and of their share of the budget."""
        self._let_go_of_memory()
        if self._file is not None:
            file, self._file = self._file, None
            await asyncio.to_thread(file.close)

    def _keep(self, chunk: bytes) -> bool:
        """Put a chunk into memory; whether what is there may stay."""
        self._size_bytes += len(chunk)
        if len(self._magic) < MAGIC_BYTES:
            self._magic += chunk[: MAGIC_BYTES - len(self._magic)]
        self._chunks.append(chunk)
        self._gathered_bytes += len(chunk)
        if not self._budget.take(len(chunk), to_spill=self._file is not None):
            return False
        self._taken_bytes += len(chunk)
        return self._file is None or self._gathered_bytes < SPILL_BYTES

    async def _spill(self) -> None:
        """Move what is in memory to the file."""
        if self._file is None:
            self._file = await asyncio.to_thread(tempfile.TemporaryFile)
        await asyncio.to_thread(self._file.writelines, self._chunks)
        self._let_go_of_memory()

    def _let_go_of_memory(self) -> None:
        self._chunks = []
        self._gathered_bytes = 0
        self._budget.give_back(self._taken_bytes)
        self._taken_bytes = 0

    def _pieces(self) -> Iterator[bytes]:
        if self._file is None:
            yield from self._chunks
            return
        self._file.seek(0)
        while piece := self._file.read(_COPY_BYTES):
            yield piece
