"""Pictures on their way to Discord: made to fit, opened off the loop, uploaded once."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, replace

import discord

from bot.domain.ids import ImageId
from bot.domain.jobs.uploads import file_allowances
from bot.services.ports import ShownImage
from bot.services.tools.picture_ports import SmallerCopies
from bot.text.results.result import alt_text
from bot.ui.results.picture_files import file_name

Upload = discord.File | discord.Attachment


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
                files.append(await _opened(fitting, alt_text(description), stack))
            yield Load(tuple(shown), tuple(files))

    async def _fitted(
        self, item: ShownImage, limit_bytes: int, stack: contextlib.AsyncExitStack
    ) -> ShownImage:
        if _size_bytes(item) <= limit_bytes:
            return item
        copying = self._copies.copy(item.path, limit_bytes=limit_bytes)
        return replace(item, copy=await stack.enter_async_context(copying))


async def _opened(
    item: ShownImage, description: str, stack: contextlib.AsyncExitStack
) -> discord.File:
    path = item.copy.path if item.copy is not None else item.path
    file = await asyncio.to_thread(
        discord.File, path, filename=file_name(item), description=description
    )
    stack.callback(file.close)
    return file


def _size_bytes(item: ShownImage) -> int:
    assert item.image.picture is not None  # noqa: S101 - shown images have one
    return item.image.picture.size_bytes
