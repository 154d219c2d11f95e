"""Keeping a server's styles: for those who may manage the server."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from bot.domain.asking.choices import best_matches, nearest
from bot.domain.asking.wish import ImageWish
from bot.domain.errors import ManageServerNeeded, UnknownStyle
from bot.domain.ids import GuildId
from bot.domain.moderation.audit import Act
from bot.domain.preferences.preset import preset_key
from bot.domain.styles.errors import StyleExists, StylesFull
from bot.domain.styles.server_style import (
    MAX_SERVER_STYLES,
    ServerStyle,
    StyleDraft,
    StyleEntry,
    checked_draft,
    filled,
)
from bot.domain.styles.style_file import Exported, Imported, exported, read_file
from bot.services.asking.intake import new_id
from bot.services.asking.plans import Place
from bot.services.asking.proposals import Proposer
from bot.services.moderation.auditing import write_down
from bot.services.ports import Clock, ModelCatalogue
from bot.services.storage_ports import Storage
from bot.services.styles.book import ChangeStyle, StyleBook, change_style, save_all

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class StyleKeeper:
    """Who keeps the styles of which server; `may_manage` is Discord's Manage Server."""

    place: Place
    may_manage: bool

    @property
    def guild_id(self) -> GuildId:
        """The server.

        Raises:
            NoServerHere: if there is none.
        """
        return self.place.server

    def check(self) -> None:
        """Say whether they may.

        Raises:
            NoServerHere: if there is no server.
            ManageServerNeeded: if they may not manage it.
        """
        if self.guild_id and not self.may_manage:
            raise ManageServerNeeded


