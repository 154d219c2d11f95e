"""A server on loopback that answers with the bytes a test says, or breaks where it says."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)

HEAD_END = b"\r\n\r\n"


@dataclass
class Visit:
    """One connection's request, as far as the server has read it."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    head: bytes = b""
    body: bytes = b""

    async def read_head(self) -> None:
        self.head = await self.reader.readuntil(HEAD_END)

    async def read_whole(self) -> None:
        await self.read_head()
        length = 0
        for line in self.head.decode("latin-1").split("\r\n"):
            name, _, value = line.partition(":")
            if name.lower() == "content-length":
                length = int(value)
        self.body = await self.reader.readexactly(length)

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    def reset(self) -> None:
        connection = self.writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self.writer.transport.abort()


Script = Callable[[Visit], Awaitable[None]]


@dataclass
class RawServer:
    """Plays a script for each connection."""

    script: Script
    visits: list[Visit] = field(default_factory=list)
    url: str = ""

    @property
    def whole_requests(self) -> int:
        """How many requests were read to their end."""
        return sum(bool(visit.body) for visit in self.visits)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visit = Visit(reader, writer)
        self.visits.append(visit)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await self.script(visit)
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


@contextlib.asynccontextmanager
async def raw_server(script: Script) -> AsyncIterator[RawServer]:
    running = RawServer(script)
    server = await asyncio.start_server(running.serve, "127.0.0.1", 0)
    running.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/v1"
    try:
        yield running
    finally:
        server.close()
        await server.wait_closed()


def answer(
    body: bytes, *, status: str = "200 OK", content_type: str = "image/png", headers: str = ""
) -> Script:
    """A script that answers every whole request the same way."""

    async def script(visit: Visit) -> None:
        await visit.read_whole()
        head = (
            f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n{headers}\r\n"
        )
        await visit.send(head.encode() + body)

    return script
