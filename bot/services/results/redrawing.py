"""Showing a result anew in its message, after a picture of it was hidden, restored or removed."""

import asyncio

import structlog

from bot.domain.gate.rule import Rule
from bot.domain.ids import JobId
from bot.domain.jobs.job import ImageState, Job
from bot.services.conduct.ports import ResultEditor
from bot.services.contests.entries import contest_for
from bot.services.jobs.delivery import cost_of
from bot.services.ports import JobResult, PictureStore, ShownImage, UndeliverableError
from bot.services.storage_ports import Storage
from bot.services.votes.board import VoteBoard

log = structlog.get_logger(__name__)


class Redrawer:
    """Brings messages to what the record says. Done twice it shows the same."""

    def __init__(
        self,
        *,
        storage: Storage,
        pictures: PictureStore,
        editor: ResultEditor,
        board: VoteBoard,
    ) -> None:
        self._storage = storage
        self._pictures = pictures
        self._editor = editor
        self._board = board
        # One at a time: what was read first must not be drawn last.
        self._drawing = asyncio.Lock()

    async def redraw(self, job_id: str) -> None:
        """Draw a result's message anew, or take it down where the result was deleted.

        Messages that one member alone sees can be reached only by the token of their interaction,
        which is not kept.

        Raises:
            DeliveryDelayedError: if Discord did not take it now.
        """
        async with self._drawing:
            async with self._storage.read() as tx:
                job = await tx.jobs.get(JobId(job_id))
            if job is None or job.shown is None or job.request.private:
                return
            result = await self._result(job)
            try:
                if job.deleted_at is not None:
                    await self._editor.take_down(job.shown)
                else:
                    await self._editor.redraw(result, job.shown)
            except UndeliverableError as error:
                log.info("result_not_redrawn", job_id=job_id, cause=str(error))
                return
        self._board.put(job)

    async def _held(self, job: Job) -> tuple[Rule, ...]:
        async with self._storage.read() as tx:
            cases = await tx.reviews.of_job(job.id)
        waiting = {image.id for image in job.images if image.state is ImageState.HELD}
        return tuple(case.rule for case in cases if case.image_id in waiting)

    async def _result(self, job: Job) -> JobResult:
        shown = tuple(
            ShownImage(image, self._pictures.path_of(image.picture))
            for image in job.pictures
            if image.picture is not None
        )
        return JobResult(
            job=job,
            shown=shown,
            failed=tuple(image.failure for image in job.images if image.failure is not None),
            cost_usd_micros=cost_of(shown),
            took_s=None,
            contest=await contest_for(self._storage, job) if shown else None,
            held=await self._held(job),
        )
