"""Voting in a battle, and calling one off."""

from dataclasses import dataclass
from functools import partial

import structlog

from bot.domain.battles.battle import (
    GOING_ON,
    Battle,
    BattleState,
    BattleVote,
    CallOff,
    Side,
    check_may_vote,
    tally,
)
from bot.domain.battles.errors import BattleOver, NotYourBattle
from bot.domain.gate.permissions import Actor
from bot.domain.ids import BattleId
from bot.domain.jobs.schedule import ScheduledWork, WorkKind
from bot.domain.moderation.audit import Act, channel_subject
from bot.services.battles.ending import SOON, BattleEnding
from bot.services.battles.ports import BattleMessenger
from bot.services.moderation.auditing import write_down
from bot.services.ports import Clock, DeliveryDelayedError, Policies
from bot.services.storage_ports import Storage, Transaction
from bot.services.styles.ports import TakingPart
from bot.services.votes.board import VoteBoard
from bot.services.votes.voter import Voter, check_voter

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class CastVote:
    """What became of a press: the member's vote now, and what it was before."""

    vote: BattleVote
    former: Side | None


class BattleVoteService:
    """Takes votes, one a member, which can be changed until the end."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        board: VoteBoard,
        ending: BattleEnding,
        messenger: BattleMessenger,
        policies: Policies,
        taking_part: TakingPart,
    ) -> None:
        self._taking_part = taking_part
        self._storage = storage
        self._clock = clock
        self._board = board
        self._ending = ending
        self._messenger = messenger
        self._policies = policies

    async def vote(self, battle_id: BattleId, voter: Voter, side: Side) -> CastVote:
        """Vote, or change the vote; the last one that is wanted closes the battle.

        Raises:
            BattleError: if the battle is not open, or the member started it.
            ActionDenied: if the member is blocked or paused.
            NotAmongThem: if the server lets others vote.
        """
        check_voter(voter, self._policies, self._taking_part)
        now, user_id = self._clock.now(), voter.actor.user_id
        vote = BattleVote(user_id=user_id, side=side, weight=voter.weight(now), cast_at=now)
        async with self._storage.write() as tx:
            battle = await tx.battles.hold(battle_id)
            if battle is None:
                raise BattleOver
            check_may_vote(battle, user_id, now=now)
            former = await tx.battles.vote_of(battle_id, user_id)
            await tx.battles.put_vote(battle_id, vote)
            is_decided = battle.is_decided(tally(await tx.battles.votes(battle_id)))
            if is_decided:
                # It is closed at once; this is for the case that the bot goes down before that.
                due = ScheduledWork(WorkKind.BATTLE_CLOSES, battle_id, now + SOON)
                await tx.schedule.put(due)
        log.info("battle_voted", battle_id=battle_id)
        if is_decided:
            await self._close(battle_id)
        else:
            self._board.put_count(f"battle-{battle_id}", partial(self._show_votes, battle_id))
        return CastVote(vote, former.side if former is not None else None)

    async def stop(self, battle_id: BattleId, actor: Actor) -> None:
        """Call a battle off.

        Raises:
            BattleOver: if it has ended.
            NotYourBattle: if the member did not start it, and is no moderator.
        """
        async with self._storage.write() as tx:
            battle = await tx.battles.hold(battle_id)
            if battle is None or battle.state not in GOING_ON:
                raise BattleOver
            is_starter = actor.user_id == battle.starter_id
            moderates = actor.manages_messages and actor.channel_id == battle.channel_id
            if not (is_starter or moderates):
                raise NotYourBattle
            cause = CallOff.STOPPED if is_starter else CallOff.REMOVED
            await self._ending.call_off_in(tx, battle, cause)
            if not is_starter:
                await self._note_removed(tx, battle, actor)
        await self._ending.conclude_now(battle_id)

    async def _note_removed(self, tx: Transaction, battle: Battle, actor: Actor) -> None:
        now, where = self._clock.now(), channel_subject(battle.channel_id)
        detail = f"battle={battle.id}"
        await write_down(tx, actor, Act.BATTLE_REMOVED, where, now=now, detail=detail)

    async def _close(self, battle_id: BattleId) -> None:
        """The scheduler looks after what goes wrong here: it counts for itself."""
        try:
            await self._ending.close(battle_id)
        except DeliveryDelayedError as error:
            log.info("battle_end_not_told", battle_id=battle_id, cause=f"{error}")

    async def _show_votes(self, battle_id: BattleId) -> None:
        async with self._storage.read() as tx:
            battle = await tx.battles.get(battle_id)
            votes = await tx.battles.votes(battle_id)
        if battle is not None and battle.state is BattleState.OPEN:
            await self._messenger.show_votes(battle, tally(votes).votes)
