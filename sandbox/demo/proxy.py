"""SimCord's preview under our own address.

The preview will not be framed and will not be reached under another host, so its requests are
repeated to it by us. Two things are put right on the way:

- **Turns.** SimCord refuses what overlaps. An action waits here for its turn instead.
- **Revisions.** The browser names the publication it acted on, and SimCord refuses an action on
  an older one. Since the page is published to whenever the bot writes, somebody who presses Enter
  in that moment would be refused for nothing. Such an action is repeated once on the publication
  of the day, unless it is a click: what stands in that place may be another button by now.
"""

import json
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Final

import aiohttp
from aiohttp import web
from multidict import CIMultiDict
from yarl import URL

from sandbox.demo.stage import Stage

ACTION_PATH: Final = "/api/action"
CAPABILITY_HEADER: Final = "X-Simcord-Capability"

# The preview's 30 MB of typefaces carry their versions in their names. It forbids to keep anything,
# and would have them fetched again for every channel.
_FONTS_PATH: Final = "/fonts/"
_KEEP: Final = "private, max-age=86400, immutable"

_STALE: Final = "stale-revision"
_POSITIONAL_KINDS: Final = frozenset({"click", "select"})
# The browser serialises the envelope with JSON.stringify, which escapes the quotes inside strings:
# only the field itself can match. In a multipart body the envelope is the first part.
_REVISION: Final = re.compile(rb'"published_revision":\d+')

# What a proxy must not pass on (RFC 9110, section 7.6.1), what names the address asked for, and a
# length that may change on the way.
_NOT_PASSED_ON: Final = frozenset(
    {"connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"}
    | {"host", "origin", "referer"}
    | {"content-length"}
)


class PreviewProxy:
    """Repeats requests to the preview that is on stage.

    Args:
        stage: Says where the preview is, and whose turn it is.
        http: Makes the requests; it must leave compressed bodies alone.
        capability: What browsers are given in place of the preview's own secret, so that one
            address lasts while channels come and go.
    """

    def __init__(self, stage: Stage, http: aiohttp.ClientSession, *, capability: str) -> None:
        self._stage = stage
        self._http = http
        self._capability = capability

    async def forward(self, request: web.Request, *, path: str | None = None) -> web.StreamResponse:
        """Repeat a request, under another path if one is given, and stream what comes back."""
        body = request.content if request.can_read_body else None
        async with await self._send(request, path or request.path_qs, body) as answer:
            response = web.StreamResponse(
                status=answer.status, headers=_response_headers(answer.headers)
            )
            if request.path.startswith(_FONTS_PATH):
                response.headers["Cache-Control"] = _KEEP
                response.headers.pop("Pragma", None)
            # A page that moves on drops the reads it had begun.
            with suppress(aiohttp.ClientConnectionResetError):
                await response.prepare(request)
                async for chunk in answer.content.iter_any():
                    await response.write(chunk)
                await response.write_eof()
            return response

    async def act(self, request: web.Request) -> web.Response:
        """Repeat a member's action in its turn, and once more where it came just too late."""
        body = await request.read()
        async with self._stage.turn:
            answer = await self._act_once(request, body)
            revision = _later_revision(answer)
            if revision is not None and _stands_alone(request, body):
                renewed = b'"published_revision":%d' % revision
                answer = await self._act_once(request, _REVISION.sub(renewed, body, count=1))
        return answer

    async def _act_once(self, request: web.Request, body: bytes) -> web.Response:
        async with await self._send(request, request.path_qs, body) as answer:
            return web.Response(
                status=answer.status,
                headers=_response_headers(answer.headers),
                body=await answer.read(),
            )

    async def _send(
        self, request: web.Request, path: str, body: bytes | aiohttp.StreamReader | None
    ) -> aiohttp.ClientResponse:
        try:
            return await self._http.request(
                request.method,
                URL(self._stage.origin + path, encoded=True),
                headers=self._request_headers(request.headers),
                data=body,
                allow_redirects=False,
            )
        except (aiohttp.ClientConnectorError, aiohttp.ServerDisconnectedError):
            raise web.HTTPServiceUnavailable(text="no channel is on show just now") from None

    def _request_headers(self, headers: Mapping[str, str]) -> CIMultiDict[str]:
        kept = _end_to_end(headers)
        if secrets.compare_digest(
            kept.get(CAPABILITY_HEADER, "").encode(), self._capability.encode()
        ):
            kept[CAPABILITY_HEADER] = self._stage.capability
        return kept


def _end_to_end(headers: Mapping[str, str]) -> CIMultiDict[str]:
    return CIMultiDict(
        (name, value) for name, value in headers.items() if name.lower() not in _NOT_PASSED_ON
    )


def _response_headers(headers: Mapping[str, str]) -> CIMultiDict[str]:
    """What the browser is told: that our own page may frame the preview."""
    kept = _end_to_end(headers)
    kept.popall("X-Frame-Options", None)
    policy = kept.get("Content-Security-Policy")
    if policy is not None:
        kept["Content-Security-Policy"] = policy.replace(
            "frame-ancestors 'none'", "frame-ancestors 'self'"
        )
    return kept


def _later_revision(answer: web.Response) -> int | None:
    """The publication that an action came too late for, if that is why it was refused."""
    if answer.status != HTTPStatus.OK or not isinstance(answer.body, bytes):
        return None
    receipt = json.loads(answer.body)
    codes = {diagnostic.get("code") for diagnostic in receipt.get("diagnostics", [])}
    revision = receipt.get("revision")
    return revision if _STALE in codes and isinstance(revision, int) else None


def _stands_alone(request: web.Request, body: bytes) -> bool:
    """Whether an action means the same on a later publication."""
    if request.content_type.startswith("multipart/"):
        return True  # only commands and dialogs carry files
    return json.loads(body).get("kind") not in _POSITIONAL_KINDS
