"""The routes as an aiohttp application."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import chain

from aiohttp import web

from tests.wire.discord import attachments, gateway
from tests.wire.discord.disturbing import answer_instead, reset_connection
from tests.wire.discord.errors import RequestRefused, route_not_found, unauthorized
from tests.wire.discord.faults import (
    ConnectionReset,
    RateLimited,
    Refused,
    ServerError,
    SlowAnswer,
)
from tests.wire.discord.ids import AttachmentId
from tests.wire.discord.json_types import JsonValue
from tests.wire.discord.multipart import REQUEST_LIMIT_BYTES, RequestBody, read_body
from tests.wire.discord.rest.application import ApplicationRoutes
from tests.wire.discord.rest.callbacks import CallbackRoutes
from tests.wire.discord.rest.channels import ChannelRoutes
from tests.wire.discord.rest.endpoint import ApiRequest, Endpoint
from tests.wire.discord.rest.webhooks import WebhookRoutes
from tests.wire.discord.state import DiscordState
from tests.wire.discord.wire_text import to_text

API_PATH = "/api/v10"
_OK = 200
_NO_CONTENT = 204

_WebHandler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class ServedRequest:
    """One REST request that was answered. `route` is its path with the placeholders' names."""

    method: str
    route: str
    status: int


class ApplicationServer:
    """Lets requests in, hands them to their endpoint, and writes down how they went."""

    def __init__(self, state: DiscordState) -> None:
        self._state = state
        self.served: list[ServedRequest] = []

    def build(self) -> web.Application:
        app = web.Application(client_max_size=REQUEST_LIMIT_BYTES)
        subjects = (ApplicationRoutes, CallbackRoutes, WebhookRoutes, ChannelRoutes)
        endpoints = chain.from_iterable(subject(self._state).endpoints() for subject in subjects)
        for endpoint in endpoints:
            app.router.add_route(
                endpoint.method, API_PATH + endpoint.route, self._web_handler(endpoint)
            )
        app.router.add_get(gateway.PATH, self._state.gateway.handle)
        app.router.add_get(
            attachments.PATH + "/{channel_id}/{attachment_id}/{filename}", self._serve_attachment
        )
        app.router.add_route("*", "/{path:.*}", self._refuse_unknown)
        return app

    def _web_handler(self, endpoint: Endpoint) -> _WebHandler:
        async def handle(request: web.Request) -> web.Response:
            fault = self._state.faults.take(endpoint.method, endpoint.route)
            match fault:
                case RateLimited() | ServerError() | Refused():
                    await request.read()
                    return answer_instead(fault)
                case ConnectionReset(done=False):
                    return reset_connection(request)
                case _:
                    answer = await self._carried_out(endpoint, request)
            match fault:
                case ConnectionReset():
                    return reset_connection(request)
                case SlowAnswer(delay_s=delay_s):
                    await asyncio.sleep(delay_s)
                case _:
                    pass
            return answer

        return handle

    async def _carried_out(self, endpoint: Endpoint, request: web.Request) -> web.Response:
        try:
            payload = await self._answer(endpoint, request)
        except RequestRefused as refusal:
            status, payload = refusal.status, refusal.body()
        else:
            status = _NO_CONTENT if payload is None else _OK
            self._state.contract.answer(endpoint.method, endpoint.route, status, payload)
        self.served.append(ServedRequest(endpoint.method, endpoint.route, status))
        self._state.changes.announce()
        return _response(status, payload)

    async def _answer(self, endpoint: Endpoint, request: web.Request) -> JsonValue:
        body = await read_body(request)
        expected = f"Bot {self._state.world.token}"
        if endpoint.needs_bot_token and request.headers.get("Authorization") != expected:
            raise unauthorized()
        self._check_contract(endpoint, body)
        return await endpoint.handler(
            ApiRequest(path=request.match_info, query=request.query, body=body)
        )

    def _check_contract(self, endpoint: Endpoint, body: RequestBody) -> None:
        self._state.contract.request(endpoint.method, endpoint.route, body.payload)

    async def _serve_attachment(self, request: web.Request) -> web.Response:
        number = request.match_info["attachment_id"]
        found = number.isdecimal() and self._state.attachments.find(AttachmentId(int(number)))
        if not found or found.filename != request.match_info["filename"]:
            raise web.HTTPNotFound
        content_type = found.content_type or "application/octet-stream"
        return web.Response(body=found.data, content_type=content_type)

    async def _refuse_unknown(self, request: web.Request) -> web.Response:
        self._state.contract.unknown_route(request.method, request.path)
        refusal = route_not_found()
        return _response(refusal.status, refusal.body())


def _response(status: int, payload: JsonValue) -> web.Response:
    """The Content-Type is exactly application/json: discord.py takes no other for JSON."""
    if payload is None:
        return web.Response(status=status)
    return web.Response(
        status=status, body=to_text(payload).encode(), content_type="application/json"
    )
