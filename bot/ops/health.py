"""Readiness: whether the bot can do what members ask of it now, check by check."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.elapsed import is_within
from bot.ops.contact import Contact
from bot.services.ports import Clock
from bot.services.storage_ports import Storage

CHECK_TIMEOUT_S = 2.0

FRESH_FOR = timedelta(minutes=30)
"""The catalogue is looked at every 10 minutes: three looks in a row have then failed."""

SILENT_FOR = timedelta(minutes=15)
"""Those looks are answers too: a longer silence means that nobody looks any more."""

_MARKER = "health"
"""A marker that nobody sets: reading it asks the database, and moves nothing."""


class NotReady(Exception):
    """A check does not pass; the message says why, and holds nothing secret."""


Check = Callable[[], Awaitable[str]]
"""Says in a few words how things are.

Raises:
    NotReady: if the bot cannot work like that.
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found."""

    name: str
    passes: bool
    detail: str


class Readiness:
    """Asks all checks at once; one that does not answer in time does not pass."""

    def __init__(self, checks: Mapping[str, Check], *, timeout_s: float = CHECK_TIMEOUT_S) -> None:
        self._checks = checks
        self._timeout_s = timeout_s

    async def look(self) -> tuple[Finding, ...]:
        """What the checks find now, in their order. Never raises for what they find."""
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(self._ask(name, check)) for name, check in self._checks.items()
            ]
        return tuple(task.result() for task in tasks)

    async def _ask(self, name: str, check: Check) -> Finding:
        try:
            async with asyncio.timeout(self._timeout_s):
                return Finding(name, passes=True, detail=await check())
        except NotReady as reason:
            return Finding(name, passes=False, detail=str(reason))
        except TimeoutError:
            return Finding(name, passes=False, detail=f"no answer within {self._timeout_s:g} s")


def gateway_check(is_online: Callable[[], bool]) -> Check:
    """Whether every shard hears Discord."""

    async def check() -> str:
        if not is_online():
            raise NotReady("not connected to Discord's gateway")
        return "connected"

    return check


def database_check(storage: Storage) -> Check:
    """Whether the database answers a question."""

    async def check() -> str:
        try:
            async with storage.read() as tx:
                await tx.markers.get(_MARKER)
        except TimeoutError:
            raise
        except Exception as error:  # what a driver raises is its own; a probe has to answer
            # Its message may name a host or a path: the log has it, a probe's caller not.
            raise NotReady(f"does not answer: {type(error).__name__}") from error
        return "answers"

    return check


def api_check(contact: Contact, clock: Clock, *, silent_for: timedelta | None) -> Check:
    """Whether the image API answered when it was last asked.

    Args:
        contact: remembers when that was.
        clock: time.
        silent_for: how long nothing may have been asked; None where nobody asks by the clock.
    """

    async def check() -> str:
        last = contact.last
        if last is None:
            if silent_for is not None:
                raise NotReady("was never asked")
            return "not asked yet"
        if not last.answered:
            raise NotReady(f"did not answer at {last.at:%H:%M:%S} UTC: {last.outcome}")
        silent_s = clock.monotonic() - last.at_s
        if silent_for is not None and silent_s > silent_for.total_seconds():
            raise NotReady(f"was last asked at {last.at:%H:%M:%S} UTC")
        return f"answered at {last.at:%H:%M:%S} UTC"

    return check


class CatalogueView(Protocol):
    """What readiness has to know of the catalogue."""

    @property
    def is_usable(self) -> bool:
        """Whether there is one."""

    @property
    def refreshed_at(self) -> datetime | None:
        """When the API was last looked at with success; None if only the disk was."""

    @property
    def models(self) -> int:
        """How many models there are."""


def catalogue_check(state: Callable[[], CatalogueView], clock: Clock) -> Check:
    """Whether the models and prices in memory are those that the API has."""

    async def check() -> str:
        now = state()
        if not now.is_usable:
            raise NotReady("there is none yet")
        if now.refreshed_at is None:
            raise NotReady("from disk: the API has not been looked at with success yet")
        if not is_within(FRESH_FOR, since=now.refreshed_at, now=clock.now()):
            raise NotReady(f"was last refreshed at {now.refreshed_at:%H:%M:%S} UTC")
        return f"{now.models} models"

    return check
