"""Battles of styles: built here and handed what they need."""

from dataclasses import dataclass

from bot.services.asking.generation import GenerationService
from bot.services.asking.proposals import Proposer
from bot.services.battles.battles import BattleService
from bot.services.battles.door import BattleDoor
from bot.services.battles.ending import BattleEnding
from bot.services.battles.plans import BattlePlanner
from bot.services.battles.votes import BattleVoteService
from bot.services.quotas.quota import QuotaService
from bot.services.votes.board import VoteBoard
from bot.ui.battles.messages import DiscordBattleMessages
from bot.wiring.ground import Ground


@dataclass(frozen=True, slots=True)
class Arena:
    """What shows battles and ends them: it stands between the workers and the messenger."""

    messages: DiscordBattleMessages
    ending: BattleEnding
    door: BattleDoor


@dataclass(frozen=True, slots=True)
class Battling:
    """What members start battles by, and vote in them."""

    battles: BattleService
    votes: BattleVoteService
    ending: BattleEnding


def open_arena(ground: Ground) -> Arena:
    """The way that battles' pictures take to their message."""
    messages = DiscordBattleMessages(ground.connection, ground.messenger, ground.charts)
    ending = BattleEnding(
        storage=ground.database,
        messenger=messages,
        results=ground.messenger,
        pictures=ground.pictures,
        policies=ground.policies,
        styles=ground.styles,
        clock=ground.clock,
    )
    door = BattleDoor(
        storage=ground.database,
        messenger=messages,
        results=ground.messenger,
        ending=ending,
        pictures=ground.pictures,
        policies=ground.policies,
        clock=ground.clock,
    )
    return Arena(messages, ending, door)


def build_battling(
    ground: Ground,
    arena: Arena,
    *,
    board: VoteBoard,
    proposer: Proposer,
    generation: GenerationService,
) -> Battling:
    """The services by which members hold battles."""
    planner = BattlePlanner(
        proposer=proposer,
        generation=generation,
        styles=ground.styles,
        catalogue=ground.catalogue,
        storage=ground.database,
        taking_part=ground.taking_part,
        clock=ground.clock,
    )
    return Battling(
        battles=BattleService(
            storage=ground.database,
            planner=planner,
            generation=generation,
            quota=QuotaService(storage=ground.database, book=ground.limits, clock=ground.clock),
            clock=ground.clock,
        ),
        votes=BattleVoteService(
            storage=ground.database,
            clock=ground.clock,
            board=board,
            ending=arena.ending,
            messenger=arena.messages,
            policies=ground.policies,
            taking_part=ground.taking_part,
        ),
        ending=arena.ending,
    )
