"""What the stand-in received and how it answered, for tests to look at."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from sandbox.venice.reception import ReceivedFile, Reception

SECRET_HEADERS = frozenset(
    {
        "authorization",
        "cookie",
        "payment-signature",
        "sign-in-with-x",
        "x-402-payment",
        "x-payment",
        "x-sign-in-with-x",
    }
)

LONGEST_KEPT_TEXT = 40_000
"""Longer strings (pictures in base64) are replaced by their length."""

MOST_KEPT_REQUESTS = 10_000
"""The oldest are forgotten beyond this, so that a demo may run for days."""


@dataclass(frozen=True, slots=True)
class ReceivedRequest:
    """One request; replaced by a fuller record when it is answered.

    Attributes:
        number: 1 for the first request since the start.
        method: the HTTP method.
        route: the path below `/api/v1`.
        headers: as received, lower-case names, without secrets.
        body: the JSON object or the form's text fields; very long strings are elided.
        files: the files of a form, described.
        status: the status answered; None while it is open, or if the connection was broken
            before an answer.
        billed: whether the payer was charged.
        charged_usd_micros: how much, in micro-dollars.
        fault: the name of the fault that was played, if any.
    """

    number: int
    method: str
    route: str
    headers: Mapping[str, str]
    body: Mapping[str, object] = field(default_factory=dict)
    files: tuple[ReceivedFile, ...] = ()
    status: int | None = None
    billed: bool = False
    charged_usd_micros: int = 0
    fault: str | None = None

    @property
    def model(self) -> str | None:
        """The model's name as it was sent, under either of its two field names."""
        return self._text("model") or self._text("modelId")

    @property
    def prompt(self) -> str | None:
        """The prompt as it was sent."""
        return self._text("prompt")

    @property
    def seed(self) -> int | None:
        """The seed as it was sent."""
        seed = self.body.get("seed")
        return seed if isinstance(seed, int) else None

    @property
    def safe_mode(self) -> bool | None:
        """`safe_mode` as it was sent; None where it was left out."""
        sent = self.body.get("safe_mode")
        if isinstance(sent, str):
            return sent == "true"
        return sent if isinstance(sent, bool) else None

    def _text(self, name: str) -> str | None:
        value = self.body.get(name)
        return value if isinstance(value, str) else None


class Journal:
    """The list of requests, and a way to wait for it to grow."""

    def __init__(self) -> None:
        self.requests: list[ReceivedRequest] = []
        self._received = 0
        self._change = asyncio.Event()

    def open(
        self, *, method: str, route: str, headers: Mapping[str, str], reception: Reception
    ) -> ReceivedRequest:
        """Notes a request whose body was read, wakes whoever waits, and returns its record."""
        self._received += 1
        kept = {name.lower(): value for name, value in headers.items()}
        record = ReceivedRequest(
            number=self._received,
            method=method,
            route=route,
            headers={n: v for n, v in kept.items() if n not in SECRET_HEADERS},
            body=_elided(reception.fields),
            files=reception.files,
        )
        self.requests.append(record)
        del self.requests[:-MOST_KEPT_REQUESTS]
        self._wake()
        return record

    def note_fault(self, number: int, fault: str) -> None:
        """Adds the fault that is being played."""
        self._amend(number, lambda record: replace(record, fault=fault))

    def note_charge(self, number: int, usd_micros: int) -> None:
        """Adds what was charged, in micro-dollars."""
        self._amend(
            number, lambda record: replace(record, billed=True, charged_usd_micros=usd_micros)
        )

    def close(self, number: int, status: int) -> None:
        """Adds the status that was answered, and wakes whoever waits."""
        self._amend(number, lambda record: replace(record, status=status))
        self._wake()

    async def wait_for(
        self, count: int, *, route: str | None = None, answered: bool = False
    ) -> list[ReceivedRequest]:
        """Waits until `count` requests have come in (on that route), or have been answered.

        The caller sets the timeout.
        """
        while True:
            found = [
                record
                for record in self.requests
                if route in (None, record.route) and (not answered or record.status is not None)
            ]
            if len(found) >= count:
                return found
            await self._change.wait()

    def _wake(self) -> None:
        self._change.set()
        self._change = asyncio.Event()

    def _amend(self, number: int, change: Callable[[ReceivedRequest], ReceivedRequest]) -> None:
        index = number - self.requests[0].number
        if index >= 0:
            self.requests[index] = change(self.requests[index])


def _elided(value: Mapping[str, object]) -> Mapping[str, object]:
    return {name: _elide(part) for name, part in value.items()}


def _elide(value: object) -> object:
    if isinstance(value, str) and len(value) > LONGEST_KEPT_TEXT:
        return f"<{len(value)} characters>"
    if isinstance(value, dict):
        return _elided(value)
    if isinstance(value, list):
        return [_elide(part) for part in value]
    return value
