"""What moderators use: built here and handed what it needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.jobs.schedule import WorkKind
from bot.services.asking.recipes import RecipeBook
from bot.services.conduct.conduct import ConductService
from bot.services.conduct.effects import ConductEffects
from bot.services.conduct.striking import StrikeDesk
from bot.services.gate.channel_policies import ChannelPolicyService
from bot.services.gate.explaining import ExplainingService
from bot.services.jobs.cancelling import CancelService
from bot.services.moderation.audit_reader import AuditReader
from bot.services.moderation.log_desk import LogDesk
from bot.services.moderation.report_cases import ReportCases
from bot.services.moderation.term_lists import TermListService
from bot.services.quotas.quota import QuotaService
from bot.services.results.redrawing import Redrawer
from bot.services.schedule.errands import Errands
from bot.services.schedule.scheduler import Handler
from bot.services.services import ModerationServices
from bot.services.votes.board import VoteBoard
from bot.ui.moderation.log_messages import DiscordLogMessages
from bot.wiring.ground import Ground
from bot.wiring.reviewing import Reviewing


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
            explaining=ExplainingService(ground.policies, quota, ground.clock),
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
