"""Taking in the pictures that members bring: fetched, examined, kept."""

import asyncio
from collections.abc import Sequence

import structlog

from bot.domain.errors import MemberError, PictureGone
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.tools.picture_address import allowed_address
from bot.domain.tools.request import SourcePicture
from bot.domain.tools.source_limits import MOST_BYTES, OfferedPicture, check_offered
from bot.services.ports import PictureStore
from bot.services.tools.picture_ports import PictureExaminer, PictureFetcher

log = structlog.get_logger(__name__)

_AT_ONCE = 2
"""Each may hold 25 MiB twice: as it came, and as it will be kept."""

_ANY_SIDE_PX = 1024
"""What a side is taken for where nobody says how long it is: every tool takes such a picture."""


class InputPictures:
    """Takes pictures from Discord's own addresses into the picture store."""

    def __init__(
        self,
        *,
        fetcher: PictureFetcher,
        examiner: PictureExaminer,
        pictures: PictureStore,
        hosts: Sequence[str],
    ) -> None:
        self._fetcher = fetcher
        self._examiner = examiner
        self._pictures = pictures
        self._hosts = frozenset(map(str.lower, hosts))
        self._turns = asyncio.Semaphore(_AT_ONCE)

    def promised(self, offered: OfferedPicture) -> SourcePicture:
        """What a picture will be if all is as Discord says, from memory alone.

        It is good for asking what would be refused anyway, and for prices; not for working on.

        Raises:
            MemberError: if it is to be refused for what is said of it.
        """
        allowed_address(offered.url, hosts=self._hosts)
        check_offered(offered)
        picture = StoredPicture(
            sha256="", content_type=offered.content_type or "", size_bytes=offered.size_bytes
        )
        return SourcePicture(
            picture=picture,
            width=offered.width or _ANY_SIDE_PX,
            height=offered.height or _ANY_SIDE_PX,
        )

    async def take(self, offered: OfferedPicture) -> SourcePicture:
        """Fetch a picture, examine it and keep it without its metadata.

        Raises:
            MemberError: if it may not be fetched, is not handed out, or cannot be used.
        """
        address = allowed_address(offered.url, hosts=self._hosts)
        check_offered(offered)
        async with self._turns:
            data = await self._fetcher.fetch(address, most_bytes=MOST_BYTES)
            fit = await self._examiner.fit(data)
            picture = await self._pictures.keep(fit)
        log.info("picture_taken", bytes=picture.size_bytes, content_type=picture.content_type)
        return SourcePicture(picture=picture, width=fit.width, height=fit.height)

    async def bring_back(self, picture: StoredPicture, offered: OfferedPicture) -> None:
        """Keep one of the bot's own pictures anew, from where it is still shown.

        Raises:
            PictureGone: if it cannot be had there, or is not the same to the byte.
        """
        try:
            found = await self.take(offered)
        except MemberError as error:
            raise PictureGone from error
        if found.picture.sha256 != picture.sha256:
            raise PictureGone
