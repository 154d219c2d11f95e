"""The client: thin. It sends, spools and asks the pure modules what an answer means."""

import random
import urllib.parse
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import TracebackType
from typing import Self, TypeVar

import aiohttp
import structlog

from bot.domain.policy import SafetySignals
from bot.venice.body import UNKNOWN_TYPE, ByteBudget, SpooledBody
from bot.venice.clock import Clock, SystemClock
from bot.venice.credentials import Credentials
from bot.venice.errors import AnswerLost, AuthenticationFailed, Unreachable, VeniceError
from bot.venice.interpret import error_of, request_id_of, safety_signals
from bot.venice.retry import RetryPolicy
from bot.venice.wire import GenerateImageRequest, ModelType

log = structlog.get_logger(__name__)

PUBLIC_API_URL = "https://api.venice.ai/api/v1"

_CONNECTIONS = 128
_ERROR_BYTES = 256 * 1024

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


@dataclass(frozen=True, slots=True)
class GeneratedImage:
    """One painted picture, and what the API said of it. Whoever has it closes the body."""

    body: SpooledBody
    signals: SafetySignals
    request_id: str | None
    duration_ms: int
    enhanced_prompt: str | None


async def _nothing() -> None:
    """What is done before sending, where nobody asked for anything."""


class VeniceClient:
    """The Venice image API. Used as an async context manager, which owns its connections.

    Args:
        base_url: where the API is.
        credentials: who pays; None for the routes that need no account.
        clock: time.
        retry: when a request is sent again.
        timeouts: how long to wait.
        budget: how many bytes of answers may be in memory at once.
        chance: draws numbers from 0 to 1 for the jitter.
    """

    def __init__(
        self,
        *,
        base_url: str = PUBLIC_API_URL,
        credentials: Credentials | None = None,
        clock: Clock | None = None,
        retry: RetryPolicy | None = None,
        timeouts: Timeouts | None = None,
        budget: ByteBudget | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._credentials = credentials
        self._clock = clock or SystemClock()
        self._retry = retry or RetryPolicy()
        self._timeouts = timeouts or Timeouts()
        self._budget = budget or ByteBudget()
        self._chance = chance
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=_CONNECTIONS),
            timeout=aiohttp.ClientTimeout(
                total=self._timeouts.total_s,
                connect=self._timeouts.connect_s,
                sock_read=self._timeouts.quiet_s,
            ),
        )
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def generate(
        self,
        request: GenerateImageRequest,
        *,
        before_send: Callable[[], Awaitable[None]] = _nothing,
    ) -> GeneratedImage:
        """`POST /image/generate` for one picture, as bytes.

        Args:
            request: what to paint; `return_binary` is set.
            before_send: awaited once, before the first byte of the first try leaves.

        Raises:
            VeniceError: as the tree of `bot.venice.errors` says.
        """
        started_s = self._clock.monotonic()

        async def read(response: aiohttp.ClientResponse) -> GeneratedImage:
            return GeneratedImage(
                body=await self._spool(response),
                signals=safety_signals(response.headers),
                request_id=request_id_of(response.headers),
                duration_ms=round((self._clock.monotonic() - started_s) * 1_000),
                enhanced_prompt=_unquoted(response.headers.get("x-venice-enhanced-prompt")),
            )

        await before_send()
        body = {**request.body(), "return_binary": True}
        return await self._call("POST", "/image/generate", read, body=body)

    async def models(self, kind: ModelType = "all") -> list[object]:
        """`GET /models`: the entries as they came; `bot.venice.entries` reads them."""
        return _listed(await self._document("/models", {"type": kind}))

    async def styles(self) -> tuple[str, ...]:
        """`GET /image/styles`: the style presets, exact to the letter's case."""
        listed = _listed(await self._document("/image/styles"))
        return tuple(style for style in listed if isinstance(style, str))

    async def traits(self) -> Mapping[str, str]:
        """`GET /models/traits`: trait to model id, for image models."""
        return _mapped(await self._document("/models/traits", {"type": "image"}))

    async def compatibility_mapping(self) -> Mapping[str, str]:
        """`GET /models/compatibility_mapping`: legacy name to model id, for image models."""
        return _mapped(await self._document("/models/compatibility_mapping", {"type": "image"}))

    async def _document(self, route: str, query: Mapping[str, str] | None = None) -> object:
        """A list that needs no account: where the key is refused, it is asked for without one."""
        try:
            return await self._call("GET", route, _json, query=query)
        except AuthenticationFailed:
            return await self._call("GET", route, _json, query=query, anonymous=True)

    async def _call(
        self,
        method: str,
        route: str,
        read: Callable[[aiohttp.ClientResponse], Awaitable[_Answer]],
        *,
        query: Mapping[str, str] | None = None,
        body: Mapping[str, object] | None = None,
        anonymous: bool = False,
    ) -> _Answer:
        """Send a request, again where that is safe, and read the answer of the try that passed."""
        started_s = self._clock.monotonic()
        tries = 0
        while True:
            tries += 1
            try:
                return await self._try(
                    method, route, read, query=query, body=body, anonymous=anonymous
                )
            except VeniceError as error:
                wait_s = self._retry.wait_s(
                    error,
                    tries=tries,
                    elapsed_s=self._clock.monotonic() - started_s,
                    chance=self._chance(),
                )
                if wait_s is None:
                    raise
                log.info("venice_retry", route=route, tries=tries, wait_s=wait_s, cause=str(error))
            await self._clock.sleep(wait_s)

    async def _try(
        self,
        method: str,
        route: str,
        read: Callable[[aiohttp.ClientResponse], Awaitable[_Answer]],
        *,
        query: Mapping[str, str] | None,
        body: Mapping[str, object] | None,
        anonymous: bool,
    ) -> _Answer:
        """One try. What went wrong before a connection was there was not sent."""
        credentials = None if anonymous else self._credentials
        headers = dict(credentials.headers()) if credentials else {}
        try:
            async with self._open_session.request(
                method, self._base_url + route, headers=headers, params=query, json=body
            ) as response:
                if response.status != HTTPStatus.OK:
                    raise await self._error(response)
                return await read(response)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Unreachable(message=f"no connection: {error}") from error
        except TimeoutError as error:
            raise AnswerLost(message="the answer took too long", timed_out=True) from error
        except (aiohttp.ClientError, OSError) as error:
            cause = f"{type(error).__name__}: {error}"
            raise AnswerLost(message=f"the connection broke: {cause}") from error

    @property
    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("the client is not open: use it as an async context manager")
        return self._session

    async def _error(self, response: aiohttp.ClientResponse) -> VeniceError:
        try:
            body = await response.content.read(_ERROR_BYTES)
        except (aiohttp.ClientError, TimeoutError):
            body = b""
        now_s = self._clock.now().timestamp()
        return error_of(response.status, response.headers, body, now_s=now_s)

    async def _spool(self, response: aiohttp.ClientResponse) -> SpooledBody:
        body = await SpooledBody.read_from(response.content.iter_any(), self._budget)
        if body.content_type == UNKNOWN_TYPE:
            await body.aclose()
            raise AnswerLost(message="the answer is no picture", status=response.status)
        return body


async def _json(response: aiohttp.ClientResponse) -> object:
    try:
        parsed: object = await response.json(content_type=None)
    except ValueError:
        raise AnswerLost(message="the answer is no JSON", status=response.status) from None
    return parsed


def _listed(document: object) -> list[object]:
    data = document.get("data") if isinstance(document, dict) else None
    if not isinstance(data, list):
        raise AnswerLost(message="the answer has no list")
    return data


def _mapped(document: object) -> Mapping[str, str]:
    data = document.get("data") if isinstance(document, dict) else None
    if not isinstance(data, dict):
        raise AnswerLost(message="the answer has no mapping")
    return {key: value for key, value in data.items() if isinstance(value, str)}


def _unquoted(text: str | None) -> str | None:
    return urllib.parse.unquote(text) if text else None
