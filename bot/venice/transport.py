"""One try of a request over HTTP: bytes out, an answer in; what breaks becomes an exact error.

Whether a try may have been billed hangs on one fact: whether the last byte of its body was given
to the connection. Before that the API cannot have read a whole request.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import aiohttp
from aiohttp.abc import AbstractStreamWriter
from aiohttp.compression_utils import HAS_BROTLI

from bot.venice.clock import Clock
from bot.venice.credentials import Credentials
from bot.venice.encoding import EncodedBody
from bot.venice.errors import AnswerLost, Unreachable, VeniceError
from bot.venice.interpret import error_of

JSON_ENCODINGS = "gzip, br" if HAS_BROTLI else "gzip"
PICTURE_ENCODINGS = "identity"
"""Pictures are compressed as they are."""

_WRITE_BYTES = 64 * 1024
_LONGEST_ERROR_BYTES = 256 * 1024

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait, in seconds.

    Attributes:
        connect_s: for a connection.
        quiet_s: for the next byte of an answer; painting itself is quiet.
        total_s: for the whole of one try.
    """

    connect_s: float = 10.0
    quiet_s: float = 180.0
    total_s: float = 240.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A request, as often as it is tried.

    Attributes:
        method: the HTTP method.
        route: where it goes, below the base URL.
        query: parameters of the URL.
        body: the body; None for none.
        lane: the model that does the work; None where it costs nothing.
        images: how many pictures are asked for.
        accept_encoding: how the answer may be compressed.
        expects: the status of an answer that is what was asked for.
    """

    method: str
    route: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: EncodedBody | None = None
    lane: str | None = None
    images: int = 1
    accept_encoding: str = JSON_ENCODINGS
    expects: int = 200

    @property
    def only_reads(self) -> bool:
        """Whether it changes nothing."""
        return self.method == "GET"


class Incoming:
    """An answer whose head is there, and whose body is coming."""

    def __init__(self, response: aiohttp.ClientResponse, clock: Clock, started_s: float) -> None:
        self._response = response
        self._clock = clock
        self._started_s = started_s

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self._response.status

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers, by any case."""
        return self._response.headers

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body, as it comes."""
        async for chunk, _ in self._response.content.iter_chunks():
            if chunk:
                yield chunk

    def duration_ms(self) -> int:
        """How long ago the try began."""
        return round((self._clock.monotonic() - self._started_s) * 1_000)


class _Body(aiohttp.Payload):
    """A body that knows whether it has left whole.

    It is written in slices, so that a large one leaves room for others on the loop.
    """

    _value: EncodedBody
    _autoclose = True

    def __init__(self, value: EncodedBody) -> None:
        super().__init__(value, content_type=value.content_type)
        self._size = value.size_bytes
        self.is_whole = False

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        return b"".join(self._value.pieces).decode(encoding, errors)

    async def write(self, writer: AbstractStreamWriter) -> None:
        left_bytes = self._value.size_bytes
        for piece in self._value.pieces:
            for start in range(0, len(piece), _WRITE_BYTES):
                part = memoryview(piece)[start : start + _WRITE_BYTES]
                left_bytes -= len(part)
                # Said before the last bytes are written: once they are, nobody can tell how far
                # they came.
                self.is_whole = left_bytes == 0
                await writer.write(part)


class Transport:
    """Sends single tries.

    Args:
        session: the connections.
        base_url: where the API is.
        credentials: make the headers of every try.
        timeouts: how long to wait.
        clock: time.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        base_url: str,
        credentials: Credentials,
        timeouts: Timeouts,
        clock: Clock,
    ) -> None:
        self._session = session
        self._base_url = base_url.rstrip("/")
        self._credentials = credentials
        self._clock = clock
        self._timeout = aiohttp.ClientTimeout(
            total=timeouts.total_s, sock_connect=timeouts.connect_s, sock_read=timeouts.quiet_s
        )

    async def send(
        self,
        outgoing: Outgoing,
        read: Callable[[Incoming], Awaitable[_Answer]],
        *,
        heard: Callable[[int, Mapping[str, str]], None],
    ) -> _Answer:
        """Send one try.

        Args:
            outgoing: what to send.
            read: reads an answer of the expected status.
            heard: told status and headers of every answer.

        Raises:
            VeniceError: as the tree says. Its cause carries no traceback, because frames of the
                HTTP library hold the headers of the request, and loggers may print frames.
        """
        body = _Body(outgoing.body) if outgoing.body is not None else None
        try:
            return await self._sent(outgoing, body, read, heard)
        except TimeoutError as error:
            failure = _timed_out(body)
            cause: Exception = error
        except (aiohttp.ClientError, OSError) as error:
            failure = _broken(body, error)
            cause = error
        failure.message = self._credentials.redacted(failure.message)
        raise failure from _without_frames(cause)

    async def _sent(
        self,
        outgoing: Outgoing,
        body: _Body | None,
        read: Callable[[Incoming], Awaitable[_Answer]],
        heard: Callable[[int, Mapping[str, str]], None],
    ) -> _Answer:
        credentials = await self._credentials.headers()
        started_s = self._clock.monotonic()
        async with self._session.request(
            outgoing.method,
            self._base_url + outgoing.route,
            headers={**credentials, "Accept-Encoding": outgoing.accept_encoding},
            params=outgoing.query,
            data=body,
            timeout=self._timeout,
            allow_redirects=False,
        ) as response:
            del credentials
            heard(response.status, response.headers)
            if response.status != outgoing.expects:
                raise await self._refusal(response, outgoing)
            return await read(Incoming(response, self._clock, started_s))

    async def _refusal(self, response: aiohttp.ClientResponse, outgoing: Outgoing) -> VeniceError:
        error = error_of(
            response.status,
            response.headers,
            await _beginning(response),
            now_s=self._clock.now().timestamp(),
            model=outgoing.lane,
        )
        error.message = self._credentials.redacted(error.message)
        error.issues = tuple(map(self._credentials.redacted, error.issues))
        return error


def _timed_out(body: _Body | None) -> VeniceError:
    if body is not None and not body.is_whole:
        return Unreachable(message="no connection in time")
    return AnswerLost(message="the answer took too long", timed_out=True)


def _broken(body: _Body | None, error: Exception) -> VeniceError:
    reason = f"{type(error).__name__}: {error}"
    if body is not None and not body.is_whole:
        return Unreachable(message=f"no connection: {reason}")
    return AnswerLost(message=f"the answer was lost: {reason}")


async def _beginning(response: aiohttp.ClientResponse) -> bytes:
    """As much of an error's body as came; a status says enough without it."""
    received = bytearray()
    try:
        async for chunk in response.content.iter_any():
            received += chunk
            if len(received) >= _LONGEST_ERROR_BYTES:
                break
    except (aiohttp.ClientError, TimeoutError, OSError):
        pass
    return bytes(received)


def _without_frames(error: BaseException) -> BaseException:
    """The error and all that led to it, without their tracebacks."""
    link: BaseException | None = error
    while link is not None:
        link.__traceback__ = None
        link = link.__cause__ or link.__context__
    return error
