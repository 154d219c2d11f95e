"""Venice without painting: the stand-in's catalogue, and one picture that is ready at once.

The stand-in draws what it is asked for, which takes longer than what is measured here.
"""

import json
import time
from types import TracebackType
from typing import Self

from aiohttp import web

from sandbox.venice.catalogue import load_catalogue
from sandbox.venice.safety import Verdict, signal_headers

_HOST = "127.0.0.1"
_PREFIX = "/api/v1"
_MARK_BYTES = 8
_HEADERS = {
    "Content-Type": "image/png",
    "x-ratelimit-limit-requests": "1000000",
    "x-ratelimit-remaining-requests": "999999",
    **signal_headers(Verdict.CLEAN, safe_mode=True),
}


class PictureServer:
    """Answers every painting with the same picture, and notes when its last byte was written.

    A mark behind the picture's end makes each another file, as no two paintings are the same.
    """

    def __init__(self, picture: bytes) -> None:
        self._picture = picture
        self._port = 0
        self._runner: web.AppRunner | None = None
        self.answered = 0
        self.answered_at: dict[str, float] = {}

    @property
    def base_url(self) -> str:
        """Where it listens, as a client's base URL."""
        return f"http://{_HOST}:{self._port}{_PREFIX}"

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post(f"{_PREFIX}/image/generate", self._paint)
        app.router.add_get(f"{_PREFIX}/models", self._models)
        app.router.add_get(f"{_PREFIX}/image/styles", self._styles)
        app.router.add_get(f"{_PREFIX}/models/traits", self._traits)
        app.router.add_get(f"{_PREFIX}/models/compatibility_mapping", self._no_old_names)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await self._runner.setup()
        await web.TCPSite(self._runner, _HOST, 0).start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _paint(self, request: web.Request) -> web.StreamResponse:
        prompt = json.loads(await request.read())["prompt"]
        answer = web.StreamResponse(headers=_HEADERS)
        mark = self.answered.to_bytes(_MARK_BYTES)
        self.answered += 1
        answer.content_length = len(self._picture) + len(mark)
        await answer.prepare(request)
        await answer.write(self._picture)
        await answer.write_eof(mark)
        self.answered_at[prompt] = time.perf_counter()
        return answer

    async def _models(self, request: web.Request) -> web.Response:
        asked = request.query.get("type", "text")
        models = [
            model for model in load_catalogue().listing if asked in {"all", str(model["type"])}
        ]
        return web.json_response({"object": "list", "type": asked, "data": models})

    async def _styles(self, _: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": list(load_catalogue().styles)})

    async def _traits(self, request: web.Request) -> web.Response:
        asked = request.query.get("type", "text")
        names = {str(kind): names for kind, names in load_catalogue().traits.items()}
        return web.json_response(
            {"object": "list", "type": asked, "data": dict(names.get(asked, {}))}
        )

    async def _no_old_names(self, request: web.Request) -> web.Response:
        asked = request.query.get("type", "text")
        return web.json_response({"object": "list", "type": asked, "data": {}})
