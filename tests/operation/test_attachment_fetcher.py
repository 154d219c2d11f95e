"""Fetching uploads, from a server on loopback in the place of Discord's CDN."""

import gzip
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.domain.tools.errors import PictureTooHeavy
from bot.domain.tools.picture_address import PictureAddress
from bot.domain.tools.picture_errors import PictureNotFetched
from bot.ui.tools.attachment_fetcher import AttachmentFetcher, open_fetcher

MOST_BYTES = 100_000
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Uploads:
    """A server with one file after the other at the same address."""

    def __init__(self) -> None:
        self.handler: Handler = nothing
        self.requests: list[web.Request] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        return await self.handler(request)


async def nothing(_request: web.Request) -> web.StreamResponse:
    raise web.HTTPNotFound


def with_body(data: bytes, **headers: str) -> Handler:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=data, headers=headers)

    return answer


@pytest.fixture
def uploads() -> Uploads:
    return Uploads()


@pytest.fixture
async def address(uploads: Uploads) -> AsyncIterator[PictureAddress]:
    app = web.Application()
    app.router.add_get("/{path:.*}", uploads.answer)
    async with TestServer(app) as server:
        yield PictureAddress(f"{server.make_url('/attachments/1/2/fox.png?ex=1&hm=2')}")


@pytest.fixture
async def fetcher() -> AsyncIterator[AttachmentFetcher]:
    async with open_fetcher() as opened:
        yield opened


async def test_a_file_is_fetched_as_it_is(
    fetcher: AttachmentFetcher, address: PictureAddress, uploads: Uploads
) -> None:
    data = bytes(range(256)) * 300
    uploads.handler = with_body(data)

    assert await fetcher.fetch(address, most_bytes=len(data)) == data
    [request] = uploads.requests
    assert request.path_qs == "/attachments/1/2/fox.png?ex=1&hm=2"
    assert not {"Cookie", "Authorization"} & {*request.headers}


async def test_a_file_that_is_gone(fetcher: AttachmentFetcher, address: PictureAddress) -> None:
    with pytest.raises(PictureNotFetched):
        await fetcher.fetch(address, most_bytes=MOST_BYTES)


async def test_a_redirection_is_not_followed(
    fetcher: AttachmentFetcher, address: PictureAddress, uploads: Uploads
) -> None:
    async def elsewhere(_request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound("/internal")

    uploads.handler = elsewhere

    with pytest.raises(PictureNotFetched):
        await fetcher.fetch(address, most_bytes=MOST_BYTES)
    assert len(uploads.requests) == 1


async def test_a_file_announced_as_too_large_is_not_read(
    fetcher: AttachmentFetcher, address: PictureAddress, uploads: Uploads
) -> None:
    uploads.handler = with_body(bytes(MOST_BYTES + 1))

    with pytest.raises(PictureTooHeavy) as refused:
        await fetcher.fetch(address, most_bytes=MOST_BYTES)
    assert refused.value.size_bytes == MOST_BYTES + 1


async def test_a_file_without_end_is_read_up_to_the_limit(
    fetcher: AttachmentFetcher, address: PictureAddress, uploads: Uploads
) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(bytes(10_000))

    uploads.handler = endless

    with pytest.raises(PictureTooHeavy):
        await fetcher.fetch(address, most_bytes=MOST_BYTES)


async def test_a_packed_answer_is_not_unpacked(
    fetcher: AttachmentFetcher, address: PictureAddress, uploads: Uploads
) -> None:
    packed = gzip.compress(bytes(10 * MOST_BYTES))
    uploads.handler = with_body(packed, **{"Content-Encoding": "gzip"})

    assert await fetcher.fetch(address, most_bytes=MOST_BYTES) == packed


async def test_a_connection_that_breaks_off(
    fetcher: AttachmentFetcher, address: PictureAddress, uploads: Uploads
) -> None:
    async def torn(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "1000"})
        await response.prepare(request)
        await response.write(b"only this")
        assert request.transport is not None
        request.transport.close()
        return response

    uploads.handler = torn

    with pytest.raises(PictureNotFetched):
        await fetcher.fetch(address, most_bytes=MOST_BYTES)
