"""What moderators decide on reported pictures: each is decided once, by whoever is first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.domain.conduct.strikes import REPORTED
from bot.domain.errors import NoServerHere
from bot.domain.ids import GuildId, ImageId, JobId, UserId
from bot.domain.jobs.job import TERMINAL_JOB_STATES, ImageState, Job, JobImage
from bot.domain.jobs.schedule import ScheduledWork, WorkKind
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.moderation.audit import Act
from bot.domain.moderation.errors import CaseDecided
from bot.domain.moderation.report_case import OUTCOMES, OpenCase, Verdict
from bot.services.conduct.book import ConductBook
from bot.services.conduct.conduct import Judgement
from bot.services.conduct.striking import Deed, StrikeDesk
from bot.services.moderation.auditing import write_down
from bot.services.ports import Clock, PictureStore
from bot.services.results.deletion import wipe
from bot.services.schedule.errands import IF_NOT_DONE, Errands
from bot.services.starboard.marks import note_changes
from bot.services.storage_ports import Transaction

log = structlog.get_logger(__name__)

CASES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided on the picture of whom, and by whom."""

    image_id: ImageId
    verdict: Verdict
    author: UserId
    by: UserId


class ReportCases:
    """Decides on reported pictures."""

    def __init__(
        self,
        *,
        book: ConductBook,
        strikes: StrikeDesk,
        pictures: PictureStore,
        errands: Errands,
        clock: Clock,
    ) -> None:
        self._book = book
        self._strikes = strikes
        self._pictures = pictures
        self._errands = errands
        self._clock = clock

    async def open_cases(self, guild_id: GuildId | None) -> Sequence[OpenCase]:
        """Pictures on which nobody has decided, the longest waiting first.

        Raises:
            NoServerHere: in direct messages.
        """
        if guild_id is None:
            raise NoServerHere
        async with self._book.reading() as tx:
            return await tx.cases.open_cases(guild_id, limit=CASES_SHOWN + 1)

    async def author_of(self, image_id: ImageId, guild_id: GuildId | None) -> UserId:
        """Whose picture it is.

        Raises:
            CaseDecided: if this server has no such picture.
        """
        async with self._book.reading() as tx:
            return (await _job_here(tx, image_id, guild_id)).origin.user_id

    async def rule_on(self, image_id: ImageId, verdict: Verdict, judgement: Judgement) -> Decided:
        """Decide on a picture and all copies of it in the server.

        Restored, its reports count as rejected; removed, it is deleted as a moderator deletes.

        Raises:
            MemberUntouchable: if they may not strike its author.
            CaseDecided: if somebody has decided before.
        """
        if verdict is Verdict.STRIKE:
            judgement.check()
        now = self._clock.now()
        unused: list[StoredPicture] = []
        async with self._book.changing() as tx:
            job = await _job_here(tx, image_id, judgement.guild_id)
            alike = await tx.cases.alike(image_id)
            await _hold_results(tx, alike)
            if not await tx.cases.close(alike, OUTCOMES[verdict], now=now):
                raise CaseDecided
            if verdict is Verdict.RESTORE:
                changed = await tx.cases.restore(alike)
                await note_changes(tx, alike, now=now)
            else:
                changed, unused = await self._remove(tx, alike, now)
            act = Act.PICTURE_RESTORED if verdict is Verdict.RESTORE else Act.PICTURE_REMOVED
            await write_down(
                tx,
                judgement.place,
                act,
                f"image {image_id}",
                now=now,
                detail=f"picture of member {job.origin.account}",
            )
            works = await schedule_redraws(tx, changed, self._clock)
            if verdict is Verdict.STRIKE:
                works += await self._strike(tx, image_id, judgement)
        for picture in unused:
            await self._pictures.remove(picture)
        log.info("report_decided", image_id=image_id, verdict=verdict)
        await self._errands.run(works)
        return Decided(image_id, verdict, job.origin.user_id, judgement.place.user_id)

    async def _remove(
        self, tx: Transaction, alike: Sequence[ImageId], now: datetime
    ) -> tuple[list[JobId], list[StoredPicture]]:
        """Take a picture away; a result that shows nothing else is deleted as a whole."""
        changed: list[JobId] = []
        unused: dict[str, StoredPicture] = {}
        results = await _results_of(tx, alike)
        gone = {each.id for job in results for each in _doomed(job, alike)}
        # The votes on all, then the starboard's work on all: not both of one result after another.
        await tx.votes.withdraw_everybodys(gone)
        await note_changes(tx, {*alike, *gone}, now=now)
        for job in results:
            doomed = _doomed(job, alike)
            if doomed == job.images:
                unused |= {each.sha256: each for each in await wipe(tx, job, now)}
                changed.append(job.id)
                continue
            ids = [image.id for image in doomed]
            await tx.favourites.remove_everybodys(ids)
            changed += await tx.cases.remove(ids)
            unused |= {image.picture.sha256: image.picture for image in doomed if image.picture}
        in_use = await tx.jobs.pictures_in_use(frozenset(unused))
        return changed, [each for sha256, each in unused.items() if sha256 not in in_use]

    async def _strike(
        self, tx: Transaction, image_id: ImageId, judgement: Judgement
    ) -> list[ScheduledWork]:
        place = judgement.place
        deed = Deed(
            guild_id=judgement.guild_id,
            user_id=judgement.member.user_id,
            reason=REPORTED,
            account=await tx.members.account_of(place.user_id, place.guild_id),
            image_id=image_id,
        )
        return await self._strikes.give(tx, deed, due_in=IF_NOT_DONE) or []


async def schedule_redraws(
    tx: Transaction, job_ids: Sequence[JobId], clock: Clock
) -> list[ScheduledWork]:
    """Have results shown anew, as errands."""
    due_at = clock.now() + IF_NOT_DONE
    works = [ScheduledWork(WorkKind.REDRAW_RESULT, each, due_at) for each in sorted(job_ids)]
    for work in works:
        await tx.schedule.put(work)
    return works


async def _job_here(tx: Transaction, image_id: ImageId, guild_id: GuildId | None) -> Job:
    job = await tx.jobs.by_image(image_id)
    if job is None or guild_id is None or job.origin.guild_id != guild_id:
        raise CaseDecided
    return job


async def _hold_results(tx: Transaction, image_ids: Sequence[ImageId]) -> None:
    """Keep others from deleting or reporting images, or voting on them, in between."""
    found = [await tx.jobs.by_image(image_id) for image_id in image_ids]
    await tx.jobs.hold({job.id for job in found if job is not None})


def _doomed(job: Job, alike: Sequence[ImageId]) -> tuple[JobImage, ...]:
    """What is taken away of a result: all of it, where it shows nothing else."""
    others = any(each.picture and each.id not in alike for each in job.images)
    return tuple(each for each in job.images if not others or each.id in alike)


async def _results_of(tx: Transaction, image_ids: Sequence[ImageId]) -> list[Job]:
    """The results that show, or have shown, one of the images; those deleted before left out."""
    found: dict[JobId, Job] = {}
    for image_id in image_ids:
        job = await tx.jobs.by_image(image_id)
        if job is not None and job.deleted_at is None and job.state in TERMINAL_JOB_STATES:
            found[job.id] = job
    return [job for job in found.values() if _has_shown(job, image_ids)]


def _has_shown(job: Job, image_ids: Sequence[ImageId]) -> bool:
    was_shown = {ImageState.DELIVERED, ImageState.HIDDEN}
    return any(image.id in image_ids and image.state in was_shown for image in job.images)
