"""Edit, upscale, cut out and vary subtly: the tools under a result."""

from collections.abc import Mapping
from functools import partial

import discord

from bot.domain.gate.permissions import Action
from bot.domain.ids import ImageId
from bot.domain.tools.errors import AlreadyLargest
from bot.domain.tools.request import CutOutRequest, EditRequest, Scale, UpscaleRequest
from bot.services.services import Services
from bot.text.words import words_for
from bot.ui.parts.acknowledge import actor_of, defer, place_of
from bot.ui.parts.actions import ActionRegistry, Handler
from bot.ui.parts.answers import is_repeat, think_privately
from bot.ui.results.buttons import kind_of
from bot.ui.tools.asking import ToolAsker
from bot.ui.tools.edit_modal import EditModal
from bot.ui.tools.own_sources import OwnSources
from bot.ui.tools.questions import SCALES, SCALES_PRIVATE, scale_question
from cogs.results.buttons import ButtonCog


class ToolButtons(ButtonCog):
    """Tools for the bot's own pictures."""

    def __init__(
        self, actions: ActionRegistry, services: Services, own: OwnSources, asker: ToolAsker
    ) -> None:
        super().__init__(actions)
        self._tools = services.tools
        self._results = services.results
        self._own = own
        self._asker = asker

    def handlers(self) -> Mapping[str, Handler]:
        """Which method serves which kind."""
        handlers: dict[str, Handler] = {Action.EDIT: self._edit}
        for private, scales in ((False, SCALES), (True, SCALES_PRIVATE)):
            for action, handler in (
                (Action.UPSCALE, self._ask_scale),
                (Action.CUT_OUT, self._cut_out),
                (Action.VARY_SUBTLY, self._vary_subtly),
            ):
                handlers[kind_of(action, private=private)] = partial(handler, private=private)
            for scale, kind in scales.items():
                handlers[kind] = partial(self._upscale, scale=scale, private=private)
        return handlers

    async def _edit(self, interaction: discord.Interaction, target: str) -> None:
        usual = self._tools.usual_edit_model()
        picked = await self._results.reader.picture(
            ImageId(target), Action.EDIT, actor_of(interaction)
        )
        words = words_for(interaction.locale.value)
        on_edit = partial(self._accept_edit, picked.image.id, picked.job.request.private)
        form = EditModal(words, self._tools.edit_models(), usual, on_edit)
        await interaction.response.send_modal(form)

    async def _accept_edit(
        self,
        image_id: ImageId,
        private: bool,  # noqa: FBT001 - bound in front of what the form hands over
        interaction: discord.Interaction,
        prompt: str,
        model: str | None,
    ) -> None:
        await self._asker.ask_of_own(
            interaction,
            image_id,
            Action.EDIT,
            lambda sources: EditRequest(
                source=sources[0], prompt=prompt, model=model, private=private
            ),
            private=private,
        )

    async def _ask_scale(
        self, interaction: discord.Interaction, target: str, *, private: bool
    ) -> None:
        await think_privately(interaction)
        source = await self._own.source_of(interaction, ImageId(target), Action.UPSCALE)
        options = self._tools.upscale_options(source)
        if not options:
            raise AlreadyLargest(source.width, source.height)
        kinds = SCALES_PRIVATE if private else SCALES
        view = scale_question(options, kinds, target, words_for(interaction.locale.value))
        await interaction.edit_original_response(view=view)

    async def _upscale(
        self, interaction: discord.Interaction, target: str, *, scale: Scale, private: bool
    ) -> None:
        if await is_repeat(interaction, self._results.presses):
            return
        await self._asker.ask_of_own(
            interaction,
            ImageId(target),
            Action.UPSCALE,
            lambda sources: UpscaleRequest(source=sources[0], scale=scale, private=private),
            private=private,
        )

    async def _cut_out(
        self, interaction: discord.Interaction, target: str, *, private: bool
    ) -> None:
        if await is_repeat(interaction, self._results.presses):
            return
        await self._asker.ask_of_own(
            interaction,
            ImageId(target),
            Action.CUT_OUT,
            lambda sources: CutOutRequest(source=sources[0], private=private),
            private=private,
        )

    async def _vary_subtly(
        self, interaction: discord.Interaction, target: str, *, private: bool
    ) -> None:
        if await is_repeat(interaction, self._results.presses):
            return
        reply = await defer(interaction, private=private, now=self._tools.now())
        await self._own.source_of(interaction, ImageId(target), Action.VARY_SUBTLY)
        plan = await self._results.redo.plan_subtle_variation(
            ImageId(target), actor_of(interaction), place_of(interaction)
        )
        await self._asker.accept(interaction, plan, reply)
