"""Pictures that a record names and the store does not have: a power cut may have come between."""

from dataclasses import replace

import structlog

from bot.domain.jobs.failure import Billing, FailureReason, ImageFailure
from bot.domain.jobs.job import ImageState, Job, JobImage
from bot.services.jobs.judging import Judged
from bot.services.ports import PictureStore
from bot.services.storage_ports import Storage, Transaction

log = structlog.get_logger(__name__)


async def end_lost_pictures(job: Job, *, storage: Storage, pictures: PictureStore) -> Job:
    """End those images of a job that were kept and can no longer be shown.

    Their members are told, and not charged; the image service was paid.
    """
    lost = [image for image in job.images if await _is_lost(image, pictures)]
    if not lost:
        return job
    log.warning("pictures_lost", job_id=job.id, images=len(lost))
    ended = [_ended(image) for image in lost]

    async def save(tx: Transaction) -> None:
        for image in ended:
            await tx.jobs.save_image(job.id, image, fence=job.fence)

    await storage.write_at_once(save)
    for image in ended:
        job = job.with_image(image)
    return job


async def end_lost_releases(judged: Judged, pictures: PictureStore) -> Judged:
    """The same of what moderators have just let be shown; it stays among what they released."""
    released = [image for image in judged.job.images if image.id in judged.released]
    gone = {image.id: _ended(image) for image in released if await _is_lost(image, pictures)}
    if not gone:
        return judged
    log.warning("pictures_lost", job_id=judged.job.id, images=len(gone))
    images = tuple(gone.get(image.id, image) for image in judged.job.images)
    return replace(judged, job=replace(judged.job, images=images))


def _ended(image: JobImage) -> JobImage:
    failure = ImageFailure(FailureReason.LOST, Billing.BILLED)
    return replace(image, state=ImageState.LOST, failure=failure)


async def _is_lost(image: JobImage, pictures: PictureStore) -> bool:
    if image.state is not ImageState.STORED or image.picture is None:
        return False
    return not await pictures.has(image.picture)
