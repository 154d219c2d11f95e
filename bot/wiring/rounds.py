"""Rounds of styles: built here and handed what they need."""

from bot.services.rounds.ballots import RoundBallots
from bot.services.rounds.desk import RoundDesk
from bot.services.rounds.proposals import RoundProposals
from bot.services.rounds.rounds import RoundServices
from bot.services.rounds.steps import RoundSteps
from bot.services.rounds.view import RoundView
from bot.services.rounds.winners import RoundWinners
from bot.services.styles.own_pictures import OwnPictures
from bot.services.styles.styles import StyleService
from bot.ui.rounds.messages import DiscordRoundMessages
from bot.wiring.ground import Ground


def build_rounds(ground: Ground, styles: StyleService, pictures: OwnPictures) -> RoundServices:
    """The services of rounds."""
    storage, policies, clock = ground.database, ground.policies, ground.clock
    taking_part = ground.taking_part
    view = RoundView(storage=storage, policies=policies, thumbnails=ground.thumbnails)
    winners = RoundWinners(
        storage=storage,
        styles=ground.styles,
        catalogue=ground.catalogue,
        policies=policies,
        clock=clock,
    )
    return RoundServices(
        desk=RoundDesk(storage=storage, policies=policies, taking_part=taking_part, clock=clock),
        proposals=RoundProposals(
            storage=storage,
            styles=styles,
            pictures=pictures,
            policies=policies,
            taking_part=taking_part,
            clock=clock,
        ),
        ballots=RoundBallots(
            storage=storage, policies=policies, taking_part=taking_part, clock=clock
        ),
        view=view,
        steps=RoundSteps(
            storage=storage,
            winners=winners,
            view=view,
            messenger=DiscordRoundMessages(ground.connection, ground.charts),
            styles=ground.styles,
            preferences=ground.preferences,
            policies=policies,
            clock=clock,
        ),
    )
