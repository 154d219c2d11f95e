"""`/moderation queue`: the waiting pictures, one a page, as an answer to an interaction."""

from collections.abc import Sequence

import discord

from bot.domain.ids import ImageId
from bot.domain.moderation.review import ReviewCase
from bot.services.moderation.reviews import Reviewer, ReviewService
from bot.text.words import words_for
from bot.ui.moderation.review_messages import HeldPictures
from bot.ui.moderation.review_panel import QueuePage, queue_empty_panel, queue_panel
from bot.ui.parts.panel import NO_MENTIONS


class ReviewQueue:
    """Shows pages of the queue, each read anew."""

    def __init__(self, reviews: ReviewService, pictures: HeldPictures) -> None:
        self._reviews = reviews
        self._pictures = pictures

    async def open(self, interaction: discord.Interaction, reviewer: Reviewer) -> None:
        """Show the picture that has waited for longest, in an acknowledged answer."""
        cases = await self._reviews.waiting(reviewer)
        await self._show(interaction, cases, 0)

    async def turn(
        self, interaction: discord.Interaction, reviewer: Reviewer, image_id: ImageId, *, step: int
    ) -> None:
        """Show the picture before or behind one, which may have been decided on meanwhile."""
        cases = await self._reviews.waiting(reviewer)
        at = next((n for n, case in enumerate(cases) if case.image_id == image_id), None)
        await self._show(interaction, cases, 0 if at is None else at + step)

    async def _show(
        self, interaction: discord.Interaction, cases: Sequence[ReviewCase], index: int
    ) -> None:
        words = words_for(interaction.locale.value)
        if not cases:
            await interaction.edit_original_response(
                view=queue_empty_panel(words), attachments=[], allowed_mentions=NO_MENTIONS
            )
            return
        index = min(max(index, 0), len(cases) - 1)
        held = await self._reviews.held_picture(cases[index])
        page = QueuePage(held, index + 1, len(cases))
        limit = interaction.filesize_limit
        async with self._pictures.load(held, words, file_limit_bytes=limit) as load:
            await interaction.edit_original_response(
                view=queue_panel(page, load.shown[0] if load.shown else None, words),
                attachments=load.files,
                allowed_mentions=NO_MENTIONS,
            )
