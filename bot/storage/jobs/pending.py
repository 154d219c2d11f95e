"""Requests that wait for their member's word."""

from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.asking.pending import PendingRequest
from bot.domain.asking.request import ImageRequest
from bot.domain.ids import MessageId, UserId
from bot.domain.jobs.job import ReplyAddress
from bot.storage.engine.letting_go import delete_free
from bot.storage.tables import pending_requests

_REQUESTS = TypeAdapter(tuple[ImageRequest, ...])


class SqlPendingRequestRepository:
    """`PendingRequestRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, pending: PendingRequest) -> None:
        """Keep requests until they are confirmed or expire."""
        await self._connection.execute(
            pending_requests.insert().values(
                id=pending.id,
                user_id=pending.user_id,
                requests=_REQUESTS.dump_json(pending.requests).decode(),
                parent_image_id=pending.parent,
                application_id=pending.question.application_id,
                token=pending.question.token,
                message_id=pending.question.message_id,
                expires_at=pending.expires_at,
            )
        )

    async def get(self, pending_id: str, *, now: datetime) -> PendingRequest | None:
        """Requests that have not expired."""
        found = await self._connection.execute(
            select(pending_requests).where(
                pending_requests.c.id == pending_id, pending_requests.c.expires_at > now
            )
        )
        row = found.one_or_none()
        if row is None:
            return None
        return PendingRequest(
            id=row.id,
            user_id=UserId(row.user_id),
            requests=_REQUESTS.validate_json(row.requests),
            parent=row.parent_image_id,
            question=ReplyAddress(
                application_id=row.application_id,
                token=row.token,
                message_id=MessageId(row.message_id),
                expires_at=row.expires_at,
            ),
            expires_at=row.expires_at,
        )

    async def take(self, pending_id: str) -> bool:
        """Let go of requests, once; False if they were taken before."""
        taken = await self._connection.execute(
            delete(pending_requests).where(pending_requests.c.id == pending_id)
        )
        return taken.rowcount > 0

    async def remove_expired(self, *, now: datetime) -> int:
        """Forget the requests that have expired, and say how many there were."""
        removed = await self._connection.execute(
            delete_free(pending_requests.c.id, pending_requests.c.expires_at <= now)
        )
        return removed.rowcount
