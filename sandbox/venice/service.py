"""The way of every request: read, note, handle, answer, with whatever fault is due."""

import secrets
from collections.abc import Awaitable, Callable
from uuid import uuid4

from aiohttp import web

from sandbox.venice.credentials import claimed_payer
from sandbox.venice.faults import (
    AlteredHeaders,
    BeforeAnswer,
    ConnectionReset,
    InsteadOfAnswer,
    Judged,
    Kind,
    SpoiltBody,
)
from sandbox.venice.misbehaviour import (
    Pause,
    alter_headers,
    answer_instead,
    close_connection,
    reset_connection,
    send_spoilt,
)
from sandbox.venice.reception import Reception, read_body
from sandbox.venice.refusal import Refusal
from sandbox.venice.visit import Backend, Handler, Visit

WebHandler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def errors_as_json(request: web.Request, handler: WebHandler) -> web.StreamResponse:
    """Gives unknown routes and methods the API's error shape."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        return web.json_response({"error": error.reason}, status=error.status)


async def answer(
    request: web.Request, handler: Handler, backend: Backend, *, prefix: str
) -> web.StreamResponse:
    """Answers one request and keeps a record of it."""
    route = request.path.removeprefix(prefix)
    unread = backend.faults.take_unread(route=route)
    reception = Reception() if unread else await read_body(request)
    record = backend.journal.open(
        method=request.method, route=route, headers=request.headers, reception=reception
    )
    if unread is not None:
        backend.journal.note_fault(record.number, unread.name)
        close_connection(request)
        return web.Response()
    fault = backend.faults.take(route=route, model=record.model, seed=record.seed)
    if fault is not None:
        backend.journal.note_fault(record.number, fault.name)
    kind = fault.kind if fault is not None else None
    visit = Visit(
        request=request,
        reception=reception,
        number=record.number,
        request_id=f"{route.strip('/').replace('/', '-')}-{uuid4().hex}",
        backend=backend,
        pause=Pause(kind if isinstance(kind, BeforeAnswer) else None),
        verdict=kind.verdict if isinstance(kind, Judged) else None,
    )
    return await _play(visit, handler, kind)


async def _play(visit: Visit, handler: Handler, kind: Kind | None) -> web.StreamResponse:
    if isinstance(kind, ConnectionReset):
        if kind.billed:
            await _handled(visit, handler)
        reset_connection(visit.request)
        return web.Response()
    if isinstance(kind, InsteadOfAnswer):
        response = answer_instead(kind, now=visit.backend.clock())
    else:
        response = await _handled(visit, handler)
        await visit.pause.take()
    response.headers["x-request-id"] = visit.request_id
    response.headers["CF-RAY"] = f"{secrets.token_hex(8)}-VCE"
    if isinstance(kind, AlteredHeaders):
        alter_headers(kind, response)
    _keep_accounts(visit, response.status)
    if isinstance(kind, SpoiltBody):
        return await send_spoilt(kind, visit.request, response)
    return response


async def _handled(visit: Visit, handler: Handler) -> web.Response:
    backend = visit.backend
    try:
        payer = claimed_payer(visit.request.headers)
        backend.error_budget.check(payer, now=backend.clock())
        return await handler(visit)
    except Refusal as refusal:
        return web.json_response(dict(refusal.body), status=refusal.status, headers=refusal.headers)


def _keep_accounts(visit: Visit, status: int) -> None:
    backend = visit.backend
    payer = claimed_payer(visit.request.headers)
    backend.error_budget.note(payer, status=status, now=backend.clock())
    backend.journal.close(visit.number, status)
