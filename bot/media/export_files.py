"""Files of exports: ZIP archives, written piece by piece in threads, never over their limit."""

import asyncio
import json
import secrets
import zipfile
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

from bot.domain.ids import ImageId
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.privacy import ExportRow, ExportTooLarge, PackedPart

_ENTRY_BYTES = 400
"""What a picture's name, twice, and its headers take in an archive, rounded up."""

_END_BYTES = 1_000

README = """What Gondola stores of you.

records/<table>.jsonl   one row a line, as JSON: the columns of the database's table by their
                        names. Moments are in UTC (ISO 8601); ids too large for many readers are
                        written as text. What lets the bot answer for some minutes is left out.
pictures/<id>.<type>    your pictures as they were painted, by the id that records/images.jsonl
                        and its job in records/jobs.jsonl have. Pictures are kept for at most 30
                        days after they were last used: the rest is no longer there.

A table without rows has an empty file. docs/privacy.md says what each table is for.
"""


class ExportFiles:
    """A folder of archives that wait to be sent."""

    def __init__(self, folder: Path, *, path_of: Callable[[StoredPicture], Path]) -> None:
        self._folder = folder
        self._path_of = path_of

    async def open(self) -> None:
        """Make the folder, and remove what an interrupted export left behind."""
        await asyncio.to_thread(self._prepare)

    async def pack(
        self,
        documents: AsyncIterator[tuple[str, Sequence[ExportRow]]] | None,
        pictures: Sequence[tuple[ImageId, StoredPicture]],
        *,
        limit_bytes: int,
    ) -> PackedPart:
        """Write one file of at most that many bytes, the documents first.

        Raises:
            ExportTooLarge: if the documents alone take more.
        """
        path = self._folder / f"{secrets.token_hex(16)}.zip"
        try:
            if documents is not None:
                await self._write_documents(path, documents, limit_bytes)
            return await asyncio.to_thread(self._add_pictures, path, pictures, limit_bytes)
        except BaseException:
            await asyncio.to_thread(path.unlink, missing_ok=True)
            raise

    async def discard(self, part: PackedPart) -> None:
        """Remove a file that was sent."""
        await asyncio.to_thread(part.path.unlink, missing_ok=True)

    async def _write_documents(
        self,
        path: Path,
        documents: AsyncIterator[tuple[str, Sequence[ExportRow]]],
        limit_bytes: int,
    ) -> None:
        await asyncio.to_thread(_write, path, "README.txt", README.encode())
        pending = path.with_suffix(".jsonl")
        try:
            current: str | None = None
            async for table, rows in documents:
                if current not in (None, table):
                    await asyncio.to_thread(_take_in, path, f"records/{current}.jsonl", pending)
                current = table
                await asyncio.to_thread(_append, pending, rows)
                size = await asyncio.to_thread(lambda: path.stat().st_size)
                if size > limit_bytes - _END_BYTES:
                    raise ExportTooLarge
            if current is not None:
                await asyncio.to_thread(_take_in, path, f"records/{current}.jsonl", pending)
        finally:
            await asyncio.to_thread(pending.unlink, missing_ok=True)
        if await asyncio.to_thread(lambda: path.stat().st_size) > limit_bytes:
            raise ExportTooLarge

    def _add_pictures(
        self,
        path: Path,
        pictures: Sequence[tuple[ImageId, StoredPicture]],
        limit_bytes: int,
    ) -> PackedPart:
        added = missing = 0
        last: ImageId | None = None
        more = False
        with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as archive:
            room = limit_bytes - _END_BYTES - path.stat().st_size
            for image_id, picture in pictures:
                source = self._path_of(picture)
                taken = picture.size_bytes + _ENTRY_BYTES
                fits_alone = taken <= limit_bytes - _END_BYTES
                if not fits_alone or not source.exists():
                    missing += 1
                elif taken > room:
                    more = True
                    break
                else:
                    kind = picture.content_type.removeprefix("image/")
                    archive.write(source, f"pictures/{image_id}.{kind}")
                    room -= taken
                    added += 1
                last = image_id
        return PackedPart(path=path, last_image=last, pictures=added, missing=missing, more=more)

    def _prepare(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for left_over in self._folder.iterdir():
            left_over.unlink()


def _write(path: Path, name: str, content: bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)


def _append(pending: Path, rows: Sequence[ExportRow]) -> None:
    with pending.open("a", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n")


def _take_in(path: Path, name: str, pending: Path) -> None:
    """Move what was gathered into the archive; the file is read in pieces."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.write(pending, name)
    pending.unlink()
