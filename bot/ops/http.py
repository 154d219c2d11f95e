"""What the bot serves over HTTP: `/healthz`, `/readyz` and `/metrics`, for the operator's tools.

Nothing here tells of members, and nothing can be changed; still it is served to this machine
alone unless the operator says otherwise.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from http import HTTPStatus

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

from bot.ops.health import Finding

log = structlog.get_logger(__name__)

_STOP_TIMEOUT_S = 2.0

Look = Callable[[], Awaitable[tuple[Finding, ...]]]
Refresh = Callable[[], Awaitable[None]]


class PortUnavailable(Exception):
    """The bot cannot serve where it was told to; the message is one sentence for the operator."""


def operations_app(*, look: Look, refresh: Refresh, registry: CollectorRegistry) -> web.Application:
    """The three routes.

    Args:
        look: what the checks of readiness find now.
        refresh: brings the metrics up to date that are only true of a moment.
        registry: the metrics.
    """

    async def healthz(_request: web.Request) -> web.Response:
        """That this is answered at all says that the process and its loop are alive."""
        return web.json_response({"alive": True})

    async def readyz(_request: web.Request) -> web.Response:
        findings = await look()
        is_ready = all(finding.passes for finding in findings)
        checks = {
            finding.name: {"passes": finding.passes, "detail": finding.detail}
            for finding in findings
        }
        return web.json_response(
            {"ready": is_ready, "checks": checks},
            status=HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE,
        )

    async def metrics(request: web.Request) -> web.Response:
        await refresh()
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        # In a thread: the figures of the process are read from files.
        body = await asyncio.to_thread(encode, registry)
        return web.Response(body=body, headers={"Content-Type": content_type})

    app = web.Application()
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", metrics)
    return app


@contextlib.asynccontextmanager
async def serving(app: web.Application, *, host: str, port: int) -> AsyncIterator[None]:
    """Serve until the end of the block.

    Raises:
        PortUnavailable: if the port is in use, or the address is none of this machine's.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_STOP_TIMEOUT_S)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            reason = error.strerror or str(error)
            raise PortUnavailable(
                f"HTTP_PORT={port} cannot be served at {host}: {reason}. "
                "Choose another port or HTTP_HOST, or set HTTP_PORT=0."
            ) from error
        log.info("serving", host=host, port=port)
        yield
    finally:
        await runner.cleanup()
