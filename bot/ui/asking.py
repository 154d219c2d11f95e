"""The one door for wishes: a command, a button and a form all enter here."""

import discord

from bot.domain.wish import ImageWish
from bot.services.generation import GenerationService
from bot.services.notices import NoticeService
from bot.ui.acknowledge import defer, place_of
from bot.ui.notices import tell_notices_before_answer


class Asker:
    """Turns a wish that came by an interaction into an accepted request."""

    def __init__(self, generation: GenerationService, notices: NoticeService) -> None:
        self._generation = generation
        self._notices = notices

    async def ask(self, interaction: discord.Interaction, wish: ImageWish) -> None:
        """Plan from memory, so that a refusal is private; then acknowledge; then accept.

        Raises:
            GondolaError: if the wish is refused; nothing was written or spent.
        """
        plan = self._generation.plan(wish, place_of(interaction))
        now = self._generation.now()
        reply = await defer(interaction, private=plan.request.private, now=now)
        await tell_notices_before_answer(interaction, self._notices)
        await self._generation.accept(plan, reply=reply, idempotency_key=f"i:{interaction.id}")
