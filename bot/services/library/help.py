"""What the bot can do for a member in a place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.quotas.quota import QuotaStatus
from bot.services.asking.plans import Place
from bot.services.ports import ModelCatalogue, Policies
from bot.services.quotas.quota import QuotaService


@dataclass(frozen=True, slots=True)
class Overview:
    """What there is, and what is left of it."""

    quota: QuotaStatus
    safe_mode: bool
    models: int
    styles: int


class HelpService:
    """Looks around for a member, and thinks of prompts for them."""

    def __init__(
        self,
        *,
        quota: QuotaService,
        policies: Policies,
        catalogue: ModelCatalogue,
        surprises: Sequence[str],
        draw: Callable[[Sequence[str]], str],
    ) -> None:
        self._quota = quota
        self._policies = policies
        self._catalogue = catalogue
        self._surprises = surprises
        self._draw = draw

    async def overview(self, place: Place) -> Overview:
        """What the member can count on here."""
        policy = self._policies.of_place(place.guild_id, place.channel_id)
        return Overview(
            quota=await self._quota.status(place.spender),
            safe_mode=policy.safe_mode,
            models=len(self._catalogue.models()),
            styles=len(self._catalogue.styles()),
        )

    def surprise(self) -> str:
        """A prompt that nobody thought of."""
        return self._draw(self._surprises)
