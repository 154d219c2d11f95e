"""What a member may do in a place, and which rule decides it."""

from dataclasses import dataclass

from bot.domain.gate.policy_here import PolicyHere
from bot.domain.quotas.quota import QuotaStatus
from bot.services.asking.plans import Place
from bot.services.gate.policy_book import PolicyBook
from bot.services.quotas.quota import QuotaService


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that holds for a member in a place: the rules, and the limits with what is left."""

    place: Place
    here: PolicyHere
    quota: QuotaStatus


class ExplainingService:
    """Explains places to members, or members' places to moderators."""

    def __init__(self, book: PolicyBook, quota: QuotaService) -> None:
        self._book = book
        self._quota = quota

    async def explain(self, place: Place) -> Explanation:
        """What the member of a place may do there, in direct messages too."""
        here = self._book.here(place.guild_id, place.channel_id)
        return Explanation(place, here, await self._quota.status(place.spender))
