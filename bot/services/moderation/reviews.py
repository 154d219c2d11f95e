"""Review: moderators decide on held pictures, each once; members may appeal once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.domain.errors import NotYours, PictureGone, ResultGone
from bot.domain.gate.policy import Refuse, decide
from bot.domain.ids import ChannelId, ImageId, UserId
from bot.domain.jobs.job import TERMINAL_JOB_STATES, Job, JobImage, JobState
from bot.domain.jobs.schedule import ScheduledWork, WorkKind
from bot.domain.moderation.audit import Act, AuditEntry
from bot.domain.moderation.errors import (
    ApprovalForbidden,
    DecidedAlready,
    ModeratorNeeded,
    ModeratorPermission,
    NoAppeal,
)
from bot.domain.moderation.review import (
    WAITS_FOR,
    ReviewCase,
    ReviewState,
    check_appeal,
    check_decision,
)
from bot.domain.quotas.ledger import BOT_ACCOUNT
from bot.services.asking.plans import Place
from bot.services.jobs.closing import ASKED_AGAIN_AFTER, withdraw_held
from bot.services.jobs.work_bell import WorkBell
from bot.services.moderation.auditing import write_down
from bot.services.moderation.ports import Striker
from bot.services.moderation.review_desk import ReviewDesk
from bot.services.moderation.review_ports import HeldPicture
from bot.services.ports import Clock, PictureStore, Policies
from bot.services.storage_ports import Storage, Transaction

log = structlog.get_logger(__name__)

_HELD = frozenset({JobState.HELD})


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A moderator who decides, and what Discord says of them and others now.

    Attributes:
        place: who and where.
        moderates: whether they may manage messages in a channel.
        others_moderate: whether anybody but a certain member may do so there.
    """

    place: Place
    moderates: Callable[[ChannelId], bool]
    others_moderate: Callable[[ChannelId, UserId], bool]


@dataclass(frozen=True, slots=True)
class _Found:
    case: ReviewCase
    job: Job
    image: JobImage


