"""How each fault is played on the connection."""

import asyncio
import socket
import struct
from datetime import datetime

from aiohttp import web

from sandbox.venice.faults import (
    AlteredHeaders,
    Answered,
    BeforeAnswer,
    DeprecationHeaders,
    EmptyBody,
    Held,
    HtmlBody,
    Hung,
    InsteadOfAnswer,
    JsonBody,
    RateLimited,
    SafetyHeadersMissing,
    SlowBody,
    SlowHeaders,
    SpoiltBody,
    Truncated,
    UnknownJson,
    ViolationRefused,
    WrongContentType,
)
from sandbox.venice.refusal import refused

SAFETY_HEADERS = ("x-venice-is-blurred", "x-venice-is-content-violation")
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


def close_connection(request: web.Request) -> None:
    """Closes the connection; what was written still leaves."""
    if request.transport is not None:
        request.transport.close()


def reset_connection(request: web.Request) -> None:
    """Resets the connection, so that the caller's read fails at once."""
    if request.transport is None:
        return
    connection = request.transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
    request.transport.abort()


def answer_instead(kind: InsteadOfAnswer, *, now: datetime) -> web.Response:
    """The answer that takes the place of the usual one."""
    match kind:
        case Answered(status=status, headers=headers):
            return _answered(kind, status=status, headers=dict(headers))
        case RateLimited():
            headers = {}
            if kind.retry_after_s is not None:
                headers["Retry-After"] = str(kind.retry_after_s)
            if kind.resets_in_s is not None:
                resets_at_s = now.timestamp() + kind.resets_in_s
                headers["x-ratelimit-reset-requests"] = str(round(resets_at_s * kind.unit.value))
            return web.json_response({"error": "Rate limit exceeded"}, status=429, headers=headers)
        case ViolationRefused(message=message):
            return web.json_response(dict(refused(400, message).body), status=400)
        case UnknownJson():
            return web.json_response({"outcome": {"pictures": 1}, "next": None})


class Pause:
    """The wait that a fault wants, taken once: while painting, or before any other answer."""

    def __init__(self, kind: BeforeAnswer | None) -> None:
        self._kind = kind

    async def take(self) -> None:
        """Waits as long as the fault says; for `Hung`, until cancelled."""
        kind, self._kind = self._kind, None
        match kind:
            case Hung():
                await asyncio.Event().wait()
            case Held(release=release):
                await release.wait()
            case SlowHeaders(delay_s=delay_s):
                await asyncio.sleep(delay_s)
            case None:
                pass


def alter_headers(kind: AlteredHeaders, response: web.Response) -> None:
    """Spoils the headers of the usual answer."""
    match kind:
        case WrongContentType(content_type=content_type):
            response.headers["Content-Type"] = content_type
        case SafetyHeadersMissing():
            for name in SAFETY_HEADERS:
                response.headers.pop(name, None)
        case DeprecationHeaders(date=date, replacement=replacement):
            response.headers["x-venice-deprecated"] = "true"
            response.headers["x-venice-model-deprecation-warning"] = "This model will be retired"
            response.headers["x-venice-model-deprecation-date"] = date
            if replacement is not None:
                response.headers["x-venice-deprecated-replacement"] = replacement


async def send_spoilt(
    kind: SpoiltBody, request: web.Request, response: web.Response
) -> web.StreamResponse:
    """Sends the usual answer byte by byte as the fault says."""
    content = bytes(response.body) if isinstance(response.body, bytes | bytearray) else b""
    stream = web.StreamResponse(status=response.status, headers=response.headers)
    stream.content_length = len(content)
    await stream.prepare(request)
    match kind:
        case Truncated(part=part):
            await stream.write(content[: int(len(content) * part)])
            close_connection(request)
        case SlowBody(chunk_bytes=chunk_bytes, pause_s=pause_s):
            for start in range(0, len(content), chunk_bytes):
                await stream.write(content[start : start + chunk_bytes])
                await asyncio.sleep(pause_s)
    return stream


def _answered(kind: Answered, *, status: int, headers: dict[str, str]) -> web.Response:
    match kind.body:
        case JsonBody(value=value):
            return web.json_response(value, status=status, headers=headers)
        case HtmlBody(text=text):
            return web.Response(text=text, status=status, content_type="text/html", headers=headers)
        case EmptyBody():
            return web.Response(status=status, headers=headers)
