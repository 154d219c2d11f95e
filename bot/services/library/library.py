"""Leafing through pictures: a member's own, and those that a server has seen."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.ids import ChannelId, GuildId, ImageId
from bot.domain.library.browsing import (
    PICTURES_PER_PAGE,
    Direction,
    PictureEntry,
    PictureQuery,
    PictureScope,
    Shelf,
    Turn,
)
from bot.services.asking.plans import Place
from bot.services.library.pages import PageBook
from bot.services.library.ports import Thumbnails
from bot.services.ports import Policies
from bot.services.storage_ports import Storage, Transaction


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who leafs, where, and the channels whose pictures may be shown to all who read there."""

    place: Place
    channels: frozenset[ChannelId]


@dataclass(frozen=True, slots=True)
class PictureCard:
    """A picture on a page; without a thumbnail if it is no longer kept.

    `covered` is whether it lies behind a spoiler, by the rules of where it is shown or was.
    """

    entry: PictureEntry
    thumbnail: Path | None
    bookmarks: int
    covered: bool = False


@dataclass(frozen=True, slots=True)
class PicturePage:
    """A page of pictures, and whether there are others before and behind it."""

    id: str
    query: PictureQuery
    cards: tuple[PictureCard, ...]
    has_previous: bool
    has_next: bool


@dataclass(frozen=True, slots=True)
class _Found:
    entries: Sequence[PictureEntry]
    has_previous: bool
    has_next: bool


class LibraryService:
    """Opens pages of pictures and turns them."""

    def __init__(
        self, *, storage: Storage, policies: Policies, thumbnails: Thumbnails, pages: PageBook
    ) -> None:
        self._storage = storage
        self._policies = policies
        self._thumbnails = thumbnails
        self._pages = pages

    async def open(self, query: PictureQuery, viewer: Viewer) -> PicturePage:
        """The first page.

        Raises:
            NoServerHere: if a gallery is opened in direct messages.
        """
        scope = self._scope(query, viewer)
        async with self._storage.write() as tx:
            page_id = await self._pages.open(tx, viewer.place.user_id, query)
            found = await _first(tx, query, scope)
            bookmarks = await _bookmarks(tx, found)
        return await self._page(page_id, query, found, bookmarks, viewer.place)

    async def turn(self, page_id: str, turn: Turn, viewer: Viewer) -> PicturePage:
        """The page next to the one that a member sees, or the first if that one is gone.

        Raises:
            PageExpired: if the page was opened too long ago.
            PageOfAnother: if another member opened it.
            NoServerHere: if a gallery is leafed through in direct messages.
        """
        async with self._storage.read() as tx:
            query = await self._pages.find(tx, page_id, viewer.place.user_id, PictureQuery)
            scope = self._scope(query, viewer)
            found = await _next_to(tx, query, scope, turn)
            if not found.entries:
                found = await _first(tx, query, scope)
            bookmarks = await _bookmarks(tx, found)
        return await self._page(page_id, query, found, bookmarks, viewer.place)

    def _scope(self, query: PictureQuery, viewer: Viewer) -> PictureScope:
        """What this member may see here; asked anew at every turn."""
        place = viewer.place
        if query.shelf is Shelf.GALLERY:
            return scope_for_all(self._policies, viewer)
        safe_only = self._policies.of_place(place.guild_id, place.channel_id).safe_mode
        return PictureScope(safe_only=safe_only, user_id=place.user_id)

    async def _page(
        self,
        page_id: str,
        query: PictureQuery,
        found: _Found,
        bookmarks: Mapping[ImageId, int],
        place: Place,
    ) -> PicturePage:
        thumbnails = await asyncio.gather(
            *(self._thumbnails.of(entry.picture) for entry in found.entries)
        )
        cards = tuple(
            PictureCard(
                entry,
                thumbnail,
                bookmarks.get(entry.image_id, 0),
                covered=is_covered(self._policies, place, entry.guild_id, entry.channel_id),
            )
            for entry, thumbnail in zip(found.entries, thumbnails, strict=True)
        )
        return PicturePage(page_id, query, cards, found.has_previous, found.has_next)


def scope_for_all(policies: Policies, viewer: Viewer) -> PictureScope:
    """What all may see who read where a member looks: galleries, leaderboards and examples.

    Raises:
        NoServerHere: in direct messages.
    """
    place = viewer.place
    safe_only = policies.of_place(place.server, place.channel_id).safe_mode
    return PictureScope(safe_only=safe_only, guild_id=place.server, channels=viewer.channels)


def is_covered(
    policies: Policies, place: Place, guild_id: GuildId | None, channel_id: ChannelId
) -> bool:
    """Whether a picture lies behind a spoiler, by the rules of where it is shown or was painted."""
    here = policies.of_place(place.guild_id, place.channel_id)
    return here.spoilers or policies.of_place(guild_id, channel_id).spoilers


async def _first(tx: Transaction, query: PictureQuery, scope: PictureScope) -> _Found:
    found = await tx.library.page(query, scope, turn=None, limit=PICTURES_PER_PAGE + 1)
    return _Found(found[:PICTURES_PER_PAGE], False, len(found) > PICTURES_PER_PAGE)


async def _next_to(tx: Transaction, query: PictureQuery, scope: PictureScope, turn: Turn) -> _Found:
    """One more than a page is asked for, to know whether there is another one behind it."""
    found = await tx.library.page(query, scope, turn=turn, limit=PICTURES_PER_PAGE + 1)
    goes_on = len(found) > PICTURES_PER_PAGE
    if turn.direction is Direction.BACK:
        return _Found(found[-PICTURES_PER_PAGE:], goes_on, True)
    return _Found(found[:PICTURES_PER_PAGE], True, goes_on)


async def _bookmarks(tx: Transaction, found: _Found) -> Mapping[ImageId, int]:
    return await tx.library.favourite_counts([entry.image_id for entry in found.entries])
