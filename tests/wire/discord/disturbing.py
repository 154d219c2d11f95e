"""How each fault is played on the connection."""

import socket
import struct

from aiohttp import web

from tests.wire.discord.faults import RateLimited, Refused, ServerError
from tests.wire.discord.json_types import JsonObject
from tests.wire.discord.wire_text import to_text

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
_BUCKET = "a-bucket-of-its-own"


def answer_instead(kind: RateLimited | ServerError | Refused) -> web.Response:
    """The answer in the place of the usual one; nothing is done."""
    match kind:
        case RateLimited():
            return _rate_limited(kind)
        case ServerError(status=status):
            page = "<html><body>Bad Gateway</body></html>"
            return web.Response(status=status, text=page, content_type="text/html")
        case Refused(status=status, code=code, message=message):
            return _json(status, to_text({"message": message, "code": code}))


def reset_connection(request: web.Request) -> web.Response:
    """Reset the connection, so that the caller's read fails at once."""
    if request.transport is not None:
        connection = request.transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        request.transport.abort()
    return web.Response()


def _rate_limited(kind: RateLimited) -> web.Response:
    headers = {
        "Via": "1.1 google",  # Without it discord.py takes the answer for a ban.
        "Retry-After": str(kind.retry_after_s),
        "X-RateLimit-Scope": "global" if kind.everywhere else "shared",
        **(
            {"X-RateLimit-Global": "true"}
            if kind.everywhere
            else {
                "X-RateLimit-Bucket": _BUCKET,
                "X-RateLimit-Limit": "5",
                "X-RateLimit-Remaining": "0",
                "X-RateLimit-Reset-After": str(kind.retry_after_s),
            }
        ),
    }
    return web.Response(
        status=429,
        body=to_text(_limit_body(kind)).encode(),
        content_type="application/json",
        headers=headers,
    )


def _limit_body(kind: RateLimited) -> JsonObject:
    return {
        "message": "You are being rate limited.",
        "retry_after": kind.retry_after_s,
        "global": kind.everywhere,
    }


def _json(status: int, text: str) -> web.Response:
    return web.Response(status=status, body=text.encode(), content_type="application/json")
