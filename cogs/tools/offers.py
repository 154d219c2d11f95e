"""What is done with a picture of a member's message, at once or after a question."""

from collections.abc import Mapping, Sequence
from functools import partial

import discord

from bot.domain.gate.permissions import Action
from bot.domain.tools.errors import AlreadyLargest
from bot.domain.tools.request import CutOutRequest, EditRequest, Scale, UpscaleRequest
from bot.domain.tools.source_limits import OfferedPicture
from bot.services.services import Services
from bot.text.tools.questions import like_title
from bot.text.words import words_for
from bot.ui.asking.prompt_modal import PromptModal
from bot.ui.asking.style_asking import StyleAsker
from bot.ui.parts.acknowledge import place_of
from bot.ui.parts.actions import ActionRegistry, Handler
from bot.ui.parts.answers import is_repeat
from bot.ui.tools.asking import ToolAsker
from bot.ui.tools.edit_modal import EditModal
from bot.ui.tools.questions import (
    LIKE,
    SCALES_OFFERED,
    offer_kind,
    offer_question,
    scale_question,
)
from cogs.results.buttons import ButtonCog


class OfferButtons(ButtonCog):
    """Tools for pictures that are not the bot's own."""

    def __init__(
        self, actions: ActionRegistry, services: Services, asker: ToolAsker, styles: StyleAsker
    ) -> None:
        super().__init__(actions)
        self._tools = services.tools
        self._inputs = services.inputs
        self._offers = services.offers
        self._presses = services.results.presses
        self._asker = asker
        self._styles = styles
        self._ways = {
            Action.EDIT: self._edit,
            Action.UPSCALE: self._ask_scale,
            Action.CUT_OUT: self._cut_out,
            LIKE: self._like,
        }

    def handlers(self) -> Mapping[str, Handler]:
        """Which method serves which kind."""
        chosen: dict[str, Handler] = {
            offer_kind(way): partial(self._chosen, way) for way in self._ways
        }
        scales = {
            kind: partial(self._upscale, scale=scale) for scale, kind in SCALES_OFFERED.items()
        }
        return {**chosen, **scales}

    async def begin(
        self, interaction: discord.Interaction, way: str, pictures: Sequence[OfferedPicture]
    ) -> None:
        """Go on with the only picture, or ask which one is meant."""
        if len(pictures) == 1:
            await self._ways[way](interaction, pictures[0])
            return
        offers = [(self._offers.keep(picture), picture) for picture in pictures]
        view = offer_question(offer_kind(way), offers, words_for(interaction.locale.value))
        await interaction.response.send_message(view=view, ephemeral=True)

    async def _chosen(self, way: str, interaction: discord.Interaction, target: str) -> None:
        await self._ways[way](interaction, self._offers.get(target))

    async def _edit(self, interaction: discord.Interaction, picture: OfferedPicture) -> None:
        self._inputs.promised(picture)
        usual = self._tools.usual_edit_model()
        words = words_for(interaction.locale.value)
        on_edit = partial(self._accept_edit, picture)
        form = EditModal(words, self._tools.edit_models(), usual, on_edit)
        await interaction.response.send_modal(form)

    async def _accept_edit(
        self,
        picture: OfferedPicture,
        interaction: discord.Interaction,
        prompt: str,
        model: str | None,
    ) -> None:
        await self._asker.ask(
            interaction,
            [picture],
            lambda sources: EditRequest(
                source=sources[0], prompt=prompt, model=model, private=picture.private
            ),
        )

    async def _like(self, interaction: discord.Interaction, picture: OfferedPicture) -> None:
        self._inputs.promised(picture)
        words = words_for(interaction.locale.value)
        form = PromptModal(like_title(words), partial(self._accept_like, picture), words)
        await interaction.response.send_modal(form)

    async def _accept_like(
        self, picture: OfferedPicture, interaction: discord.Interaction, prompt: str
    ) -> None:
        await self._styles.ask(interaction, picture, prompt)

    async def _cut_out(self, interaction: discord.Interaction, picture: OfferedPicture) -> None:
        if await is_repeat(interaction, self._presses):
            return
        await self._asker.ask(
            interaction,
            [picture],
            lambda sources: CutOutRequest(source=sources[0], private=picture.private),
        )

    async def _ask_scale(self, interaction: discord.Interaction, picture: OfferedPicture) -> None:
        source = self._inputs.promised(picture)
        options = self._tools.upscale_options(source)
        if not options:
            raise AlreadyLargest(source.width, source.height)
        # Whatever the scale, the place may not take such pictures at all.
        request = UpscaleRequest(source=source, scale=options[0].scale)
        self._tools.plan(request, place_of(interaction))
        words = words_for(interaction.locale.value)
        view = scale_question(options, SCALES_OFFERED, self._offers.keep(picture), words)
        await interaction.response.send_message(view=view, ephemeral=True)

    async def _upscale(
        self, interaction: discord.Interaction, target: str, *, scale: Scale
    ) -> None:
        picture = self._offers.get(target)
        if await is_repeat(interaction, self._presses):
            return
        await self._asker.ask(
            interaction,
            [picture],
            lambda sources: UpscaleRequest(source=sources[0], scale=scale, private=picture.private),
        )
