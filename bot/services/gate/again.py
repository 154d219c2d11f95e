"""The gate's word on a picture that it let pass before, and that has waited since to be shown."""

from bot.domain.gate.policy import Refuse, decide
from bot.domain.jobs.job import Job, JobImage
from bot.services.ports import Policies


def is_still_allowed(policies: Policies, job: Job, image: JobImage) -> bool:
    """Whether the rules of a picture's channel allow it now; they may have changed meanwhile."""
    origin = job.origin
    policy = policies.of_place(origin.guild_id, origin.channel_id)
    # What moderators would see first now they have seen, or it was shown before they wished to.
    return not isinstance(decide(policy, origin.requester, job.recipe, image.signals), Refuse)
