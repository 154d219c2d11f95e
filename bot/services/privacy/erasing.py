"""Erasing what is stored of a member or a server: stage by stage, each of which can be redone.

An erasure is written down with its work on the schedule before anything goes, so that a crash in
the midst of it is made good at the next start. See `bot.domain.privacy` for the stages and
`bot.storage.personal` for what becomes of each table.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.domain.ids import GuildId, JobId, UserId
from bot.domain.jobs.job import Job
from bot.domain.jobs.schedule import ScheduledWork, WorkKind
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.privacy import (
    LINK_KEPT_FOR,
    Erasure,
    ErasureKind,
    ErasureStage,
    ErasureUnderWay,
    Subject,
)
from bot.services.gate import policy_book
from bot.services.jobs.cancelling import CancelService
from bot.services.library.ports import Thumbnails
from bot.services.ports import Clock, PictureStore
from bot.services.preferences import preferences
from bot.services.privacy.ports import MessageRemover
from bot.services.privacy.wiping import wipe_ended
from bot.services.quotas import limit_book
from bot.services.starboard.marks import note_votes
from bot.services.storage_ports import Storage, Transaction
from bot.services.styles.references import forget_brought
from bot.services.votes.board import VoteBoard

log = structlog.get_logger(__name__)

JOBS_AT_ONCE = 20
"""Each in a transaction of its own: nobody holds what one job counts for and waits for another."""

VOTES_AT_ONCE = 50
BATCHES_A_RUN = 100
"""What is left after so many times as many waits for the next run, within its time limit."""

MESSAGES_A_RUN = 20
BETWEEN_RUNS = timedelta(seconds=30)
"""Some forty messages a minute, which leaves Discord's limits to the members who paint."""

_WORK = {
    ErasureKind.MEMBER: WorkKind.MEMBER_ERASE,
    ErasureKind.SERVER: WorkKind.SERVER_ERASE,
}
_VERSIONS = (limit_book.VERSION, policy_book.VERSION, preferences.VERSION)
_NOBODY = UserId(0)

Reload = Callable[[], Awaitable[None]]
"""Reads anew what is held in memory of the tables."""


