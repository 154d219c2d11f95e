"""Changes that managers ask for, and what each would come to for whom, before it is applied."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from bot.domain.ids import ChannelId, GuildId, RoleId, UserId
from bot.domain.quotas.limit_fields import LimitField, holding_in, said_in
from bot.domain.quotas.limits import (
    OF_THE_SERVER,
    Ceiling,
    LimitRules,
    Limits,
    LimitScope,
    LimitSource,
    Sourced,
    layers_of,
    resolve,
)
from bot.domain.quotas.server_quota import BudgetLine, ServerQuota
from bot.domain.quotas.spender import MemberStanding, Spender

CHANGE_WAITS_FOR = timedelta(minutes=15)
"""As long as the message that shows it can be edited (Discord)."""

_NOBODY = UserId(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitChange:
    """What one place says, and what it is to say."""

    kind: Literal["limits"] = "limits"
    source: LimitSource
    before: Limits
    after: Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsChange:
    """A server's settings of quota, and what they are to become."""

    kind: Literal["settings"] = "settings"
    before: ServerQuota
    after: ServerQuota


Change: TypeAlias = LimitChange | SettingsChange


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingChange:
    """A change that waits for its manager's word."""

    id: str
    guild_id: GuildId
    user_id: UserId
    change: Change
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class FieldEffect:
    """One field for somebody, before and after; None where nobody limits it."""

    field: LimitField
    before: Sourced | None
    after: Sourced | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitPreview:
    """What a place is to say, what that would come to for its members, and who is left out."""

    waiting: WaitingChange
    change: LimitChange
    effects: tuple[FieldEffect, ...]
    exceptions: tuple[LimitSource, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsPreview:
    """What a server's settings are to become, and its budget with them."""

    waiting: WaitingChange
    change: SettingsChange
    budget_before: tuple[BudgetLine, ...]
    budget_after: tuple[BudgetLine, ...]


def role_source(role_id: RoleId, guild_id: GuildId) -> LimitSource:
    """Where a role's limits are said; the role that everybody has stands for the server."""
    if int(role_id) == int(guild_id):
        return OF_THE_SERVER
    return LimitSource(LimitScope.ROLE, role_id)


def typical_spender(source: LimitSource, guild_id: GuildId, now: datetime) -> Spender:
    """Somebody for whom a place's word counts, and of whom nothing else is known."""
    plain = Spender(user_id=_NOBODY, guild_id=guild_id)
    match source.scope:
        case LimitScope.MEMBER:
            return replace(plain, user_id=UserId(source.owner_id))
        case LimitScope.ROLE:
            return replace(
                plain, standing=MemberStanding(roles=frozenset({RoleId(source.owner_id)}))
            )
        case LimitScope.BOOSTERS:
            return replace(plain, standing=MemberStanding(boosting=True))
        case LimitScope.NEW_MEMBERS:
            return replace(plain, standing=MemberStanding(joined_at=now))
        case LimitScope.CHANNEL:
            return replace(plain, channels=(ChannelId(source.owner_id),))
        case LimitScope.SERVER | LimitScope.BOT:
            return plain


def effects_of(
    rules: LimitRules,
    of_the_bot: Limits,
    change: LimitChange,
    *,
    spender: Spender,
    new_since: datetime | None,
) -> tuple[FieldEffect, ...]:
    """What would be different for somebody; empty where a more specific place has its own say."""
    changed = {**rules, change.source: change.after}
    before, after = (
        holding_in(resolve(layers_of(said, of_the_bot, spender=spender, new_since=new_since)))
        for said in (rules, changed)
    )
    fields = dict.fromkeys((*before, *after))
    return tuple(
        FieldEffect(each, before.get(each), after.get(each))
        for each in fields
        if before.get(each) != after.get(each)
    )


def exceptions_to(rules: LimitRules, change: LimitChange) -> tuple[LimitSource, ...]:
    """The more specific places that have their own say on what is changed, and so stay."""
    touched = changed_fields(change)
    return tuple(
        source
        for source, limits in sorted(rules.items(), key=lambda rule: _place(rule[0]))
        if _RANKS[source.scope] < _RANKS[change.source.scope] and touched & said_in(limits).keys()
    )


def changed_fields(change: LimitChange) -> set[LimitField]:
    """The fields that a place says differently after a change."""
    return {each for each, _, _ in said_differently(change)}


def said_differently(
    change: LimitChange,
) -> Iterator[tuple[LimitField, Ceiling | None, Ceiling | None]]:
    """Each field that a change touches, with what the place says before and after."""
    before: Mapping[LimitField, Ceiling] = said_in(change.before)
    after: Mapping[LimitField, Ceiling] = said_in(change.after)
    for each in dict.fromkeys((*before, *after)):
        if before.get(each) != after.get(each):
            yield each, before.get(each), after.get(each)


def in_order(sources: Mapping[LimitSource, Limits]) -> list[tuple[LimitSource, Limits]]:
    """What is said, the least specific place first."""
    return sorted(sources.items(), key=lambda rule: (-_RANKS[rule[0].scope], rule[0].owner_id))


def _place(source: LimitSource) -> tuple[int, int]:
    return _RANKS[source.scope], source.owner_id


_RANKS: dict[LimitScope, int] = {
    LimitScope.MEMBER: 0,
    LimitScope.ROLE: 1,
    LimitScope.BOOSTERS: 1,
    LimitScope.NEW_MEMBERS: 1,
    LimitScope.CHANNEL: 2,
    LimitScope.SERVER: 3,
    LimitScope.BOT: 4,
}
"""How specific each scope is, as `layers_of` has it: 0 is the most specific."""
