"""The one door for tools: commands, menus, buttons and forms all enter here."""

from collections.abc import Callable, Sequence

import discord

from bot.domain.gate.permissions import Action
from bot.domain.ids import ImageId
from bot.domain.jobs.job import ReplyAddress
from bot.domain.tools.request import SourcePicture, ToolRequest
from bot.domain.tools.source_limits import OfferedPicture
from bot.services.asking.plans import ToolPlan
from bot.services.jobs.notices import NoticeService
from bot.services.tools.input_pictures import InputPictures
from bot.services.tools.tools import ToolService
from bot.ui.parts.acknowledge import defer, place_of
from bot.ui.parts.notices import tell_before_answer
from bot.ui.tools.own_sources import OwnSources

MakeRequest = Callable[[Sequence[SourcePicture]], ToolRequest]
"""What is asked, once the pictures are there."""


class ToolAsker:
    """Turns an interaction that brings pictures, or names one, into an accepted request."""

    def __init__(
        self, tools: ToolService, inputs: InputPictures, own: OwnSources, notices: NoticeService
    ) -> None:
        self._tools = tools
        self._inputs = inputs
        self._own = own
        self._notices = notices

    async def ask(
        self,
        interaction: discord.Interaction,
        offered: Sequence[OfferedPicture],
        make: MakeRequest,
    ) -> None:
        """Work on pictures that a member brings.

        What would be refused even if they are all that Discord says is refused privately, before
        anything is fetched.

        Raises:
            GondolaError: if the request is refused; nothing was sent or spent.
        """
        promised = make([self._inputs.promised(each) for each in offered])
        self._tools.plan(promised, place_of(interaction))
        reply = await self._acknowledge(interaction, private=promised.private)
        sources = [await self._inputs.take(each) for each in offered]
        await self._accept(interaction, make(sources), reply)

    async def ask_of_own(
        self,
        interaction: discord.Interaction,
        image_id: ImageId,
        action: Action,
        make: MakeRequest,
        *,
        private: bool,
    ) -> None:
        """Work on one of the bot's own pictures.

        Raises:
            GondolaError: if the request is refused; nothing was sent or spent.
        """
        reply = await self._acknowledge(interaction, private=private)
        source = await self._own.source_of(interaction, image_id, action)
        await self._accept(interaction, make([source]), reply)

    async def accept(
        self, interaction: discord.Interaction, plan: ToolPlan, reply: ReplyAddress
    ) -> None:
        """Take in what is planned already.

        Raises:
            QuotaExceeded, BudgetReached: if there is not enough left for it.
        """
        await self._tools.accept(plan, reply=reply, idempotency_key=f"i:{interaction.id}")

    async def _acknowledge(
        self, interaction: discord.Interaction, *, private: bool
    ) -> ReplyAddress:
        reply = await defer(interaction, private=private, now=self._tools.now())
        await tell_before_answer(interaction, self._notices)
        return reply

    async def _accept(
        self, interaction: discord.Interaction, request: ToolRequest, reply: ReplyAddress
    ) -> None:
        await self.accept(interaction, self._tools.plan(request, place_of(interaction)), reply)
