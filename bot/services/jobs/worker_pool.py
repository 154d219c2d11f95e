"""The worker pool: takes jobs in turn while there is room, and finishes them before it stops."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.domain.jobs.job import Job, LeaseLostError
from bot.services.jobs.in_hand import JobsInHand
from bot.services.jobs.runner import LEASE
from bot.services.jobs.work_bell import WorkBell
from bot.services.ports import Clock, DeliveryDelayedError
from bot.services.storage_ports import Storage

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
        self._draining = False
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
            while not self._draining:
                await self._free.acquire()
                self._idle.clear()
                self._bell.hush()
                job = await self._take()
                if job is None:
                    self._free.release()
                    await self._wait_for_work()
                    continue
                self._running += 1
                self._in_hand.take(job.id)
                group.create_task(self._run(job), name=f"job-{job.id}")

    async def _take(self) -> Job | None:
        """The next job; None also while draining, or where the database does not answer."""
        if self._draining:
            return None
        now = self._clock.now()
        try:
            async with self._storage.write() as tx:
                return await tx.jobs.claim_next(
                    owner=self._owner,
                    now=now,
                    lease_until=now + LEASE,
                    most_running=self._most_running,
                    in_hand=self._in_hand.all(),
                )
        except Exception:
            log.exception("claim_failed")
            return None

    async def _wait_for_work(self) -> None:
        if self._draining:
            return
        if self._running == 0 and not self._bell.is_rung:
            self._idle.set()
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
            self._bell.ring()
