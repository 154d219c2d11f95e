"""Who may do what with a result: one pure rule, asked by every service that acts on one.

A public result is everybody's who sees it, save that it is deleted only by the member who asked
for it or by a moderator of its channel. A private result is its member's alone.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import ChannelId, GuildId, UserId
from bot.domain.job import Job
from bot.domain.rule import Rule


class Action(StrEnum):
    """What a member can do with a result."""

    REROLL = "reroll"
    REMIX = "remix"
    VARY = "vary"
    FAVOURITE = "favourite"
    SHARE = "share"
    DETAILS = "details"
    DELETE = "delete"
    REPORT = "report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, and where; `manages_messages` is Discord's permission in that channel."""

    user_id: UserId
    guild_id: GuildId | None
    channel_id: ChannelId
    manages_messages: bool = False


@dataclass(frozen=True, slots=True)
class Allowed:
    """Go on."""


@dataclass(frozen=True, slots=True)
class Denied:
    """No, and by which rule."""

    rule: Rule


def may(action: Action, actor: Actor, job: Job) -> Allowed | Denied:
    """Decide whether a member may do something with a result."""
    is_requester = actor.user_id == job.origin.user_id
    if job.request.private and not is_requester:
        return Denied(Rule.RESULT_PRIVATE)
    match action:
        case Action.DELETE if not (is_requester or _moderates(actor, job)):
            return Denied(Rule.NOT_YOUR_RESULT)
        case Action.SHARE if not job.request.private:
            return Denied(Rule.ALREADY_PUBLIC)
        case Action.SHARE if job.origin.guild_id is None:
            return Denied(Rule.NOBODY_TO_SHARE_WITH)
        case _:
            return Allowed()


def _moderates(actor: Actor, job: Job) -> bool:
    """A permission counts in the channel it was given in, and nowhere else."""
    return actor.manages_messages and actor.channel_id == job.origin.channel_id
