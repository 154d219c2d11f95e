"""What a round does by itself: it goes on to its next phase, reminds members, and ends.

Each step is written before the channel is told of it, and the channel is told before the next one
is scheduled: whatever fails in between is tried again, and finds what was done.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

import structlog

from bot.domain.flags import Options
from bot.domain.jobs.schedule import WorkKind
from bot.domain.moderation.audit import Act
from bot.domain.preferences.defaults import Defaults, DefaultsScope, overlaid, without
from bot.domain.rounds.style_round import (
    OVER,
    Phase,
    RoundId,
    StyleProposal,
    StyleRound,
    moved_on,
)
from bot.services.moderation.auditing import write_down_own
from bot.services.ports import Clock, DeliveryDelayedError, Policies, UndeliverableError
from bot.services.preferences.preferences import PreferenceBook
from bot.services.rounds.desk import schedule_phase
from bot.services.rounds.ports import RoundMessenger, RoundStanding
from bot.services.rounds.view import RoundView
from bot.services.rounds.winners import RoundWinners
from bot.services.schedule.scheduler import Handler
from bot.services.storage_ports import Storage, Transaction
from bot.services.styles.book import StyleBook, save_all

log = structlog.get_logger(__name__)

EXAMPLES_TOLD = 10
"""As many as one gallery of Discord's shows."""

_STYLE = "style"


