"""Proposing styles in a round, each with an example picture."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from bot.domain.asking.choices import best_matches
from bot.domain.asking.wish import ReadWish, request_of
from bot.domain.ids import ImageId, UserId
from bot.domain.moderation.audit import Act
from bot.domain.preferences.preset import preset_key
from bot.domain.rounds.errors import (
    ExampleThere,
    NoRoundHere,
    ProposalsOver,
    ProposalUnknown,
    VotingOver,
)
from bot.domain.rounds.proposing import check_room, next_number
from bot.domain.rounds.style_round import OVER, Phase, RoundId, StyleProposal, StyleRound
from bot.domain.styles.server_style import StyleDraft, filled
from bot.domain.voting.taking_part import Doing
from bot.services.asking.plans import Place
from bot.services.conduct.barring import check_free
from bot.services.gate.words import check_words
from bot.services.moderation.auditing import write_down
from bot.services.ports import Clock, Policies
from bot.services.rounds.desk import hold_open_round, open_round
from bot.services.storage_ports import Storage
from bot.services.styles.own_pictures import OwnPictures
from bot.services.styles.ports import TakingPart
from bot.services.styles.styles import StyleKeeper, StyleService

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal, and the round it is in."""

    round: StyleRound
    proposal: StyleProposal

    @property
    def example_wish(self) -> ReadWish:
        """What the bot paints as the example: the round's theme in the style, for all to see.

        No default of the member's or the channel's is added, least of all another style.
        """
        draft = self.proposal.draft
        prompt = filled(draft.template, self.round.plan.theme)
        return ReadWish(requests=(request_of(prompt, draft.options),), said=draft.options)