class StyleService:
    """Adds, renames, retires and restores styles. Refusals are answered from memory."""

    def __init__(
        self,
        *,
        storage: Storage,
        book: StyleBook,
        catalogue: ModelCatalogue,
        proposer: Proposer,
        clock: Clock,
    ) -> None:
        self._storage = storage
        self._book = book
        self._catalogue = catalogue
        self._proposer = proposer
        self._clock = clock

    def checked(self, draft: StyleDraft, keeper: StyleKeeper) -> StyleDraft:
        """A style that may be added, from memory alone.

        Raises:
            KeepingError: if they may not, its name is taken, or the template is wrong.
            MemberError: if nothing could be painted by it.
            NotServing: if no catalogue has been read yet.
        """
        keeper.check()
        self._check_room(keeper.guild_id, more=1)
        return self.suitable(draft, keeper.place)

    def suitable(self, draft: StyleDraft, place: Place) -> StyleDraft:
        """A style that could be one of the server's, whoever wrote it; from memory alone.

        Raises:
            KeepingError: if its name is taken, or the template is wrong.
            MemberError: if nothing could be painted by it.
            NotServing: if no catalogue has been read yet.
        """
        guild_id = place.server
        draft = checked_draft(draft)
        self._check_free(guild_id, draft.name)
        self._check_paintable(draft, place)
        return draft

    async def add(self, draft: StyleDraft, keeper: StyleKeeper) -> ServerStyle:
        """Add a style that was checked."""
        style = self._new(draft, keeper)
        await self._save([style], keeper, Act.STYLE_ADDED, style.name)
        log.info("style_added", guild_id=style.guild_id, style=style.id)
        return style

    async def rename(self, name: str, new_name: str, keeper: StyleKeeper) -> ServerStyle:
        """Give a style another name; its votes stay with it.

        Raises:
            KeepingError: if they may not, or a name is wrong.
        """
        keeper.check()
        style = self._book.get(keeper.guild_id, name)
        draft = checked_draft(replace(style.draft, name=new_name))
        if preset_key(draft.name) != preset_key(style.name):
            self._check_free(keeper.guild_id, draft.name)
        detail = f"now {draft.name}"
        return await self._changed(
            style,
            lambda now: replace(now, draft=replace(now.draft, name=draft.name)),
            keeper,
            Act.STYLE_RENAMED,
            detail,
        )

    async def retire(self, name: str, keeper: StyleKeeper) -> ServerStyle:
        """Offer a style no longer.

        Raises:
            KeepingError: if they may not, or there is none of that name.
        """
        keeper.check()
        style = self._book.get(keeper.guild_id, name)
        at = self._clock.now()
        return await self._changed(
            style, lambda now: replace(now, retired_at=at), keeper, Act.STYLE_RETIRED
        )

    async def restore(self, name: str, keeper: StyleKeeper) -> ServerStyle:
        """Offer a retired style again, from now on without an end.

        Raises:
            KeepingError: if they may not, or there is none of that name.
        """
        keeper.check()
        style = self._book.get(keeper.guild_id, name)
        return await self._changed(
            style,
            lambda now: replace(now, retired_at=None, offered_until=None),
            keeper,
            Act.STYLE_RESTORED,
        )

    def all(self, place: Place) -> Sequence[StyleEntry]:
        """A server's styles, the best by votes first, retired ones last.

        Raises:
            NoServerHere: if there is no server.
        """
        styles = self._book.of_server(place.server)
        return [
            StyleEntry(style, self._book.tally_of(style), len(self._book.references_of(style)))
            for style in styles
        ]

    def export(self, keeper: StyleKeeper) -> Exported:
        """A server's styles as a file.

        Raises:
            KeepingError: if they may not.
        """
        keeper.check()
        counts = {
            style: len(self._book.references_of(style))
            for style in self._book.of_server(keeper.guild_id)
        }
        return Exported(exported(counts), sum(counts.values()))

    async def import_file(self, content: bytes, keeper: StyleKeeper) -> Imported:
        """Add the styles of a file whose names are free here: all of them, or none.

        Raises:
            KeepingError: if they may not, or the file or one of its styles is wrong.
            MemberError: if nothing could be painted by one of them.
        """
        keeper.check()
        checked = [replace(filed, draft=checked_draft(filed.draft)) for filed in read_file(content)]
        filed = {preset_key(each.draft.name): each for each in checked}
        new = [each for each in filed.values() if self._is_free(keeper.guild_id, each.draft.name)]
        self._check_room(keeper.guild_id, more=len(new))
        for each in new:
            self._check_paintable(each.draft, keeper.place)
        if new:
            styles = [self._new(each.draft, keeper) for each in new]
            names = ", ".join(style.name for style in styles)
            detail = f"added={len(new)}, skipped={len(filed) - len(new)}"
            await self._save(styles, keeper, Act.STYLES_IMPORTED, names, detail)
        log.info("styles_imported", guild_id=keeper.guild_id, added=len(new))
        unguided = sum(each.references > 0 for each in new)
        return Imported(len(new), len(filed) - len(new), unguided)

    def suggest(self, place: Place, typed: str) -> list[str]:
        """The names of a server's styles that fit what was typed."""
        styles = self._book.of_server(place.guild_id)
        return [style.name for style in best_matches(styles, typed, names=lambda s: (s.name,))]

    def _new(self, draft: StyleDraft, keeper: StyleKeeper) -> ServerStyle:
        return ServerStyle(
            id=new_id(),
            guild_id=keeper.guild_id,
            draft=draft,
            author_id=keeper.place.user_id,
            created_at=self._clock.now(),
        )

    async def _changed(
        self,
        style: ServerStyle,
        change: ChangeStyle,
        keeper: StyleKeeper,
        act: Act,
        detail: str = "",
    ) -> ServerStyle:
        """Write what a change makes of a style as it is by now, and what was done to it."""
        now = self._clock.now()
        async with self._storage.write() as tx:
            changed = await change_style(tx, style, change)
            await write_down(tx, keeper.place, act, style.name, now=now, detail=detail)
        self._book.note_saved([changed])
        return changed

    async def _save(
        self,
        styles: Sequence[ServerStyle],
        keeper: StyleKeeper,
        act: Act,
        subject: str,
        detail: str = "",
    ) -> None:
        """Write new styles, and what was done to them, all or none."""
        now = self._clock.now()
        async with self._storage.write() as tx:
            await save_all(tx, styles)
            # Counted in here: another process may have added some as well.
            if await tx.styles.count(keeper.guild_id) > MAX_SERVER_STYLES:
                raise StylesFull(MAX_SERVER_STYLES)
            await write_down(tx, keeper.place, act, subject, now=now, detail=detail)
        self._book.note_saved(styles)

    def _check_room(self, guild_id: GuildId, *, more: int) -> None:
        if len(self._book.of_server(guild_id)) + more > MAX_SERVER_STYLES:
            raise StylesFull(MAX_SERVER_STYLES)

    def _check_free(self, guild_id: GuildId, name: str) -> None:
        if not self._is_free(guild_id, name):
            raise StyleExists(name)

    def _is_free(self, guild_id: GuildId, name: str) -> bool:
        return self._book.find(guild_id, name) is None and not self._is_preset(name)

    def _is_preset(self, name: str) -> bool:
        return preset_key(name) in map(preset_key, self._catalogue.styles())

    def _check_paintable(self, draft: StyleDraft, place: Place) -> None:
        """Its preset is the image service's, and its template has room for a prompt."""
        if draft.preset is not None and not self._is_preset(draft.preset):
            raise UnknownStyle(draft.preset, nearest(self._catalogue.styles(), draft.preset))
        wish = ImageWish(prompt=filled(draft.template, "."), options=draft.options)
        self._proposer.check(wish, place)
