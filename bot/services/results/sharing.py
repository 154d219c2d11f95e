"""Sharing: a private picture is shown to everybody, as a job of its own that paints nothing.

So the shared picture has its own message, buttons, favourites and deletion, is judged by the
gate at its delivery like any other, and its private parent stays private.
"""

from collections.abc import Callable
from dataclasses import replace

import structlog

from bot.domain.asking.any_recipe import published_recipe, published_request
from bot.domain.errors import PictureGone, RefusedByRule
from bot.domain.gate.permissions import Action, Actor
from bot.domain.gate.policy import Refuse, decide, refusal_of
from bot.domain.ids import ImageId, JobId
from bot.domain.jobs.job import ImageState, Job, JobImage, JobState
from bot.services.asking.intake import new_id
from bot.services.gate.log import GateLog
from bot.services.jobs.work_bell import WorkBell
from bot.services.ports import Clock, PictureStore, Policies
from bot.services.results.results import Picked, find_picture
from bot.services.storage_ports import Storage

log = structlog.get_logger(__name__)


class SharingService:
    """Shows private pictures to everybody, for the members whose pictures they are."""

    def __init__(
        self,
        *,
        storage: Storage,
        pictures: PictureStore,
        policies: Policies,
        clock: Clock,
        bell: WorkBell,
        gate_log: GateLog,
        draw_id: Callable[[], str] = new_id,
    ) -> None:
        self._storage = storage
        self._pictures = pictures
        self._policies = policies
        self._clock = clock
        self._bell = bell
        self._gate_log = gate_log
        self._draw_id = draw_id

    async def share(self, image_id: ImageId, actor: Actor) -> Job:
        """Write the job that shows the picture in its channel, and wake a worker.

        It costs nothing: the picture was paid for when it was painted.

        Raises:
            ResultError: if the picture is gone, or the member may not share it.
            RefusedByRule: if the channel's rules do not allow the picture, or the member is barred.
        """
        async with self._storage.read() as tx:
            picked = await find_picture(tx, image_id, Action.SHARE, actor)
        self._judge(picked)
        if not await self._is_kept(picked.image):
            raise PictureGone
        async with self._storage.write() as tx:
            # Found again, in the transaction that names its picture: it may have been deleted, and
            # whoever deletes it holds its job.
            await tx.reviews.lock_job(picked.job.id)
            job = self._public_job(await find_picture(tx, image_id, Action.SHARE, actor))
            await tx.jobs.add(job, idempotency_key=f"shared:{job.id}")
        log.info("picture_shared", job_id=job.id, image_id=image_id)
        self._bell.ring()
        return job

    async def _is_kept(self, image: JobImage) -> bool:
        return image.picture is not None and await self._pictures.has(image.picture)

    def _judge(self, picked: Picked) -> None:
        """Ask the gate; what was painted by looser rules than those of today is not shown.

        What moderators have to see first is held when it is delivered. To show a picture to others
        is a wish of its own, which a paused member may not have.
        """
        origin = picked.job.origin
        policy = self._policies.of_place(origin.guild_id, origin.channel_id)
        bar = policy.barred.bar_of(origin.user_id)
        if bar is not None:
            raise RefusedByRule(bar.rule, bar)
        decision = decide(
            policy,
            origin.requester,
            picked.job.recipe,
            picked.image.signals,
            rewritten=picked.image.enhanced_prompt,
        )
        if isinstance(decision, Refuse):
            self._gate_log.withheld(picked.job, decision.rule)
            raise refusal_of(decision)

    def _public_job(self, picked: Picked) -> Job:
        shown = replace(
            picked.image,
            id=ImageId(self._draw_id()),
            position=0,
            parent=picked.image.id,
            state=ImageState.STORED,
        )
        return Job(
            id=JobId(self._draw_id()),
            request=published_request(picked.job.request),
            recipe=published_recipe(picked.job.recipe),
            origin=picked.job.origin,
            images=(shown,),
            created_at=self._clock.now(),
            state=JobState.DELIVERING,
            shared=True,
        )
