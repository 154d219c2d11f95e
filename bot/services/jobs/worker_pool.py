"""The worker pool: takes jobs in turn while there is room, and finishes them before it stops."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from contextvars import copy_context
from datetime import datetime
from functools import partial

import structlog

from bot.domain.ids import JobId
from bot.domain.jobs.admission import QueueLength
from bot.domain.jobs.job import Job, LeaseLostError
from bot.domain.jobs.turns import begins_at_once
from bot.services.jobs.in_hand import JobsInHand
from bot.services.jobs.runner import LEASE
from bot.services.jobs.work_bell import WorkBell
from bot.services.ports import Clock, DeliveryDelayedError
from bot.services.storage_ports import Storage, Transaction

log = structlog.get_logger(__name__)

LOOK_AGAIN_S = 30.0
"""How often to look for jobs whose owner has gone, when nobody rings the bell."""


class WorkerPool:
    """Runs up to `size` jobs at once, and of one member up to `most_running`.

    `run` is the pool's life: it goes on until `drain` was called and the running jobs have
    ended, or until it is cancelled.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        run_job: Callable[[Job], Awaitable[None]],
        bell: WorkBell,
        in_hand: JobsInHand,
        clock: Clock,
        size: int,
        most_running: int,
        owner: str,
    ) -> None:
        self._storage = storage
        self._run_job = run_job
        self._bell = bell
        self._in_hand = in_hand
        self._clock = clock
        self._owner = owner
        self._most_running = most_running
        self._free = asyncio.Semaphore(size)
        self._idle = asyncio.Event()
        self._group: asyncio.TaskGroup | None = None
        self._context = copy_context()
        self._draining = False
        self._looking = False
        self._more_wait = False
        self._running = 0

    @property
    def running(self) -> int:
        """How many jobs are being run."""
        return self._running

    def drain(self) -> None:
        """Take no further jobs; `run` ends when those that run have ended."""
        self._draining = True
        self._bell.ring()

    async def idle(self) -> None:
        """Wait until there is no job to take and none runs."""
        await self._idle.wait()
        while self._bell.is_rung:
            await asyncio.sleep(0)
            await self._idle.wait()

    async def run(self) -> None:
        """Take and run jobs until drained or cancelled."""
        async with asyncio.TaskGroup() as group:
            self._group, self._context = group, copy_context()
            try:
                await self._take_in_turn(group)
            finally:
                self._group = None

    async def _take_in_turn(self, group: asyncio.TaskGroup) -> None:
        while not self._draining:
            await self._free.acquire()
            self._idle.clear()
            self._bell.hush()
            job = await self._take()
            if job is None:
                self._free.release()
                await self._wait_for_work()
                continue
            self._note_taken(job)
            group.create_task(self._run(job), name=f"job-{job.id}")
            if not self._more_wait:
                await self._wait_for_work()

    @asynccontextmanager
    async def one_kept_free(self) -> AsyncIterator["_KeptFree | None"]:
        """Keep a worker free for a job that is being accepted; None where none is, or while
        stopping.

        `run` goes on until it has done its job, or was let go without one.
        """
        if self._group is None or self._draining or self._free.locked():
            yield None
            return
        await self._free.acquire()
        kept = _KeptFree(self._note_taken, owner=self._owner, most_running=self._most_running)
        # Its job is the pool's, and does not belong to what is being done for its member now.
        begin = partial(self._group.create_task, self._run_first(kept), name="kept-worker")
        self._context.copy().run(begin)
        try:
            yield kept
        finally:
            if kept.let_go():
                self._free.release()

    async def _run_first(self, kept: "_KeptFree") -> None:
        """Run the job that a kept worker is given, if it is given one."""
        job = await kept.given
        if job is not None:
            await self._run(job)

    def _note_taken(self, job: Job) -> None:
        self._running += 1
        self._idle.clear()
        self._in_hand.take(job.id)

    async def _take(self) -> Job | None:
        """The next job; None also while draining, or where the database does not answer."""
        if self._draining:
            return None
        claim = partial(self._claim, now=self._clock.now(), in_hand=self._in_hand.all())
        # So it is taken to be where the database does not answer.
        self._looking = self._more_wait = True
        try:
            job, self._more_wait = await self._storage.write_at_once(claim)
        except Exception:
            log.exception("claim_failed")
            return None
        finally:
            self._looking = False
        return job

    async def _claim(
        self, tx: Transaction, *, now: datetime, in_hand: Collection[JobId]
    ) -> tuple[Job | None, bool]:
        """The next job, and whether there is another one to look for."""
        job = await tx.jobs.claim_next(
            owner=self._owner,
            now=now,
            lease_until=now + LEASE,
            most_running=self._most_running,
            in_hand=in_hand,
        )
        return job, await tx.jobs.waits(now=now, in_hand=in_hand)

    async def _wait_for_work(self) -> None:
        if self._draining:
            return
        self._rest_if_idle()
        try:
            async with asyncio.timeout(LOOK_AGAIN_S):
                await self._bell.wait()
        except TimeoutError:
            return

    async def _run(self, job: Job) -> None:
        """Run one job; a fault in it must not take the pool down."""
        try:
            await self._run_job(job)
        except* LeaseLostError:
            log.warning("lease_lost", job_id=job.id, fence=job.fence)
        except* DeliveryDelayedError as delays:
            log.warning("delivery_delayed", job_id=job.id, causes=list(map(str, delays.exceptions)))
        except* Exception:
            log.exception("job_crashed", job_id=job.id)
        finally:
            self._running -= 1
            self._in_hand.let_go(job.id)
            self._free.release()
            if self._more_wait:
                # One that waited may have waited for this one's end.
                self._bell.ring()
            self._rest_if_idle()

    def _rest_if_idle(self) -> None:
        if self._running == 0 and not self._looking and not self._bell.is_rung:
            self._idle.set()


class _KeptFree:
    """A `FreeWorker` of the pool, which waits for its job."""

    def __init__(self, note_taken: Callable[[Job], None], *, owner: str, most_running: int) -> None:
        self.given: asyncio.Future[Job | None] = asyncio.get_running_loop().create_future()
        self._has_job = False
        self._note_taken = note_taken
        self._owner = owner
        self._most_running = most_running

    def may_begin(self, length: QueueLength) -> bool:
        """Whether it would be a new job's turn beside what is in the queue."""
        return begins_at_once(length, most_running=self._most_running)

    def claimed(self, job: Job, *, now: datetime) -> Job:
        """The job as it is written when this worker has it from the start."""
        return job.begun(owner=self._owner, lease_until=now + LEASE)

    def begin(self, job: Job) -> None:
        """Run a job that was written so, unless the pool was cancelled."""
        if not self.given.done():
            self._has_job = True
            self._note_taken(job)
            self.given.set_result(job)

    def let_go(self) -> bool:
        """Wait for no job any more; False if one was given."""
        if not self.given.done():
            self.given.set_result(None)
        return not self._has_job
