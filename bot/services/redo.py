"""Asking again from a result: reroll, vary and remix, each by the door of every new request."""

from bot.domain.ids import ImageId, JobId
from bot.domain.job import Job
from bot.domain.permissions import Action, Actor
from bot.domain.redo import Remix, parent_of_all, remixed, rerolled, varied
from bot.services.generation import GenerationService, Place, Plan
from bot.services.results import ResultReader


class RedoService:
    """Plans new requests from earlier ones. Whoever asks pays, by the rules of where they ask."""

    def __init__(self, reader: ResultReader, generation: GenerationService) -> None:
        self._reader = reader
        self._generation = generation

    async def plan_reroll(self, job_id: JobId, actor: Actor, place: Place) -> Plan:
        """The same request with new seeds.

        Raises:
            MemberError: if the member may not, or the request breaks a rule by now.
            NotServing: if the bot takes no work at the moment.
        """
        job = await self._reader.result(job_id, Action.REROLL, actor)
        return self._generation.plan(rerolled(job), place, parent=parent_of_all(job))

    async def plan_variation(self, image_id: ImageId, actor: Actor, place: Place) -> Plan:
        """The same request for one picture, with a new seed.

        Raises:
            MemberError: if the member may not, or the request breaks a rule by now.
            NotServing: if the bot takes no work at the moment.
        """
        picked = await self._reader.picture(image_id, Action.VARY, actor)
        return self._generation.plan(varied(picked.job), place, parent=picked.image.id)

    def plan_remix(self, job: Job, remix: Remix, place: Place) -> Plan:
        """The request with what the member changed, from memory alone.

        `job` was read when the form was opened, for this member.

        Raises:
            MemberError: if the request breaks a rule.
            NotServing: if the bot takes no work at the moment.
        """
        return self._generation.plan(remixed(job, remix), place, parent=parent_of_all(job))
