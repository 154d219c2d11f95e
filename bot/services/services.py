"""What the cogs are handed."""

from dataclasses import dataclass

from bot.services.cancelling import CancelService
from bot.services.generation import GenerationService
from bot.services.notices import NoticeService
from bot.services.quota import QuotaService
from bot.services.suggestions import Suggestions


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases that commands call."""

    generation: GenerationService
    suggestions: Suggestions
    quota: QuotaService
    notices: NoticeService
    cancelling: CancelService
