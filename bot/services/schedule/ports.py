"""What the scheduler needs of storage; see `bot.services.storage_ports`."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.jobs.schedule import ScheduledWork, TakenWork, WorkKind


class ScheduleRepository(Protocol):
    """The one table of scheduled work."""

    async def put(self, work: ScheduledWork) -> None:
        """Schedule work; what was scheduled of the same kind for the subject is moved."""

    async def remove(self, kind: WorkKind, subject: str) -> None:
        """Take work off, if there is any."""

    async def take_due(
        self, kinds: Collection[WorkKind], *, now: datetime, until: datetime, limit: int
    ) -> Sequence[TakenWork]:
        """Take work that is due and that nobody has taken; nobody else does until that moment."""

    async def free_taken(self, *, now: datetime) -> int:
        """Let taken work be taken at once, that which was put off too; how much there was."""

    async def put_off(self, work: ScheduledWork, *, until: datetime) -> None:
        """Leave taken work alone until then, unless it was scheduled anew since it was taken."""

    async def drop(self, work: ScheduledWork) -> None:
        """Take work off that was done before it was due, unless it was scheduled anew since."""

    async def finish(self, work: ScheduledWork) -> None:
        """Take work off that was done, unless it was scheduled anew since it was taken."""


class ScheduleRepositories(Protocol):
    """What is due, in one transaction."""

    @property
    def schedule(self) -> ScheduleRepository:
        """The one table of scheduled work."""
