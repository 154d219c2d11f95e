"""Lineage: from which pictures a picture came, as far as the member who asks may see it."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.asking.any_recipe import tool_of
from bot.domain.gate.permissions import Action, Actor, Denied, may
from bot.domain.ids import GuildId
from bot.domain.jobs.job import Job, JobImage, MessageAddress
from bot.domain.tools.request import Tool


class Sight(StrEnum):
    """What a member may see of an ancestor."""

    OPEN = "open"
    OWN_PRIVATE = "own_private"
    HIDDEN = "hidden"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Ancestor:
    """A picture that another one came from.

    `seed`, `tool` and `shown` are None where it is not seen; a painting has a seed and no tool.
    """

    sight: Sight
    guild_id: GuildId | None = None
    seed: int | None = None
    shown: MessageAddress | None = None
    tool: Tool | None = None


def ancestor(job: Job, image: JobImage, actor: Actor) -> Ancestor:
    """An ancestor as a member may see it."""
    if job.deleted_at is not None:
        return Ancestor(Sight.DELETED)
    if isinstance(may(Action.DETAILS, actor, job), Denied):
        return Ancestor(Sight.HIDDEN)
    if job.request.private:
        return Ancestor(Sight.OWN_PRIVATE, seed=image.seed, tool=tool_of(job.recipe))
    return Ancestor(
        Sight.OPEN, job.origin.guild_id, image.seed, job.shown, tool=tool_of(job.recipe)
    )
