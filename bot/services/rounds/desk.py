"""Opening rounds, and ending them early, which is for those who may manage the server."""

from dataclasses import replace
from datetime import datetime

import structlog

from bot.domain.ids import ChannelId
from bot.domain.jobs.schedule import ScheduledWork, WorkKind
from bot.domain.moderation.audit import Act
from bot.domain.rounds.errors import NoRoundHere, RoundOpenAlready, ThemeEmpty, VotingOver
from bot.domain.rounds.style_round import (
    MAX_THEME_CHARS,
    OVER,
    Phase,
    RoundId,
    RoundPlan,
    StyleRound,
    opened,
    reminder_at,
)
from bot.domain.voting.taking_part import Doing
from bot.services.asking.intake import new_id
from bot.services.conduct.barring import check_free
from bot.services.gate.words import check_words
from bot.services.moderation.auditing import write_down
from bot.services.ports import Clock, Policies
from bot.services.storage_ports import Storage, Transaction
from bot.services.styles.ports import TakingPart
from bot.services.styles.styles import StyleKeeper

log = structlog.get_logger(__name__)


class RoundDesk:
    """Opens rounds, ends their phases early and cancels them."""

    def __init__(
        self, *, storage: Storage, policies: Policies, taking_part: TakingPart, clock: Clock
    ) -> None:
        self._taking_part = taking_part
        self._storage = storage
        self._policies = policies
        self._clock = clock

    def checked(self, plan: RoundPlan, keeper: StyleKeeper) -> RoundPlan:
        """A round that may be opened, from memory alone.

        One whose winner becomes the channel's default is for who may set defaults.

        Raises:
            KeepingError: if they may not, or there is no theme.
            RefusedByRule: if the theme holds what is blocked here.
            ActionDenied: if the member is blocked or paused.
        """
        place = keeper.place
        check_free(self._policies, place.user_id, place.guild_id, place.channel_id)
        self._taking_part.check(Doing.OPEN_ROUNDS, keeper.guild_id, place.participant)
        if plan.sets_default:
            keeper.check()
        theme = " ".join("".join(c if c.isprintable() else " " for c in plan.theme).split())
        if not 1 <= len(theme) <= MAX_THEME_CHARS:
            raise ThemeEmpty(MAX_THEME_CHARS)
        check_words(theme, self._policies.of_place(place.guild_id, place.channel_id))
        return replace(plan, theme=theme)

    async def open(self, plan: RoundPlan, keeper: StyleKeeper) -> StyleRound:
        """Open a round that was checked, in the channel.

        Raises:
            RoundOpenAlready: if the channel has one that is not over.
        """
        now, place = self._clock.now(), keeper.place
        style_round = opened(
            RoundId(new_id()),
            plan,
            guild_id=keeper.guild_id,
            channel_id=place.channel_id,
            by=place.user_id,
            now=now,
        )
        async with self._storage.write() as tx:
            if not await tx.rounds.add(style_round):
                there = await tx.rounds.latest_in(place.channel_id)
                raise RoundOpenAlready(there.plan.theme if there is not None else plan.theme)
            await schedule_phase(tx, style_round, begins=style_round.opened_at)
            detail = f"channel={place.channel_id}, winners={plan.winners}, weeks={plan.weeks}"
            await write_down(tx, place, Act.ROUND_OPENED, plan.theme, now=now, detail=detail)
        log.info("round_opened", guild_id=style_round.guild_id, round_id=style_round.id)
        return style_round

    async def close(self, keeper: StyleKeeper) -> StyleRound:
        """End the present phase of the channel's round now: the next one begins in a moment.

        Raises:
            KeepingError: if they may not, or there is no open round, or it is being counted.
        """
        keeper.check()
        now, place = self._clock.now(), keeper.place
        async with self._storage.write() as tx:
            style_round = await hold_open_round(tx, place.channel_id)
            if style_round.phase is Phase.COUNTING:
                raise VotingOver
            ending = replace(style_round, phase_ends=min(now, style_round.phase_ends))
            await tx.rounds.save(ending)
            await tx.schedule.put(ScheduledWork(WorkKind.ROUND_STEP, ending.id, now))
            await write_down(
                tx,
                place,
                Act.ROUND_CLOSED,
                ending.plan.theme,
                now=now,
                detail=f"phase={ending.phase}",
            )
        return ending

    async def cancel(self, keeper: StyleKeeper) -> StyleRound:
        """End the channel's round without a result.

        Raises:
            KeepingError: if they may not, or there is no open round, or it is being counted.
        """
        keeper.check()
        now, place = self._clock.now(), keeper.place
        async with self._storage.write() as tx:
            style_round = await hold_open_round(tx, place.channel_id)
            if style_round.phase is Phase.COUNTING:
                raise VotingOver
            cancelled = replace(style_round, phase=Phase.CANCELLED)
            await tx.rounds.save(cancelled)
            for kind in (WorkKind.ROUND_STEP, WorkKind.ROUND_REMINDER):
                await tx.schedule.remove(kind, cancelled.id)
            await write_down(tx, place, Act.ROUND_CANCELLED, cancelled.plan.theme, now=now)
        log.info("round_cancelled", guild_id=cancelled.guild_id, round_id=cancelled.id)
        return cancelled


async def schedule_phase(tx: Transaction, style_round: StyleRound, *, begins: datetime) -> None:
    """Schedule the end of a round's phase, and the reminder before it."""
    ends = style_round.phase_ends
    reminding = reminder_at(begins, ends)
    await tx.schedule.put(ScheduledWork(WorkKind.ROUND_STEP, style_round.id, ends))
    await tx.schedule.put(ScheduledWork(WorkKind.ROUND_REMINDER, style_round.id, reminding))


async def open_round(tx: Transaction, channel_id: ChannelId) -> StyleRound:
    """The round of a channel that is not over.

    Raises:
        NoRoundHere: if there is none.
    """
    found = await tx.rounds.latest_in(channel_id)
    if found is None or found.phase in OVER:
        raise NoRoundHere
    return found


async def hold_open_round(tx: Transaction, channel_id: ChannelId) -> StyleRound:
    """The same, for a change.

    Raises:
        NoRoundHere: if there is none, or it has ended in this moment.
    """
    found = await tx.rounds.hold((await open_round(tx, channel_id)).id)
    if found is None or found.phase in OVER:
        raise NoRoundHere
    return found
