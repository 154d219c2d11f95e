"""Details, original, share and delete: buttons that concern a result itself."""

from collections.abc import Mapping
from functools import partial

import discord

from bot.domain.gate.permissions import Action
from bot.domain.ids import ImageId, JobId
from bot.services.services import ResultServices
from bot.text.results.actions import deleted, picture_shared
from bot.text.words import words_for
from bot.ui.moderation.removal import remove_message
from bot.ui.parts.acknowledge import acknowledge, actor_of
from bot.ui.parts.actions import ActionRegistry, Handler
from bot.ui.parts.answers import answer, is_repeat, think_privately
from bot.ui.parts.panel import NO_MENTIONS
from bot.ui.results.buttons import (
    DELETE_CONFIRMED,
    ON_ONE_PICTURE,
    deletion_question,
    picker,
    picking_kind,
)
from bot.ui.results.details_panel import details_message
from bot.ui.results.original_panel import original_message
from cogs.results.buttons import ButtonCog


class Handling(ButtonCog):
    """What can be done with a result, and the question with which of its pictures."""

    def __init__(self, actions: ActionRegistry, results: ResultServices) -> None:
        super().__init__(actions)
        self._results = results

    def handlers(self) -> Mapping[str, Handler]:
        """Which method serves which kind."""
        return {
            **{picking_kind(action): partial(self._pick, action) for action in ON_ONE_PICTURE},
            Action.DETAILS: self._details,
            Action.ORIGINAL: self._original,
            Action.SHARE: self._share,
            Action.DELETE: self._delete,
            DELETE_CONFIRMED: self._delete_confirmed,
        }

    async def _pick(self, action: Action, interaction: discord.Interaction, target: str) -> None:
        await think_privately(interaction)
        job = await self._results.reader.result(JobId(target), action, actor_of(interaction))
        view = picker(action, job, words_for(interaction.locale.value))
        await interaction.edit_original_response(view=view)

    async def _details(self, interaction: discord.Interaction, target: str) -> None:
        await think_privately(interaction)
        details = await self._results.details.details(JobId(target), actor_of(interaction))
        message = details_message(details, words_for(interaction.locale.value))
        await interaction.edit_original_response(
            view=message.view, attachments=message.files, allowed_mentions=NO_MENTIONS
        )

    async def _original(self, interaction: discord.Interaction, target: str) -> None:
        await think_privately(interaction)
        original = await self._results.originals.original(
            ImageId(target),
            actor_of(interaction),
            file_limit_bytes=interaction.filesize_limit,
        )
        async with original_message(original, words_for(interaction.locale.value)) as message:
            await interaction.edit_original_response(
                view=message.view, attachments=[message.file], allowed_mentions=NO_MENTIONS
            )

    async def _share(self, interaction: discord.Interaction, target: str) -> None:
        if await is_repeat(interaction, self._results.presses):
            return
        await think_privately(interaction)
        job = await self._results.sharing.share(ImageId(target), actor_of(interaction))
        words = words_for(interaction.locale.value)
        await answer(interaction, picture_shared(job.origin.channel_id, words))

    async def _delete(self, interaction: discord.Interaction, target: str) -> None:
        await think_privately(interaction)
        actor = actor_of(interaction)
        job = await self._results.reader.result(JobId(target), Action.DELETE, actor)
        view = deletion_question(job, words_for(interaction.locale.value))
        await interaction.edit_original_response(view=view)

    async def _delete_confirmed(self, interaction: discord.Interaction, target: str) -> None:
        # The question itself becomes the answer, so that its button is gone.
        await acknowledge(interaction)
        shown = await self._results.deletion.delete(JobId(target), actor_of(interaction))
        removed = shown is not None and await remove_message(interaction.client, shown)
        words = words_for(interaction.locale.value)
        await answer(interaction, deleted(words, message_removed=removed))
