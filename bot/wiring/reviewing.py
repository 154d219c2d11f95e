"""What reviews stand on: built here and handed what it needs."""

from dataclasses import dataclass

from bot.services.conduct.striking import StrikeDesk
from bot.services.moderation.ports import Striker
from bot.services.moderation.review_desk import ReviewDesk
from bot.services.moderation.reviews import ReviewService
from bot.ui.moderation.review_messages import HeldPictures, ReviewMessages
from bot.wiring.ground import Ground


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Who asks moderators, who decides, and who counts strikes."""

    desk: ReviewDesk
    striker: Striker
    service: ReviewService


def build_reviewing(ground: Ground) -> Reviewing:
    """What holds pictures until a moderator has decided."""
    desk = ReviewDesk(
        storage=ground.database,
        pictures=ground.pictures,
        messenger=ReviewMessages(ground.connection, HeldPictures(ground.fitter), ground.clock),
        clock=ground.clock,
    )
    striker = StrikeDesk(ground.conduct, ground.clock)
    service = ReviewService(
        storage=ground.database,
        policies=ground.policies,
        pictures=ground.pictures,
        desk=desk,
        striker=striker,
        bell=ground.bell,
        clock=ground.clock,
    )
    return Reviewing(desk, striker, service)
