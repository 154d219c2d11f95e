"""The small pictures beside the entries of a leaderboard."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.domain.ids import GuildId, ImageId
from bot.domain.library.browsing import PictureScope
from bot.domain.styles.leaderboard import (
    Board,
    BoardTopic,
    Ranked,
    RankedFighter,
    RankedMember,
    RankedPicture,
    RankedStyle,
)
from bot.domain.styles.liked_picture import EXAMPLES_OF_A_STYLE, LikedPicture
from bot.domain.voting.span import Span, span_key
from bot.domain.voting.vote import SubjectKind
from bot.services.library.library import Viewer, is_covered, scope_for_all
from bot.services.library.ports import Thumbnails
from bot.services.ports import Clock, Policies
from bot.services.storage_ports import Storage, Transaction
from bot.services.styles.book import StyleBook

_CANDIDATES = EXAMPLES_OF_A_STYLE
"""The best picture may be kept no longer; then the next one stands for a style or a member."""

_Found = Mapping[Ranked, Sequence[LikedPicture]]


class BoardPictures:
    """Finds them. What may be shown is asked anew for every board; what is covered is left out."""

    def __init__(
        self,
        *,
        storage: Storage,
        styles: StyleBook,
        policies: Policies,
        thumbnails: Thumbnails,
        clock: Clock,
    ) -> None:
        self._storage = storage
        self._styles = styles
        self._policies = policies
        self._thumbnails = thumbnails
        self._clock = clock

    async def of(self, board: Board, viewer: Viewer) -> tuple[Path | None, ...]:
        """A thumbnail for each entry: of the picture, or the best one of the style or the member.

        A style without a picture that was voted for is shown by its chosen example. None where
        there is nothing that may be shown here.

        Raises:
            NoServerHere: in direct messages.
        """
        scope = scope_for_all(self._policies, viewer)
        async with self._storage.read() as tx:
            found = await self._candidates(tx, board, scope)
        return tuple(
            await asyncio.gather(
                *(self._thumbnail(found.get(entry, ()), viewer) for entry in board.entries)
            )
        )

    async def _candidates(self, tx: Transaction, board: Board, scope: PictureScope) -> _Found:
        guild_id = scope.guild_id
        if guild_id is None or not board.entries:
            return {}
        is_of_battles = board.query.topic is BoardTopic.BATTLES
        span = span_key(Span.ALL if is_of_battles else board.query.span, self._clock.now())
        match board.query.topic:
            case BoardTopic.IMAGES:
                return await _pictures(tx, board, scope)
            case BoardTopic.MEMBERS:
                return await _of_members(tx, board, guild_id, scope, span)
            case BoardTopic.STYLES | BoardTopic.BATTLES:
                return await self._of_styles(tx, board, guild_id, scope, span)

    async def _of_styles(
        self, tx: Transaction, board: Board, guild_id: GuildId, scope: PictureScope, span: str
    ) -> _Found:
        keys = dict(_style_keys(board))
        best = await tx.liked_pictures.best_of(
            guild_id, SubjectKind.STYLE, list(keys.values()), scope, span, each=_CANDIDATES
        )
        chosen = {
            entry: style.example
            for entry, key in keys.items()
            if (style := self._styles.by_key(guild_id, key)) is not None and style.example
        }
        shown = await tx.liked_pictures.among(list(chosen.values()), scope)
        return {
            entry: [*best.get(key, ()), *_only(chosen.get(entry), shown)]
            for entry, key in keys.items()
        }

    async def _thumbnail(self, candidates: Sequence[LikedPicture], viewer: Viewer) -> Path | None:
        place = viewer.place
        for each in candidates:
            if is_covered(self._policies, place, place.guild_id, each.channel_id):
                continue
            thumbnail = await self._thumbnails.of(each.picture)
            if thumbnail is not None:
                return thumbnail
        return None


async def _pictures(tx: Transaction, board: Board, scope: PictureScope) -> _Found:
    ranked = [entry for entry in board.entries if isinstance(entry, RankedPicture)]
    shown = await tx.liked_pictures.among([entry.image_id for entry in ranked], scope)
    return {entry: _only(entry.image_id, shown) for entry in ranked}


async def _of_members(
    tx: Transaction, board: Board, guild_id: GuildId, scope: PictureScope, span: str
) -> _Found:
    keys = {entry: f"{entry.user_id}" for entry in board.entries if isinstance(entry, RankedMember)}
    best = await tx.liked_pictures.best_of(
        guild_id, SubjectKind.MEMBER, list(keys.values()), scope, span, each=_CANDIDATES
    )
    return {entry: best.get(key, ()) for entry, key in keys.items()}


def _style_keys(board: Board) -> Iterator[tuple[Ranked, str]]:
    for entry in board.entries:
        match entry:
            case RankedStyle(key=key):
                yield entry, key
            case RankedFighter(standing=standing):
                yield entry, standing.style
            case _:
                continue


def _only(
    image_id: ImageId | None, shown: Mapping[ImageId, LikedPicture]
) -> Sequence[LikedPicture]:
    """The picture, if there is one that may be shown."""
    found = shown.get(image_id) if image_id is not None else None
    return [] if found is None else [found]
