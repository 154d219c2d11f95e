"""The one door for wishes: a command, a button and a form all enter here."""

from dataclasses import replace

import discord

from bot.domain.asking.pending import batch_key
from bot.domain.asking.wish import ImageWish
from bot.domain.asking.wish_errors import CannotPostHere
from bot.domain.jobs.job import ReplyAddress
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.tools.source_limits import OfferedPicture
from bot.services.asking.confirming import ConfirmingService
from bot.services.asking.generation import GenerationService
from bot.services.asking.proposals import Proposal, Proposer
from bot.services.jobs.notices import NoticeService
from bot.services.services import Services
from bot.services.tools.input_pictures import InputPictures
from bot.text.words import words_for
from bot.ui.asking.confirming_panel import question_panel, remark_panel
from bot.ui.client.visibility import may_post
from bot.ui.parts.acknowledge import defer, place_of
from bot.ui.parts.notices import tell_before_answer, tell_notices_after_answer
from bot.ui.parts.panel import NO_MENTIONS


class Asker:
    """Turns a wish that came by an interaction into accepted requests, or into a question."""

    def __init__(
        self,
        *,
        proposer: Proposer,
        generation: GenerationService,
        confirming: ConfirmingService,
        notices: NoticeService,
        inputs: InputPictures,
    ) -> None:
        self._proposer = proposer
        self._generation = generation
        self._confirming = confirming
        self._notices = notices
        self._inputs = inputs

    @classmethod
    def of(cls, services: Services) -> "Asker":
        """The door to the bot's services."""
        return cls(
            proposer=services.proposer,
            generation=services.generation,
            confirming=services.confirming,
            notices=services.notices,
            inputs=services.inputs,
        )

    async def ask(self, interaction: discord.Interaction, wish: ImageWish) -> None:
        """Propose from memory, so that a refusal is private; then go on as `carry_out` does.

        Raises:
            GondolaError: if the wish is refused; nothing was written or spent.
        """
        proposal = self._proposer.propose(wish, place_of(interaction))
        await self.carry_out(interaction, proposal)

    async def ask_in_style(
        self, interaction: discord.Interaction, wish: ImageWish, reference: OfferedPicture
    ) -> None:
        """Do the same for a wish whose style is to be that of a picture, which is taken in first.

        What would be refused even if the picture is all that Discord says is refused privately,
        before anything is fetched.

        Raises:
            GondolaError: if the wish or the picture is refused; nothing was painted or spent.
        """
        place = place_of(interaction)
        promised = self._inputs.promised(reference).picture
        proposal = self._proposer.propose(_in_style(wish, promised), place)
        reply = await self._acknowledge(interaction, proposal)
        taken = (await self._inputs.take(reference)).picture
        proposal = self._proposer.propose(_in_style(wish, taken), place)
        await self._go_on(interaction, proposal, reply)

    async def carry_out(self, interaction: discord.Interaction, proposal: Proposal) -> None:
        """Acknowledge; then accept, or ask for the member's word first.

        Raises:
            GondolaError: if the proposal is refused; nothing was written or spent.
        """
        reply = await self._acknowledge(interaction, proposal)
        await self._go_on(interaction, proposal, reply)

    async def _acknowledge(
        self, interaction: discord.Interaction, proposal: Proposal
    ) -> ReplyAddress:
        if len(proposal.plans) > 1 and not proposal.is_private and not may_post(interaction):
            raise CannotPostHere
        private = proposal.is_private or proposal.needs_word
        return await defer(interaction, private=private, now=self._generation.now())

    async def _go_on(
        self, interaction: discord.Interaction, proposal: Proposal, reply: ReplyAddress
    ) -> None:
        if proposal.needs_word:
            await self._ask_for_word(interaction, proposal, reply)
            return
        words = words_for(interaction.locale.value)
        remark = remark_panel(proposal, words, interaction_id=interaction.id)
        await tell_before_answer(interaction, self._notices, remark)
        await self._generation.accept_all(
            proposal.plans, reply=reply, idempotency_key=batch_key(f"{interaction.id}")
        )

    async def _ask_for_word(
        self, interaction: discord.Interaction, proposal: Proposal, reply: ReplyAddress
    ) -> None:
        question = await self._confirming.ask(
            proposal, place_of(interaction), interaction_id=interaction.id, question=reply
        )
        view = question_panel(question, words_for(interaction.locale.value))
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)
        await tell_notices_after_answer(interaction, self._notices)


def _in_style(wish: ImageWish, reference: StoredPicture) -> ImageWish:
    return replace(wish, references=(reference,))
