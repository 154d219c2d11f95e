"""What styles look like: the pictures of theirs that a server likes best, and a chosen one."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.domain.ids import GuildId, ImageId
from bot.domain.styles.liked_picture import EXAMPLES_OF_A_STYLE, LikedPicture
from bot.domain.voting.span import Span
from bot.domain.voting.vote import SubjectKind
from bot.services.library.library import Viewer, is_covered, scope_for_all
from bot.services.library.ports import Thumbnails
from bot.services.ports import Policies
from bot.services.storage_ports import Storage
from bot.services.styles.book import StyleBook

_CANDIDATES = 2 * EXAMPLES_OF_A_STYLE
"""Some of the best may be kept no longer; then the next ones stand for the style."""


@dataclass(frozen=True, slots=True)
class StyleExamples:
    """The pictures that show a style, the chosen one first, and all of them in one picture.

    `covered` is whether one of them lies behind a spoiler; `chosen_is_gone` is whether one was
    chosen that cannot be shown here.
    """

    guild_id: GuildId
    pictures: tuple[LikedPicture, ...]
    strip: bytes
    covered: bool = False
    chosen_is_gone: bool = False


class Strips(Protocol):
    """Small pictures side by side."""

    async def joined(self, pictures: Sequence[Path]) -> bytes:
        """One picture of several, from the left; empty if none of them can be read."""


class StyleExampleView:
    """Reads them. What may be shown is asked anew each time, by the rules of galleries."""

    def __init__(
        self,
        *,
        storage: Storage,
        policies: Policies,
        styles: StyleBook,
        thumbnails: Thumbnails,
        strips: Strips,
    ) -> None:
        self._storage = storage
        self._policies = policies
        self._styles = styles
        self._thumbnails = thumbnails
        self._strips = strips

    async def of(self, keys: Sequence[str], viewer: Viewer) -> Mapping[str, StyleExamples]:
        """The examples of styles, by the keys of their votes; none in direct messages."""
        guild_id = viewer.place.guild_id
        if guild_id is None:
            return {}
        scope = scope_for_all(self._policies, viewer)
        chosen = dict(self._chosen(guild_id, keys))
        async with self._storage.read() as tx:
            best = await tx.liked_pictures.best_of(
                guild_id, SubjectKind.STYLE, keys, scope, Span.ALL.value, each=_CANDIDATES
            )
            shown = await tx.liked_pictures.among(list(chosen.values()), scope)
        found = await asyncio.gather(
            *(
                self._examples(guild_id, chosen.get(key), shown, best.get(key, ()), viewer)
                for key in keys
            )
        )
        return dict(zip(keys, found, strict=True))

    def _chosen(self, guild_id: GuildId, keys: Sequence[str]) -> list[tuple[str, ImageId]]:
        styles = ((key, self._styles.by_key(guild_id, key)) for key in keys)
        return [(key, style.example) for key, style in styles if style and style.example]

    async def _examples(
        self,
        guild_id: GuildId,
        chosen: ImageId | None,
        shown: Mapping[ImageId, LikedPicture],
        best: Sequence[LikedPicture],
        viewer: Viewer,
    ) -> StyleExamples:
        first = await self._kept(
            [shown[chosen]] if chosen is not None and chosen in shown else [], 1
        )
        others = [each for each in best if each.image_id != chosen]
        kept = [*first, *await self._kept(others, EXAMPLES_OF_A_STYLE)]
        place = viewer.place
        return StyleExamples(
            guild_id=guild_id,
            pictures=tuple(picture for picture, _ in kept),
            strip=await self._strips.joined([path for _, path in kept]) if kept else b"",
            covered=any(
                is_covered(self._policies, place, guild_id, each.channel_id) for each, _ in kept
            ),
            chosen_is_gone=chosen is not None and not first,
        )

    async def _kept(
        self, pictures: Sequence[LikedPicture], most: int
    ) -> list[tuple[LikedPicture, Path]]:
        """The first ones that are still kept, with their thumbnails."""
        kept: list[tuple[LikedPicture, Path]] = []
        for each in pictures:
            if len(kept) == most:
                break
            thumbnail = await self._thumbnails.of(each.picture)
            if thumbnail is not None:
                kept.append((each, thumbnail))
        return kept
