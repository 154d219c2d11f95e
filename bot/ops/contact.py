"""When the image API last answered: what readiness knows of it without asking it anything."""

from dataclasses import dataclass
from datetime import datetime

from bot.services.ports import Clock

NO_ANSWER = frozenset({"Unreachable", "AnswerLost", "ServerFault"})
"""Outcomes of tries that tell of no working API (see `bot.venice.errors`); a refusal is one."""


@dataclass(frozen=True, slots=True)
class LastTry:
    """How the last try ended, and when: as a moment, and in seconds of `Clock.monotonic`."""

    answered: bool
    outcome: str
    at: datetime
    at_s: float


class Contact:
    """Remembers the last try."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.last: LastTry | None = None

    def tried(self, outcome: str) -> None:
        """Take up how a try ended."""
        self.last = LastTry(
            outcome not in NO_ANSWER, outcome, self._clock.now(), self._clock.monotonic()
        )
