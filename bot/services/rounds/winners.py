"""The end of a round: its ballots are counted, and its winners become styles of the server."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count as counting

import structlog

from bot.domain.ids import ChannelId, GuildId
from bot.domain.jobs.schedule import ScheduledWork, WorkKind
from bot.domain.moderation.audit import Act
from bot.domain.preferences.preset import preset_key
from bot.domain.rounds.counting import Count, count
from bot.domain.rounds.style_round import (
    FEWEST_PROPOSALS,
    Ballot,
    Phase,
    Placed,
    RoundResult,
    StyleProposal,
    StyleRound,
    Winner,
    WinnerNote,
)
from bot.domain.styles.server_style import MAX_SERVER_STYLES, MAX_STYLE_NAME, ServerStyle
from bot.services.moderation.auditing import write_down_own
from bot.services.ports import Clock, ModelCatalogue, Policies
from bot.services.storage_ports import Storage
from bot.services.styles.book import StyleBook, save_all

log = structlog.get_logger(__name__)

_KEPT = frozenset({WinnerNote.KEPT, WinnerNote.RENAMED})


class RoundWinners:
    """Counts a round once, and keeps its winners for as many weeks as were said."""

    def __init__(
        self,
        *,
        storage: Storage,
        styles: StyleBook,
        catalogue: ModelCatalogue,
        policies: Policies,
        clock: Clock,
    ) -> None:
        self._storage = storage
        self._styles = styles
        self._catalogue = catalogue
        self._policies = policies
        self._clock = clock

    async def settle(self, style_round: StyleRound) -> StyleRound:
        """The round with its result; counted only if it was not before.

        Nothing of it changes any more, so that it can be counted outside a transaction.

        Raises:
            StyleExists: if another process took a winner's name in this moment; try again.
        """
        if style_round.result is not None:
            return style_round
        async with self._storage.read() as tx:
            proposals = await tx.rounds.proposals(style_round.id)
            ballots = await tx.rounds.ballots(style_round.id)
        await self._styles.load()
        counted = await asyncio.to_thread(_counted, style_round, proposals, ballots)
        now = self._clock.now()
        until = now + timedelta(weeks=style_round.plan.weeks)
        won = self._winners(style_round, proposals, counted)
        result = _result(style_round, proposals, counted, [each for each, _ in won])
        result = replace(result, ballots=len(ballots), offered_until=until if won else None)
        new = [
            ServerStyle(
                id=winner.style_id,
                guild_id=style_round.guild_id,
                draft=replace(proposal.draft, name=winner.name),
                author_id=proposal.author_id,
                created_at=now,
                offered_until=until,
                example=proposal.image_id,
            )
            for winner, proposal in won
            if winner.note is not WinnerNote.NO_ROOM
        ]
        return await self._written(style_round, result, new, until)

    async def _written(
        self,
        style_round: StyleRound,
        result: RoundResult,
        new: Sequence[ServerStyle],
        until: datetime,
    ) -> StyleRound:
        async with self._storage.write() as tx:
            await tx.styles.hold()
            held = await tx.rounds.hold(style_round.id)
            if held is None or held.phase is not Phase.COUNTING or held.result is not None:
                return held or style_round
            await save_all(tx, new)
            for style in new:
                await write_down_own(
                    tx,
                    style.guild_id,
                    Act.STYLE_ADDED,
                    style.name,
                    now=style.created_at,
                    detail=f"won the round {held.plan.theme}",
                )
            settled = replace(held, result=result)
            await tx.rounds.save(settled)
            if new:
                expiry = ScheduledWork(WorkKind.ROUND_EXPIRY, settled.id, until)
                await tx.schedule.put(expiry)
        self._styles.note_saved(new)
        log.info(
            "round_counted",
            guild_id=settled.guild_id,
            round_id=settled.id,
            ballots=result.ballots,
            winners=len(result.winners),
        )
        return settled

    def _winners(
        self, style_round: StyleRound, proposals: Sequence[StyleProposal], counted: Count
    ) -> list[tuple[Winner, StyleProposal]]:
        by_number = {each.number: each for each in proposals}
        there = self._styles.of_server(style_round.guild_id)
        room = MAX_SERVER_STYLES - len(there)
        taken = {
            preset_key(name)
            for name in (
                *self._styles.names_taken(style_round.guild_id),
                *self._catalogue.styles(),
            )
        }
        won: list[tuple[Winner, StyleProposal]] = []
        for place in counted.places[: counted.winners]:
            proposal = by_number[place.candidate]
            name = next(
                each for each in _names(proposal.draft.name) if preset_key(each) not in taken
            )
            taken.add(preset_key(name))
            note = self._note(style_round, proposal, name, has_room=len(won) < room)
            style_id = f"{style_round.id}-{proposal.number}"
            won.append((Winner(proposal.number, style_id, name, note), proposal))
        return won

    def _note(
        self, style_round: StyleRound, proposal: StyleProposal, name: str, *, has_room: bool
    ) -> WinnerNote:
        if not has_room:
            return WinnerNote.NO_ROOM
        if not self._is_paintable(proposal, style_round.guild_id, style_round.channel_id):
            return WinnerNote.UNPAINTABLE
        return WinnerNote.KEPT if name == proposal.draft.name else WinnerNote.RENAMED

    def _is_paintable(
        self, proposal: StyleProposal, guild_id: GuildId, channel_id: ChannelId
    ) -> bool:
        """Whether its model is still to be had, and nothing in it was blocked since."""
        draft = proposal.draft
        policy = self._policies.of_place(guild_id, channel_id)
        texts = filter(None, (draft.name, draft.template, draft.negative))
        if any(policy.terms.first(text) is not None for text in texts):
            return False
        if draft.model is None or not self._catalogue.models():
            return True
        model = self._catalogue.find(draft.model)
        return model is not None and not model.offline


def _counted(
    style_round: StyleRound, proposals: Sequence[StyleProposal], ballots: Sequence[Ballot]
) -> Count:
    if not ballots and sum(each.stands for each in proposals) < FEWEST_PROPOSALS:
        return Count((), 0)
    return count(style_round.plan.way, proposals, ballots, winners=style_round.plan.winners)


def _result(
    style_round: StyleRound,
    proposals: Sequence[StyleProposal],
    counted: Count,
    winners: Sequence[Winner],
) -> RoundResult:
    by_number = {each.number: each for each in proposals}
    first = winners[0] if winners else None
    sets_default = style_round.plan.sets_default and first is not None and first.note in _KEPT
    return RoundResult(
        ballots=0,
        proposals=sum(each.stands for each in proposals),
        places=tuple(
            Placed(
                number=place.candidate,
                name=by_number[place.candidate].draft.name,
                weight=place.weight,
            )
            for place in counted.places
        ),
        equals=tuple(by_number[number].draft.name for number in counted.equals),
        winners=tuple(winners),
        default_style=first.name if sets_default and first is not None else None,
    )


def _names(name: str) -> Iterator[str]:
    """A name, and what it may be called where it is taken."""
    yield name
    for number in counting(2):
        mark = f" {number}"
        yield f"{name[: MAX_STYLE_NAME - len(mark)].rstrip()}{mark}"
