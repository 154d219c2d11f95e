"""The pages of `/history` and `/gallery`."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from typing import Any

import discord

from bot.domain.library.browsing import Direction, Shelf, Turn, turn_target
from bot.services.library.library import PictureCard, PicturePage
from bot.text.library import library as text
from bot.text.results.result import alt_text
from bot.text.words import Words
from bot.ui.library.pager import pager
from bot.ui.parts.panel import panel, quoted, small
from bot.ui.parts.style import CANAL, ICON_LIBRARY, ICON_NOTE

BACK = "pictures_back"
ONWARDS = "pictures_onwards"

_PROMPT_LENGTH = 160
"""Six prompts, escaped, and their details stay within a message's 4,000 characters."""


def library_panel(page: PicturePage, words: Words) -> discord.ui.LayoutView:
    """A page of pictures with its buttons."""
    heading = f"{ICON_LIBRARY} **{text.heading(page.query, words)}**"
    filters = text.filters(page.query, words)
    parts: list[str | discord.ui.Item[Any]] = [
        f"{heading}\n-# {filters}" if filters else heading,
        *_pictures(page, words),
    ]
    if page.has_previous or page.has_next:
        parts.append(_buttons(page, words))
    return panel(*parts, colour=CANAL)


@contextlib.asynccontextmanager
async def thumbnail_files(page: PicturePage) -> AsyncIterator[list[discord.File]]:
    """The page's thumbnails as uploads, opened and closed off the loop."""
    files = [
        await asyncio.to_thread(
            discord.File,
            card.thumbnail,
            filename=_file_name(card),
            description=alt_text(card.entry.prompt),
        )
        for card in page.cards
        if card.thumbnail is not None
    ]
    try:
        yield files
    finally:
        for file in files:
            file.close()


def _pictures(page: PicturePage, words: Words) -> Iterator[str | discord.ui.Item[Any]]:
    if not page.cards:
        yield f"{ICON_NOTE} {text.nothing_there(page.query, words)}"
    elif page.query.shelf is Shelf.HISTORY:
        for card in page.cards:
            yield _section(card, words)
    else:
        shown = [card for card in page.cards if card.thumbnail is not None]
        if shown:
            yield discord.ui.MediaGallery(*(_gallery_item(card, words) for card in shown))
        yield "\n".join(_gallery_line(card, words) for card in page.cards)


def _section(card: PictureCard, words: Words) -> str | discord.ui.Item[Any]:
    prompt = quoted(text.shown_in(card.entry, words), _PROMPT_LENGTH)
    said = f"**{prompt}**\n{small(_details(card, words))}"
    if card.thumbnail is None:
        return said
    thumbnail: discord.ui.Thumbnail[Any] = discord.ui.Thumbnail(
        f"attachment://{_file_name(card)}",
        description=alt_text(text.shown_in(card.entry, words)),
        spoiler=card.covered,
    )
    return discord.ui.Section(said, accessory=thumbnail)


def _gallery_item(card: PictureCard, words: Words) -> discord.MediaGalleryItem:
    return discord.MediaGalleryItem(
        f"attachment://{_file_name(card)}",
        description=alt_text(text.shown_in(card.entry, words)),
        spoiler=card.covered,
    )


def _gallery_line(card: PictureCard, words: Words) -> str:
    """Mentions show a name; messages of the bot mention nobody."""
    prompt = quoted(text.shown_in(card.entry, words), _PROMPT_LENGTH)
    return f"**{prompt}** <@{card.entry.user_id}>\n{small(_details(card, words))}"


def _details(card: PictureCard, words: Words) -> list[str]:
    lines = [text.details(card.entry, card.bookmarks, words)]
    if card.thumbnail is None:
        lines.append(text.no_longer_kept(words))
    return lines


def _buttons(page: PicturePage, words: Words) -> discord.ui.ActionRow[Any]:
    first, last = page.cards[0].entry.image_id, page.cards[-1].entry.image_id
    back = turn_target(page.id, Turn(Direction.BACK, first)) if page.has_previous else None
    onwards = turn_target(page.id, Turn(Direction.ONWARDS, last)) if page.has_next else None
    return pager(words, back=(BACK, back), onwards=(ONWARDS, onwards))


def _file_name(card: PictureCard) -> str:
    return f"gondola-{card.entry.image_id}.webp"
