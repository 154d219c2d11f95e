"""The page that people open: SimCord's preview under a bar of ours, kept fresh.

The preview shows a change when one of its members acts, and otherwise when somebody asks for it.
Our bot answers first and delivers its picture later, so here every change of the world is
published to the preview as it happens, and the browser is told to look.
"""

import asyncio
import json
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Final

import aiohttp
from aiohttp import web
from simcord import Env

from sandbox.demo.events import Audience, Event
from sandbox.demo.proxy import ACTION_PATH, PreviewProxy
from sandbox.demo.stage import Stage, open_stage
from sandbox.demo.watch import WorldWatch
from sandbox.demo.world import World

FRAME_PATH: Final = "/channel"
CAPABILITY_HEADER: Final = "X-Gondola-Capability"

_HOST: Final = "127.0.0.1"
_STATIC: Final = Path(__file__).parent / "static"
_STATIC_FILES: Final = ("page.css", "page.js", "frame.css", "gondola.svg")

# At most four publications a second, however fast the bot writes.
_PUBLISH_INTERVAL_S: Final = 0.25
# SimCord takes 26 MiB of files in an action.
_MAX_ACTION_BYTES: Final = 27 * 1024 * 1024
# An action may take SimCord's five seconds to settle, twice.
_REQUEST_TIMEOUT_S: Final = 30.0
_SHUTDOWN_TIMEOUT_S: Final = 2.0

_PAGE_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; frame-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

_logger = logging.getLogger(__name__)

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class DemoPage:
    """The page, while it is served.

    Attributes:
        url: The address to open. It is a secret: who has it acts as any member.
    """

    def __init__(self, url: str, stage: Stage) -> None:
        self.url = url
        self._stage = stage

    async def closed(self) -> None:
        """Wait until somebody ends the session from the page."""
        await self._stage.ended.wait()


@asynccontextmanager
async def serve_demo_page(env: Env, world: World, *, port: int = 0) -> AsyncIterator[DemoPage]:
    """Serve the page on this machine for as long as the context lasts.

    Args:
        env: The running environment. Nothing else may operate it meanwhile.
        world: What ``build_world`` put there.
        port: The port to listen on; 0 takes a free one.

    Raises:
        OSError: The port is taken.
    """
    capability = secrets.token_urlsafe(32)
    audience = Audience()
    async with AsyncExitStack() as exits:
        watch = exits.enter_context(WorldWatch(env))
        stage = await exits.enter_async_context(open_stage(env, world))
        http = await exits.enter_async_context(_make_session())
        server = _PageServer(world, stage, audience, http, capability=capability)
        bound_port = await exits.enter_async_context(server.listen(port))
        await exits.enter_async_context(_running(_keep_fresh(watch, stage, audience)))
        await exits.enter_async_context(_running(_tell_end(stage, audience)))
        yield DemoPage(f"http://{_HOST}:{bound_port}/#{capability}", stage)


def _make_session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        auto_decompress=False, timeout=aiohttp.ClientTimeout(total=_REQUEST_TIMEOUT_S)
    )


