"""What members could not be told when it happened, told at their next command."""

from collections.abc import Sequence

from bot.domain.ids import UserId
from bot.domain.notice import Notice
from bot.services.storage_ports import Storage


class NoticeService:
    """Reads a member's waiting notices, once."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def take(self, user_id: UserId) -> Sequence[Notice]:
        """The notices that wait for a member, oldest first; they will not be returned again."""
        async with self._storage.write() as tx:
            return await tx.notices.take(user_id)
