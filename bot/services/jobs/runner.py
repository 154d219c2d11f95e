"""Running one job: paint what is not painted yet, keep it, and hand the job to delivery.

The same walk serves a fresh job and one taken over after a crash: each image goes on from the
state its record is in.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.domain.asking.any_recipe import AnyRecipe, inputs_of
from bot.domain.asking.request import Recipe
from bot.domain.gate.policy import Allow, decide
from bot.domain.jobs.failure import (
    OPERATOR_MUST_ACT,
    Billing,
    FailureReason,
    ImageFailure,
    PaintingError,
    prevented_by,
)
from bot.domain.jobs.job import ImageState, Job, JobImage, JobState, LeaseLostError
from bot.domain.jobs.painting import Painting
from bot.services.gate.log import GateLog
from bot.services.jobs.delivery import DeliveryService
from bot.services.jobs.image_turns import ImageTurns
from bot.services.jobs.observation import JobObserver, NobodyObserves
from bot.services.jobs.progress_board import ProgressBoard
from bot.services.ports import (
    Clock,
    ModelCatalogue,
    OperatorAlerts,
    Painter,
    PictureStore,
    Policies,
)
from bot.services.storage_ports import Storage, Transaction
from bot.services.tools.ports import Retoucher

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)
MAX_CLAIMS = 5
"""A job that was taken up this often and never came to its end is given up."""

RENEW_EVERY_S = 20.0

_NOT_ENDED = frozenset({ImageState.QUEUED, ImageState.SENT})

BeforeSend = Callable[[], Awaitable[None]]


class _CancelledByMember(Exception):
    """The member wants no more of the job; nothing of this image was sent."""


class JobRunner:
    """Paints a job's images, at most `concurrency` at once over all jobs."""

    def __init__(
        self,
        *,
        storage: Storage,
        painter: Painter,
        retoucher: Retoucher,
        pictures: PictureStore,
        policies: Policies,
        catalogue: ModelCatalogue,
        delivery: DeliveryService,
        alerts: OperatorAlerts,
        board: ProgressBoard,
        clock: Clock,
        gate_log: GateLog,
        concurrency: int,
        observer: JobObserver | None = None,
    ) -> None:
        self._storage = storage
        self._painter = painter
        self._retoucher = retoucher
        self._pictures = pictures
        self._policies = policies
        self._catalogue = catalogue
        self._delivery = delivery
        self._alerts = alerts
        self._board = board
        self._clock = clock
        self._gate_log = gate_log
        self._observer = observer or NobodyObserves()
        self._turns = ImageTurns(at_once=concurrency, clock=clock)

    async def run(self, job: Job) -> None:
        """Bring a claimed job to its end.

        Raises:
            LeaseLostError: if another worker has claimed it since.
        """
        self._observer.claimed(job)
        async with self._leased(job):
            # A channel that is not known yet would be taken for one that is not age-restricted.
            await self._policies.until_known()
            if job.claims > MAX_CLAIMS:
                await self._delivery.give_up(job)
                return
            if job.state is not JobState.DELIVERING:
                job = await self._paint(job)
            await self._delivery.deliver(job)

    @contextlib.asynccontextmanager
    async def _leased(self, job: Job) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as group:
            renewal = group.create_task(self._renew(job))
            yield
            renewal.cancel()

    async def _renew(self, job: Job) -> None:
        while True:
            await self._clock.sleep(RENEW_EVERY_S)
            async with self._storage.write() as tx:
                until = self._clock.now() + LEASE
                await tx.jobs.renew(job.id, fence=job.fence, lease_until=until)

    async def _paint(self, job: Job) -> Job:
        self._board.put(job)
        unsaved = _Unsaved(job)
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(self._bring_to_an_end(job, image, unsaved))
                for image in job.images
            ]
        images = tuple(task.result() for task in tasks)
        return replace(job, state=unsaved.job_state, images=images)

    async def _bring_to_an_end(self, job: Job, image: JobImage, unsaved: "_Unsaved") -> JobImage:
        match image.state:
            case ImageState.QUEUED:
                async with self._turns.turn(job, image):
                    ended = await self._paint_one(job, image)
            case ImageState.SENT:
                ended = _failed(
                    image,
                    ImageFailure(FailureReason.LOST, Billing.MAYBE_BILLED),
                    state=ImageState.LOST,
                )
            case _:
                return image
        await self._save(job, ended, unsaved)
        return ended

    async def _paint_one(self, job: Job, image: JobImage) -> JobImage:
        """Paint one image that has not been sent; whatever happens, its end has a reason."""
        prevented = await self._prevented(job, image)
        if prevented is not None:
            return prevented
        sent = image

        async def note_sent() -> None:
            nonlocal sent
            sending = replace(image, state=ImageState.SENT, sent_at=self._clock.now())
            await self._note_sent(job, sending)
            sent = sending

        try:
            painting = await self._make(job.recipe, image, note_sent)
        except PaintingError as error:
            await self._report(job, image, error)
            return _failed(sent, error.failure)
        except _CancelledByMember:
            return replace(image, state=ImageState.CANCELLED)
        except LeaseLostError:
            raise
        except Exception:
            log.exception("painter_crashed", job_id=job.id, image_id=image.id)
            return _failed(sent, ImageFailure(FailureReason.INTERNAL, _billing_of(sent)))
        self._observer.painted(job)
        try:
            picture = await self._pictures.keep(painting.body)
        except OSError:
            log.exception("picture_not_kept", job_id=job.id, image_id=image.id)
            return _failed(sent, ImageFailure(FailureReason.INTERNAL, Billing.BILLED))
        finally:
            await painting.body.aclose()
        return replace(
            sent,
            state=ImageState.STORED,
            picture=picture,
            signals=painting.signals,
            duration_ms=painting.duration_ms,
            enhanced_prompt=painting.enhanced_prompt,
        )

    async def _make(self, recipe: AnyRecipe, image: JobImage, note_sent: BeforeSend) -> Painting:
        if isinstance(recipe, Recipe):
            return await self._painter.paint(recipe, seed=image.seed, before_send=note_sent)
        return await self._retoucher.retouch(recipe, before_send=note_sent)

    async def _prevented(self, job: Job, image: JobImage) -> JobImage | None:
        """How an image ends that must not, or cannot, be made any more; else None.

        A picture that it needs may have been deleted just before the job was accepted.
        """
        refusal = self._refusal(job)
        if refusal is not None:
            return _failed(image, refusal, state=ImageState.REFUSED)
        for picture in inputs_of(job.recipe):
            if not await self._pictures.has(picture):
                return _failed(image, ImageFailure(FailureReason.INPUT_GONE))
        return None

    def _refusal(self, job: Job) -> ImageFailure | None:
        """Ask the gate again: the rules may have changed while the job was waiting."""
        origin = job.origin
        policy = self._policies.of_place(origin.guild_id, origin.channel_id)
        decision = decide(policy, origin.requester, job.recipe)
        if isinstance(decision, Allow) and decision.recipe == job.recipe:
            return None
        rule = decision.changed_by[0] if isinstance(decision, Allow) else decision.rule
        self._gate_log.withheld(job, rule)
        return ImageFailure(prevented_by(rule), detail=rule)

    async def _report(self, job: Job, image: JobImage, error: PaintingError) -> None:
        failure = error.failure
        log.warning(
            "image_failed",
            job_id=job.id,
            image_id=image.id,
            model=job.recipe.model,
            reason=failure.reason,
            billing=failure.billing,
            detail=failure.detail,
            request_id=failure.request_id,
            cause=repr(error.__cause__) if error.__cause__ else None,
        )
        if failure.reason in OPERATOR_MUST_ACT:
            await self._alerts.painting_failed(job, failure)
        if failure.reason is FailureReason.MODEL_GONE:
            self._catalogue.note_missing_model()

    async def _save(self, job: Job, image: JobImage, unsaved: "_Unsaved") -> None:
        """Write how an image ended; with the last one the job goes on to its delivery."""
        is_last = unsaved.is_last

        async def save(tx: Transaction) -> None:
            save_it = tx.jobs.save_last_image if is_last else tx.jobs.save_image
            await save_it(job.id, image, fence=job.fence)

        await self._storage.write_at_once(save)
        unsaved.note_saved(with_job=is_last)
        self._board.image_changed(job.id, image)

    async def _note_sent(self, job: Job, image: JobImage) -> None:
        """Unless it was cancelled: a member is either told in time or not at all."""
        if not await self._storage.write_at_once(
            lambda tx: tx.jobs.send_image(job.id, image, fence=job.fence)
        ):
            raise _CancelledByMember
        self._board.image_changed(job.id, image)


class _Unsaved:
    """How many images of a job are not written down as ended, and the state the job is in."""

    def __init__(self, job: Job) -> None:
        self.job_state = job.state
        self._count = sum(image.state in _NOT_ENDED for image in job.images)

    @property
    def is_last(self) -> bool:
        """Whether all the others are written: two that end together leave the job to delivery."""
        return self._count == 1

    def note_saved(self, *, with_job: bool) -> None:
        """Count one less."""
        self._count -= 1
        if with_job:
            self.job_state = JobState.DELIVERING


def _billing_of(image: JobImage) -> Billing:
    return Billing.NOT_BILLED if image.sent_at is None else Billing.MAYBE_BILLED


def _failed(
    image: JobImage, failure: ImageFailure, *, state: ImageState = ImageState.FAILED
) -> JobImage:
    return replace(image, state=state, failure=failure)
