"""The files that are uploaded in a simulated Discord; they are on no network."""

import discord

from bot.domain.tools.errors import PictureTooHeavy
from bot.domain.tools.picture_address import PictureAddress
from bot.domain.tools.picture_errors import PictureNotFetched

CDN_HOST = "cdn.simcord.invalid"
"""Where SimCord says that its files are."""


class SimulatedCdn:
    """Hands out uploaded files, as a `PictureFetcher`."""

    def __init__(self) -> None:
        self._client: discord.Client | None = None

    def serve(self, client: discord.Client) -> None:
        """Hand out the files that this client sees."""
        self._client = client

    async def fetch(self, address: PictureAddress, *, most_bytes: int) -> bytes:
        """The file at an address, whatever it is.

        Raises:
            PictureTooHeavy: if it has more bytes.
            PictureNotFetched: if it is not there.
        """
        if self._client is None:
            raise PictureNotFetched
        try:
            data = await self._client.http.get_from_cdn(address.url)
        except discord.HTTPException as error:
            raise PictureNotFetched from error
        if len(data) > most_bytes:
            raise PictureTooHeavy(len(data), most_bytes)
        return data
