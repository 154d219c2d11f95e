"""Limits of members: what may be said at each place, and what of it holds for one request.

The most specific place that says something wins, field by field: a member's own limits, the best
of their roles', the channel's, the server's, the bot's own. A cap on images a day is one field
and a cap on dollars a month another, so that a role may raise the first and leave the second.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from bot.domain.quotas.spender import MemberStanding, Spender
from bot.domain.quotas.windows import WindowKind


class Unlimited(StrEnum):
    """No end, said on purpose; None is that nothing was said."""

    UNLIMITED = "unlimited"


UNLIMITED = Unlimited.UNLIMITED

Ceiling: TypeAlias = int | Unlimited
"""The most that is allowed: images or micro-dollars."""


class Unit(StrEnum):
    """What is counted."""

    IMAGES = "images"
    USD_MICROS = "usd_micros"


class LimitScope(StrEnum):
    """Where a limit was said."""

    MEMBER = "member"
    ROLE = "role"
    BOOSTERS = "boosters"
    NEW_MEMBERS = "new_members"
    CHANNEL = "channel"
    SERVER = "server"
    BOT = "bot"


@dataclass(frozen=True, slots=True)
class LimitSource:
    """Where a limit comes from; `owner_id` names the member, role or channel that has it."""

    scope: LimitScope
    owner_id: int = 0


OF_THE_BOT = LimitSource(LimitScope.BOT)
OF_THE_SERVER = LimitSource(LimitScope.SERVER)


@dataclass(frozen=True, slots=True)
class Cap:
    """The most of a unit in each window of a kind."""

    unit: Unit
    window: WindowKind
    most: Ceiling


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one place says; None and no cap mean that it says nothing.

    Attributes:
        at_once: images that wait or are being painted at the same time.
        dearest_usd_micros: the highest price of one image.
        images_per_request: images in one request.
    """

    caps: tuple[Cap, ...] = ()
    at_once: Ceiling | None = None
    dearest_usd_micros: Ceiling | None = None
    images_per_request: Ceiling | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return self == NO_LIMITS


NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class SourcedCap:
    """A cap that holds, and where it was said."""

    cap: Cap
    source: LimitSource


@dataclass(frozen=True, slots=True)
class Sourced:
    """A ceiling that holds, and where it was said."""

    most: Ceiling
    source: LimitSource

    @property
    def end(self) -> int | None:
        """The ceiling as a number; None where there is no end."""
        return None if isinstance(self.most, Unlimited) else self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectiveLimits:
    """What holds for one request, each field with its source; None where nobody said anything."""

    caps: tuple[SourcedCap, ...] = ()
    at_once: Sourced | None = None
    dearest_usd_micros: Sourced | None = None
    images_per_request: Sourced | None = None


NOTHING_HOLDS = EffectiveLimits()

LimitRules: TypeAlias = Mapping[LimitSource, Limits]
"""All that a server says. What is said of a role that is gone concerns nobody."""

Layer: TypeAlias = Sequence[tuple[LimitSource, Limits]]
"""Places of the same rank: the best of them counts."""


def layers_of(
    rules: LimitRules, of_the_bot: Limits, *, spender: Spender, new_since: datetime | None
) -> tuple[Layer, ...]:
    """The places that may say something of a member's request, the most specific first.

    Who joined after `new_since` is a new member.
    """
    ranks: list[list[LimitSource]] = [
        [LimitSource(LimitScope.MEMBER, spender.user_id)],
        list(_role_sources(spender.standing, new_since)),
        *([LimitSource(LimitScope.CHANNEL, channel)] for channel in spender.channels),
        [OF_THE_SERVER],
    ]
    said = [[(source, rules[source]) for source in rank if source in rules] for rank in ranks]
    return (*said, [(OF_THE_BOT, of_the_bot)])


def new_member_since(now: datetime, days: int) -> datetime | None:
    """Since when a member counts as new; None where nobody does."""
    return now - timedelta(days=days) if days > 0 else None


def resolve(layers: Iterable[Layer]) -> EffectiveLimits:
    """What holds: field by field, the best of the first layer that says something."""
    ranks = [rank for rank in layers if rank]
    kinds = {(cap.unit, cap.window) for rank in ranks for _, said in rank for cap in said.caps}
    return EffectiveLimits(
        caps=tuple(_effective_cap(ranks, unit, window) for unit, window in sorted(kinds)),
        at_once=_first(ranks, lambda said: said.at_once),
        dearest_usd_micros=_first(ranks, lambda said: said.dearest_usd_micros),
        images_per_request=_first(ranks, lambda said: said.images_per_request),
    )


def _role_sources(standing: MemberStanding, new_since: datetime | None) -> Iterable[LimitSource]:
    yield from (LimitSource(LimitScope.ROLE, role) for role in sorted(standing.roles))
    if standing.boosting:
        yield LimitSource(LimitScope.BOOSTERS)
    joined = standing.joined_at
    if joined is not None and new_since is not None and joined > new_since:
        yield LimitSource(LimitScope.NEW_MEMBERS)


def _effective_cap(ranks: Sequence[Layer], unit: Unit, window: WindowKind) -> SourcedCap:
    def cap_of(said: Limits) -> Ceiling | None:
        most = (each.most for each in said.caps if (each.unit, each.window) == (unit, window))
        return next(most, None)

    found = _first(ranks, cap_of)
    if found is None:
        raise ValueError(f"no layer has a cap on {unit} a {window}")
    return SourcedCap(Cap(unit, window, found.most), found.source)


def _first(ranks: Sequence[Layer], field: Callable[[Limits], Ceiling | None]) -> Sourced | None:
    for rank in ranks:
        said = [
            Sourced(most, source) for source, limits in rank if (most := field(limits)) is not None
        ]
        if said:
            return max(said, key=_rank)
    return None


def _rank(sourced: Sourced) -> float:
    return float("inf") if isinstance(sourced.most, Unlimited) else sourced.most