@asynccontextmanager
async def _running(work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Run something beside what the context holds, which then raises its own errors as they are."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _keep_fresh(watch: WorldWatch, stage: Stage, audience: Audience) -> None:
    """Publish each change of the world, and tell the browsers to look."""
    seen = watch.version
    while True:
        latest = await watch.wait_past(seen)
        try:
            published = await stage.publish()
        except Exception:  # a message that SimCord cannot draw must not end the demo
            _logger.exception("the page could not be brought up to date")
            published = True
        if published:
            seen = latest
            audience.tell(Event("published"))
        await asyncio.sleep(_PUBLISH_INTERVAL_S)


async def _tell_end(stage: Stage, audience: Audience) -> None:
    await stage.watch_for_end()
    audience.tell(Event("ended"))


class _PageServer:
    """What the address answers: our own page and its two calls; the rest is the preview's."""

    def __init__(
        self,
        world: World,
        stage: Stage,
        audience: Audience,
        http: aiohttp.ClientSession,
        *,
        capability: str,
    ) -> None:
        self._world = world
        self._stage = stage
        self._audience = audience
        self._proxy = PreviewProxy(stage, http, capability=capability)
        self._capability = capability
        self._own_hosts: frozenset[str] = frozenset()

    @asynccontextmanager
    async def listen(self, port: int) -> AsyncIterator[int]:
        """Listen on the loopback address; the port listened on is what is yielded."""
        app = web.Application(
            middlewares=[self._refuse_strangers], client_max_size=_MAX_ACTION_BYTES
        )
        app.add_routes(self._routes())
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=_SHUTDOWN_TIMEOUT_S)
        await runner.setup()
        try:
            await web.TCPSite(runner, _HOST, port).start()
            bound_port: int = runner.addresses[0][1]
            self._own_hosts = frozenset({f"{_HOST}:{bound_port}", f"localhost:{bound_port}"})
            yield bound_port
        finally:
            self._audience.dismiss()
            await runner.cleanup()

    def _routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self._show_page),
            *(web.get(f"/demo/{name}", self._show_file) for name in _STATIC_FILES),
            web.get("/demo/events", self._stream_events),
            web.post("/demo/channel", self._switch_channel),
            web.get(FRAME_PATH, self._show_frame),
            web.post(ACTION_PATH, self._proxy.act),
            web.route("*", "/{path:.*}", self._proxy.forward),
        ]

    @web.middleware
    async def _refuse_strangers(
        self, request: web.Request, handler: _Handler
    ) -> web.StreamResponse:
        """Answer our own page alone: other sites may reach this address, too."""
        origin = request.headers.get("Origin")
        if request.host not in self._own_hosts or (
            origin is not None and origin.removeprefix("http://") not in self._own_hosts
        ):
            raise web.HTTPForbidden(text="this page is for this machine only")
        return await handler(request)

    async def _show_page(self, _request: web.Request) -> web.StreamResponse:
        return web.FileResponse(_STATIC / "index.html", headers=_PAGE_HEADERS)

    async def _show_file(self, request: web.Request) -> web.StreamResponse:
        return web.FileResponse(_STATIC / request.path.rpartition("/")[2], headers=_PAGE_HEADERS)

    async def _show_frame(self, request: web.Request) -> web.StreamResponse:
        return await self._proxy.forward(request, path="/")

    async def _stream_events(self, request: web.Request) -> web.StreamResponse:
        # An EventSource cannot send a header, so the secret comes as a parameter.
        self._authorize(request.query.get("capability", ""))
        return await self._audience.stream(request, first=self._describe_channel())

    async def _switch_channel(self, request: web.Request) -> web.Response:
        self._authorize(request.headers.get(CAPABILITY_HEADER, ""))
        channel_name, viewer_id = self._read_switch(await request.read())
        await self._stage.show(channel_name, viewer_id=viewer_id)
        self._audience.tell(self._describe_channel())
        return web.Response(status=HTTPStatus.NO_CONTENT)

    def _read_switch(self, body: bytes) -> tuple[str, int | None]:
        try:
            wish = json.loads(body)
            channel_name, viewer = wish["channel"], wish.get("viewer")
            viewer_id = None if viewer is None else int(viewer)
        except (ValueError, TypeError, KeyError, AttributeError):
            raise web.HTTPBadRequest(text="a channel and a viewer are required") from None
        if channel_name not in self._world.channels:
            raise web.HTTPBadRequest(text="there is no such channel")
        return channel_name, viewer_id

    def _describe_channel(self) -> Event:
        return Event(
            "channel",
            {
                "channels": list(self._world.channels),
                "shown": self._stage.channel_name,
                "opening": self._stage.opening,
            },
        )

    def _authorize(self, supplied: str) -> None:
        if not secrets.compare_digest(supplied.encode(), self._capability.encode()):
            raise web.HTTPUnauthorized(text="the address carries the key to this page")
