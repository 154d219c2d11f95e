"""What members could not be told when it happened, told at their next command."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.conduct.notice import ConductNotice
from bot.domain.ids import UserId
from bot.domain.jobs.notice import Notice
from bot.domain.moderation.review import ReviewCase, can_be_appealed
from bot.services.ports import Clock
from bot.services.storage_ports import Storage, Transaction


@dataclass(frozen=True, slots=True)
class DecisionTold:
    """A decision against a member's picture, and whether they may appeal."""

    case: ReviewCase
    can_be_appealed: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a member, each kind the oldest first."""

    of_conduct: Sequence[ConductNotice]
    of_results: Sequence[Notice]
    decisions: Sequence[DecisionTold]


class NoticeService:
    """Reads a member's waiting notices, once."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def take(self, user_id: UserId) -> Waiting:
        """All that waits for a member; it will not be returned again.

        Mostly that is nothing, which is seen without holding up anybody who writes.
        """
        if not await self._storage.read_at_once(lambda tx: tx.notices.anything_waits(user_id)):
            return Waiting(of_conduct=[], of_results=[], decisions=[])
        now = self._clock.now()

        async def take(tx: Transaction) -> Waiting:
            return Waiting(
                await tx.conduct_notices.take(user_id),
                await tx.notices.take(user_id),
                [
                    DecisionTold(case, can_be_appealed(case, now=now))
                    for case in await tx.reviews.take_untold(user_id, now=now)
                ],
            )

        return await self._storage.write_at_once(take)
