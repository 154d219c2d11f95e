"""What moderators use: built here and handed what it needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.schedule import WorkKind
from bot.ground import Ground
from bot.reviewing import Reviewing
from bot.services.audit_reader import AuditReader
from bot.services.cancelling import CancelService
from bot.services.channel_policies import ChannelPolicyService
from bot.services.conduct import ConductService
from bot.services.conduct_effects import ConductEffects
from bot.services.errands import Errands
from bot.services.explaining import ExplainingService
from bot.services.log_desk import LogDesk
from bot.services.quota import QuotaService
from bot.services.recipes import RecipeBook
from bot.services.redrawing import Redrawer
from bot.services.report_cases import ReportCases
from bot.services.scheduler import Handler
from bot.services.services import ModerationServices
from bot.services.striking import StrikeDesk
from bot.services.term_lists import TermListService
from bot.services.vote_board import VoteBoard
from bot.ui.log_messages import DiscordLogMessages


@dataclass(frozen=True, slots=True)
class Moderation:
    """What moderators' commands call, and what of it is due at a moment."""

    services: ModerationServices
    handlers: Mapping[WorkKind, Handler]
    errands: Errands


def build_moderation(
    ground: Ground,
    recipes: RecipeBook,
    quota: QuotaService,
    *,
    cancelling: CancelService,
    board: VoteBoard,
    reviewing: Reviewing,
) -> Moderation:
    """The services by which moderators hold a server to its rules."""
    handlers = {
        **_handlers(ground, cancelling, board),
        WorkKind.REVIEW_POSTED: reviewing.desk.post,
        WorkKind.REVIEW_EXPIRES: reviewing.service.expire,
    }
    errands = Errands(ground.database, handlers)
    strikes = StrikeDesk(ground.conduct, ground.clock)
    return Moderation(
        services=ModerationServices(
            channels=ChannelPolicyService(
                ground.policies, recipes, ground.clock, owners=ground.settings.owners
            ),
            terms=TermListService(ground.policies, ground.clock),
            audit=AuditReader(ground.database, ground.clock),
            log=LogDesk(
                storage=ground.database,
                gate_log=ground.gate_log,
                messenger=DiscordLogMessages(ground.connection),
                clock=ground.clock,
            ),
            explaining=ExplainingService(ground.policies, quota),
            conduct=ConductService(
                book=ground.conduct,
                strikes=strikes,
                errands=errands,
                clock=ground.clock,
                owners=ground.settings.owners,
            ),
            cases=ReportCases(
                book=ground.conduct,
                strikes=strikes,
                pictures=ground.pictures,
                errands=errands,
                clock=ground.clock,
            ),
            reviews=reviewing.service,
            review_desk=reviewing.desk,
            copies=ground.fitter,
        ),
        handlers=handlers,
        errands=errands,
    )


def _handlers(
    ground: Ground, cancelling: CancelService, board: VoteBoard
) -> Mapping[WorkKind, Handler]:
    effects = ConductEffects(storage=ground.database, cancelling=cancelling, members=ground.members)
    redrawer = Redrawer(
        storage=ground.database, pictures=ground.pictures, editor=ground.editor, board=board
    )
    return {
        WorkKind.STOP_WORK: effects.stop_work,
        WorkKind.TELL_CONDUCT: effects.tell,
        WorkKind.REDRAW_RESULT: redrawer.redraw,
    }
