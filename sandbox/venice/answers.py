"""Answers that carry pictures: their bytes, or JSON around them."""

import asyncio
from collections.abc import Mapping

from aiohttp import web

from sandbox.venice.compression import accepted_encoding, encode_json
from sandbox.venice.visit import Visit

CONTENT_TYPES = {"webp": "image/webp", "png": "image/png", "jpeg": "image/jpeg"}


def image_answer(content: bytes, *, image_format: str, headers: Mapping[str, str]) -> web.Response:
    """An answer that is a picture."""
    return web.Response(body=content, content_type=CONTENT_TYPES[image_format], headers=headers)


async def json_answer(visit: Visit, value: object, *, headers: Mapping[str, str]) -> web.Response:
    """An answer in JSON, compressed as the caller accepts."""
    encoding = accepted_encoding(visit.request.headers.get("Accept-Encoding", ""))
    content = await asyncio.to_thread(encode_json, value, encoding=encoding)
    response = web.Response(body=content, content_type="application/json", headers=headers)
    if encoding is not None:
        response.headers["Content-Encoding"] = encoding
    return response
