"""Voting in a round: ballots are kept as they are filled in, until the round closes."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.domain.ids import GuildId
from bot.domain.rounds.counting import MAX_RANKED, kept_choices, votable
from bot.domain.rounds.errors import (
    BallotOutdated,
    NoRoundHere,
    NothingToVoteFor,
    VotingNotBegun,
    VotingOver,
)
from bot.domain.rounds.style_round import Ballot, Phase, RoundId, StyleProposal, StyleRound
from bot.domain.voting.taking_part import Doing
from bot.services.asking.plans import Place
from bot.services.ports import Clock, Policies
from bot.services.rounds.desk import open_round
from bot.services.storage_ports import Storage, Transaction
from bot.services.styles.ports import TakingPart
from bot.services.votes.voter import Voter, check_voter

Choices = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BallotPaper:
    """What a member can vote for, and what they have voted for so far.

    The weight of their ballot is in thousandths.
    """

    round: StyleRound
    proposals: tuple[StyleProposal, ...]
    choices: Choices
    weight: int


class RoundBallots:
    """Takes ballots, changes and withdrawals."""

    def __init__(
        self, *, storage: Storage, policies: Policies, taking_part: TakingPart, clock: Clock
    ) -> None:
        self._taking_part = taking_part
        self._storage = storage
        self._policies = policies
        self._clock = clock

    async def paper_here(self, voter: Voter, place: Place) -> BallotPaper:
        """A member's ballot in the round of the channel.

        Raises:
            RoundError: if there is none, or it takes no ballots now.
            NotAmongThem: if the server lets others vote.
        """
        self._check_may(voter)
        async with self._storage.read() as tx:
            style_round = await open_round(tx, place.channel_id)
            return await self._paper(tx, style_round, voter)

    async def paper(self, round_id: RoundId, voter: Voter) -> BallotPaper:
        """A member's ballot in a round.

        Raises:
            RoundError, NotAmongThem: as `paper_here` does.
        """
        self._check_may(voter)
        async with self._storage.read() as tx:
            style_round = _of_server(await tx.rounds.get(round_id), voter.actor.guild_id)
            return await self._paper(tx, style_round, voter)

    async def approve(
        self, round_id: RoundId, voter: Voter, *, low: int, high: int, chosen: Collection[int]
    ) -> BallotPaper:
        """Vote for the chosen ones, and for no others, of the numbers from `low` to `high`.

        Raises:
            RoundError: if the round takes no ballots now.
            ActionDenied, NotAmongThem: if the member is blocked or paused, or others vote here.
        """

        def change(former: Choices) -> Choices:
            others = [number for number in former if not low <= number <= high]
            return (*others, *(number for number in chosen if low <= number <= high))

        return await self._change(round_id, voter, change)

    async def rank(
        self, round_id: RoundId, voter: Voter, *, place: int, number: int
    ) -> BallotPaper:
        """Put a style in the next place of a ballot, counted from 1.

        Raises:
            RoundError: if the round takes no ballots now, or another place is next.
            ActionDenied, NotAmongThem: if the member is blocked or paused, or others vote here.
        """

        def change(former: Choices) -> Choices:
            if len(former) + 1 != place or number in former or place > MAX_RANKED:
                raise BallotOutdated
            return (*former, number)

        return await self._change(round_id, voter, change)

    async def undo(self, round_id: RoundId, voter: Voter, *, place: int) -> BallotPaper:
        """Take back the last place of a ballot, counted from 1.

        Raises:
            RoundError: if the round takes no ballots now, or another place is the last.
            ActionDenied, NotAmongThem: if the member is blocked or paused, or others vote here.
        """

        def change(former: Choices) -> Choices:
            if len(former) != place:
                raise BallotOutdated
            return former[:-1]

        return await self._change(round_id, voter, change)

    async def withdraw(self, round_id: RoundId, voter: Voter) -> BallotPaper:
        """Take the whole ballot back.

        Raises:
            RoundError: if the round takes no ballots now.
            ActionDenied, NotAmongThem: if the member is blocked or paused, or others vote here.
        """
        return await self._change(round_id, voter, lambda _: ())

    async def _change(
        self, round_id: RoundId, voter: Voter, change: Callable[[Choices], Choices]
    ) -> BallotPaper:
        """Held, so that two clicks come one after the other, and none after the close."""
        check_voter(voter, self._policies, self._taking_part)
        user_id = voter.actor.user_id
        async with self._storage.write() as tx:
            style_round = _of_server(await tx.rounds.hold(round_id), voter.actor.guild_id)
            before = await self._paper(tx, style_round, voter)
            changed = change(before.choices)
            way = style_round.plan.way
            choices = kept_choices(way, changed, before.proposals, user_id)
            if choices:
                ballot = Ballot(user_id, choices, before.weight)
                await tx.rounds.put_ballot(round_id, ballot)
            else:
                await tx.rounds.remove_ballot(round_id, user_id)
        return BallotPaper(style_round, before.proposals, choices, before.weight)

    def _check_may(self, voter: Voter) -> None:
        self._taking_part.check(Doing.VOTE, voter.actor.guild_id, voter.who)

    async def _paper(self, tx: Transaction, style_round: StyleRound, voter: Voter) -> BallotPaper:
        self._check_open(style_round)
        user_id = voter.actor.user_id
        proposals = votable(await tx.rounds.proposals(style_round.id), user_id)
        if not proposals:
            raise NothingToVoteFor
        ballot = await tx.rounds.ballot_of(style_round.id, user_id)
        choices = ballot.choices if ballot is not None else ()
        kept = kept_choices(style_round.plan.way, choices, proposals, user_id)
        return BallotPaper(style_round, proposals, kept, voter.weight(self._clock.now()))

    def _check_open(self, style_round: StyleRound) -> None:
        if style_round.is_in(Phase.VOTING, self._clock.now()):
            return
        match style_round.phase:
            case Phase.CANCELLED:
                raise NoRoundHere
            case Phase.PROPOSING:
                raise VotingNotBegun(style_round.phase_ends)
            case _:
                raise VotingOver


def _of_server(found: StyleRound | None, guild_id: GuildId | None) -> StyleRound:
    """A round counts in its own server alone."""
    if found is None or found.guild_id != guild_id:
        raise NoRoundHere
    return found
