"""Asking for a member's word before much is spent, or something in vain; and cancelling it all."""

from dataclasses import dataclass

from bot.domain.asking.pending import (
    WAITS_FOR,
    PendingRequest,
    batch_key,
    nth_key,
    read_confirm_target,
)
from bot.domain.asking.wish_errors import NoLongerWaiting
from bot.domain.errors import NotYours
from bot.domain.ids import UserId
from bot.domain.jobs.cancelling import Cancelling
from bot.domain.jobs.job import Job, ReplyAddress
from bot.domain.quotas.quota import QuotaStatus
from bot.services.asking.generation import GenerationService
from bot.services.asking.plans import Place
from bot.services.asking.proposals import Proposal
from bot.services.jobs.cancelling import CancelService
from bot.services.ports import Clock
from bot.services.quotas.quota import QuotaService
from bot.services.storage_ports import Storage


@dataclass(frozen=True, slots=True)
class Question:
    """What a member is asked, and what they have left today."""

    pending: PendingRequest
    proposal: Proposal
    quota: QuotaStatus


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What was confirmed, and the jobs that it became."""

    pending: PendingRequest
    jobs: tuple[Job, ...]


class ConfirmingService:
    """Keeps requests until their member confirms them."""

    def __init__(
        self,
        *,
        storage: Storage,
        generation: GenerationService,
        quota: QuotaService,
        cancelling: CancelService,
        clock: Clock,
    ) -> None:
        self._storage = storage
        self._generation = generation
        self._quota = quota
        self._cancelling = cancelling
        self._clock = clock

    async def ask(
        self, proposal: Proposal, place: Place, *, interaction_id: int, question: ReplyAddress
    ) -> Question:
        """Keep a proposal until it is confirmed; `question` is the message that asks.

        Raises:
            QuotaExceeded: if the member has not that many images left, confirmed or not.
        """
        quota = await self._quota.status(place.spender)
        quota.check_room(proposal.images)
        now = self._clock.now()
        pending = PendingRequest(
            id=f"{interaction_id}",
            user_id=place.user_id,
            requests=tuple(plan.request for plan in proposal.plans),
            parent=proposal.plans[0].parent,
            question=question,
            expires_at=now + WAITS_FOR,
        )
        async with self._storage.write() as tx:
            await tx.pending.remove_expired(now=now)
            await tx.pending.add(pending)
        return Question(pending, proposal, quota)

    def waiting(self, target: str) -> str:
        """The id of what a button confirms, from memory alone.

        Raises:
            NoLongerWaiting: if its time is over.
        """
        pending_id = read_confirm_target(target, now=self._clock.now())
        if pending_id is None:
            raise NoLongerWaiting
        return pending_id

    async def confirm(self, pending_id: str, place: Place, *, reply: ReplyAddress) -> Confirmed:
        """Accept what waits, all or none; `reply` is where the first result goes.

        Rules and prices are asked anew. However often it is confirmed, it is accepted once.

        Raises:
            NoLongerWaiting: if it was confirmed before, or its time is over.
            NotYours: if another member asked for it.
            MemberError: if by now it breaks a rule, or does not fit a limit; it waits on.
        """
        async with self._storage.read() as tx:
            pending = await tx.pending.get(pending_id, now=self._clock.now())
        if pending is None:
            raise NoLongerWaiting
        if pending.user_id != place.user_id:
            raise NotYours
        plans = [
            self._generation.plan(request, place, parent=pending.parent)
            for request in pending.requests
        ]
        self._generation.check_together(plans)
        jobs = await self._generation.accept_all(
            plans, reply=reply, idempotency_key=batch_key(pending.id)
        )
        async with self._storage.write() as tx:
            is_first = await tx.pending.take(pending.id)
        if not is_first or jobs[0].reply != reply:
            raise NoLongerWaiting
        return Confirmed(pending, jobs)

    async def cancel_all(self, interaction_id: str, user_id: UserId) -> list[Cancelling]:
        """Cancel every job that an interaction asked for, and say what became of each.

        Raises:
            NotYours: if another member asked for them.
        """
        jobs = await self._jobs_of(interaction_id)
        return [
            await self._cancelling.cancel(job.id, user_id, moderator=False)
            for job in reversed(jobs)
        ]

    async def _jobs_of(self, interaction_id: str) -> list[Job]:
        key = batch_key(interaction_id)
        jobs: list[Job] = []
        async with self._storage.read() as tx:
            while job := await tx.jobs.by_idempotency_key(nth_key(key, len(jobs))):
                jobs.append(job)
        return jobs
