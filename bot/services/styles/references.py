"""Bringing reference pictures to a server's styles, and taking them away."""

from collections.abc import Collection

import structlog

from bot.domain.errors import ModelOffline, NotServing, UnknownModel
from bot.domain.ids import UserId
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.models.image_model import ImageModel
from bot.domain.moderation.audit import Act
from bot.domain.styles.references import (
    Guided,
    StyleReference,
    check_new,
    check_room,
    check_weight,
    numbered,
)
from bot.domain.styles.server_style import ServerStyle
from bot.domain.tools.source_limits import OfferedPicture
from bot.services.asking.recipes import RecipeBook
from bot.services.library.ports import Thumbnails
from bot.services.moderation.auditing import write_down
from bot.services.ports import Clock, PictureStore
from bot.services.storage_ports import Storage, Transaction
from bot.services.styles.book import StyleBook
from bot.services.styles.looks import StyleLooks
from bot.services.styles.styles import StyleKeeper
from bot.services.tools.input_pictures import InputPictures

log = structlog.get_logger(__name__)


class StyleReferences:
    """For a style's author, and for who may manage the server."""

    def __init__(
        self,
        *,
        storage: Storage,
        book: StyleBook,
        looks: StyleLooks,
        inputs: InputPictures,
        recipes: RecipeBook,
        pictures: PictureStore,
        thumbnails: Thumbnails,
        clock: Clock,
    ) -> None:
        self._storage = storage
        self._book = book
        self._looks = looks
        self._inputs = inputs
        self._recipes = recipes
        self._pictures = pictures
        self._thumbnails = thumbnails
        self._clock = clock

    def check(self, name: str, offered: OfferedPicture, keeper: StyleKeeper) -> None:
        """Say whether a picture may join a style's, from memory alone.

        Raises:
            KeepingError: if there is no such style, it is another's, or it takes no more.
            ActionDenied: if the member is blocked or paused.
            MemberError: if the picture is refused for what is said of it.
        """
        style = self._looks.check(name, keeper)
        of_server = [
            each
            for other in self._book.of_server(style.guild_id)
            for each in self._book.references_of(other)
        ]
        check_room(style.id, of_server)
        self._inputs.promised(offered)
        check_weight(offered.size_bytes)

    async def add(self, name: str, offered: OfferedPicture, keeper: StyleKeeper) -> Guided:
        """Take a picture in and let it guide a style.

        Raises:
            KeepingError, ActionDenied, MemberError: as `check` does, of the picture itself.
        """
        style = self._looks.check(name, keeper)
        taken = (await self._inputs.take(offered)).picture
        check_weight(taken.size_bytes)
        reference = StyleReference(
            style_id=style.id,
            guild_id=style.guild_id,
            user_id=keeper.place.user_id,
            picture=taken,
            added_at=self._clock.now(),
        )
        async with self._storage.write() as tx:
            of_server = await tx.style_references.hold_of_server(style.guild_id)
            check_new(reference, of_server)
            await tx.style_references.add(reference)
            there = [*_of(style, of_server), reference]
            await self._write_down(tx, keeper, Act.STYLE_REFERENCE_ADDED, style, there)
        log.info("style_reference_added", guild_id=style.guild_id, style=style.id)
        return self._noted(style, there)

    async def remove(self, name: str, number: int, keeper: StyleKeeper) -> Guided:
        """Take a style's picture away, by its number, and let go of the file.

        Raises:
            KeepingError: as `check` does, or if there is none of that number.
        """
        style = self._looks.check(name, keeper)
        async with self._storage.write() as tx:
            there = _of(style, await tx.style_references.hold_of_server(style.guild_id))
            gone = numbered(there, number)
            await tx.style_references.remove(gone)
            left = [each for each in there if each != gone]
            await self._write_down(tx, keeper, Act.STYLE_REFERENCE_REMOVED, style, left)
            unused = await unused_of(tx, [gone])
        await let_go(unused, self._pictures, self._thumbnails)
        log.info("style_reference_removed", guild_id=style.guild_id, style=style.id)
        return self._noted(style, left)

    async def _write_down(
        self,
        tx: Transaction,
        keeper: StyleKeeper,
        act: Act,
        style: ServerStyle,
        now_there: list[StyleReference],
    ) -> None:
        now, detail = self._clock.now(), f"now {len(now_there)}"
        await write_down(tx, keeper.place, act, style.name, now=now, detail=detail)

    def _noted(self, style: ServerStyle, references: list[StyleReference]) -> Guided:
        self._book.note_references(style, references)
        return Guided(style, len(references), self._model(style))

    def _model(self, style: ServerStyle) -> ImageModel | None:
        try:
            return self._recipes.model(style.draft.model)
        except (UnknownModel, ModelOffline, NotServing):
            return None


async def forget_brought(
    user_id: UserId, storage: Storage, pictures: PictureStore, thumbnails: Thumbnails
) -> None:
    """Forget all pictures that a member brought to styles, in whatever server, and their files."""
    async with storage.write() as tx:
        gone = await tx.style_references.brought_by(user_id)
        for each in gone:
            await tx.style_references.remove(each)
        unused = await unused_of(tx, gone)
    if unused:
        await let_go(unused, pictures, thumbnails)


async def unused_of(tx: Transaction, gone: Collection[StyleReference]) -> tuple[StoredPicture, ...]:
    """The pictures of references that were forgotten, save those that something else needs."""
    pictures = {each.picture.sha256: each.picture for each in gone}
    in_use = await tx.jobs.pictures_in_use(frozenset(pictures))
    return tuple(picture for sha256, picture in pictures.items() if sha256 not in in_use)


async def let_go(
    unused: Collection[StoredPicture], pictures: PictureStore, thumbnails: Thumbnails
) -> None:
    """Remove the files of pictures that nothing needs."""
    for picture in unused:
        await pictures.remove(picture)
    await thumbnails.tidy(gone={picture.sha256 for picture in unused})


def _of(style: ServerStyle, of_server: Collection[StyleReference]) -> list[StyleReference]:
    return [each for each in of_server if each.style_id == style.id]
