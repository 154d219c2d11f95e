"""The gallery in which a member votes, seen by that member alone."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from typing import Any

import discord

from bot.domain.contests.contest import entry_target
from bot.services.contests.voting import GalleryEntry, GalleryPage
from bot.text.contests import contests as text
from bot.text.library.library import page_number
from bot.text.words import Words
from bot.ui.library.pager import pager
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.panel import panel, small
from bot.ui.parts.style import CANAL, ICON_CONTEST, ICON_NOTE, ICON_UPVOTE

CONTEST_BACK = "contest_back"
CONTEST_ONWARDS = "contest_onwards"
CONTEST_VOTE = "contest_vote"

Part = str | discord.ui.Item[Any]


def gallery_panel(page: GalleryPage, words: Words) -> discord.ui.LayoutView:
    """A page of entries by their numbers, without names and counts, with a button for each."""
    return panel(*_parts(page, words), colour=CANAL)


@contextlib.asynccontextmanager
async def entry_files(page: GalleryPage, words: Words) -> AsyncIterator[list[discord.File]]:
    """The page's pictures as uploads, opened and closed off the loop."""
    files = [
        await asyncio.to_thread(
            discord.File,
            entry.thumbnail,
            filename=_file_name(entry),
            description=text.entry_name(entry.number, words),
        )
        for entry in page.entries
        if entry.thumbnail is not None
    ]
    try:
        yield files
    finally:
        for file in files:
            file.close()


def _parts(page: GalleryPage, words: Words) -> Iterator[Part]:
    heading = text.gallery_heading(page.total, page.approved, words)
    yield f"{ICON_CONTEST} **{text.heading(page.contest, words)}**\n{heading}"
    shown = [entry for entry in page.entries if entry.thumbnail is not None]
    if shown:
        yield discord.ui.MediaGallery(*(_item(page, entry, words) for entry in shown))
    if page.entries:
        yield small([text.gallery_hint(words), *_notes(page, words)])
        yield discord.ui.ActionRow(*(_button(page, entry) for entry in page.entries))
    else:
        yield f"{ICON_NOTE} {text.nothing_here(words)}"
    if page.pages > 1:
        yield small([page_number(page.number + 1, page.pages, words)])
        yield _pager(page, words)


def _item(page: GalleryPage, entry: GalleryEntry, words: Words) -> discord.MediaGalleryItem:
    return discord.MediaGalleryItem(
        f"attachment://{_file_name(entry)}",
        description=text.entry_name(entry.number, words),
        spoiler=page.covered,
    )


def _notes(page: GalleryPage, words: Words) -> Iterator[str]:
    for entry in page.entries:
        if entry.is_own:
            yield text.own_entry(entry.number, words)
        if entry.thumbnail is None:
            yield text.not_kept(entry.number, words)


def _button(page: GalleryPage, entry: GalleryEntry) -> ActionButton:
    style = discord.ButtonStyle.success if entry.approved else discord.ButtonStyle.secondary
    look = ButtonLook(f"#{entry.number}", ICON_UPVOTE, style, disabled=entry.is_own)
    return ActionButton(CONTEST_VOTE, entry_target(page.contest.id, entry.number), look)


def _pager(page: GalleryPage, words: Words) -> discord.ui.ActionRow[Any]:
    contest_id = page.contest.id
    back = entry_target(contest_id, page.number - 1) if page.number > 0 else None
    goes_on = page.number + 1 < page.pages
    onwards = entry_target(contest_id, page.number + 1) if goes_on else None
    return pager(words, back=(CONTEST_BACK, back), onwards=(CONTEST_ONWARDS, onwards))


def _file_name(entry: GalleryEntry) -> str:
    """By the number: a name with the seed or the id would tell which result it is."""
    return f"entry-{entry.number}.webp"
