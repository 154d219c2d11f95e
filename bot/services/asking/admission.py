"""The door: who is let in now, and who is told to come again later."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from bot.domain.ids import UserId
from bot.domain.jobs.admission import (
    AdmissionLimits,
    QueueFull,
    QueueLength,
    overflow,
    too_soon,
)
from bot.domain.jobs.cooldown import Conduct
from bot.domain.jobs.job import Job
from bot.services.ports import Clock
from bot.services.storage_ports import Transaction

FULL_FOR_S = 2.0
"""For how long a queue that was found full is not looked at again."""


ADMITTED_AT_ONCE = 4
"""Transactions that let requests in at a time. The others wait in line outside the database, so
that a burst neither outlasts its timeouts nor holds up the workers' own writes."""


class Admission:
    """Holds requests to the limits of the queue and to the cooldowns of members.

    The rules are asked in the transaction that writes the jobs, so that they hold across
    processes and restarts. What a refusal rested on is remembered as long as the refusal stands,
    so that a flood is answered from memory.

    Attributes:
        line: to be held around the transaction.
    """

    def __init__(self, limits: AdmissionLimits, *, clock: Clock) -> None:
        self.line = asyncio.Semaphore(ADMITTED_AT_ONCE)
        self._limits = limits
        self._clock = clock
        self._too_soon: dict[UserId, Conduct] = {}
        self._full: tuple[float, int] | None = None

    def refuse_from_memory(self, user_id: UserId) -> None:
        """Refuse again what was refused just now.

        Raises:
            TurnedAway: as at first.
        """
        now = self._clock.now()
        conduct = self._too_soon.get(user_id)
        refusal = too_soon(conduct, self._limits, now=now) if conduct is not None else None
        if refusal is not None:
            raise refusal
        if self._full is not None and self._clock.monotonic() < self._full[0]:
            raise QueueFull(self._full[1])

    async def admit(self, tx: Transaction, jobs: Sequence[Job], length: QueueLength) -> None:
        """Let in one request, whose jobs were just written in the same transaction.

        Args:
            tx: the transaction.
            jobs: what is new.
            length: what was there before.

        Raises:
            PausedAfterFailures, AskedTooSoon: if the member has to wait.
            QueueFull, OwnQueueFull: if the queue has no room for all of the jobs.
        """
        user_id = jobs[0].origin.user_id
        now = self._clock.now()
        conduct = await tx.cooldowns.of_member(user_id)
        refusal = too_soon(conduct, self._limits, now=now)
        if refusal is not None:
            self._remember(user_id, conduct, now)
            raise refusal
        no_room = overflow(length, self._limits, new=len(jobs))
        if isinstance(no_room, QueueFull):
            self._full = (self._clock.monotonic() + FULL_FOR_S, no_room.waiting)
        if no_room is not None:
            raise no_room
        if self._limits.pause:
            await tx.cooldowns.note_request(user_id, now=now)

    def _remember(self, user_id: UserId, conduct: Conduct, now: datetime) -> None:
        """Remember one refusal more, and those alone that still stand."""
        still = {
            member: known
            for member, known in self._too_soon.items()
            if too_soon(known, self._limits, now=now) is not None
        }
        self._too_soon = {**still, user_id: conduct}
