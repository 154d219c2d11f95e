"""A new picture in the manner of one that a member points at."""

from collections.abc import Sequence

import discord

from bot.domain.asking.effects import Setting
from bot.domain.asking.wish import ImageWish
from bot.domain.flags import Options
from bot.domain.preferences.defaults import NO_OPTIONS
from bot.domain.tools.request import EditRequest, SourcePicture
from bot.domain.tools.source_limits import OfferedPicture
from bot.services.asking.proposals import Proposer
from bot.services.tools.input_pictures import InputPictures
from bot.text.tools.questions import in_the_style_of
from bot.ui.asking.asking import Asker
from bot.ui.parts.acknowledge import place_of
from bot.ui.tools.asking import ToolAsker


class StyleAsker:
    """Paints by a style reference where the member's model takes one, else asks for an edit."""

    def __init__(
        self, proposer: Proposer, inputs: InputPictures, asker: Asker, tools: ToolAsker
    ) -> None:
        self._proposer = proposer
        self._inputs = inputs
        self._asker = asker
        self._tools = tools

    async def ask(
        self, interaction: discord.Interaction, offered: OfferedPicture, prompt: str
    ) -> None:
        """Paint a prompt in the manner of a picture.

        Raises:
            GondolaError: if the request is refused; nothing was sent or spent.
        """
        promised = self._inputs.promised(offered).picture
        options = Options(private=True) if offered.private else NO_OPTIONS
        wish = ImageWish(prompt=prompt, options=options, references=(promised,))
        proposal = self._proposer.propose(wish, place_of(interaction))
        if any(each.setting is Setting.REFERENCE for each in proposal.ignored):
            await self._tools.ask(
                interaction, [offered], lambda sources: _edit(offered, sources, prompt)
            )
            return
        await self._asker.ask_in_style(interaction, wish, offered)


def _edit(offered: OfferedPicture, sources: Sequence[SourcePicture], prompt: str) -> EditRequest:
    return EditRequest(source=sources[0], prompt=in_the_style_of(prompt), private=offered.private)
