"""Progress that can be trusted: where a job stands, and how long it may still take."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from bot.domain.jobs.job import ImageState, Job, JobState

RECENT_IMAGES = 50
"""An estimate is the median of a model's last images, so that one slow one does not spoil it."""

_WAITING = frozenset({ImageState.QUEUED, ImageState.SENT})


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """What is in front of a waiting job: jobs, and images that are not there yet."""

    jobs: int
    images: int


@dataclass(frozen=True, slots=True)
class Workload:
    """The jobs that have not ended, by state, and when the oldest queued one was accepted."""

    by_state: Mapping[JobState, int]
    oldest_queued_at: datetime | None


@dataclass(frozen=True, slots=True)
class Progress:
    """What a member is shown while a job is not done.

    `queue_position` counts the jobs in front, 0 being next; None once a worker has taken it.
    `estimate_s` is None while nothing is known of the model.
    """

    job: Job
    queue_position: int | None
    estimate_s: float | None

    @property
    def painted(self) -> int:
        """How many images have come to their end."""
        return sum(image.state not in _WAITING for image in self.job.images)


def typical_s(durations_ms: Sequence[int]) -> float | None:
    """What an image of a model usually takes, in seconds; None if none was measured."""
    return median(durations_ms) / 1_000 if durations_ms else None


def estimate_s(
    image_s: float | None, *, images_ahead: int, images_left: int, at_once: int
) -> float | None:
    """How long until the last image is there, with `at_once` images being painted at a time."""
    if image_s is None:
        return None
    rounds = math.ceil((images_ahead + images_left) / at_once)
    return image_s * rounds
