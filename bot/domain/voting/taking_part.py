"""Who may take part in what members decide together: a server's rules, and what they come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.errors import KeepingError
from bot.domain.ids import RoleId


class Doing(StrEnum):
    """What there is a rule for. The values are in the database: they are never renamed."""

    PROPOSE = "propose"
    VOTE = "vote"
    OPEN_ROUNDS = "open_rounds"
    START_BATTLES = "start_battles"
    OPEN_CONTESTS = "open_contests"


class CircleKind(StrEnum):
    """How a circle of members is drawn. The values are in the database: never renamed."""

    EVERYBODY = "everybody"
    ROLE = "role"
    MANAGERS = "managers"


@dataclass(frozen=True, slots=True)
class Circle:
    """Those who may; whoever manages the server is in every one."""

    kind: CircleKind
    role_id: RoleId | None = None


EVERYBODY = Circle(CircleKind.EVERYBODY)
MANAGERS = Circle(CircleKind.MANAGERS)

UNLESS_SAID: Mapping[Doing, Circle] = {
    Doing.PROPOSE: EVERYBODY,
    Doing.VOTE: EVERYBODY,
    Doing.OPEN_ROUNDS: MANAGERS,
    Doing.START_BATTLES: EVERYBODY,
    Doing.OPEN_CONTESTS: MANAGERS,
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What a server has said; of all else, `UNLESS_SAID` counts."""

    said: Mapping[Doing, Circle] = field(default_factory=dict)

    def circle_of(self, doing: Doing) -> Circle:
        """Who may."""
        return self.said.get(doing, UNLESS_SAID[doing])

    def changed(self, doing: Doing, circle: Circle) -> "Rules":
        """The rules with another circle for one thing."""
        return Rules({**self.said, doing: circle})


NO_RULES = Rules()


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """What the rules ask of a member; `manages_server` is Discord's Manage Server."""

    roles: frozenset[RoleId] = frozenset()
    manages_server: bool = False


class TakingPartError(KeepingError):
    """About the rules of taking part."""


@dataclass(eq=False)
class NotAmongThem(TakingPartError):
    """The server's rules let others do that."""

    doing: Doing
    circle: Circle


class RuleUnclear(TakingPartError):
    """A rule was named without saying for whom, or the other way round, or for two at once."""


def circle_given(who: str | None, role_id: RoleId | None, *, everyone: RoleId) -> Circle:
    """The circle that somebody chose: by its kind, or by a role.

    `everyone` is the role that all members have.

    Raises:
        RuleUnclear: if it was both, or neither.
    """
    if (who is None) == (role_id is None):
        raise RuleUnclear
    if role_id is not None and role_id != everyone:
        return Circle(CircleKind.ROLE, role_id)
    return MANAGERS if who == CircleKind.MANAGERS else EVERYBODY


ANYBODY = Participant()
"""Of whom nothing is known."""


def check_may(rules: Rules, doing: Doing, who: Participant) -> None:
    """Say whether a member may do something by the rules of their server.

    Raises:
        NotAmongThem: if not.
    """
    circle = rules.circle_of(doing)
    if not (who.manages_server or _is_in(circle, who)):
        raise NotAmongThem(doing, circle)


def _is_in(circle: Circle, who: Participant) -> bool:
    match circle.kind:
        case CircleKind.EVERYBODY:
            return True
        case CircleKind.ROLE:
            return circle.role_id in who.roles
        case CircleKind.MANAGERS:
            return False
