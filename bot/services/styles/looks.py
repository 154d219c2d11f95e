"""Saying what a style looks like: by a picture that its author, or a manager, chooses."""

from dataclasses import replace

import structlog

from bot.domain.ids import ImageId
from bot.domain.moderation.audit import Act
from bot.domain.styles.errors import StyleOfAnother
from bot.domain.styles.server_style import ServerStyle
from bot.services.conduct.barring import check_free
from bot.services.library.ports import Thumbnails
from bot.services.moderation.auditing import write_down
from bot.services.ports import Clock, Policies
from bot.services.storage_ports import Storage
from bot.services.styles.book import StyleBook, change_style
from bot.services.styles.own_pictures import OwnPictures
from bot.services.styles.styles import StyleKeeper

log = structlog.get_logger(__name__)


class StyleLooks:
    """Sets and takes away the example of a server's style."""

    def __init__(
        self,
        *,
        storage: Storage,
        book: StyleBook,
        policies: Policies,
        pictures: OwnPictures,
        thumbnails: Thumbnails,
        clock: Clock,
    ) -> None:
        self._clock = clock
        self._storage = storage
        self._book = book
        self._policies = policies
        self._pictures = pictures
        self._thumbnails = thumbnails

    def check(self, name: str, keeper: StyleKeeper) -> ServerStyle:
        """The style, if the member may say what it looks like; from memory alone.

        Raises:
            KeepingError: if there is none of that name, or it is another member's.
            ActionDenied: if the member is blocked or paused.
        """
        place = keeper.place
        style = self._book.get(keeper.guild_id, name)
        check_free(self._policies, place.user_id, place.guild_id, place.channel_id)
        if not keeper.may_manage and style.author_id != place.user_id:
            raise StyleOfAnother(style.name)
        return style

    async def show_by(self, name: str, picture: str, keeper: StyleKeeper) -> ServerStyle:
        """Let one of the member's own pictures be the style's example.

        `picture` is its id, or a link to the message it is in. Its thumbnail is made now, and
        outlives the picture itself.

        Raises:
            KeepingError: as `check` does, or if the picture may not be shown here.
        """
        style = self.check(name, keeper)
        async with self._storage.read() as tx:
            image_id, found = await self._pictures.find(tx, picture, keeper.place)
        await self._thumbnails.of(found)
        return await self._saved(style, image_id, keeper)

    async def show_by_none(self, name: str, keeper: StyleKeeper) -> ServerStyle:
        """Take a style's chosen example away.

        Raises:
            KeepingError: as `check` does.
        """
        return await self._saved(self.check(name, keeper), None, keeper)

    async def _saved(
        self, style: ServerStyle, example: ImageId | None, keeper: StyleKeeper
    ) -> ServerStyle:
        now = self._clock.now()
        async with self._storage.write() as tx:
            style = await change_style(tx, style, lambda present: replace(present, example=example))
            await write_down(
                tx,
                keeper.place,
                Act.STYLE_EXAMPLE_SET,
                style.name,
                now=now,
                detail=f"example={example or 'none'}",
            )
        self._book.note_saved([style])
        log.info("style_example_set", guild_id=style.guild_id, style=style.id)
        return style
