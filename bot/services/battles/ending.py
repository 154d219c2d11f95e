"""The end of a battle: closed and counted, or called off; and that it is told, whatever happens.

The end is written in one transaction, with a row in the schedule by which it is told even if the
bot goes down in between. Whoever comes second finds that the battle has ended.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.domain.battles.battle import (
    GOING_ON,
    Battle,
    BattleSide,
    BattleState,
    CallOff,
    Side,
    is_of_one_style,
    released,
    tally,
)
from bot.domain.battles.rating import folded, shifts_of
from bot.domain.ids import BattleId
from bot.domain.jobs.job import TERMINAL_JOB_STATES, Job
from bot.domain.jobs.schedule import ScheduledWork, WorkKind
from bot.domain.money import UsdMicros
from bot.services.battles.ports import BattleEnd, BattleMessenger, Contender
from bot.services.gate.again import is_still_allowed
from bot.services.ports import (
    Clock,
    DeliveryDelayedError,
    JobResult,
    Messenger,
    PictureStore,
    Policies,
    ShownImage,
    UndeliverableError,
)
from bot.services.storage_ports import Storage, Transaction
from bot.services.styles.book import StyleBook

log = structlog.get_logger(__name__)

LOOK_AGAIN = timedelta(minutes=10)
"""How often a battle that is painted is looked after; one whose picture is held waits for it."""

SOON = timedelta(minutes=1)


class BattleEnding:
    """Closes battles and calls them off, once each, and tells of it."""

    def __init__(
        self,
        *,
        storage: Storage,
        messenger: BattleMessenger,
        results: Messenger,
        pictures: PictureStore,
        policies: Policies,
        styles: StyleBook,
        clock: Clock,
    ) -> None:
        self._storage = storage
        self._messenger = messenger
        self._results = results
        self._pictures = pictures
        self._policies = policies
        self._styles = styles
        self._clock = clock

    async def look_after(self, subject: str) -> None:
        """Do what is due for a battle, by its id: the handler of `WorkKind.BATTLE_CLOSES`."""
        battle_id = BattleId(subject)
        async with self._storage.read() as tx:
            battle = await tx.battles.get(battle_id)
        match battle:
            case Battle(state=BattleState.PAINTING):
                await self._look_after_painting(battle)
            case Battle(state=BattleState.OPEN, closes_at=closes_at) if closes_at is not None:
                async with self._storage.read() as tx:
                    count = tally(await tx.battles.votes(battle_id))
                if self._clock.now() >= closes_at or battle.is_decided(count):
                    await self.close(battle_id)
                else:
                    await self._come_again(battle_id, closes_at - self._clock.now())
            case _:
                await self.conclude(battle_id)

    async def close(self, battle_id: BattleId) -> None:
        """Count the votes of an open battle and tell of it; once, however often it is asked for.

        Raises:
            DeliveryDelayedError: if it was closed and could not be told yet.
        """
        async with self._storage.write() as tx:
            battle = await tx.battles.hold(battle_id)
            if battle is None or battle.state is not BattleState.OPEN:
                return
            jobs = await _jobs_of(tx, await tx.battles.sides(battle_id))
            if len(jobs) < len(Side) or any(job.deleted_at or not job.pictures for job in jobs):
                await self.call_off_in(tx, battle, CallOff.DELETED)
            elif is_of_one_style(battle, await tx.merges.heirs(battle.guild_id)):
                await self.call_off_in(tx, battle, CallOff.MERGED)
            else:
                await self._close_in(tx, battle, jobs)
        await self.conclude(battle_id)

    async def call_off(self, battle_id: BattleId, cause: CallOff) -> bool:
        """Let a battle come to nothing; False if it had ended before."""
        async with self._storage.write() as tx:
            battle = await tx.battles.hold(battle_id)
            if battle is None or battle.state not in GOING_ON:
                return False
            await self.call_off_in(tx, battle, cause)
        await self.conclude_now(battle_id)
        return True

    async def call_off_in(
        self,
        tx: Transaction,
        battle: Battle,
        cause: CallOff,
        failed: JobResult | None = None,
    ) -> Battle:
        """The same for a battle that is held, within its transaction; it is to be concluded then.

        What has not been sent is not painted any more, and so costs nothing.
        """
        now = self._clock.now()
        off = replace(
            battle,
            state=BattleState.CALLED_OFF,
            call_off=cause,
            failure=next(iter(failed.failed), None) if failed else None,
            failed_job=failed.job.id if failed else None,
        )
        await self._end_in(tx, off, await _jobs_of(tx, await tx.battles.sides(battle.id)))
        for side in await tx.battles.sides(battle.id):
            if not side.is_ready:
                await tx.jobs.request_cancel(side.job_id, now=now)
        log.info("battle_called_off", battle_id=battle.id, cause=cause)
        return off

    async def conclude_now(self, battle_id: BattleId) -> None:
        """Tell of an end; what does not get through is told later."""
        try:
            await self.conclude(battle_id)
        except DeliveryDelayedError as error:
            log.info("battle_end_not_told", battle_id=battle_id, cause=f"{error}")

    async def conclude(self, battle_id: BattleId) -> None:
        """Tell of an end, as often as it takes; nothing happens if it was told before.

        Raises:
            DeliveryDelayedError: if it did not get through now.
        """
        async with self._storage.read() as tx:
            battle = await tx.battles.get(battle_id)
            sides = await tx.battles.sides(battle_id)
            jobs = await _jobs_of(tx, sides)
        if battle is None or not battle.prompt:
            return
        match battle.state:
            case BattleState.CLOSED:
                await self._messenger.show_end(await self._end_of(battle, jobs))
            case BattleState.CALLED_OFF:
                await self._messenger.show_called_off(battle)
                if battle.call_off is not CallOff.REMOVED:
                    await self._show_survivors(battle, jobs)
            case _:
                return
        if any(_is_ending(side, jobs) for side in sides):
            await self._come_again(battle_id, SOON)
        else:
            await self._forget(battle_id)

    async def _close_in(self, tx: Transaction, battle: Battle, jobs: Sequence[Job]) -> None:
        count = tally(await tx.battles.votes(battle.id))
        closed = replace(battle, state=BattleState.CLOSED, closed_at=self._clock.now(), count=count)
        await self._end_in(tx, closed, jobs)
        log.info("battle_closed", battle_id=battle.id, votes=count.votes)

    async def _end_in(self, tx: Transaction, ended: Battle, jobs: Sequence[Job]) -> None:
        await tx.battles.save(ended)
        await tx.battles.forget_votes(ended.id)
        for job in jobs:
            await tx.battles.release(released(job, ended))
        # It is told at once; this is for the case that the bot goes down before that.
        due_at = self._clock.now() + SOON
        await tx.schedule.put(ScheduledWork(WorkKind.BATTLE_CLOSES, ended.id, due_at))

    async def _look_after_painting(self, battle: Battle) -> None:
        """A picture may have ended without a word: cancelled in the queue, or given up."""
        async with self._storage.read() as tx:
            sides = await tx.battles.sides(battle.id)
            jobs = {job.id: job for job in await _jobs_of(tx, sides)}
        for side in sides:
            job = jobs.get(side.job_id)
            if job is None or (job.state in TERMINAL_JOB_STATES and not side.is_ready):
                await self.call_off(battle.id, CallOff.NOT_PAINTED)
                return
        await self._come_again(battle.id, LOOK_AGAIN)

    async def _end_of(self, battle: Battle, jobs: Sequence[Job]) -> BattleEnd:
        """Ratings are fitted from all battles that were closed before, away from the loop."""
        async with self._storage.read() as tx:
            before = folded(await tx.battles.evidence(battle.guild_id, before=battle))
            heirs = await tx.merges.heirs(battle.guild_id)
        shifts = await asyncio.to_thread(shifts_of, battle, before, heirs)
        one, other = (
            Contender(
                side,
                self._styles.name_of(battle.guild_id, battle.style_of(side)),
                job,
                shifts[side],
            )
            for side, job in zip(Side, jobs, strict=True)
        )
        return BattleEnd(battle, (one, other))

    async def _show_survivors(self, battle: Battle, jobs: Sequence[Job]) -> None:
        """What was painted and paid for is shown as any other picture."""
        for job in jobs:
            is_shown = job.shown not in {None, battle.shown}
            if job.state in TERMINAL_JOB_STATES and job.pictures and not is_shown:
                await self._show_alone(job)

    async def _show_alone(self, job: Job) -> None:
        shown = tuple(
            ShownImage(image, self._pictures.path_of(image.picture))
            for image in job.pictures
            if image.picture is not None and is_still_allowed(self._policies, job, image)
        )
        if not shown:
            log.info("survivor_withheld", job_id=job.id)
            return
        result = JobResult(
            job=replace(job, reply=None, shown=None),
            shown=shown,
            failed=(),
            cost_usd_micros=_cost(job),
            took_s=max(image.duration_ms or 0 for image in job.pictures) / 1_000,
        )
        try:
            address = await self._results.show_result(result)
        except UndeliverableError as error:
            log.warning("survivor_undeliverable", job_id=job.id, cause=f"{error}")
            return
        async with self._storage.write() as tx:
            await tx.jobs.set_shown(job.id, address, fence=job.fence)

    async def _come_again(self, battle_id: BattleId, wait: timedelta) -> None:
        due_at = self._clock.now() + wait
        async with self._storage.write() as tx:
            await tx.schedule.put(ScheduledWork(WorkKind.BATTLE_CLOSES, battle_id, due_at))

    async def _forget(self, battle_id: BattleId) -> None:
        """Once the end was told, nobody needs the member's words any more."""
        async with self._storage.write() as tx:
            battle = await tx.battles.hold(battle_id)
            if battle is not None:
                await tx.battles.save(replace(battle, prompt="", failure=None))
            await tx.schedule.remove(WorkKind.BATTLE_CLOSES, battle_id)


async def _jobs_of(tx: Transaction, sides: Sequence[BattleSide]) -> list[Job]:
    """The jobs of a battle's pictures that there are, A first."""
    found = [await tx.jobs.get(side.job_id) for side in sides]
    return [job for job in found if job is not None]


def _is_ending(side: BattleSide, jobs: Sequence[Job]) -> bool:
    """Whether a picture was ready, and the job that made it is about to end."""
    return side.is_ready and any(
        job.id == side.job_id and job.state not in TERMINAL_JOB_STATES for job in jobs
    )


def _cost(job: Job) -> UsdMicros | None:
    prices = [image.reserved_usd_micros for image in job.pictures]
    if any(price is None for price in prices):
        return None
    return UsdMicros(sum(price for price in prices if price is not None))
