"""Holding jobs for a change that goes beyond their own rows: a part of `JobRepository`."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import JobId
from bot.storage.tables import images, jobs
from bot.storage.votes.counting import lock_lines


class SqlJobHolding:
    """On a connection that is in a transaction."""

    _connection: AsyncConnection

    async def hold(self, job_ids: Collection[JobId]) -> None:
        """Keep others from changing jobs, their images, and votes that count for these.

        All jobs first, then all images, each in the order of their ids, as everybody does.
        """
        await self._connection.execute(
            select(jobs.c.id)
            .where(jobs.c.id.in_(job_ids))
            .order_by(jobs.c.id)
            .with_for_update(key_share=True)
        )
        theirs = select(images.c.id).where(images.c.job_id.in_(job_ids))
        await lock_lines(self._connection, theirs)
