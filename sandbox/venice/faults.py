"""Misbehaviour on request: what a test asks the stand-in to do to the next matching requests.

    stand_in.faults.add(Fault(Answered(503, HtmlBody()), route="/image/generate", times=2))

Faults are matched in the order they were added; each is used `times` times.

| kind | what the caller sees |
| --- | --- |
| `ClosedUnread` | the connection closes before the body was read |
| `Answered` | any status with a JSON, HTML or empty body and any headers |
| `RateLimited` | a 429 with `Retry-After`, or a reset in Unix seconds or milliseconds, or neither |
| `ViolationRefused` | the 400 with which older deployments answered a violation |
| `UnknownJson` | a 200 with JSON of no known shape |
| `Hung` | no answer, ever |
| `Held` | the usual answer, once an event is set |
| `SlowHeaders` | the usual answer, late |
| `ConnectionReset` | the connection is reset after the body was read; billed or not |
| `Judged` | the usual answer to a prompt of that verdict |
| `Truncated` | an answer that ends before its content-length |
| `SlowBody` | the usual answer, in drips |
| `WrongContentType` | the usual body under another content type |
| `SafetyHeadersMissing` | the usual answer without its two safety headers |
| `DeprecationHeaders` | the usual answer, with a warning that the model goes |
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from sandbox.venice.safety import Verdict


@dataclass(frozen=True, slots=True)
class JsonBody:
    """A JSON body."""

    value: object


@dataclass(frozen=True, slots=True)
class HtmlBody:
    """A page, as proxies answer."""

    text: str = "<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>"


@dataclass(frozen=True, slots=True)
class EmptyBody:
    """Nothing."""


class ResetUnit(Enum):
    """In what `x-ratelimit-reset-requests` counts, as ticks a second."""

    SECONDS = 1
    MILLISECONDS = 1000


@dataclass(frozen=True, slots=True)
class ClosedUnread:
    """The connection closes before the body was read."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Any status with any body and headers."""

    status: int
    body: JsonBody | HtmlBody | EmptyBody = field(default_factory=EmptyBody)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RateLimited:
    """A 429.

    Attributes:
        retry_after_s: the `Retry-After` header, in seconds.
        resets_in_s: how far off `x-ratelimit-reset-requests` is, in seconds.
        unit: in what that header counts.
    """

    retry_after_s: int | None = None
    resets_in_s: float | None = None
    unit: ResetUnit = ResetUnit.SECONDS


@dataclass(frozen=True, slots=True)
class ViolationRefused:
    """A violation, as a 400."""

    message: str = "Your prompt violates the content policy of Venice.ai or the model provider"


@dataclass(frozen=True, slots=True)
class UnknownJson:
    """A 200 with JSON of no known shape."""


@dataclass(frozen=True, slots=True)
class Hung:
    """No answer, until the stand-in stops."""


@dataclass(frozen=True, slots=True)
class Held:
    """The usual answer, once the event is set."""

    release: asyncio.Event


@dataclass(frozen=True, slots=True)
class SlowHeaders:
    """The usual answer, late by that many seconds."""

    delay_s: float


@dataclass(frozen=True, slots=True)
class ConnectionReset:
    """A reset after the body was read; `billed` paints and charges first."""

    billed: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """The usual answer to a prompt of that verdict, whatever the prompt."""

    verdict: Verdict = Verdict.VIOLATION


@dataclass(frozen=True, slots=True)
class Truncated:
    """An answer that ends early: after that part of its body."""

    part: float = 0.5


@dataclass(frozen=True, slots=True)
class SlowBody:
    """The usual answer in chunks, with a pause after each, in seconds."""

    chunk_bytes: int
    pause_s: float


@dataclass(frozen=True, slots=True)
class WrongContentType:
    """The usual body under another content type."""

    content_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class SafetyHeadersMissing:
    """The usual answer without its safety headers."""


@dataclass(frozen=True, slots=True)
class DeprecationHeaders:
    """The usual answer, with a warning that the model goes."""

    date: str = "2031-03-01T00:00:00.000Z"
    replacement: str | None = None


InsteadOfAnswer = Answered | RateLimited | ViolationRefused | UnknownJson
BeforeAnswer = Hung | Held | SlowHeaders
AlteredHeaders = WrongContentType | SafetyHeadersMissing | DeprecationHeaders
SpoiltBody = Truncated | SlowBody
Kind = (
    ClosedUnread
    | InsteadOfAnswer
    | BeforeAnswer
    | ConnectionReset
    | Judged
    | AlteredHeaders
    | SpoiltBody
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What to do, to which requests, and how often.

    Attributes:
        kind: what to do.
        route: the path below `/api/v1`; None for any.
        times: to how many requests.
        model: only where the body asks for this model; None for any.
        seed: only where the body has this seed; None for any.
    """

    kind: Kind
    route: str | None = None
    times: int = 1
    model: str | None = None
    seed: int | None = None

    def __post_init__(self) -> None:
        names_body = self.model is not None or self.seed is not None
        if isinstance(self.kind, ClosedUnread) and names_body:
            raise ValueError("a body that is not read cannot be matched by model or seed")

    @property
    def name(self) -> str:
        """The kind's name, as the journal shows it."""
        return type(self.kind).__name__

    def matches(self, *, route: str, model: str | None, seed: int | None) -> bool:
        """Whether a request is meant."""
        return (
            self.route in (None, route)
            and self.model in (None, model)
            and self.seed in (None, seed)
        )


class Faults:
    """The faults that are still to be played."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Fault, int]] = []

    def add(self, *faults: Fault) -> None:
        """Adds faults behind those that wait."""
        self._waiting.extend((fault, fault.times) for fault in faults)

    def clear(self) -> None:
        """Forgets those that wait."""
        self._waiting.clear()

    @property
    def waiting(self) -> tuple[Fault, ...]:
        """Those that were not played often enough yet."""
        return tuple(fault for fault, _ in self._waiting)

    def take_unread(self, *, route: str) -> Fault | None:
        """The next fault that is played before the body is read."""
        return self._take(route=route, model=None, seed=None, unread=True)

    def take(self, *, route: str, model: str | None, seed: int | None) -> Fault | None:
        """The next fault that is played once the body was read."""
        return self._take(route=route, model=model, seed=seed, unread=False)

    def _take(
        self, *, route: str, model: str | None, seed: int | None, unread: bool
    ) -> Fault | None:
        for place, (fault, left) in enumerate(self._waiting):
            if isinstance(fault.kind, ClosedUnread) is not unread:
                continue
            if fault.matches(route=route, model=model, seed=seed):
                self._waiting[place : place + 1] = [(fault, left - 1)] if left > 1 else []
                return fault
        return None
