"""The gate: one function decides what may be asked and what may be shown.

Every path calls it before a job is written and again at delivery. Today it admits servers,
forces safe mode and withholds what the API called a violation; a channel's own rules are
further fields of `PolicySnapshot`.
"""

from dataclasses import dataclass, replace

from bot.domain.ids import GuildId, UserId
from bot.domain.request import Recipe
from bot.domain.rule import Rule


@dataclass(frozen=True, slots=True)
class PolicySnapshot:
    """The rules of one place at one moment.

    `allowed_guilds` empty means that every server may use the bot.
    """

    safe_mode: bool = True
    allowed_guilds: frozenset[GuildId] = frozenset()


@dataclass(frozen=True, slots=True)
class Requester:
    """Who asks, and in which server; `guild_id` is None in direct messages."""

    user_id: UserId
    guild_id: GuildId | None


@dataclass(frozen=True, slots=True)
class SafetySignals:
    """What the API said of a picture; None where it said nothing."""

    blurred: bool | None = None
    content_violation: bool | None = None


NO_SIGNALS = SafetySignals()


@dataclass(frozen=True, slots=True)
class Allow:
    """Go on with this recipe. `changed_by` names the rules that altered it."""

    recipe: Recipe
    changed_by: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Hold:
    """Paint, but show it to a moderator first."""

    recipe: Recipe
    rule: Rule


@dataclass(frozen=True, slots=True)
class Refuse:
    """No, and by which rule."""

    rule: Rule


Decision = Allow | Hold | Refuse


def decide(
    policy: PolicySnapshot,
    requester: Requester,
    recipe: Recipe,
    signals: SafetySignals | None = None,
) -> Decision:
    """Decide on a request, or, with the `signals` of a painted picture, on its delivery."""
    if not _server_admitted(policy, requester):
        return Refuse(Rule.SERVER_NOT_ALLOWED)
    if signals is not None and signals.content_violation:
        return Refuse(Rule.CONTENT_VIOLATION)
    if policy.safe_mode and not recipe.safe_mode:
        return Allow(replace(recipe, safe_mode=True), changed_by=(Rule.SAFE_MODE,))
    return Allow(recipe)


def _server_admitted(policy: PolicySnapshot, requester: Requester) -> bool:
    if requester.guild_id is None or not policy.allowed_guilds:
        return True
    return requester.guild_id in policy.allowed_guilds
