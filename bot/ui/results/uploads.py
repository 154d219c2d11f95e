"""Pictures on their way to Discord: made to fit, opened off the loop, uploaded once."""

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import discord

from bot.domain.ids import ImageId
from bot.domain.jobs.uploads import file_allowances
from bot.services.ports import ShownImage
from bot.services.tools.picture_ports import SmallerCopies
from bot.text.results.result import alt_text
from bot.ui.results.picture_files import file_name

Upload = discord.File | discord.Attachment

MOST_IN_MEMORY_BYTES = 8 * 1024 * 1024
"""How much of what is on its way may be in memory; the rest is read from disk as it is sent."""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A picture that a message has, and as what it was uploaded."""

    shown: ShownImage
    attachment: discord.Attachment


@dataclass(frozen=True, slots=True)
class Load:
    """What a message is to have: the pictures as they will be shown, and their files."""

    shown: tuple[ShownImage, ...]
    files: tuple[Upload, ...]

    def uploaded(self, message: discord.Message) -> dict[ImageId, Uploaded]:
        """What the message has, once it was sent."""
        there = {attachment.filename: attachment for attachment in message.attachments}
        return {
            item.image.id: Uploaded(item, there[file_name(item)])
            for item in self.shown
            if file_name(item) in there
        }


class Loader:
    """Makes pictures ready to be sent."""

    def __init__(self, copies: SmallerCopies) -> None:
        self._copies = copies
        self._in_memory_bytes = 0

    @contextlib.asynccontextmanager
    async def load(
        self,
        wanted: Iterable[ShownImage],
        there: Mapping[ImageId, Uploaded],
        *,
        description: str,
        file_limit_bytes: int,
    ) -> AsyncIterator[Load]:
        """The pictures as files that fit, each with a description.

        What is there already is kept as it is.

        Raises:
            OSError: if a picture is no longer kept.
            PictureUnfitError: if a picture is too large and cannot be made smaller.
        """
        wanted = tuple(wanted)
        new = [item for item in wanted if item.image.id not in there]
        sizes = [_size_bytes(item) for item in new]
        allowances = file_allowances(sizes, file_limit_bytes=file_limit_bytes)
        limits = {item.image.id: limit for item, limit in zip(new, allowances, strict=True)}
        async with contextlib.AsyncExitStack() as stack:
            shown: list[ShownImage] = []
            files: list[Upload] = []
            for item in wanted:
                if earlier := there.get(item.image.id):
                    # Whether it is covered is decided anew: the rules may have changed since.
                    shown.append(replace(earlier.shown, covered=item.covered))
                    files.append(earlier.attachment)
                    continue
                fitting = await self._fitted(item, limits[item.image.id], stack)
                shown.append(fitting)
                files.append(await self._opened(fitting, alt_text(description), stack))
            yield Load(tuple(shown), tuple(files))

    async def _fitted(
        self, item: ShownImage, limit_bytes: int, stack: contextlib.AsyncExitStack
    ) -> ShownImage:
        if _size_bytes(item) <= limit_bytes:
            return item
        copying = self._copies.copy(item.path, limit_bytes=limit_bytes)
        return replace(item, copy=await stack.enter_async_context(copying))

    async def _opened(
        self, item: ShownImage, description: str, stack: contextlib.AsyncExitStack
    ) -> discord.File:
        """Read whole in one trip to a thread while there is room; else a trip a piece."""
        path = item.copy.path if item.copy is not None else item.path
        size_bytes = item.copy.size_bytes if item.copy is not None else _size_bytes(item)
        content: Path | io.BytesIO = path
        if self._in_memory_bytes + size_bytes <= MOST_IN_MEMORY_BYTES:
            self._in_memory_bytes += size_bytes
            stack.callback(self._let_go, size_bytes)
            # Closed by name: `discord.File` leaves it in a cycle with itself, and the bytes in
            # memory until the next full collection.
            content = stack.enter_context(io.BytesIO(await asyncio.to_thread(path.read_bytes)))
        file = await _file(content, file_name(item), description)
        stack.callback(file.close)
        return file

    def _let_go(self, size_bytes: int) -> None:
        self._in_memory_bytes -= size_bytes


async def _file(content: Path | io.BytesIO, name: str, description: str) -> discord.File:
    make = partial(discord.File, content, filename=name, description=description)
    return make() if isinstance(content, io.BytesIO) else await asyncio.to_thread(make)


def _size_bytes(item: ShownImage) -> int:
    assert item.image.picture is not None  # noqa: S101 - shown images have one
    return item.image.picture.size_bytes
