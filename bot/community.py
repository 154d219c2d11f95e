"""What members vote by: built here and handed what it needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.battling import Arena, build_battling
from bot.domain.schedule import WorkKind
from bot.ground import Ground
from bot.rounds import build_rounds
from bot.services.generation import GenerationService
from bot.services.held_votes import HeldVoteService
from bot.services.leaderboards import LeaderboardService
from bot.services.proposals import Proposer
from bot.services.scheduler import Handler
from bot.services.services import CommunityServices
from bot.services.styles import StyleService
from bot.services.vote_aftermath import VoteAftermath
from bot.services.vote_board import VoteBoard
from bot.services.vote_explaining import VoteExplainer
from bot.services.vote_withdrawal import VoteWithdrawal
from bot.services.votes import VoteService
from bot.showing import build_showing
from bot.ui.hold_messages import DiscordHoldMessages
from bot.ui.vote_messages import DiscordVoteMessages


@dataclass(frozen=True, slots=True)
class Community:
    """What members decide together, and what of it is due at a moment."""

    services: CommunityServices
    handlers: Mapping[WorkKind, Handler]


def open_vote_board(ground: Ground) -> VoteBoard:
    """The board that keeps the counts under results up to date, while somebody runs it."""
    return VoteBoard(
        storage=ground.database,
        messenger=DiscordVoteMessages(ground.connection),
        clock=ground.clock,
    )


def build_community(
    ground: Ground,
    arena: Arena,
    board: VoteBoard,
    proposer: Proposer,
    generation: GenerationService,
) -> Community:
    """The services by which members vote, and what shows them what they like."""
    showing = build_showing(ground)
    styles = StyleService(
        book=ground.styles,
        catalogue=ground.catalogue,
        proposer=proposer,
        clock=ground.clock,
    )
    rounds = build_rounds(ground, styles)
    battling = build_battling(ground, arena, board=board, proposer=proposer, generation=generation)
    aftermath = VoteAftermath(storage=ground.database, board=board, styles=ground.styles)
    held = HeldVoteService(
        storage=ground.database,
        messenger=DiscordHoldMessages(ground.connection),
        styles=ground.styles,
        aftermath=aftermath,
        clock=ground.clock,
    )
    return Community(
        services=CommunityServices(
            votes=VoteService(
                storage=ground.database,
                clock=ground.clock,
                board=board,
                styles=ground.styles,
                policies=ground.policies,
                held=held,
            ),
            held_votes=held,
            vote_withdrawal=VoteWithdrawal(
                storage=ground.database, aftermath=aftermath, clock=ground.clock
            ),
            vote_explainer=VoteExplainer(
                storage=ground.database, styles=ground.styles, catalogue=ground.catalogue
            ),
            styles=styles,
            leaderboards=LeaderboardService(
                storage=ground.database,
                styles=ground.styles,
                policies=ground.policies,
                clock=ground.clock,
            ),
            battles=battling.battles,
            battle_votes=battling.votes,
            starboards=showing.starboards,
            contests=showing.contests,
            rounds=rounds,
        ),
        handlers={
            **showing.handlers,
            WorkKind.VOTES_HELD: held.tell,
            **rounds.steps.handlers(),
            WorkKind.BATTLE_CLOSES: battling.ending.look_after,
        },
    )
