"""Tells a member, at their next command, what they could not be told before."""

import discord

from bot.domain.ids import UserId
from bot.services.notices import NoticeService
from bot.text.notices import notice_lines
from bot.text.words import words_for
from bot.ui.panel import NO_MENTIONS, panel
from bot.ui.style import CANAL, ICON_NOTE, ICON_PROMPT, LANTERN


async def tell_notices_before_answer(
    interaction: discord.Interaction, notices: NoticeService
) -> None:
    """Send the member's waiting notices, to them alone, while the answer is still to come.

    The first follow-up of a deferred interaction becomes its answer (Discord), so the answer
    gets its first words before.
    """
    view = await _waiting(interaction, notices)
    if view is None:
        return
    words = words_for(interaction.locale.value)
    coming = panel(f"{ICON_PROMPT} {words('Your picture is on its way.')}", colour=CANAL)
    await interaction.edit_original_response(view=coming)
    await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NO_MENTIONS)


async def tell_notices_after_answer(
    interaction: discord.Interaction, notices: NoticeService
) -> None:
    """Send the member's waiting notices, to them alone, behind an answer that is there."""
    view = await _waiting(interaction, notices)
    if view is not None:
        await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NO_MENTIONS)


async def _waiting(
    interaction: discord.Interaction, notices: NoticeService
) -> discord.ui.LayoutView | None:
    waiting = await notices.take(UserId(interaction.user.id))
    if not waiting:
        return None
    words = words_for(interaction.locale.value)
    return panel(f"{ICON_NOTE} {notice_lines(waiting, words)}", colour=LANTERN)
