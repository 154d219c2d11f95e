"""Fetching what members have uploaded from Discord's CDN."""

import contextlib
from collections.abc import AsyncIterator

import aiohttp
import structlog

from bot.domain.tools.errors import PictureTooHeavy
from bot.domain.tools.picture_address import PictureAddress
from bot.domain.tools.picture_errors import PictureNotFetched

log = structlog.get_logger(__name__)

TIMEOUT = aiohttp.ClientTimeout(total=30, sock_connect=10, sock_read=10)
_CHUNK_BYTES = 64 * 1024
_OK = 200
_AS_IT_IS = {"Accept-Encoding": "identity"}
"""A packed answer could unpack to far more than was counted."""


class AttachmentFetcher:
    """Fetches over https; `open_fetcher` makes it."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def fetch(self, address: PictureAddress, *, most_bytes: int) -> bytes:
        """The file at an address, whatever it is.

        A redirection is not followed: it could lead anywhere.

        Raises:
            PictureTooHeavy: if it has more bytes, as soon as that is known.
            PictureNotFetched: if it is not handed out, or not in time.
        """
        try:
            async with self._session.get(address.url, allow_redirects=False) as answer:
                if answer.status != _OK:
                    log.info("picture_not_fetched", status=answer.status)
                    raise PictureNotFetched
                return await _read(answer, most_bytes)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.info("picture_not_fetched", cause=type(error).__name__)
            raise PictureNotFetched from error


@contextlib.asynccontextmanager
async def open_fetcher() -> AsyncIterator[AttachmentFetcher]:
    """A fetcher with connections of its own, which carry neither cookies nor credentials."""
    async with aiohttp.ClientSession(
        timeout=TIMEOUT,
        headers=_AS_IT_IS,
        auto_decompress=False,
        cookie_jar=aiohttp.DummyCookieJar(),
    ) as session:
        yield AttachmentFetcher(session)


async def _read(answer: aiohttp.ClientResponse, most_bytes: int) -> bytes:
    announced = answer.content_length or 0
    if announced > most_bytes:
        raise PictureTooHeavy(announced, most_bytes)
    data = bytearray()
    async for chunk in answer.content.iter_chunked(_CHUNK_BYTES):
        data += chunk
        if len(data) > most_bytes:
            raise PictureTooHeavy(len(data), most_bytes)
    return bytes(data)
