"""Asking again from a result: reroll, vary and remix, each by the door of every new request."""

from bot.domain.asking.redo import Remix, parent_of_all, remixed, rerolled, varied
from bot.domain.asking.request import ImageRequest
from bot.domain.gate.permissions import Action, Actor
from bot.domain.ids import ImageId, JobId
from bot.domain.jobs.job import Job
from bot.services.asking.generation import GenerationService
from bot.services.asking.plans import AnyPlan, Place, Plan, ToolPlan
from bot.services.asking.proposals import Proposal, Proposer
from bot.services.results.results import ResultReader
from bot.services.tools.tools import ToolService


class RedoService:
    """Plans new requests from earlier ones. Whoever asks pays, by the rules of where they ask."""

    def __init__(
        self,
        reader: ResultReader,
        *,
        generation: GenerationService,
        proposer: Proposer,
        tools: ToolService,
    ) -> None:
        self._reader = reader
        self._generation = generation
        self._proposer = proposer
        self._tools = tools

    async def plan_reroll(self, job_id: JobId, actor: Actor, place: Place) -> AnyPlan:
        """The same request with new seeds.

        Raises:
            NothingToRepeat: if it would make the same again.
            MemberError: if the member may not, or the request breaks a rule by now.
            NotServing: if the bot takes no work at the moment.
        """
        job = await self._reader.result(job_id, Action.REROLL, actor)
        request = rerolled(job)
        if isinstance(request, ImageRequest):
            return self._generation.plan(
                request, place, parent=parent_of_all(job), former=job.recipe
            )
        return self._tools.plan(request, place)

    async def plan_variation(self, image_id: ImageId, actor: Actor, place: Place) -> Plan:
        """The same request for one picture, with a new seed.

        Raises:
            MemberError: if the member may not, or the request breaks a rule by now.
            NotServing: if the bot takes no work at the moment.
        """
        picked = await self._reader.picture(image_id, Action.VARY, actor)
        return self._generation.plan(
            varied(picked.job), place, parent=picked.image.id, former=picked.job.recipe
        )

    async def plan_subtle_variation(
        self, image_id: ImageId, actor: Actor, place: Place
    ) -> ToolPlan:
        """An edit that keeps a picture and changes small things.

        Raises:
            MemberError: if the member may not, or the request breaks a rule.
            NotServing: if the bot takes no work at the moment.
        """
        picked = await self._reader.picture(image_id, Action.VARY_SUBTLY, actor)
        source = await self._tools.source_of(image_id, Action.VARY_SUBTLY, actor)
        private = picked.job.request.private
        request = self._tools.variation_of(source, picked.job.recipe, private=private)
        return self._tools.plan(request, place)

    def propose_remix(self, job: Job, remix: Remix, place: Place) -> Proposal:
        """What the member made of a request, from memory alone.

        `job` was read when the form was opened, for this member.

        Raises:
            MemberError: if the request breaks a rule.
            NotServing: if the bot takes no work at the moment.
        """
        parent = parent_of_all(job)
        return self._proposer.propose_read(
            remixed(job, remix), place, parent=parent, former=job.recipe
        )
