"""What is stored of members and servers, and how it goes: built here and handed what it needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.jobs.schedule import WorkKind
from bot.services.jobs.cancelling import CancelService
from bot.services.privacy.departures import DepartureService
from bot.services.privacy.erasing import ErasureService
from bot.services.privacy.exporting import ExportService
from bot.services.schedule.scheduler import Handler
from bot.services.services import PrivacyServices
from bot.services.votes.board import VoteBoard
from bot.ui.moderation.removal import MessageTakeDown
from bot.wiring.ground import Ground


@dataclass(frozen=True, slots=True)
class Privacy:
    """What members' commands call, and what of it is due at a moment."""

    services: PrivacyServices
    handlers: Mapping[WorkKind, Handler]


def build_privacy(ground: Ground, cancelling: CancelService, board: VoteBoard) -> Privacy:
    """The services by which members see, take and delete what is stored of them."""
    erasing = ErasureService(
        storage=ground.database,
        pictures=ground.pictures,
        thumbnails=ground.thumbnails,
        cancelling=cancelling,
        remover=MessageTakeDown(ground.connection),
        board=board,
        reloads=(
            ground.preferences.load,
            ground.limits.load,
            ground.policies.load,
            ground.styles.load,
        ),
        clock=ground.clock,
    )
    return Privacy(
        services=PrivacyServices(
            page_url=ground.settings.privacy_url,
            exporting=ExportService(
                storage=ground.database, packer=ground.exports, clock=ground.clock
            ),
            erasing=erasing,
            departures=DepartureService(storage=ground.database, clock=ground.clock),
        ),
        handlers={
            WorkKind.MEMBER_ERASE: erasing.erase_member,
            WorkKind.SERVER_ERASE: erasing.erase_server,
        },
    )
