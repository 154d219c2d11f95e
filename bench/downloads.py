"""The ways to fetch the same picture: by the client, and by aiohttp alone."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import aiohttp

from bot.venice import GenerateImageRequest, Limits, VeniceClient

MB = 1024 * 1024

UNLIMITED = Limits(images_per_minute=1_000_000, errors_per_window=1_000_000)
"""What is measured is the reading, not the wait for a turn; every request may be open at once."""

_REQUEST = GenerateImageRequest(model="bench", prompt="a gondola", safe_mode=True)

Download = Callable[[], Awaitable[None]]
"""Fetches one picture to its end, and lets go of it."""


@dataclass(frozen=True, slots=True)
class Downloads:
    """One picture of the same size from the same server, each way.

    Attributes:
        by_client: by `VeniceClient.generate`.
        raw: by aiohttp, into one bytes object.
        dropped: by aiohttp, and nothing kept: what no way of reading can be better than.
    """

    by_client: Download
    raw: Download
    dropped: Download


@asynccontextmanager
async def open_downloads(address: str, size_bytes: int) -> AsyncIterator[Downloads]:
    """The ways, with connections that stay open."""
    base_url = f"{address}/{size_bytes}"
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(VeniceClient(base_url=base_url, limits=UNLIMITED))
        session = await stack.enter_async_context(aiohttp.ClientSession())

        async def by_client() -> None:
            image = await client.generate(_REQUEST)
            _check(image.body.size_bytes, size_bytes)
            await image.body.aclose()

        async def raw() -> None:
            async with session.post(
                f"{base_url}/image/generate", json=_REQUEST.document()
            ) as response:
                _check(len(await response.read()), size_bytes)

        async def dropped() -> None:
            async with session.post(
                f"{base_url}/image/generate", json=_REQUEST.document()
            ) as response:
                _check(sum([len(piece) async for piece in response.content.iter_any()]), size_bytes)

        yield Downloads(by_client, raw, dropped)


def _check(got_bytes: int, wanted_bytes: int) -> None:
    if got_bytes != wanted_bytes:
        raise RuntimeError(f"{got_bytes} of {wanted_bytes} bytes arrived")
