"""What the services tell of a job's walk to whoever measures it; with nobody there, nothing."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.jobs.job import Job, JobImage


class JobObserver(Protocol):
    """Is told what happens, and keeps time itself. None of its methods waits or raises."""

    def claimed(self, job: Job) -> None:
        """A worker has taken the job up; `fence` says for which time."""

    def painted(self, job: Job) -> None:
        """The last byte of one of its pictures has come from the image API."""

    def shown(self, job: Job) -> None:
        """The message with its result is on Discord."""

    def ended(self, job: Job, images: Sequence[JobImage]) -> None:
        """What is written of its end; its state says whether it has come to it.

        `images` are those that have come to theirs now; what moderators release comes later.
        """


class NobodyObserves:
    """A `JobObserver` that does nothing."""

    def claimed(self, job: Job) -> None:
        """Nothing."""

    def painted(self, job: Job) -> None:
        """Nothing."""

    def shown(self, job: Job) -> None:
        """Nothing."""

    def ended(self, job: Job, images: Sequence[JobImage]) -> None:
        """Nothing."""
