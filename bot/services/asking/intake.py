"""The one door: whatever was planned becomes a job, written with its reservation."""

import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeAlias

import structlog

from bot.domain.asking.any_recipe import AnyRequest
from bot.domain.asking.pending import nth_key
from bot.domain.asking.request import ImageRequest
from bot.domain.asking.seeds import HIGHEST_SEED, consecutive_seeds, wished_seed
from bot.domain.errors import BudgetReached, NotServing, QuotaExceeded
from bot.domain.gate.holding import is_new_member
from bot.domain.ids import ImageId, JobId, UserId
from bot.domain.jobs.admission import AskedTooSoon
from bot.domain.jobs.job import Job, JobImage, Origin, ReplyAddress
from bot.domain.money import UsdMicros
from bot.domain.quotas.errors import TooManyAtOnce
from bot.domain.quotas.ledger import LimitUse
from bot.services.asking.admission import Admission
from bot.services.asking.plans import AnyPlan, Place, image_count, total_price
from bot.services.jobs.ports import FreeWorker, Workers
from bot.services.jobs.progress_board import ProgressBoard
from bot.services.jobs.work_bell import WorkBell
from bot.services.ports import Clock, Policies
from bot.services.quotas.treasury import Treasury
from bot.services.storage_ports import Storage, Transaction

log = structlog.get_logger(__name__)

Beside: TypeAlias = Callable[[Transaction, Sequence[Job]], Awaitable[None]]
"""Writes what belongs to new jobs, in their transaction."""

NO_SEED = 0
"""The seed on record where a route takes none."""


def random_seed() -> int:
    """A seed for a member who wished none; never 0, which members read as "random"."""
    return 1 + secrets.randbelow(HIGHEST_SEED)


def new_id() -> str:
    """An id for a job or an image."""
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class _Accepted:
    """The jobs of a request, and what was reserved for those that are new."""

    jobs: tuple[Job, ...]
    uses: Sequence[LimitUse] = ()
    is_new: bool = True


