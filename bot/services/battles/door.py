"""Where battles' pictures leave the ordinary way of results: a `Messenger` before the `Messenger`.

The pictures of a battle are jobs like any others, through the one door, the gate and the ledger.
Only where a result would be shown, a battle waits for the other picture, and shows both at once.
"""

from dataclasses import replace
from datetime import timedelta

import structlog

from bot.domain.asking.any_recipe import battle_of, is_blind
from bot.domain.battles.battle import (
    GOING_ON,
    Battle,
    BattleState,
    CallOff,
    Side,
    released,
)
from bot.domain.ids import BattleId
from bot.domain.jobs.job import Job, MessageAddress
from bot.domain.jobs.schedule import ScheduledWork, WorkKind
from bot.services.battles.ending import BattleEnding
from bot.services.battles.ports import BattleMessenger
from bot.services.gate.again import is_still_allowed
from bot.services.ports import (
    Clock,
    JobResult,
    Messenger,
    PictureStore,
    Policies,
    ProgressReport,
    ShownImage,
    UndeliverableError,
)
from bot.services.storage_ports import Storage

log = structlog.get_logger(__name__)


class BattleDoor:
    """Shows results; those of battles two at a time."""

    def __init__(
        self,
        *,
        storage: Storage,
        messenger: BattleMessenger,
        results: Messenger,
        ending: BattleEnding,
        pictures: PictureStore,
        policies: Policies,
        clock: Clock,
    ) -> None:
        self._storage = storage
        self._messenger = messenger
        self._results = results
        self._ending = ending
        self._pictures = pictures
        self._policies = policies
        self._clock = clock

    async def show_progress(self, report: ProgressReport) -> MessageAddress | None:
        """Show where a job stands; a battle's message says that it is painted, and no more."""
        if battle_of(report.progress.job.request) is not None:
            return None
        return await self._results.show_progress(report)

    async def tell_ready(self, job: Job) -> None:
        """Call the member to a result that took long; a battle calls nobody."""
        if battle_of(job.request) is None:
            await self._results.tell_ready(job)

    async def show_result(self, result: JobResult) -> MessageAddress:
        """Show a job's result; one of a battle once the other is there.

        Raises:
            UndeliverableError: if there is no way left to show it.
            DeliveryDelayedError: if it did not get through now.
        """
        battle = await self._battle_of(result)
        if battle is None:
            return await self._results.show_result(result)
        return await self._show_in(battle, result)

    async def show_released(self, result: JobResult) -> MessageAddress:
        """The same for a picture that moderators have released.

        Raises:
            UndeliverableError, DeliveryDelayedError: as `show_result`.
        """
        battle = await self._battle_of(result)
        if battle is not None:
            return await self._show_in(battle, result)
        if battle_of(result.job.request) is not None:
            # Its battle has ended without it: that one's message is not its own.
            result = replace(result, job=replace(result.job, reply=None, shown=None))
        return await self._results.show_released(result)

    async def amend_result(self, result: JobResult) -> None:
        """Bring a result up to date; a battle without one of its pictures is called off."""
        if battle_of(result.job.request) is None:
            await self._results.amend_result(result)
        else:
            await self._battle_of(result)

    async def take_down(self, address: MessageAddress) -> None:
        """Remove a message of a result."""
        await self._results.take_down(address)

    async def _battle_of(self, result: JobResult) -> Battle | None:
        """The battle that a result is for, with this picture noted in it; else None."""
        battle_id = battle_of(result.job.request)
        if battle_id is None or not is_blind(result.job.request):
            return None
        return await self._noted(battle_id, result)

    async def _show_in(self, battle: Battle, result: JobResult) -> MessageAddress:
        if battle.state is BattleState.CALLED_OFF:
            return await self._show_alone(battle, result)
        if battle.state is BattleState.PAINTING and await self._are_both_ready(battle):
            return await self._open(battle, result)
        return _address_of(battle)

    async def _noted(self, battle_id: BattleId, result: JobResult) -> Battle | None:
        """The battle, with this picture ready in it, or called off for what is wrong with it.

        One that waits for a moderator is neither: the battle waits with it.
        """
        fault = _fault_of(result)
        async with self._storage.write() as tx:
            battle = await tx.battles.hold(battle_id)
            if battle is None or battle.state not in GOING_ON or result.held:
                return battle
            if fault is None:
                await tx.battles.set_ready(result.job.id)
                return battle
            battle = await self._ending.call_off_in(tx, battle, fault, result)
        await self._ending.conclude_now(battle_id)
        return battle

    async def _are_both_ready(self, battle: Battle) -> bool:
        async with self._storage.read() as tx:
            return all(side.is_ready for side in await tx.battles.sides(battle.id))

    async def _open(self, battle: Battle, result: JobResult) -> MessageAddress:
        """Show both, and let the vote begin; again, after a crash in between."""
        pictures = await self._pictures_of(battle, result)
        if len(pictures) < len(Side):
            await self._ending.call_off(battle.id, CallOff.DELETED)
            return await self._show_alone(replace(battle, call_off=CallOff.DELETED), result)
        closes_at = self._clock.now() + timedelta(minutes=battle.minutes)
        opened = replace(battle, state=BattleState.OPEN, closes_at=closes_at)
        try:
            address = await self._messenger.show_open(opened, pictures, file_owner=result.job)
        except UndeliverableError:
            await self._ending.call_off(battle.id, CallOff.UNREACHABLE)
            raise
        async with self._storage.write() as tx:
            held = await tx.battles.hold(battle.id)
            if held is not None and held.state is BattleState.PAINTING:
                await tx.battles.save(replace(opened, shown=address))
                await tx.schedule.put(ScheduledWork(WorkKind.BATTLE_CLOSES, battle.id, closes_at))
                log.info("battle_opened", battle_id=battle.id)
                return address
        # It was called off while the pictures were on their way, and must not look open.
        await self._ending.conclude_now(battle.id)
        return address

    async def _pictures_of(self, battle: Battle, result: JobResult) -> dict[Side, ShownImage]:
        """Both pictures; without their seed, which would name their files alike and tell of it."""
        async with self._storage.read() as tx:
            sides = await tx.battles.sides(battle.id)
            jobs = {side.side: await tx.jobs.get(side.job_id) for side in sides}
        found: dict[Side, ShownImage] = {}
        for side, job in jobs.items():
            if job is not None and job.id == result.job.id:
                [shown] = result.shown
                found[side] = replace(shown, image=replace(shown.image, seed=0))
            elif job is not None and job.pictures and job.pictures[0].picture is not None:
                [image] = job.pictures
                # It was judged when it was painted, and has waited for the other since.
                if not is_still_allowed(self._policies, job, image):
                    continue
                path = self._pictures.path_of(job.pictures[0].picture)
                found[side] = ShownImage(replace(image, seed=0), path)
        return found

    async def _show_alone(self, battle: Battle, result: JobResult) -> MessageAddress:
        """What was painted for a battle that came to nothing is an ordinary result."""
        if not result.shown or battle.call_off is CallOff.REMOVED:
            return _address_of(battle)
        job = replace(released(result.job, battle), reply=None, shown=None)
        return await self._results.show_result(replace(result, job=job))


def _fault_of(result: JobResult) -> CallOff | None:
    """Why a picture cannot be voted on; None if it can."""
    if not result.shown:
        return CallOff.NOT_PAINTED
    if any(item.image.signals.blurred for item in result.shown):
        return CallOff.BLURRED
    return None


def _address_of(battle: Battle) -> MessageAddress:
    if battle.shown is None:
        raise UndeliverableError("the battle has no message")
    return battle.shown
