"""What members could not be told when it happened, told at their next command."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.conduct.notice import ConductNotice
from bot.domain.ids import UserId
from bot.domain.jobs.notice import Notice
from bot.domain.moderation.review import ReviewCase, can_be_appealed
from bot.services.ports import Clock
from bot.services.storage_ports import Storage


@dataclass(frozen=True, slots=True)
class DecisionTold:
    """A decision against a member's picture, and whether they may appeal."""

    case: ReviewCase
    can_be_appealed: bool


class NoticeService:
    """Reads a member's waiting notices, once."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def take(self, user_id: UserId) -> Sequence[Notice]:
        """The notices of results, oldest first; they will not be returned again."""
        async with self._storage.write() as tx:
            return await tx.notices.take(user_id)

    async def take_of_conduct(self, user_id: UserId) -> Sequence[ConductNotice]:
        """What could not be told of the member's conduct; it will not be returned again."""
        async with self._storage.write() as tx:
            return await tx.conduct_notices.take(user_id)

    async def take_of_reviews(self, user_id: UserId) -> Sequence[DecisionTold]:
        """The decisions against the member's pictures; they will not be returned again."""
        now = self._clock.now()
        async with self._storage.write() as tx:
            return [
                DecisionTold(case, can_be_appealed(case, now=now))
                for case in await tx.reviews.take_untold(user_id, now=now)
            ]
