"""The rows of the fault matrix: what goes wrong, at which stage, and how it is arranged."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tests.wire.faults.house import House, Outcome

Key = tuple[str, str, str]


class Group(StrEnum):
    """Rows of one group are played one after the other in one bot; groups run side by side."""

    VENICE_ONCE = "venice once"
    VENICE_ALWAYS_5XX = "venice always, its own faults"
    VENICE_ALWAYS_4XX = "venice always, refusals"
    DISCORD = "discord"
    PROGRESS = "discord, progress"
    GATEWAY = "gateway"
    TOOLS = "tools"
    OTHER_TOOLS = "tools other than edits"
    """They share their way of failing with edits. Not part of `make test`."""
    COMMUNITY = "community"
    SLOW = "slow"
    """Each in a bot of its own: they wait for leases and timeouts. Not part of `make test`."""


TAKING_LONG = frozenset({Group.PROGRESS, Group.OTHER_TOOLS, Group.SLOW})


@dataclass(frozen=True, slots=True)
class Row:
    """One fault at one stage."""

    side: str
    fault: str
    stage: str
    group: Group
    play: Callable[[House], Awaitable[Outcome]]

    @property
    def key(self) -> Key:
        """What tells a row from every other."""
        return self.side, self.fault, self.stage


Outcomes = Mapping[Key, Outcome]
