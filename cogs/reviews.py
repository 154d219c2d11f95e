"""The buttons of reviews: moderators decide, members appeal."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import discord

from bot.domain.ids import ImageId
from bot.domain.moderation.review import ReviewCase
from bot.services.asking.presses import Presses
from bot.services.moderation.reviews import ReviewService
from bot.text.moderation import reviews as text
from bot.text.words import words_for
from bot.ui.moderation.decision_panel import APPEAL
from bot.ui.moderation.review_messages import HeldPictures
from bot.ui.moderation.review_modal import RejectionModal
from bot.ui.moderation.review_panel import (
    APPROVE,
    QUEUE_BACK,
    QUEUE_NEXT,
    REJECT,
    STRIKE,
    decided_in_queue_panel,
)
from bot.ui.moderation.review_queue import ReviewQueue
from bot.ui.moderation.reviewers import reviewer_of
from bot.ui.parts.acknowledge import acknowledge, place_of
from bot.ui.parts.actions import ActionRegistry, Handler
from bot.ui.parts.answers import answer, is_repeat, think_privately
from bot.ui.parts.panel import NO_MENTIONS
from cogs.results.buttons import ButtonCog

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services


class Reviews(ButtonCog):
    """Decisions on held pictures, in the review channel and in the queue."""

    def __init__(
        self,
        actions: ActionRegistry,
        reviews: ReviewService,
        queue: ReviewQueue,
        presses: Presses,
    ) -> None:
        super().__init__(actions)
        self._reviews = reviews
        self._queue = queue
        self._presses = presses

    def handlers(self) -> Mapping[str, Handler]:
        """Which method serves which kind."""
        return {
            APPROVE: self._approve,
            REJECT: partial(self._ask_why, strike=False),
            STRIKE: partial(self._ask_why, strike=True),
            QUEUE_BACK: partial(self._turn, step=-1),
            QUEUE_NEXT: partial(self._turn, step=1),
            APPEAL: self._appeal,
        }

    async def _approve(self, interaction: discord.Interaction, target: str) -> None:
        if await is_repeat(interaction, self._presses):
            return
        await acknowledge(interaction)
        case = await self._reviews.approve(ImageId(target), reviewer_of(interaction))
        await _show_decided(interaction, case)

    async def _ask_why(
        self, interaction: discord.Interaction, target: str, *, strike: bool
    ) -> None:
        image_id = ImageId(target)
        await self._reviews.check(image_id, reviewer_of(interaction))
        form = RejectionModal(
            words_for(interaction.locale.value),
            strike=strike,
            on_reason=partial(self._reject, image_id, strike=strike),
        )
        await interaction.response.send_modal(form)

    async def _reject(
        self, image_id: ImageId, interaction: discord.Interaction, reason: str, *, strike: bool
    ) -> None:
        # The message that asked is what is edited, as after a press.
        await acknowledge(interaction)
        reject = self._reviews.reject_and_strike if strike else self._reviews.reject
        case = await reject(image_id, reviewer_of(interaction), reason)
        await _show_decided(interaction, case)

    async def _turn(self, interaction: discord.Interaction, target: str, *, step: int) -> None:
        await acknowledge(interaction)
        await self._queue.turn(interaction, reviewer_of(interaction), ImageId(target), step=step)

    async def _appeal(self, interaction: discord.Interaction, target: str) -> None:
        if await is_repeat(interaction, self._presses):
            return
        await think_privately(interaction)
        await self._reviews.appeal(ImageId(target), place_of(interaction))
        await answer(interaction, text.appealed(words_for(interaction.locale.value)))


async def _show_decided(interaction: discord.Interaction, case: ReviewCase) -> None:
    """On the message that was pressed, if it is a page of the queue; others have been edited."""
    message = interaction.message
    if message is None or not message.flags.ephemeral:
        return
    await interaction.edit_original_response(
        view=decided_in_queue_panel(case, words_for(interaction.locale.value)),
        attachments=[],
        allowed_mentions=NO_MENTIONS,
    )


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs."""
    services = client.services
    moderation = services.moderation
    queue = ReviewQueue(moderation.reviews, HeldPictures(moderation.copies))
    presses = services.results.presses
    await client.add_cog(Reviews(client.actions, moderation.reviews, queue, presses))
