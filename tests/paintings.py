"""A job's request and recipe where a test knows that it is a painting."""

from datetime import datetime

from bot.domain.asking.request import ImageRequest, Recipe
from bot.domain.conduct.bars import Barred, Block
from bot.domain.gate.policy import PolicySnapshot
from bot.domain.ids import GuildId, UserId
from bot.domain.jobs.job import Job


def asked(job: Job) -> ImageRequest:
    assert isinstance(job.request, ImageRequest)
    return job.request


def painted_by(job: Job) -> Recipe:
    assert isinstance(job.recipe, Recipe)
    return job.recipe


def blocking(user_id: UserId, *, at: datetime) -> PolicySnapshot:
    """The rules of a place in which a member is blocked."""
    block = Block(guild_id=GuildId(1), user_id=user_id, since=at, until=None, reason="spam")
    return PolicySnapshot(barred=Barred(at=at, here={user_id: block}))