class RoundSteps:
    """Handlers of scheduled work."""

    def __init__(
        self,
        *,
        storage: Storage,
        winners: RoundWinners,
        view: RoundView,
        messenger: RoundMessenger,
        styles: StyleBook,
        preferences: PreferenceBook,
        policies: Policies,
        clock: Clock,
    ) -> None:
        self._storage = storage
        self._winners = winners
        self._view = view
        self._messenger = messenger
        self._styles = styles
        self._preferences = preferences
        self._policies = policies
        self._clock = clock

    def handlers(self) -> Mapping[WorkKind, Handler]:
        """Which method does which work."""
        return {
            WorkKind.ROUND_STEP: self.step,
            WorkKind.ROUND_REMINDER: self.remind,
            WorkKind.ROUND_EXPIRY: self.expire,
        }

    async def step(self, subject: str) -> None:
        """Bring a round to where it should be by now.

        Raises:
            DeliveryDelayedError: if the channel could not be told now.
        """
        # Before Discord has told of its channels, each would be taken for the strictest.
        await self._policies.until_known()
        style_round = await self._moved_on(RoundId(subject))
        if style_round is None:
            return
        if style_round.phase is Phase.VOTING and style_round.told is not Phase.VOTING:
            standing = await self._view.with_first(style_round, EXAMPLES_TOLD)
            await self._tell(self._messenger.tell_voting, standing)
            await self._begin_voting(style_round.id)
        elif style_round.phase is Phase.COUNTING:
            settled = await self._winners.settle(style_round)
            await self._set_default(settled)
            standing = await self._view.with_winners(settled)
            await self._tell(self._messenger.tell_result, standing)
            await self._close(settled.id)

    async def remind(self, subject: str) -> None:
        """Remind the channel of a phase's end, once, and not at all rather than twice."""
        await self._policies.until_known()
        now = self._clock.now()
        async with self._storage.write() as tx:
            held = await tx.rounds.hold(RoundId(subject))
            if held is None or held.reminded is held.phase or not _takes_part(held):
                return
            if now >= held.phase_ends:
                return
            reminding = replace(held, reminded=held.phase)
            await tx.rounds.save(reminding)
        try:
            await self._messenger.remind(await self._view.with_first(reminding, 0))
        except (UndeliverableError, DeliveryDelayedError) as error:
            log.info("round_reminder_lost", round_id=subject, cause=str(error))

    async def expire(self, subject: str) -> None:
        """Retire a round's winners whose weeks are over, and the default that one of them was."""
        async with self._storage.read() as tx:
            style_round = await tx.rounds.get(RoundId(subject))
        if style_round is None or style_round.result is None:
            return
        await self._styles.load()
        now, guild_id = self._clock.now(), style_round.guild_id
        kept = [
            self._styles.by_id(guild_id, winner.style_id) for winner in style_round.result.winners
        ]
        over = [
            style
            for style in kept
            if style is not None and style.offered_until is not None and style.offered_until <= now
        ]
        # The default first: a retired style goes on being painted in as one.
        await self._clear_default(style_round, {style.id for style in over})
        expiring = [replace(each, retired_at=now) for each in over if each.retired_at is None]
        async with self._storage.write() as tx:
            await save_all(tx, expiring)
            for style in expiring:
                await write_down_own(
                    tx,
                    guild_id,
                    Act.STYLE_RETIRED,
                    style.name,
                    now=now,
                    detail="its weeks are over",
                )
        self._styles.note_saved(expiring)

    async def _moved_on(self, round_id: RoundId) -> StyleRound | None:
        now = self._clock.now()
        async with self._storage.write() as tx:
            held = await tx.rounds.hold(round_id)
            if held is None or held.phase in OVER:
                return None
            if held.phase is Phase.PROPOSING and now >= held.phase_ends:
                held = await _without_unshown(tx, held)
            there = await tx.rounds.proposals(round_id)
            moved = moved_on(held, now, standing=sum(each.stands for each in there))
            await tx.rounds.save(moved)
        if moved.phase is not held.phase:
            log.info("round_moved_on", round_id=round_id, phase=moved.phase)
        return moved

    async def _begin_voting(self, round_id: RoundId) -> None:
        now = self._clock.now()
        async with self._storage.write() as tx:
            held = await tx.rounds.hold(round_id)
            if held is None or held.phase is not Phase.VOTING:
                return
            await tx.rounds.save(replace(held, told=Phase.VOTING))
            await schedule_phase(tx, held, begins=min(now, held.phase_ends))

    async def _close(self, round_id: RoundId) -> None:
        async with self._storage.write() as tx:
            held = await tx.rounds.hold(round_id)
            if held is not None and held.phase is Phase.COUNTING:
                await tx.rounds.save(replace(held, phase=Phase.CLOSED, told=Phase.CLOSED))
                await tx.schedule.remove(WorkKind.ROUND_REMINDER, round_id)

    async def _tell(
        self, tell: Callable[[RoundStanding], Awaitable[None]], standing: RoundStanding
    ) -> None:
        """A channel that cannot be told at all does not keep its round from going on."""
        try:
            await tell(standing)
        except UndeliverableError as error:
            log.warning("round_not_told", round_id=standing.round.id, cause=str(error))

    async def _set_default(self, style_round: StyleRound) -> None:
        result = style_round.result
        if result is None or result.default_style is None:
            return
        await self._preferences.look()
        channel_id = style_round.channel_id
        former = self._preferences.defaults_of(DefaultsScope.CHANNEL, channel_id)
        given = Defaults(options=Options(style=result.default_style))
        value = overlaid(given, former)
        if value != former:
            await self._preferences.set_defaults(DefaultsScope.CHANNEL, channel_id, value)

    async def _clear_default(self, style_round: StyleRound, style_ids: set[str]) -> None:
        await self._preferences.look()
        channel_id = style_round.channel_id
        present = self._preferences.defaults_of(DefaultsScope.CHANNEL, channel_id)
        named = self._styles.find(style_round.guild_id, present.options.style or "")
        if named is not None and named.id in style_ids:
            value = without(present, _STYLE)
            await self._preferences.set_defaults(DefaultsScope.CHANNEL, channel_id, value)


def _takes_part(style_round: StyleRound) -> bool:
    """Whether there is something for members to do."""
    return style_round.phase in {Phase.PROPOSING, Phase.VOTING}


async def _without_unshown(tx: Transaction, held: StyleRound) -> StyleRound:
    """Leave out what has no example: none was painted, or it was never let through."""
    there = [each for each in await tx.rounds.proposals(held.id) if not each.withdrawn]
    shown = await tx.examples.shown([each.image_id for each in there if each.image_id is not None])
    unshown: list[StyleProposal] = [each for each in there if each.image_id not in shown]
    for each in unshown:
        await tx.rounds.put_proposal(replace(each, withdrawn=True))
    return replace(held, left_out=held.left_out + len(unshown))
