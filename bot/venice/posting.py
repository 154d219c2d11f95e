"""A typed request as it leaves."""

import asyncio

from bot.venice.transport import JSON_ENCODINGS, Outgoing
from bot.venice.wire.base import ApiRequest


async def posted(
    request: ApiRequest, *, images: int = 1, accept_encoding: str = JSON_ENCODINGS
) -> Outgoing:
    """The request as it leaves; its pictures are read and encoded in a thread."""
    encode = request.encoded
    return Outgoing(
        method="POST",
        route=request.route,
        body=await asyncio.to_thread(encode) if request.carries_pictures else encode(),
        lane=request.lane,
        images=images,
        accept_encoding=accept_encoding,
    )