class ErasureService:
    """Begins erasures and brings them to their end."""

    def __init__(
        self,
        *,
        storage: Storage,
        pictures: PictureStore,
        thumbnails: Thumbnails,
        cancelling: CancelService,
        remover: MessageRemover,
        board: VoteBoard,
        reloads: Sequence[Reload],
        clock: Clock,
    ) -> None:
        self._storage = storage
        self._pictures = pictures
        self._thumbnails = thumbnails
        self._cancelling = cancelling
        self._remover = remover
        self._board = board
        self._reloads = reloads
        self._clock = clock
        # The member's press and the schedule may come to the same erasure at the same time.
        self._turn = asyncio.Lock()

    async def begin(self, user_id: UserId) -> None:
        """Write down that everything of a member is to go. It goes from now on, come what may.

        Raises:
            ErasureUnderWay: if that was written down before, and their data are not gone yet.
        """
        subject, now = Subject(ErasureKind.MEMBER, user_id), self._clock.now()
        async with self._storage.write() as tx:
            if not await tx.erasures.begin(Erasure(subject, now, ErasureStage.DATA)):
                former = await tx.erasures.find(subject)
                if former is not None and former.stage is ErasureStage.DATA:
                    raise ErasureUnderWay
                # They have come back since: what is new goes too, and the month begins anew.
                await tx.erasures.begin_anew(subject, now=now)
            await tx.schedule.put(_work(subject, now))
        log.info("erasure_begun", kind=subject.kind)

    async def advance_member(self, user_id: UserId) -> ErasureStage | None:
        """Do what can be done of a member's erasure now, and say what is left of it to do."""
        subject = Subject(ErasureKind.MEMBER, user_id)
        try:
            await self._advance(subject)
        except Exception:
            # It is on the schedule, which tries again; the member is told that it goes on.
            log.exception("erasure_interrupted")
        async with self._storage.read() as tx:
            erasure = await tx.erasures.find(subject)
        return None if erasure is None else erasure.stage

    async def erase_member(self, subject: str) -> None:
        """The schedule's handler for a member."""
        await self._advance(Subject(ErasureKind.MEMBER, int(subject)))

    async def erase_server(self, subject: str) -> None:
        """The schedule's handler for a server that was left thirty days ago."""
        guild_id, now = GuildId(int(subject)), self._clock.now()
        server = Subject(ErasureKind.SERVER, guild_id)
        async with self._storage.write() as tx:
            if not await tx.departures.hold(guild_id):
                return
            if await tx.erasures.begin(Erasure(server, now, ErasureStage.DATA)):
                await tx.erasures.forget_channel_defaults(guild_id)
        await self._advance(server)

    async def _advance(self, subject: Subject) -> None:
        """One run: what is left after it is on the schedule."""
        async with self._turn:
            async with self._storage.read() as tx:
                erasure = await tx.erasures.find(subject)
            if erasure is None:
                return
            match erasure.stage:
                case ErasureStage.DATA:
                    await self._erase_data(subject)
                case ErasureStage.MESSAGES:
                    await self._take_down(subject)
                case ErasureStage.LINK:
                    await self._let_go(erasure)

    async def _erase_data(self, subject: Subject) -> None:
        await self._cancel_open(subject)
        for _ in range(BATCHES_A_RUN):
            if not await self._wipe_some(subject):
                break
        if subject.kind is ErasureKind.MEMBER:
            user_id = UserId(subject.id)
            await forget_brought(user_id, self._storage, self._pictures, self._thumbnails)
            for _ in range(BATCHES_A_RUN):
                if not await self._withdraw_some(user_id):
                    break
        async with self._storage.write() as tx:
            # Before any row is held: whoever else stands in these queues holds none.
            await tx.erasures.hold_admissions()
            await tx.styles.hold()
            await _mark_changed(tx)
            left = await _is_left(tx, subject)
            if left:
                await tx.schedule.put(_work(subject, self._clock.now() + BETWEEN_RUNS))
            else:
                await self._end_data(tx, subject)
        for reload in self._reloads:
            await reload()
        if not left:
            log.info("data_erased", kind=subject.kind)

    async def _end_data(self, tx: Transaction, subject: Subject) -> None:
        await tx.erasures.erase_rows(subject, ErasureStage.DATA)
        if subject.kind is ErasureKind.SERVER:
            return
        for style in await tx.styles.all():
            if style.author_id == subject.id:
                await tx.styles.save(replace(style, author_id=_NOBODY))
        await tx.erasures.move_on(subject, ErasureStage.MESSAGES)
        await tx.schedule.put(_work(subject, self._clock.now()))

    async def _cancel_open(self, subject: Subject) -> None:
        """What waits is refunded now; what is being painted ends by itself, and goes then."""
        async with self._storage.read() as tx:
            open_jobs = await tx.erasures.open_jobs(subject)
        for job_id in open_jobs:
            outcome = await self._cancelling.cancel(job_id, _NOBODY, moderator=True)
            log.info("cancelled_for_erasure", job_id=job_id, outcome=outcome)

    async def _wipe_some(self, subject: Subject) -> bool:
        """Wipe some jobs, each in a transaction of its own; False if there were none."""
        async with self._storage.read() as tx:
            jobs = await tx.erasures.ended_jobs(subject, limit=JOBS_AT_ONCE)
        unused = dict[str, StoredPicture]()
        for job in jobs:
            async with self._storage.write() as tx:
                gone = await wipe_ended(tx, job.id, subject, now=self._clock.now())
            unused |= {picture.sha256: picture for picture in gone}
        for picture in unused.values():
            await self._pictures.remove(picture)
        await self._thumbnails.tidy(gone=unused.keys())
        return bool(jobs)

    async def _withdraw_some(self, user_id: UserId) -> bool:
        """Withdraw some votes in one transaction; False if there were none."""
        counted = dict[JobId, Job]()
        async with self._storage.write() as tx:
            # One after the other, each would be held after what another one counts for.
            votes = await tx.held_votes.withdraw_everywhere(user_id, limit=VOTES_AT_ONCE)
            for vote in sorted(votes, key=lambda each: each.image_id):
                await note_votes(tx, vote.guild_id, vote.image_id, now=self._clock.now())
                if job := await tx.jobs.by_image(vote.image_id):
                    counted[job.id] = job
        for job in counted.values():
            self._board.put(job)
        return bool(votes)

    async def _take_down(self, subject: Subject) -> None:
        """Take some messages down; each is forgotten once it is gone, or is out of reach."""
        user_id = UserId(subject.id)
        async with self._storage.read() as tx:
            queued = await tx.erasures.queued_messages(user_id, limit=MESSAGES_A_RUN)
        for number, address in queued:
            removed = await self._remover.take_down(address)
            async with self._storage.write() as tx:
                await tx.erasures.drop_message(number)
            log.info("message_taken_down", message_id=address.message_id, removed=removed)
        async with self._storage.write() as tx:
            erasure = await tx.erasures.find(subject)
            if erasure is None:
                return
            if await tx.erasures.queued_messages(user_id, limit=1):
                await tx.schedule.put(_work(subject, self._clock.now() + BETWEEN_RUNS))
                return
            await tx.erasures.move_on(subject, ErasureStage.LINK)
            await tx.schedule.put(_work(subject, erasure.asked_at + LINK_KEPT_FOR))

    async def _let_go(self, erasure: Erasure) -> None:
        """The last step: nothing ties the member to their sums any more."""
        subject, due_at = erasure.subject, erasure.asked_at + LINK_KEPT_FOR
        async with self._storage.write() as tx:
            if self._clock.now() < due_at:
                await tx.schedule.put(_work(subject, due_at))
                return
            await tx.erasures.hold_admissions()
            await _mark_changed(tx)
            # Who has asked for pictures since is a member again, and keeps their account.
            if not await tx.erasures.has_jobs(subject):
                await tx.erasures.erase_rows(subject, ErasureStage.LINK)
            await tx.erasures.end(subject)
        for reload in self._reloads:
            await reload()
        log.info("erasure_ended", kind=subject.kind)


def _work(subject: Subject, due_at: datetime) -> ScheduledWork:
    return ScheduledWork(_WORK[subject.kind], f"{subject.id}", due_at)


async def _mark_changed(tx: Transaction) -> None:
    """First, as by whoever changes what is held in memory: each waits for the one before."""
    for name in sorted(_VERSIONS):
        await tx.markers.set(name, secrets.token_hex(8))


async def _is_left(tx: Transaction, subject: Subject) -> bool:
    """Whether something came in, or is still being painted, since it was looked for."""
    if await tx.erasures.open_jobs(subject) or await tx.erasures.ended_jobs(subject, limit=1):
        return True
    if subject.kind is ErasureKind.SERVER:
        return False
    return bool(await tx.erasures.votes_of(UserId(subject.id), limit=1))
