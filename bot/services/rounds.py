"""What the commands, buttons and scheduled work of rounds call."""

from dataclasses import dataclass

from bot.services.round_ballots import RoundBallots
from bot.services.round_desk import RoundDesk
from bot.services.round_proposals import RoundProposals
from bot.services.round_steps import RoundSteps
from bot.services.round_view import RoundView


@dataclass(frozen=True, slots=True)
class RoundServices:
    """The use cases of rounds."""

    desk: RoundDesk
    proposals: RoundProposals
    ballots: RoundBallots
    view: RoundView
    steps: RoundSteps
