"""What members say of a picture: that they like it, or that it should not be there."""

import structlog

from bot.domain.errors import AlreadyReported
from bot.domain.ids import ImageId
from bot.domain.permissions import Action, Actor
from bot.domain.report import Report, clean_reason
from bot.services.ports import Clock
from bot.services.results import find_picture
from bot.services.storage_ports import Storage

log = structlog.get_logger(__name__)


class FeedbackService:
    """Keeps favourites and reports."""

    def __init__(self, *, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def toggle_favourite(self, image_id: ImageId, actor: Actor) -> bool:
        """Mark a picture, or take the mark back; True if it is marked now.

        Raises:
            ResultError: if the picture is gone, or the member may not see it.
        """
        async with self._storage.write() as tx:
            await find_picture(tx, image_id, Action.FAVOURITE, actor)
            if await tx.favourites.remove(actor.user_id, image_id):
                return False
            await tx.favourites.add(actor.user_id, image_id, now=self._clock.now())
            return True

    async def check_reportable(self, image_id: ImageId, actor: Actor) -> None:
        """Find out whether a member can report a picture, before they write a reason.

        Raises:
            AlreadyReported: if they have done so before.
            ResultError: if the picture is gone, or the member may not see it.
        """
        async with self._storage.read() as tx:
            await find_picture(tx, image_id, Action.REPORT, actor)
            if await tx.reports.has(actor.user_id, image_id):
                raise AlreadyReported

    async def report(self, image_id: ImageId, actor: Actor, reason: str) -> None:
        """Keep a report.

        Raises:
            ReasonEmpty: if there is no reason in it.
            AlreadyReported: if the member has reported the picture before.
            ResultError: if the picture is gone, or the member may not see it.
        """
        report = Report(image_id, actor.user_id, clean_reason(reason), self._clock.now())
        async with self._storage.write() as tx:
            picked = await find_picture(tx, image_id, Action.REPORT, actor)
            if not await tx.reports.add(report):
                raise AlreadyReported
        log.info("picture_reported", job_id=picked.job.id, image_id=image_id)
