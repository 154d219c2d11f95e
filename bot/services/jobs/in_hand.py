"""The jobs that this process works on, known without a clock."""

from bot.domain.ids import JobId


class JobsInHand:
    """What nobody of this process may take up a second time.

    A lease tells other processes that a job is taken, and from when on its owner is given up. The
    process itself must not go by it: where the wall clock jumps ahead, or the machine slept, the
    lease has ended and the job still runs.
    """

    def __init__(self) -> None:
        self._ids: set[JobId] = set()

    def __contains__(self, job_id: JobId) -> bool:
        return job_id in self._ids

    def all(self) -> frozenset[JobId]:
        """The jobs that are worked on now."""
        return frozenset(self._ids)

    def take(self, job_id: JobId) -> None:
        """Say that a claimed job is worked on."""
        self._ids.add(job_id)

    def let_go(self, job_id: JobId) -> None:
        """Say that it is worked on no more, however it ended."""
        self._ids.discard(job_id)
