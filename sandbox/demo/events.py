"""Server-sent events to every page that is open."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

import aiohttp
from aiohttp import web

# A browser that went away is noticed by writing to it.
_HEARTBEAT_S: Final = 15.0


@dataclass(frozen=True, slots=True)
class Event:
    """One event: its name and what goes with it."""

    name: str
    data: Mapping[str, object] = field(default_factory=dict)

    def encode(self) -> bytes:
        """The event as the event-stream format writes it."""
        return f"event: {self.name}\ndata: {json.dumps(self.data)}\n\n".encode()


class Audience:
    """Everybody who listens, each with a queue of what is still to be sent."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[Event | None]] = set()

    def tell(self, event: Event) -> None:
        """Send an event to everybody."""
        for queue in self._queues:
            queue.put_nowait(event)

    def dismiss(self) -> None:
        """End every stream once it has sent what it has."""
        for queue in self._queues:
            queue.put_nowait(None)

    async def stream(self, request: web.Request, *, first: Event) -> web.StreamResponse:
        """Answer a request with the events from now on, until either side ends it."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        with self._seat() as queue, suppress(aiohttp.ClientConnectionResetError):
            await response.prepare(request)
            event: Event | None = first
            while event is not None:
                await response.write(event.encode())
                event = await _next(queue, response)
        return response

    @contextmanager
    def _seat(self) -> Iterator[asyncio.Queue[Event | None]]:
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        self._queues.add(queue)
        try:
            yield queue
        finally:
            self._queues.discard(queue)


async def _next(queue: asyncio.Queue[Event | None], response: web.StreamResponse) -> Event | None:
    while True:
        try:
            async with asyncio.timeout(_HEARTBEAT_S):
                return await queue.get()
        except TimeoutError:
            await response.write(b": still here\n\n")
