"""What the commands, buttons and scheduled work of rounds call."""

from dataclasses import dataclass

from bot.services.rounds.ballots import RoundBallots
from bot.services.rounds.desk import RoundDesk
from bot.services.rounds.proposals import RoundProposals
from bot.services.rounds.steps import RoundSteps
from bot.services.rounds.view import RoundView


@dataclass(frozen=True, slots=True)
class RoundServices:
    """The use cases of rounds."""

    desk: RoundDesk
    proposals: RoundProposals
    ballots: RoundBallots
    view: RoundView
    steps: RoundSteps
