"""What members vote by: built here and handed what it needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.jobs.schedule import WorkKind
from bot.services.asking.generation import GenerationService
from bot.services.asking.proposals import Proposer
from bot.services.asking.recipes import RecipeBook
from bot.services.insight.style_insight import StyleInsightService
from bot.services.insight.style_sorting import StyleSorter
from bot.services.schedule.scheduler import Handler
from bot.services.services import CommunityServices
from bot.services.styles.board_pictures import BoardPictures
from bot.services.styles.leaderboards import LeaderboardService
from bot.services.styles.looks import StyleLooks
from bot.services.styles.merging import StyleMerger
from bot.services.styles.own_pictures import OwnPictures
from bot.services.styles.references import StyleReferences
from bot.services.styles.styles import StyleService
from bot.services.votes.aftermath import VoteAftermath
from bot.services.votes.board import VoteBoard
from bot.services.votes.explaining import VoteExplainer
from bot.services.votes.held_votes import HeldVoteService
from bot.services.votes.taking_part import TakingPartDesk
from bot.services.votes.votes import VoteService
from bot.services.votes.withdrawal import VoteWithdrawal
from bot.ui.votes.hold_messages import DiscordHoldMessages
from bot.ui.votes.vote_messages import DiscordVoteMessages
from bot.wiring.battling import Arena, build_battling
from bot.wiring.ground import Ground
from bot.wiring.rounds import build_rounds
from bot.wiring.showing import build_showing


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
        storage=ground.database,
        book=ground.styles,
        catalogue=ground.catalogue,
        proposer=proposer,
        clock=ground.clock,
    )
    pictures = OwnPictures(storage=ground.database, policies=ground.policies)
    looks = StyleLooks(
        storage=ground.database,
        book=ground.styles,
        policies=ground.policies,
        pictures=pictures,
        thumbnails=ground.thumbnails,
        clock=ground.clock,
    )
    rounds = build_rounds(ground, styles, pictures)
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
                taking_part=ground.taking_part,
                held=held,
                sorter=StyleSorter(storage=ground.database, styles=ground.styles),
            ),
            held_votes=held,
            vote_withdrawal=VoteWithdrawal(
                storage=ground.database, aftermath=aftermath, clock=ground.clock
            ),
            vote_explainer=VoteExplainer(
                storage=ground.database, styles=ground.styles, catalogue=ground.catalogue
            ),
            styles=styles,
            style_merger=StyleMerger(
                storage=ground.database,
                book=ground.styles,
                catalogue=ground.catalogue,
                battles=arena.ending,
                pictures=ground.pictures,
                thumbnails=ground.thumbnails,
                clock=ground.clock,
            ),
            taking_part=TakingPartDesk(
                storage=ground.database, book=ground.taking_part, clock=ground.clock
            ),
            leaderboards=LeaderboardService(
                storage=ground.database,
                styles=ground.styles,
                policies=ground.policies,
                clock=ground.clock,
            ),
            style_insight=StyleInsightService(
                storage=ground.database,
                styles=ground.styles,
                catalogue=ground.catalogue,
                clock=ground.clock,
            ),
            style_looks=looks,
            style_references=StyleReferences(
                storage=ground.database,
                book=ground.styles,
                looks=looks,
                inputs=ground.inputs,
                recipes=RecipeBook(ground.catalogue, default_model=ground.settings.default_model),
                pictures=ground.pictures,
                thumbnails=ground.thumbnails,
                clock=ground.clock,
            ),
            own_pictures=pictures,
            board_pictures=BoardPictures(
                storage=ground.database,
                styles=ground.styles,
                policies=ground.policies,
                thumbnails=ground.thumbnails,
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
            WorkKind.VOTES_STILL_HELD: held.remind,
            **rounds.steps.handlers(),
            WorkKind.BATTLE_CLOSES: battling.ending.look_after,
        },
    )
