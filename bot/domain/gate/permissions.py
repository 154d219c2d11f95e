"""Who may do what with a result: one pure rule, asked by every service that acts on one.

A public result is everybody's who sees it, save that it is deleted only by the member who asked
for it or by a moderator of its channel, and voted on by everybody but that member. A private result
is its member's alone. What is in a battle that goes on can be reported by everybody, and no more.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.asking.any_recipe import is_blind
from bot.domain.gate.rule import Rule
from bot.domain.ids import ChannelId, GuildId, UserId
from bot.domain.jobs.job import Job


class Action(StrEnum):
    """What a member can do with a result."""

    REROLL = "reroll"
    REMIX = "remix"
    VARY = "vary"
    VARY_SUBTLY = "vary_subtly"
    EDIT = "edit"
    UPSCALE = "upscale"
    CUT_OUT = "cut_out"
    FAVOURITE = "favourite"
    SHARE = "share"
    DETAILS = "details"
    ORIGINAL = "original"
    DELETE = "delete"
    REPORT = "report"
    UPVOTE = "upvote"
    DOWNVOTE = "downvote"


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
    hidden_by = _hidden_by(action, job, is_requester=is_requester)
    if hidden_by is not None:
        return Denied(hidden_by)
    match action:
        case Action.DELETE if not (is_requester or _moderates(actor, job)):
            return Denied(Rule.NOT_YOUR_RESULT)
        case Action.UPVOTE | Action.DOWNVOTE:
            return _may_vote(actor, job)
        case Action.SHARE if not job.request.private:
            return Denied(Rule.ALREADY_PUBLIC)
        case Action.SHARE if job.origin.guild_id is None:
            return Denied(Rule.NOBODY_TO_SHARE_WITH)
        case _:
            return Allowed()


def _hidden_by(action: Action, job: Job, *, is_requester: bool) -> Rule | None:
    if is_blind(job.request):
        return None if action is Action.REPORT else Rule.BATTLE_OPEN
    return Rule.RESULT_PRIVATE if job.request.private and not is_requester else None


def _may_vote(actor: Actor, job: Job) -> Allowed | Denied:
    if job.origin.guild_id is None:
        return Denied(Rule.NO_VOTES_HERE)
    if actor.user_id == job.origin.user_id:
        return Denied(Rule.YOUR_OWN_PICTURE)
    return Allowed()


def _moderates(actor: Actor, job: Job) -> bool:
    """A permission counts in the channel it was given in, and nowhere else."""
    return actor.manages_messages and actor.channel_id == job.origin.channel_id
