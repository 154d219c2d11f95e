"""What a member may do in a place, and which rule decides it."""

from dataclasses import dataclass

from bot.domain.gate.holding import is_new_member, rules_that_may_hold
from bot.domain.gate.policy_here import PolicyHere
from bot.domain.gate.rule import Rule
from bot.domain.quotas.quota import QuotaStatus
from bot.services.asking.plans import Place
from bot.services.gate.policy_book import PolicyBook
from bot.services.ports import Clock
from bot.services.quotas.quota import QuotaService


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that holds for a member in a place: the rules, and the limits with what is left.

    Attributes:
        may_hold: the rules by which pictures of theirs may wait for a moderator.
    """

    place: Place
    here: PolicyHere
    quota: QuotaStatus
    may_hold: tuple[Rule, ...] = ()


class ExplainingService:
    """Explains places to members, or members' places to moderators."""

    def __init__(self, book: PolicyBook, quota: QuotaService, clock: Clock) -> None:
        self._book = book
        self._quota = quota
        self._clock = clock

    async def explain(self, place: Place) -> Explanation:
        """What the member of a place may do there, in direct messages too."""
        here = self._book.here(place.guild_id, place.channel_id)
        status = await self._quota.status(place.spender)
        return Explanation(place, here, status, self._may_hold(place, here))

    def _may_hold(self, place: Place, here: PolicyHere) -> tuple[Rule, ...]:
        if place.guild_id is None:
            # Nobody moderates direct messages.
            return ()
        return rules_that_may_hold(
            here.rules.review.value,
            here.rules.unknown_signals.value,
            by_moderator=place.manages_messages,
            by_new_member=is_new_member(place.standing.joined_at, now=self._clock.now()),
            safe_mode=here.rules.safe_mode.value,
        )
