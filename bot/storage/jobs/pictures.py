"""Which pictures jobs still need, and which any record names: a part of `JobRepository`."""

from sqlalchemy import select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.asking.any_recipe import inputs_of
from bot.domain.jobs.job import TERMINAL_JOB_STATES
from bot.storage.jobs.records import recipe_of
from bot.storage.tables import images, is_open, job_inputs, jobs, pending_requests, reports
from bot.storage.votes.tables import style_references


class SqlJobPictures:
    """On a connection that is in a transaction."""

    _connection: AsyncConnection

    async def pictures_in_use(self, sha256s: frozenset[str]) -> frozenset[str]:
        """Those of the hashes that some image or a server's style names, or that an open job is
        made of.
        """
        shown = select(images.c.picture_sha256).where(images.c.picture_sha256.in_(sha256s))
        guiding = select(style_references.c.sha256).where(style_references.c.sha256.in_(sha256s))
        found = await self._connection.execute(union(shown, guiding))
        return frozenset(found.scalars()) | (sha256s & await self._inputs_of_open_jobs())

    async def pictures_recorded(self, sha256s: frozenset[str]) -> frozenset[str]:
        """Those of the hashes that any record names: an image, a job's input, a server's
        style, or a request that waits for its member's word.
        """
        shown = select(images.c.picture_sha256).where(images.c.picture_sha256.in_(sha256s))
        lent = select(job_inputs.c.sha256).where(job_inputs.c.sha256.in_(sha256s))
        guiding = select(style_references.c.sha256).where(style_references.c.sha256.in_(sha256s))
        found = await self._connection.execute(union(shown, lent, guiding))
        waiting = await self._connection.execute(select(pending_requests.c.requests))
        texts = list(waiting.scalars())
        asked = {each for each in sha256s if any(each in text for text in texts)}
        return frozenset(found.scalars()) | asked

    async def pictures_of_open_jobs(self) -> frozenset[str]:
        """The hashes of the pictures that jobs not yet ended still need, inputs included, and of
        those on which moderators are to decide.
        """
        found = await self._connection.execute(
            select(images.c.picture_sha256)
            .join(jobs, jobs.c.id == images.c.job_id)
            .where(jobs.c.state.not_in(TERMINAL_JOB_STATES), images.c.picture_sha256.is_not(None))
        )
        reported = await self._connection.execute(
            select(images.c.picture_sha256)
            .join(reports, reports.c.image_id == images.c.id)
            .where(reports.c.outcome.is_(None), images.c.picture_sha256.is_not(None))
        )
        needed = frozenset(found.scalars()) | frozenset(reported.scalars())
        return needed | await self._inputs_of_open_jobs()

    async def _inputs_of_open_jobs(self) -> frozenset[str]:
        """Few jobs are open at a time, so that their recipes are read rather than indexed."""
        found = await self._connection.execute(select(jobs.c.recipe).where(is_open))
        return frozenset(
            picture.sha256 for recipe in found.scalars() for picture in inputs_of(recipe_of(recipe))
        )