class RoundProposals:
    """Takes proposals and withdrawals."""

    def __init__(
        self,
        *,
        storage: Storage,
        styles: StyleService,
        pictures: OwnPictures,
        policies: Policies,
        taking_part: TakingPart,
        clock: Clock,
    ) -> None:
        self._taking_part = taking_part
        self._storage = storage
        self._styles = styles
        self._pictures = pictures
        self._policies = policies
        self._clock = clock

    def checked(self, draft: StyleDraft, place: Place) -> StyleDraft:
        """A style that may be proposed, from memory alone.

        Raises:
            KeepingError: if its name is taken, or the template is wrong.
            MemberError: if nothing could be painted by it, or it holds what is blocked here.
            NotServing: if no catalogue has been read yet.
            ActionDenied: if the member is blocked or paused.
            NotAmongThem: if the server lets others propose.
        """
        check_free(self._policies, place.user_id, place.guild_id, place.channel_id)
        self._check_may(place)
        draft = self._styles.suitable(draft, place)
        check_words(draft.name, self._policies.of_place(place.guild_id, place.channel_id))
        return draft

    async def prepared(self, draft: StyleDraft, place: Place) -> Proposed:
        """What a checked style would be in the channel's round; nothing is written.

        Raises:
            RoundError: if there is no round that takes it.
        """
        async with self._storage.read() as tx:
            style_round = await open_round(tx, place.channel_id)
            there = await tx.rounds.proposals(style_round.id)
        self._check_open(style_round)
        check_room(draft, there, place.user_id)
        return Proposed(style_round, self._new(style_round, draft, there, place.user_id))

    async def propose(self, draft: StyleDraft, place: Place, example: str | None) -> Proposed:
        """Write a checked style into the channel's round.

        `example` is the id of one of the member's pictures, or a link to the message it is in.
        Without one the proposal waits until its example is painted.

        Raises:
            RoundError: if there is no round that takes it, or the picture cannot be shown.
        """
        async with self._storage.write() as tx:
            style_round = await hold_open_round(tx, place.channel_id)
            self._check_open(style_round)
            there = await tx.rounds.proposals(style_round.id)
            check_room(draft, there, place.user_id)
            proposal = self._new(style_round, draft, there, place.user_id)
            if example is not None:
                image_id, _ = await self._pictures.find(tx, example, place)
                proposal = replace(proposal, image_id=image_id)
            await tx.rounds.put_proposal(proposal)
        log.info("style_proposed", round_id=style_round.id, number=proposal.number)
        return Proposed(style_round, proposal)

    async def waiting(self, round_id: RoundId, number: int, place: Place) -> Proposed:
        """A member's own proposal that waits for its example.

        Raises:
            RoundError: if there is none, it has its example, or the round takes no more.
            NotAmongThem: if by now the server lets others propose.
        """
        self._check_may(place)
        async with self._storage.read() as tx:
            style_round = await tx.rounds.get(round_id)
            there = await tx.rounds.proposals(round_id)
        if style_round is None or style_round.phase in OVER:
            raise NoRoundHere
        self._check_open(style_round)
        found = next((each for each in there if each.number == number), None)
        if found is None or found.author_id != place.user_id:
            raise NoRoundHere
        if found.withdrawn or found.image_id is not None:
            raise ExampleThere
        return Proposed(style_round, found)

    async def attach(self, proposed: Proposed, image_id: ImageId) -> None:
        """Give a proposal the example that is being painted, unless it has one."""
        async with self._storage.write() as tx:
            await tx.rounds.hold(proposed.round.id)
            there = await tx.rounds.proposals(proposed.round.id)
            for each in there:
                if each.number == proposed.proposal.number and each.image_id is None:
                    await tx.rounds.put_proposal(replace(each, image_id=image_id))

    async def withdraw(self, name: str, keeper: StyleKeeper) -> StyleProposal:
        """Take back a proposal: one's own, or, for who may manage the server, anybody's.

        Votes for it count no more.

        Raises:
            RoundError: if there is no open round, or no such proposal.
        """
        place, now = keeper.place, self._clock.now()
        async with self._storage.write() as tx:
            style_round = await hold_open_round(tx, place.channel_id)
            if style_round.phase is Phase.COUNTING:
                raise VotingOver
            there = await tx.rounds.proposals(style_round.id)
            found = next(
                (each for each in _removable(there, keeper) if _is_called(each, name)), None
            )
            if found is None:
                raise ProposalUnknown(name)
            await tx.rounds.put_proposal(replace(found, withdrawn=True))
            if found.author_id != place.user_id:
                await write_down(
                    tx,
                    place,
                    Act.PROPOSAL_REMOVED,
                    found.draft.name,
                    now=now,
                    detail=f"round={style_round.plan.theme}",
                )
        return found

    async def suggest_names(self, keeper: StyleKeeper, typed: str) -> list[str]:
        """The names of proposals that a member may take back."""
        async with self._storage.read() as tx:
            style_round = await tx.rounds.latest_in(keeper.place.channel_id)
            there = [] if style_round is None else await tx.rounds.proposals(style_round.id)
        names = [each.draft.name for each in _removable(there, keeper)]
        return best_matches(names, typed, names=lambda name: (name,))

    def _check_may(self, place: Place) -> None:
        self._taking_part.check(Doing.PROPOSE, place.guild_id, place.participant)

    def _check_open(self, style_round: StyleRound) -> None:
        if style_round.is_in(Phase.PROPOSING, self._clock.now()):
            return
        is_voting = style_round.phase is Phase.VOTING
        raise ProposalsOver(style_round.phase_ends if is_voting else None)

    def _new(
        self,
        style_round: StyleRound,
        draft: StyleDraft,
        there: Sequence[StyleProposal],
        author: UserId,
    ) -> StyleProposal:
        return StyleProposal(
            round_id=style_round.id,
            number=next_number(there),
            author_id=author,
            draft=draft,
            proposed_at=self._clock.now(),
        )


def _removable(there: Sequence[StyleProposal], keeper: StyleKeeper) -> list[StyleProposal]:
    return [
        each
        for each in there
        if not each.withdrawn and (keeper.may_manage or each.author_id == keeper.place.user_id)
    ]


def _is_called(proposal: StyleProposal, name: str) -> bool:
    return preset_key(proposal.draft.name) == preset_key(name)
