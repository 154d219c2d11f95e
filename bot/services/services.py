"""What the cogs are handed."""

from dataclasses import dataclass

from bot.services.cancelling import CancelService
from bot.services.deletion import DeletionService
from bot.services.details import DetailsService
from bot.services.feedback import FeedbackService
from bot.services.generation import GenerationService
from bot.services.notices import NoticeService
from bot.services.presses import Presses
from bot.services.quota import QuotaService
from bot.services.redo import RedoService
from bot.services.results import ResultReader
from bot.services.sharing import SharingService
from bot.services.suggestions import Suggestions


@dataclass(frozen=True, slots=True)
class ResultServices:
    """What the buttons under a result call."""

    reader: ResultReader
    redo: RedoService
    sharing: SharingService
    deletion: DeletionService
    feedback: FeedbackService
    details: DetailsService
    presses: Presses


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases that commands and buttons call."""

    generation: GenerationService
    suggestions: Suggestions
    quota: QuotaService
    notices: NoticeService
    cancelling: CancelService
    results: ResultServices
