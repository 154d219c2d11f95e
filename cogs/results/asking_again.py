"""Reroll, vary and remix: buttons that ask for new pictures."""

from collections.abc import Mapping
from functools import partial

import discord

from bot.domain.asking.redo import Remix, remix_of
from bot.domain.gate.permissions import Action
from bot.domain.ids import ImageId, JobId
from bot.domain.jobs.job import Job, ReplyAddress
from bot.services.asking.generation import GenerationService
from bot.services.asking.plans import AnyPlan
from bot.services.services import ResultServices
from bot.text.words import words_for
from bot.ui.asking.asking import Asker
from bot.ui.asking.remix_modal import RemixModal
from bot.ui.parts.acknowledge import actor_of, defer, place_of
from bot.ui.parts.actions import ActionRegistry, Handler
from bot.ui.parts.answers import is_repeat
from bot.ui.results.buttons import kind_of
from cogs.results.buttons import ButtonCog


class AskingAgain(ButtonCog):
    """New requests from earlier ones; each enters by the same door as `/imagine`."""

    def __init__(
        self,
        actions: ActionRegistry,
        generation: GenerationService,
        results: ResultServices,
        asker: Asker,
    ) -> None:
        super().__init__(actions)
        self._generation = generation
        self._results = results
        self._asker = asker

    def handlers(self) -> Mapping[str, Handler]:
        """Which method serves which kind."""
        handlers: dict[str, Handler] = {Action.REMIX: self._remix}
        for private in (False, True):
            handlers[kind_of(Action.REROLL, private=private)] = partial(
                self._reroll, private=private
            )
            handlers[kind_of(Action.VARY, private=private)] = partial(self._vary, private=private)
        return handlers

    async def _reroll(
        self, interaction: discord.Interaction, target: str, *, private: bool
    ) -> None:
        if await is_repeat(interaction, self._results.presses):
            return
        reply = await defer(interaction, private=private, now=self._generation.now())
        plan = await self._results.redo.plan_reroll(
            JobId(target), actor_of(interaction), place_of(interaction)
        )
        await self._accept(interaction, plan, reply)

    async def _vary(self, interaction: discord.Interaction, target: str, *, private: bool) -> None:
        if await is_repeat(interaction, self._results.presses):
            return
        reply = await defer(interaction, private=private, now=self._generation.now())
        plan = await self._results.redo.plan_variation(
            ImageId(target), actor_of(interaction), place_of(interaction)
        )
        await self._accept(interaction, plan, reply)

    async def _remix(self, interaction: discord.Interaction, target: str) -> None:
        job = await self._results.reader.result(JobId(target), Action.REMIX, actor_of(interaction))
        words = words_for(interaction.locale.value)
        form = RemixModal(remix_of(job), words, on_remix=partial(self._accept_remix, job))
        await interaction.response.send_modal(form)

    async def _accept_remix(self, job: Job, interaction: discord.Interaction, remix: Remix) -> None:
        proposal = self._results.redo.propose_remix(job, remix, place_of(interaction))
        await self._asker.carry_out(interaction, proposal)

    async def _accept(
        self, interaction: discord.Interaction, plan: AnyPlan, reply: ReplyAddress
    ) -> None:
        key = f"i:{interaction.id}"
        await self._generation.accept(plan, reply=reply, idempotency_key=key)
