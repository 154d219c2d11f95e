"""What is done once a member was warned, paused or blocked: both are scheduled work."""

import structlog

from bot.domain.conduct.notice import ConductNews
from bot.domain.gate.pause import EVERYWHERE
from bot.domain.jobs.cancelling import Cancelling
from bot.services.conduct.ports import MemberMessenger
from bot.services.jobs.cancelling import CancelService
from bot.services.ports import UndeliverableError
from bot.services.storage_ports import Storage

log = structlog.get_logger(__name__)


class ConductEffects:
    """Stops blocked members' work, and tells members privately what has happened."""

    def __init__(
        self, *, storage: Storage, cancelling: CancelService, members: MemberMessenger
    ) -> None:
        self._storage = storage
        self._cancelling = cancelling
        self._members = members

    async def stop_work(self, notice_id: str) -> None:
        """Cancel what a blocked member has waiting, and then tell them.

        What was sent already is paid, and judged when it comes.
        """
        async with self._storage.read() as tx:
            notice = await tx.conduct_notices.untold(notice_id)
            if notice is None or notice.news is not ConductNews.BLOCKED:
                return
            where = None if notice.guild_id == EVERYWHERE else notice.guild_id
            job_ids = await tx.conduct.open_jobs_of(notice.user_id, where)
        for job_id in job_ids:
            outcome = await self._cancelling.cancel(job_id, notice.user_id, moderator=True)
            if outcome is Cancelling.CANCELLED:
                async with self._storage.write() as tx:
                    await tx.conduct_notices.note_cancelled(notice_id)
        await self.tell(notice_id)

    async def tell(self, notice_id: str) -> None:
        """Tell a member by direct message, else at their next command."""
        async with self._storage.read() as tx:
            notice = await tx.conduct_notices.untold(notice_id)
        if notice is None:
            return
        try:
            await self._members.tell_conduct(notice)
        except UndeliverableError as error:
            log.info("conduct_told_later", notice_id=notice_id, cause=str(error))
            async with self._storage.write() as tx:
                await tx.conduct_notices.let_wait(notice_id)
            return
        async with self._storage.write() as tx:
            await tx.conduct_notices.note_told(notice_id)
