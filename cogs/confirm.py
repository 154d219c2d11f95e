"""The buttons that go ahead with what waits for a member's word, and that cancel all of it."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import discord

from bot.domain.ids import UserId
from bot.domain.jobs.cancelling import Cancelling
from bot.services.asking.confirming import ConfirmingService
from bot.services.asking.generation import GenerationService
from bot.services.asking.presses import Presses
from bot.text.asking.confirming import all_cancelled
from bot.text.words import words_for
from bot.ui.asking.confirming_panel import CANCEL_ALL, CONFIRM, CONFIRM_PRIVATE, confirmed_panel
from bot.ui.parts.acknowledge import defer, place_of
from bot.ui.parts.actions import ActionRegistry, Handler
from bot.ui.parts.answers import answer, is_repeat, think_privately
from bot.ui.parts.editing import edit_answer
from cogs.results.buttons import ButtonCog

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services


class Confirm(ButtonCog):
    """Going ahead, once, by the member who asked."""

    def __init__(
        self,
        actions: ActionRegistry,
        *,
        confirming: ConfirmingService,
        generation: GenerationService,
        presses: Presses,
    ) -> None:
        super().__init__(actions)
        self._confirming = confirming
        self._generation = generation
        self._presses = presses

    def handlers(self) -> Mapping[str, Handler]:
        """Which method serves which kind."""
        return {
            CONFIRM: partial(self._confirm, private=False),
            CONFIRM_PRIVATE: partial(self._confirm, private=True),
            CANCEL_ALL: self._cancel_all,
        }

    async def _confirm(
        self, interaction: discord.Interaction, target: str, *, private: bool
    ) -> None:
        if await is_repeat(interaction, self._presses):
            return
        pending_id = self._confirming.waiting(target)
        reply = await defer(interaction, private=private, now=self._generation.now())
        confirmed = await self._confirming.confirm(pending_id, place_of(interaction), reply=reply)
        view = confirmed_panel(confirmed, words_for(interaction.locale.value))
        await edit_answer(interaction.client, confirmed.pending.question, view)

    async def _cancel_all(self, interaction: discord.Interaction, target: str) -> None:
        await think_privately(interaction)
        outcomes = await self._confirming.cancel_all(target, UserId(interaction.user.id))
        stopped = sum(outcome is not Cancelling.TOO_LATE for outcome in outcomes)
        words = words_for(interaction.locale.value)
        await answer(interaction, all_cancelled(stopped, len(outcomes), words))


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs."""
    services = client.services
    await client.add_cog(
        Confirm(
            client.actions,
            confirming=services.confirming,
            generation=services.generation,
            presses=services.results.presses,
        )
    )
