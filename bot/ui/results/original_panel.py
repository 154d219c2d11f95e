"""The answer that holds a picture as it was painted."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

import discord

from bot.services.results.originals import Original
from bot.text.results.result import alt_text, original_line
from bot.text.tools.tools import description_of
from bot.text.words import Words
from bot.ui.parts.panel import panel, small
from bot.ui.parts.style import CANAL
from bot.ui.results.picture_files import original_name


@dataclass(frozen=True, slots=True)
class OriginalMessage:
    """A message, and the picture that it attaches."""

    view: discord.ui.LayoutView
    file: discord.File


def original_panel(original: Original, words: Words) -> discord.ui.LayoutView:
    """The picture, and what it is."""
    item = discord.MediaGalleryItem(
        f"attachment://{original_name(original.image)}",
        description=alt_text(description_of(original.job.request, words)),
        spoiler=original.covered,
    )
    gallery: discord.ui.MediaGallery[discord.ui.LayoutView] = discord.ui.MediaGallery(item)
    return panel(gallery, small([original_line(original.image, words)]), colour=CANAL)


@contextlib.asynccontextmanager
async def original_message(original: Original, words: Words) -> AsyncIterator[OriginalMessage]:
    """The message with its file, opened and closed off the loop."""
    file = await asyncio.to_thread(
        discord.File,
        original.path,
        filename=original_name(original.image),
        description=alt_text(description_of(original.job.request, words)),
    )
    try:
        yield OriginalMessage(original_panel(original, words), file)
    finally:
        file.close()
