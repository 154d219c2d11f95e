"""What members say of a picture: that they like it, or that it should not be there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.domain.errors import AlreadyReported, TooManyReports
from bot.domain.gate.permissions import Action, Actor
from bot.domain.ids import GuildId, ImageId, UserId
from bot.domain.jobs.job import Job
from bot.domain.jobs.schedule import ScheduledWork
from bot.domain.moderation.audit import Act
from bot.domain.moderation.report import Report, clean_reason
from bot.domain.moderation.report_weight import (
    REJECTED_COUNT_FOR,
    Reporter,
    hides,
    is_limited,
    reports_a_day,
    weight_of,
)
from bot.services.moderation.auditing import write_down_own
from bot.services.moderation.report_cases import schedule_redraws
from bot.services.moderation.report_desk import FiledReport
from bot.services.ports import Clock
from bot.services.results.results import Picked, find_picture
from bot.services.schedule.errands import Errands
from bot.services.starboard.marks import note_changes
from bot.services.storage_ports import Storage, Transaction

log = structlog.get_logger(__name__)

_A_DAY = timedelta(hours=24)
_DIRECT_MESSAGES = GuildId(0)


@dataclass(frozen=True, slots=True)
class Reporting:
    """Who reports, since when they have an account, and since when they are in the server."""

    actor: Actor
    account_since: datetime
    member_since: datetime | None


class FeedbackService:
    """Keeps favourites and reports."""

    def __init__(self, *, storage: Storage, clock: Clock, errands: Errands) -> None:
        self._storage = storage
        self._clock = clock
        self._errands = errands

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
            PictureHidden: if it waits for a moderator already.
            ResultError: if the picture is gone, or the member may not see it.
        """
        async with self._storage.read() as tx:
            await find_picture(tx, image_id, Action.REPORT, actor)
            if await tx.reports.has(actor.user_id, image_id):
                raise AlreadyReported

    async def report(self, image_id: ImageId, reporter: Reporting, reason: str) -> FiledReport:
        """Keep a report, hide the picture if that was enough, and hand back what it is about.

        Raises:
            ReasonEmpty: if there is no reason in it.
            AlreadyReported: if the member has reported the picture before.
            TooManyReports: if they have reported as many as they may in 24 hours.
            PictureHidden: if it waits for a moderator already.
            ResultError: if the picture is gone, or the member may not see it.
        """
        reason, actor = clean_reason(reason), reporter.actor
        async with self._storage.write() as tx:
            # Held before the reports are summed, so that no two of them overlook each other.
            alike = await tx.cases.hold_alike(image_id)
            picked = await find_picture(tx, image_id, Action.REPORT, actor)
            rejected = await self._checked_rejections(tx, picked.job, actor.user_id)
            report = self._weighed(picked, reporter, reason, rejected)
            if not await tx.reports.add(report):
                raise AlreadyReported
            works = await self._hide_if_due(tx, picked, alike)
        log.info("picture_reported", job_id=picked.job.id, image_id=image_id, hidden=bool(works))
        await self._errands.run(works)
        return FiledReport(report, picked.job, hidden=bool(works), limited=is_limited(rejected))

    async def _checked_rejections(self, tx: Transaction, job: Job, user_id: UserId) -> int:
        """How many of the member's reports were rejected of late in the server."""
        now, guild_id = self._clock.now(), job.origin.guild_id or _DIRECT_MESSAGES
        rejected = await tx.cases.rejected_since(user_id, guild_id, now - REJECTED_COUNT_FOR)
        limit = reports_a_day(rejected)
        reported = await tx.cases.reported_since(user_id, now - _A_DAY)
        if len(reported) >= limit:
            raise TooManyReports(limit, reported[-limit] + _A_DAY)
        return rejected

    def _weighed(self, picked: Picked, by: Reporting, reason: str, rejected: int) -> Report:
        now = self._clock.now()
        reporter = Reporter(
            account_age=now - by.account_since,
            membership=now - by.member_since if by.member_since is not None else timedelta(0),
            rejected=rejected,
        )
        return Report(
            picked.image.id,
            by.actor.user_id,
            reason,
            now,
            guild_id=picked.job.origin.guild_id,
            weight=weight_of(reporter),
        )

    async def _hide_if_due(
        self, tx: Transaction, picked: Picked, alike: Sequence[ImageId]
    ) -> list[ScheduledWork]:
        """Only what others see is hidden: there is nobody to hide a private picture from."""
        guild_id = picked.job.origin.guild_id
        if guild_id is None or picked.job.request.private:
            return []
        weights = await tx.cases.weights(alike)
        if not hides(weights):
            return []
        changed = await tx.cases.hide(alike)
        await note_changes(tx, alike, now=self._clock.now())
        await write_down_own(
            tx,
            guild_id,
            Act.PICTURE_HIDDEN,
            f"image {picked.image.id}",
            now=self._clock.now(),
            detail=f"reports={len(weights)}",
        )
        return await schedule_redraws(tx, changed, self._clock)
