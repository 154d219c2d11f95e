"""Handing out a picture as it was painted, where a smaller copy is shown."""

from dataclasses import dataclass
from pathlib import Path

from bot.domain.errors import OriginalTooLarge, PictureGone, RefusedByRule
from bot.domain.gate.permissions import Action, Actor
from bot.domain.gate.policy import Refuse, decide
from bot.domain.ids import ImageId
from bot.domain.jobs.job import Job, JobImage
from bot.domain.jobs.uploads import file_allowances
from bot.services.gate.log import GateLog
from bot.services.ports import PictureStore, Policies
from bot.services.results.results import Picked, find_picture
from bot.services.storage_ports import Storage


@dataclass(frozen=True, slots=True)
class Original:
    """A picture as it was painted, where its bytes lie, and whether it lies behind a spoiler."""

    job: Job
    image: JobImage
    path: Path
    covered: bool = False


class OriginalsService:
    """Finds originals."""

    def __init__(
        self,
        *,
        storage: Storage,
        pictures: PictureStore,
        policies: Policies,
        gate_log: GateLog,
    ) -> None:
        self._storage = storage
        self._pictures = pictures
        self._policies = policies
        self._gate_log = gate_log

    async def original(self, image_id: ImageId, actor: Actor, *, file_limit_bytes: int) -> Original:
        """A picture for a message whose files may have that many bytes.

        Raises:
            OriginalTooLarge: if it has more.
            PictureGone: if it is no longer kept.
            RefusedByRule: if the rules of its channel have come to forbid it since.
            ResultError: if the member may not see it.
        """
        async with self._storage.read() as tx:
            picked = await find_picture(tx, image_id, Action.ORIGINAL, actor)
        self._judge(picked)
        picture = picked.image.picture
        if picture is None or not await self._pictures.has(picture):
            raise PictureGone
        [limit_bytes] = file_allowances([picture.size_bytes], file_limit_bytes=file_limit_bytes)
        if picture.size_bytes > limit_bytes:
            raise OriginalTooLarge(picture.size_bytes, limit_bytes)
        origin = picked.job.origin
        covered = self._policies.of_place(origin.guild_id, origin.channel_id).spoilers
        return Original(picked.job, picked.image, self._pictures.path_of(picture), covered)

    def _judge(self, picked: Picked) -> None:
        """Ask the gate: a copy from before a rule may stand there still, a new one may not."""
        origin = picked.job.origin
        decision = decide(
            self._policies.of_place(origin.guild_id, origin.channel_id),
            origin.requester,
            picked.job.recipe,
            picked.image.signals,
        )
        if isinstance(decision, Refuse):
            self._gate_log.withheld(picked.job, decision.rule)
            raise RefusedByRule(decision.rule)
