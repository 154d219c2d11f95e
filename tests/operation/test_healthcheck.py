"""What the container's health check says."""

import asyncio

from aiohttp import web

from bot.ops.healthcheck import ask
from bot.ops.http import serving
from tests.operation.ports import free_port


async def asked_of(app: web.Application, *, host: str) -> int:
    port = free_port()
    async with serving(app, host="127.0.0.1", port=port):
        return await asyncio.to_thread(ask, {"HTTP_PORT": str(port), "HTTP_HOST": host})


async def alive(_request: web.Request) -> web.Response:
    return web.Response()


async def test_a_bot_that_answers_is_healthy_whatever_address_it_serves() -> None:
    for host in ("", "127.0.0.1", "0.0.0.0"):  # noqa: S104 - asked of, not bound to
        app = web.Application()
        app.router.add_get("/healthz", alive)
        assert await asked_of(app, host=host) == 0


async def test_a_bot_that_answers_otherwise_is_not() -> None:
    assert await asked_of(web.Application(), host="") == 1


def test_a_bot_that_does_not_answer_is_not() -> None:
    assert ask({"HTTP_PORT": str(free_port())}) == 1


def test_a_bot_that_serves_nothing_is_not_asked() -> None:
    assert ask({}) == ask({"HTTP_PORT": "0"}) == 0
