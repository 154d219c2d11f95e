"""Folding one style of a server into another: asked about first, and not to be undone."""

from dataclasses import dataclass

import structlog

from bot.domain.battles.battle import CallOff
from bot.domain.errors import PageExpired
from bot.domain.ids import GuildId
from bot.domain.moderation.audit import Act
from bot.domain.styles.errors import StyleUnknown
from bot.domain.styles.merging import Merge, MergeScope, check_merge, read_merge_target
from bot.domain.styles.server_style import ServerStyle
from bot.services.battles.ending import BattleEnding
from bot.services.library.ports import Thumbnails
from bot.services.moderation.auditing import write_down
from bot.services.ports import Clock, ModelCatalogue, PictureStore
from bot.services.storage_ports import Storage, Transaction
from bot.services.styles.book import StyleBook
from bot.services.styles.references import let_go, unused_of
from bot.services.styles.styles import StyleKeeper

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class MergeQuestion:
    """Two styles that can be merged, and what that would concern."""

    merge: Merge
    scope: MergeScope


class StyleMerger:
    """Merges styles, for those who may manage the server."""

    def __init__(
        self,
        *,
        storage: Storage,
        book: StyleBook,
        catalogue: ModelCatalogue,
        battles: BattleEnding,
        pictures: PictureStore,
        thumbnails: Thumbnails,
        clock: Clock,
    ) -> None:
        self._pictures = pictures
        self._thumbnails = thumbnails
        self._storage = storage
        self._book = book
        self._catalogue = catalogue
        self._battles = battles
        self._clock = clock

    async def ask(self, folded: str, into: str, keeper: StyleKeeper) -> MergeQuestion:
        """What merging a style into another would concern; nothing is written.

        Raises:
            KeepingError: if they may not, or one cannot be folded into the other.
        """
        keeper.check()
        get = self._book.get
        merge = Merge(get(keeper.guild_id, folded), get(keeper.guild_id, into))
        async with self._storage.read() as tx:
            await self._check(tx, merge)
            scope = await tx.merges.scope(merge)
        return MergeQuestion(merge, scope)

    async def merge(self, target: str, keeper: StyleKeeper) -> Merge:
        """Merge the styles that a button means, once, and call off the battles between them.

        The pictures that guided the merged one go.

        Raises:
            PageExpired: if the button means no styles.
            KeepingError: if they may not, or by now one cannot be folded into the other.
        """
        keeper.check()
        ids = read_merge_target(target)
        if ids is None:
            raise PageExpired
        async with self._storage.write() as tx:
            # This holds all styles of the server, in their order, and so comes first.
            guiding = await tx.style_references.hold_of_server(keeper.guild_id)
            merge = await _held(tx, keeper.guild_id, *ids)
            await self._check(tx, merge)
            await tx.merges.merge(merge)
            gone = [each for each in guiding if each.style_id == merge.folded.id]
            for each in gone:
                await tx.style_references.remove(each)
            unused = await unused_of(tx, gone)
            await write_down(
                tx,
                keeper.place,
                Act.STYLE_MERGED,
                merge.folded.name,
                now=self._clock.now(),
                detail=f"into {merge.into.name}",
            )
        log.info("style_merged", guild_id=keeper.guild_id, style=ids[0], into=ids[1])
        await let_go(unused, self._pictures, self._thumbnails)
        await self._book.load()
        await self._call_off(merge)
        return merge

    async def _call_off(self, merge: Merge) -> None:
        """Each in a transaction of its own; one that is missed here is called off at its end."""
        async with self._storage.read() as tx:
            battles = await tx.merges.open_meetings(merge)
        for battle_id in battles:
            await self._battles.call_off(battle_id, CallOff.MERGED)

    async def _check(self, tx: Transaction, merge: Merge) -> None:
        check_merge(
            merge,
            into_is_paintable=self._is_paintable(merge.into),
            merged_so_far=await tx.merges.count_merged(merge.into.guild_id),
        )

    def _is_paintable(self, style: ServerStyle) -> bool:
        """Whether the model of a style is to be had; also where no model is known yet."""
        name = style.draft.model
        if name is None or not self._catalogue.models():
            return True
        model = self._catalogue.find(name)
        return model is not None and not model.offline


async def _held(tx: Transaction, guild_id: GuildId, folded_id: str, into_id: str) -> Merge:
    held = await tx.merges.hold(guild_id, folded_id, into_id)
    for style_id in (folded_id, into_id):
        if style_id not in held:
            raise StyleUnknown(style_id)
    return Merge(held[folded_id], held[into_id])
