"""Misbehaviour on request: what a test asks the loopback Discord to do to the next calls.

    discord.faults.add(Fault(ServerError(503), route=CALLBACK, times=2))

| kind | what the caller sees |
| --- | --- |
| `RateLimited` | a 429 of the route's bucket, or of all routes, with the time to wait |
| `ServerError` | a 5xx with the page of a proxy; nothing was done |
| `Refused` | one of Discord's refusals, by status and code |
| `ConnectionReset` | the connection is reset; the call was carried out or not |
| `SlowAnswer` | the usual answer, late; the call is carried out at once |
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
ANSWER = "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"
FOLLOW_UP = "/webhooks/{webhook_id}/{webhook_token}"
MESSAGES = "/channels/{channel_id}/messages"


@dataclass(frozen=True, slots=True)
class RateLimited:
    """A 429. `retry_after_s` is how long to wait; `everywhere` closes all routes."""

    retry_after_s: float
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class ServerError:
    """A 5xx."""

    status: int = 502


@dataclass(frozen=True, slots=True)
class Refused:
    """Discord's own refusal."""

    status: int
    code: int
    message: str = "Refused"


@dataclass(frozen=True, slots=True)
class ConnectionReset:
    """A reset in the place of an answer; `done` carries the call out before."""

    done: bool = False


@dataclass(frozen=True, slots=True)
class SlowAnswer:
    """The usual answer, late by that many seconds."""

    delay_s: float


Kind = RateLimited | ServerError | Refused | ConnectionReset | SlowAnswer


@dataclass(frozen=True, slots=True)
class Fault:
    """What to do, to which calls, and how often; None for any method or route."""

    kind: Kind
    method: str | None = None
    route: str | None = None
    times: int = 1

    def matches(self, method: str, route: str) -> bool:
        """Whether a call is meant."""
        return self.method in {None, method} and self.route in {None, route}


class Faults:
    """The faults that are still to be played, in the order they were added."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Fault, int]] = []

    def add(self, *faults: Fault) -> None:
        """Add faults behind those that wait."""
        self._waiting.extend((fault, fault.times) for fault in faults)

    def clear(self) -> None:
        """Forget those that wait."""
        self._waiting.clear()

    @property
    def waiting(self) -> tuple[Fault, ...]:
        """Those that were not played often enough yet."""
        return tuple(fault for fault, _ in self._waiting)

    def take(self, method: str, route: str) -> Kind | None:
        """What is to go wrong with this call, if anything."""
        for place, (fault, left) in enumerate(self._waiting):
            if fault.matches(method, route):
                self._waiting[place : place + 1] = [(fault, left - 1)] if left > 1 else []
                return fault.kind
        return None

    @contextlib.contextmanager
    def playing(self, *faults: Fault) -> Iterator[None]:
        """Add faults for the length of a block."""
        self.add(*faults)
        try:
            yield
        finally:
            self.clear()