class ReviewService:
    """Decides on held pictures. Their jobs are then delivered once more."""

    def __init__(
        self,
        *,
        storage: Storage,
        policies: Policies,
        pictures: PictureStore,
        desk: ReviewDesk,
        striker: Striker,
        bell: WorkBell,
        clock: Clock,
    ) -> None:
        self._storage = storage
        self._policies = policies
        self._pictures = pictures
        self._desk = desk
        self._striker = striker
        self._bell = bell
        self._clock = clock

    async def check(self, image_id: ImageId, reviewer: Reviewer) -> None:
        """Find out whether a moderator may decide, before they write a reason.

        Raises:
            ModerationError, ResultGone: as in `reject`.
        """
        async with self._storage.read() as tx:
            _check(await _find(tx, image_id), reviewer)

    async def approve(self, image_id: ImageId, reviewer: Reviewer) -> ReviewCase:
        """Let a picture be shown.

        Raises:
            ModeratorNeeded: if they may not manage messages where it is to be shown.
            DecidedAlready: if somebody was faster.
            OwnPictureHeld, AnotherModeratorNeeded: if it is not theirs to decide.
            ApprovalForbidden: if the rules do not allow it there any more.
            ResultGone: if it was deleted.
        """
        await self._policies.until_known()
        async with self._storage.read() as tx:
            found = await _find(tx, image_id)
        _check(found, reviewer)
        self._check_gate(found)
        return await self._decide(image_id, ReviewState.APPROVED, reviewer, reason="")

    async def reject(self, image_id: ImageId, reviewer: Reviewer, reason: str) -> ReviewCase:
        """Keep a picture from being shown; its member is refunded, told why, and may appeal.

        Raises:
            ModerationError, ResultGone: as in `approve`, save `ApprovalForbidden`.
        """
        return await self._decide(image_id, ReviewState.REJECTED, reviewer, reason=reason)

    async def reject_and_strike(
        self, image_id: ImageId, reviewer: Reviewer, reason: str
    ) -> ReviewCase:
        """The same, and a strike against the member, counted once the rejection is written.

        Raises:
            ModerationError, ResultGone: as in `reject`.
        """
        case = await self.reject(image_id, reviewer, reason)
        await self._striker.strike(
            guild_id=case.guild_id,
            user_id=case.user_id,
            by=reviewer.place.user_id,
            reason=reason,
            image_id=image_id,
        )
        return case

    async def appeal(self, image_id: ImageId, place: Place) -> None:
        """Let a picture that was not shown be looked at once more.

        Raises:
            NotYours: if it is somebody else's.
            NoAppeal: if it was appealed against before, or too long ago.
            PictureGone: if it is no longer kept.
            ResultGone: if it was deleted.
        """
        now = self._clock.now()
        async with self._storage.read() as tx:
            found = await _find(tx, image_id)
        if found.case.user_id != place.user_id:
            raise NotYours
        check_appeal(found.case, now=now)
        if found.image.picture is None or not await self._pictures.has(found.image.picture):
            raise PictureGone
        expires_at = now + WAITS_FOR
        async with self._storage.write() as tx:
            await tx.reviews.lock_job(found.job.id)
            if not await tx.reviews.reopen(image_id, now=now, expires_at=expires_at):
                raise NoAppeal
            await tx.schedule.put(ScheduledWork(WorkKind.REVIEW_EXPIRES, image_id, expires_at))
            posted_at = now + ASKED_AGAIN_AFTER
            await tx.schedule.put(ScheduledWork(WorkKind.REVIEW_POSTED, image_id, posted_at))
            there = replace(place, guild_id=found.case.guild_id)
            await write_down(tx, there, Act.APPEALED, _subject(image_id), now=now)
            reopened = (await _find(tx, image_id)).case
        log.info("review_appealed", image_id=image_id)
        await self._desk.held([reopened])

    async def expire(self, subject: str) -> None:
        """Reject what nobody has decided on in time; what was decided or moved is left alone.

        What was deleted by another way than its member's is taken back.
        """
        image_id, now = ImageId(subject), self._clock.now()
        async with self._storage.write() as tx:
            case = await tx.reviews.get(image_id)
            if case is None or now < case.expires_at:
                return
            await tx.reviews.lock_job(case.job_id)
            job = await tx.jobs.get(case.job_id)
            if job is None or job.deleted_at is not None:
                await _take_back(tx, case, job, now=now)
                return
            if not await tx.reviews.conclude(image_id, ReviewState.EXPIRED, by=None, now=now):
                return
            await tx.reviews.release(case.job_id, from_states=_HELD)
            await tx.audit.add(
                AuditEntry(
                    at=now,
                    guild_id=case.guild_id,
                    account=BOT_ACCOUNT,
                    act=Act.REVIEW_EXPIRED,
                    subject=_subject(image_id),
                    detail=_detail(case),
                )
            )
            found = await _find(tx, image_id)
        await self._after(found.case, found.job)

    async def waiting(self, reviewer: Reviewer) -> Sequence[ReviewCase]:
        """What waits for a moderator, the oldest first: that of the channels they moderate.

        Raises:
            NoServerHere: in direct messages.
        """
        guild_id = reviewer.place.server
        async with self._storage.read() as tx:
            cases = await tx.reviews.waiting(guild_id)
        return [case for case in cases if reviewer.moderates(case.channel_id)]

    async def held_picture(self, case: ReviewCase) -> HeldPicture:
        """A picture that waits, as moderators are shown it.

        Raises:
            ResultGone: if it was deleted.
        """
        async with self._storage.read() as tx:
            found = await _find(tx, case.image_id)
        return await self._desk.picture_of(found.case, found.job)

    async def _decide(
        self, image_id: ImageId, state: ReviewState, reviewer: Reviewer, *, reason: str
    ) -> ReviewCase:
        now = self._clock.now()
        async with self._storage.write() as tx:
            case = (await _find(tx, image_id)).case
            await tx.reviews.lock_job(case.job_id)
            # Read again, now that nobody else can decide until this transaction ends.
            found = await _find(tx, image_id)
            _check(found, reviewer)
            moderator = reviewer.place.user_id
            if not await tx.reviews.conclude(image_id, state, by=moderator, reason=reason, now=now):
                raise DecidedAlready
            is_approved = state is ReviewState.APPROVED
            states = _HELD | TERMINAL_JOB_STATES if is_approved else _HELD
            await tx.reviews.release(case.job_id, from_states=states)
            await write_down(
                tx,
                reviewer.place,
                Act.IMAGE_APPROVED if is_approved else Act.IMAGE_REJECTED,
                _subject(image_id),
                now=now,
                detail=_detail(found.case),
                reason=reason,
            )
            decided = (await _find(tx, image_id)).case
        log.info("review_decided", image_id=image_id, state=state)
        await self._after(decided, found.job)
        return decided

    async def _after(self, case: ReviewCase, job: Job) -> None:
        self._bell.ring()
        await self._desk.decided(case, job)

    def _check_gate(self, found: _Found) -> None:
        origin = found.job.origin
        policy = self._policies.of_place(origin.guild_id, origin.channel_id)
        decision = decide(
            policy,
            origin.requester,
            found.job.recipe,
            found.image.signals,
            rewritten=found.image.enhanced_prompt,
        )
        if isinstance(decision, Refuse):
            raise ApprovalForbidden(decision.rule)


def _check(found: _Found, reviewer: Reviewer) -> None:
    case, place = found.case, reviewer.place
    is_theirs = case.guild_id == place.guild_id and reviewer.moderates(case.channel_id)
    if not is_theirs:
        raise ModeratorNeeded(ModeratorPermission.MANAGE_MESSAGES)
    others = reviewer.others_moderate(case.channel_id, place.user_id)
    check_decision(case, place.user_id, others_moderate=others)


async def _find(tx: Transaction, image_id: ImageId) -> _Found:
    case = await tx.reviews.get(image_id)
    job = await tx.jobs.get(case.job_id) if case is not None else None
    if case is None or job is None or job.deleted_at is not None:
        raise ResultGone
    image = next(each for each in job.images if each.id == image_id)
    return _Found(case, job, image)


async def _take_back(tx: Transaction, case: ReviewCase, job: Job | None, *, now: datetime) -> None:
    if job is not None and case.state is ReviewState.WAITING:
        await withdraw_held(tx, job, now=now)


def _subject(image_id: ImageId) -> str:
    return f"image {image_id}"


def _detail(case: ReviewCase) -> str:
    return f"{case.rule}, appeal" if case.is_appeal else f"{case.rule}"
