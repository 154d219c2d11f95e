"""Rounds of styles: built here and handed what they need."""

from bot.ground import Ground
from bot.services.round_ballots import RoundBallots
from bot.services.round_desk import RoundDesk
from bot.services.round_proposals import RoundProposals
from bot.services.round_steps import RoundSteps
from bot.services.round_view import RoundView
from bot.services.round_winners import RoundWinners
from bot.services.rounds import RoundServices
from bot.services.styles import StyleService
from bot.ui.round_messages import DiscordRoundMessages


def build_rounds(ground: Ground, styles: StyleService) -> RoundServices:
    """The services of rounds."""
    storage, policies, clock = ground.database, ground.policies, ground.clock
    view = RoundView(storage=storage, policies=policies, thumbnails=ground.thumbnails)
    winners = RoundWinners(
        storage=storage,
        styles=ground.styles,
        catalogue=ground.catalogue,
        policies=policies,
        clock=clock,
    )
    return RoundServices(
        desk=RoundDesk(storage=storage, policies=policies, clock=clock),
        proposals=RoundProposals(storage=storage, styles=styles, policies=policies, clock=clock),
        ballots=RoundBallots(storage=storage, policies=policies, clock=clock),
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
