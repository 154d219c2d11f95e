"""What the cogs are handed."""

from dataclasses import dataclass

from bot.services.cancelling import CancelService
from bot.services.defaults import DefaultsService
from bot.services.deletion import DeletionService
from bot.services.details import DetailsService
from bot.services.feedback import FeedbackService
from bot.services.generation import GenerationService
from bot.services.help import HelpService
from bot.services.library import LibraryService
from bot.services.notices import NoticeService
from bot.services.presets import PresetService
from bot.services.presses import Presses
from bot.services.quota import QuotaService
from bot.services.redo import RedoService
from bot.services.results import ResultReader
from bot.services.sharing import SharingService
from bot.services.showroom import Showroom
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
    library: LibraryService
    showroom: Showroom
    presets: PresetService
    defaults: DefaultsService
    help: HelpService
