"""The progress board: keeps the members of waiting jobs informed, at most one edit in 3 seconds.

A job is on the board from its acceptance, or its claim, until its result is shown. `close`
waits for an edit on its way, so that progress never overwrites a result.
"""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Never

import structlog

from bot.domain.elapsed import is_within
from bot.domain.gate.policy import Allow, decide
from bot.domain.ids import JobId
from bot.domain.jobs.job import ImageState, Job, JobImage, JobState, LeaseLostError, MessageAddress
from bot.domain.jobs.progress import RECENT_IMAGES, Progress, QueuePlace, estimate_s, typical_s
from bot.services.ports import Clock, Messenger, PictureStore, Policies, ProgressReport, ShownImage
from bot.services.schedule.repeating import repeat
from bot.services.storage_ports import Storage

log = structlog.get_logger(__name__)

FIRST_AFTER = timedelta(seconds=2)
"""Most pictures are there before anybody wonders; then one message is enough."""

EDIT_EVERY_S = 3.0
LOOK_EVERY_S = 1.0
MOST_EDITS_A_LOOK = 10
"""Of many waiting jobs only some are brought up to date at a time, those not told for longest."""

_LEFT = frozenset({ImageState.QUEUED, ImageState.SENT})


@dataclass(slots=True)
class _Entry:
    job: Job
    since_s: float
    told_s: float | None = None
    told: tuple[object, ...] | None = None
    editing: asyncio.Lock = field(default_factory=asyncio.Lock)


class ProgressBoard:
    """Shows where jobs stand."""

    def __init__(
        self,
        *,
        storage: Storage,
        messenger: Messenger,
        pictures: PictureStore,
        policies: Policies,
        clock: Clock,
        at_once: int,
    ) -> None:
        self._storage = storage
        self._messenger = messenger
        self._pictures = pictures
        self._policies = policies
        self._clock = clock
        self._at_once = at_once
        self._entries: dict[JobId, _Entry] = {}

    def put(self, job: Job) -> None:
        """Put a job on the board, or say that a worker has taken it."""
        entry = self._entries.get(job.id)
        if entry is None:
            self._entries[job.id] = _Entry(job, since_s=self._clock.monotonic())
        else:
            entry.job = replace(job, shown=job.shown or entry.job.shown)

    def image_changed(self, job_id: JobId, image: JobImage) -> None:
        """Say that an image of a job has moved on."""
        entry = self._entries.get(job_id)
        if entry is not None:
            entry.job = entry.job.with_image(image)

    async def close(self, job_id: JobId) -> MessageAddress | None:
        """Take a job off the board, once no edit of it is on its way.

        Returns the message of its own that shows its progress, if there is one.
        """
        entry = self._entries.pop(job_id, None)
        if entry is None:
            return None
        async with entry.editing:
            return entry.job.shown

    async def run(self) -> Never:
        """Look once a second, until cancelled; one failure does not end it."""
        await repeat(
            self.look, every_s=LOOK_EVERY_S, clock=self._clock, failure="progress_not_shown"
        )

    async def look(self) -> None:
        """Tell the members whose job has changed and who were not told within 3 seconds."""
        async with asyncio.TaskGroup() as group:
            for entry in self._due():
                group.create_task(self._tell(entry))

    async def tell_all(self) -> None:
        """Tell every member on the board at once, however recently they were told."""
        async with asyncio.TaskGroup() as group:
            for entry in list(self._entries.values()):
                group.create_task(self._tell(entry))

    def _due(self) -> list[_Entry]:
        now, now_s = self._clock.now(), self._clock.monotonic()
        waiting = [
            entry
            for entry in self._entries.values()
            if not is_within(FIRST_AFTER, since=entry.job.created_at, now=now)
            and (entry.told_s is None or now_s - entry.told_s >= EDIT_EVERY_S)
        ]
        waiting.sort(key=lambda entry: entry.since_s if entry.told_s is None else entry.told_s)
        return waiting[:MOST_EDITS_A_LOOK]

    async def _tell(self, entry: _Entry) -> None:
        job = entry.job
        place: QueuePlace | None = None
        if job.state is JobState.QUEUED:
            place = await self._place(job)
            if place is None:
                # Unless a worker has taken it meanwhile, another process works on it, or has
                # ended it, and tells of it.
                if entry.job.state is JobState.QUEUED:
                    self._entries.pop(job.id, None)
                return
        seen = (place and place.jobs, tuple((image.id, image.state) for image in job.images))
        entry.told_s = self._clock.monotonic()
        if seen == entry.told:
            return
        progress = await self._progress(job, place)
        async with entry.editing:
            if job.id not in self._entries:
                return
            entry.told = seen
            report = ProgressReport(progress, self._shown(entry.job))
            address = await self._messenger.show_progress(report)
            if address is not None:
                await self._remember(entry, address)

    async def _remember(self, entry: _Entry, address: MessageAddress) -> None:
        """Write down where a job's own message is, so that its result comes to stand there."""
        entry.job = replace(entry.job, shown=address)
        try:
            async with self._storage.write() as tx:
                await tx.jobs.set_shown(entry.job.id, address, fence=entry.job.fence)
        except LeaseLostError:
            log.info("progress_of_another", job_id=entry.job.id)

    async def _place(self, job: Job) -> QueuePlace | None:
        """What is in front of a job; None where it waits no more."""
        now = self._clock.now()
        return await self._storage.read_at_once(lambda tx: tx.jobs.images_ahead(job.id, now=now))

    async def _progress(self, job: Job, place: QueuePlace | None) -> Progress:
        recent = await self._storage.read_at_once(
            lambda tx: tx.jobs.recent_durations_ms(job.recipe.model, limit=RECENT_IMAGES)
        )
        left = sum(image.state in _LEFT for image in job.images)
        return Progress(
            job=job,
            queue_position=place.jobs if place is not None else None,
            estimate_s=estimate_s(
                typical_s(recent),
                images_ahead=place.images if place is not None else 0,
                images_left=left,
                at_once=self._at_once,
            ),
        )

    def _shown(self, job: Job) -> tuple[ShownImage, ...]:
        """The pictures that are there already, as far as the gate lets them be shown."""
        origin = job.origin
        policy = self._policies.of_place(origin.guild_id, origin.channel_id)
        return tuple(
            ShownImage(image, self._pictures.path_of(image.picture), covered=policy.spoilers)
            for image in job.images
            if image.state is ImageState.STORED
            and image.picture is not None
            and isinstance(
                decide(
                    policy,
                    origin.requester,
                    job.recipe,
                    image.signals,
                    rewritten=image.enhanced_prompt,
                ),
                Allow,
            )
        )
