"""The rows of the fault matrix: what goes wrong, at which stage, and how it is arranged."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tests.wire.faults.house import House, Outcome


class Group(StrEnum):
    """Rows of one group are played one after the other in one bot; groups run side by side."""

    VENICE_ONCE = "venice once"
    VENICE_ALWAYS_5XX = "venice always, its own faults"
    VENICE_ALWAYS_4XX = "venice always, refusals"
    DISCORD = "discord"
    PROGRESS = "discord, progress"
    GATEWAY = "gateway"
    SLOW = "slow"
    """Each in a bot of its own: they wait for leases and timeouts. Not part of `make test`."""


TAKING_LONG = frozenset({Group.PROGRESS, Group.SLOW})


@dataclass(frozen=True, slots=True)
class Row:
    """One fault at one stage."""

    side: str
    fault: str
    stage: str
    group: Group
    play: Callable[[House], Awaitable[Outcome]]

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells a row from every other."""
        return self.side, self.fault, self.stage


@dataclass(frozen=True, slots=True)
class Played:
    """A row and what came of it."""

    row: Row
    outcome: Outcome


Outcomes = Mapping[tuple[str, str, str], Outcome]
