"""Whether a picture may be shown to others than those who have it before them already.

One rule, asked wherever the bot itself puts a picture before a server: on the starboard, in a
contest, among its winners.
"""

from bot.domain.gate.policy import is_known_safe
from bot.domain.ids import ImageId
from bot.domain.jobs.job import Job, JobImage


def shown_to_others(job: Job | None, image_id: ImageId) -> JobImage | None:
    """The picture, where a server may see it; None where it is deleted, private, or no more."""
    if job is None or job.deleted_at is not None or job.request.private:
        return None
    if job.origin.guild_id is None:
        return None
    return next((image for image in job.pictures if image.id == image_id), None)


def fits_safe_mode(job: Job, image: JobImage, *, from_age_restricted: bool) -> bool:
    """Whether a channel with safe mode may show a picture.

    It must be on record as safe, and nothing of an age-restricted channel ever leaves for one.
    """
    return is_known_safe(job.recipe, image.signals) and not from_age_restricted