class Intake:
    """Takes in what was planned."""

    def __init__(
        self,
        *,
        treasury: Treasury,
        policies: Policies,
        storage: Storage,
        clock: Clock,
        admission: Admission,
        board: ProgressBoard,
        bell: WorkBell,
        workers: Workers,
        draw_seed: Callable[[], int] = random_seed,
        draw_id: Callable[[], str] = new_id,
    ) -> None:
        self._treasury = treasury
        self._policies = policies
        self._storage = storage
        self._clock = clock
        self._admission = admission
        self._board = board
        self._bell = bell
        self._workers = workers
        self._draw_seed = draw_seed
        self._draw_id = draw_id
        self._closed = False

    def now(self) -> datetime:
        """The present moment by the service's clock."""
        return self._clock.now()

    def close(self) -> None:
        """Refuse new requests from now on: the bot is stopping."""
        self._closed = True

    def check_open(self) -> None:
        """See whether requests are taken.

        Raises:
            NotServing: if the bot is stopping.
        """
        if self._closed:
            raise NotServing

    def refuse_from_memory(self, user_id: UserId) -> None:
        """Refuse again what was refused just now.

        Raises:
            TurnedAway: if the member was turned away, and the reason still stands.
        """
        self._admission.refuse_from_memory(user_id)

    async def accept(self, plan: AnyPlan, *, reply: ReplyAddress, idempotency_key: str) -> Job:
        """Write one job with its reservation, as `accept_all` does."""
        [job] = await self.accept_all((plan,), reply=reply, idempotency_key=idempotency_key)
        return job

    async def accept_all(
        self,
        plans: Sequence[AnyPlan],
        *,
        reply: ReplyAddress,
        idempotency_key: str,
        beside: Beside | None = None,
    ) -> tuple[Job, ...]:
        """Write a job for each plan with its reservation, in one transaction: all or none.

        The first one's answer goes to `reply`; the others are shown in messages of their own. The
        same key twice is one request: the jobs that were accepted first are returned.

        Where a worker is free and nobody waits, the first job is written as begun.

        What is written `beside` them stands or falls with them; it is not called the second time.

        Raises:
            TurnedAway: if the queue is full, or the member has to wait.
            QuotaExceeded: if the member has not that many images left.
            BudgetReached: if the member's, the server's or the bot's money does not suffice.
            LimitError: if the member has too much at once, or the budget is nearly spent.
        """
        place = plans[0].place
        slow_mode = self._policies.of_place(place.guild_id, place.channel_id).slow_mode

        async def write(tx: Transaction) -> _Accepted:
            # Before any row is held, so that nobody who holds one waits here; and before the time
            # is read, which would otherwise be older than what those who went first have written.
            await tx.jobs.await_admission()
            now = self._clock.now()
            length = await tx.jobs.queue_length(place.user_id, now=now)
            jobs: list[Job] = []
            for number, plan in enumerate(plans):
                # A moment apart each, so that the queue keeps their order.
                at = now + number * timedelta(microseconds=1)
                job = await self._new_job(tx, plan, reply if number == 0 else None, at)
                if number == 0 and worker is not None and worker.may_begin(length):
                    job = worker.claimed(job, now=now)
                key = nth_key(idempotency_key, number)
                if not await tx.jobs.add(job, idempotency_key=key):
                    return _Accepted(await _accepted_before(tx, idempotency_key), is_new=False)
                jobs.append(job)
            await self._admission.admit(tx, jobs, length)
            await _keep_slow_mode(tx, place, slow_mode, now)
            uses = [use for job_uses in await self._reserve(tx, plans, jobs) for use in job_uses]
            if beside is not None:
                await beside(tx, jobs)
            return _Accepted(tuple(jobs), uses)

        async with self._admission.line, self._workers.one_kept_free() as worker:
            accepted = await self._storage.write_at_once(write)
            if accepted.is_new:
                self._treasury.reserved(place.guild_id, accepted.uses)
                self._announce(accepted.jobs, worker)
        return accepted.jobs

    def _announce(self, jobs: Sequence[Job], worker: FreeWorker | None) -> None:
        for job in jobs:
            log.info(
                "job_accepted",
                job_id=job.id,
                model=job.recipe.model,
                images=len(job.images),
                guild_id=job.origin.guild_id,
            )
            self._board.put(job)
            if worker is not None and job.owner is not None:
                worker.begin(job)
        if any(job.owner is None for job in jobs):
            self._bell.ring()

    async def _new_job(
        self, tx: Transaction, plan: AnyPlan, reply: ReplyAddress | None, now: datetime
    ) -> Job:
        place = plan.place
        account = await tx.members.account_of(place.user_id, place.guild_id)
        return Job(
            id=JobId(self._draw_id()),
            request=plan.request,
            recipe=plan.recipe,
            origin=Origin(
                user_id=place.user_id,
                guild_id=place.guild_id,
                channel_id=place.channel_id,
                account=account,
                locale=place.locale,
                by_moderator=place.manages_messages,
                by_new_member=place.guild_id is not None
                and is_new_member(place.standing.joined_at, now=now),
            ),
            images=self._images(plan),
            created_at=now,
            reply=reply,
        )

    async def _reserve(
        self, tx: Transaction, plans: Sequence[AnyPlan], jobs: Sequence[Job]
    ) -> list[Sequence[LimitUse]]:
        uses: list[Sequence[LimitUse]] = []
        for plan, job in zip(plans, jobs, strict=True):
            try:
                uses.append(await self._treasury.reserve(tx, plan.order, job))
            except (QuotaExceeded, BudgetReached) as refusal:
                if len(plans) == 1:
                    raise
                raise self._for_all(refusal, plans, reserved=plans[: len(uses)]) from None
            except TooManyAtOnce as refusal:
                images = image_count(plans)
                before = refusal.open_images + refusal.images - images
                raise replace(refusal, open_images=before, images=images) from None
        return uses

    def _for_all(
        self,
        refusal: QuotaExceeded | BudgetReached,
        plans: Sequence[AnyPlan],
        *,
        reserved: Sequence[AnyPlan],
    ) -> QuotaExceeded | BudgetReached:
        """The refusal of one plan as that of all: what they need together, and what is left."""
        images, before = image_count(plans), image_count(reserved)
        if isinstance(refusal, QuotaExceeded):
            return replace(refusal, wanted=images, left=refusal.left + before)
        left = UsdMicros(refusal.left_usd_micros + (total_price(reserved) or 0))
        return replace(
            refusal,
            cost_usd_micros=total_price(plans) or refusal.cost_usd_micros,
            left_usd_micros=left,
            fitting_images=refusal.fitting_images + before,
            cheaper=self._treasury.cheaper(plans[0].order, left // images),
        )

    def _images(self, plan: AnyPlan) -> tuple[JobImage, ...]:
        return tuple(
            JobImage(
                id=ImageId(self._draw_id()),
                position=position,
                seed=seed,
                parent=plan.parent,
                reserved_usd_micros=plan.price_usd_micros,
            )
            for position, seed in enumerate(self._seeds(plan.request))
        )

    def _seeds(self, request: AnyRequest) -> list[int]:
        if not isinstance(request, ImageRequest):
            return [NO_SEED]
        first = wished_seed(request.seed) or self._draw_seed()
        return list(consecutive_seeds(first, request.images))


async def _keep_slow_mode(
    tx: Transaction, place: Place, slow_mode: timedelta, now: datetime
) -> None:
    if not slow_mode or place.manages_messages:
        return
    last = await tx.jobs.last_asked_at(
        place.user_id, place.channel_id, since=now - slow_mode, before=now
    )
    if last is not None:
        raise AskedTooSoon(last + slow_mode)


async def _accepted_before(tx: Transaction, key: str) -> tuple[Job, ...]:
    jobs: list[Job] = []
    while job := await tx.jobs.by_idempotency_key(nth_key(key, len(jobs))):
        jobs.append(job)
    return tuple(jobs)
