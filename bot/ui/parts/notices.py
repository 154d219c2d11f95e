"""Tells a member, at their next command, what they could not be told before."""

from collections.abc import Sequence

import discord

from bot.domain.ids import UserId
from bot.domain.jobs.notice import Notice
from bot.services.jobs.notices import NoticeService
from bot.text.results.notices import notice_lines
from bot.text.words import Words, words_for
from bot.ui.moderation.decision_panel import decision_panel
from bot.ui.moderation.member_messages import conduct_panel, server_name
from bot.ui.parts.panel import NO_MENTIONS, panel
from bot.ui.parts.style import CANAL, ICON_NOTE, ICON_PROMPT, LANTERN


async def tell_before_answer(
    interaction: discord.Interaction,
    notices: NoticeService,
    remark: discord.ui.LayoutView | None = None,
) -> None:
    """Send the member's waiting notices and a remark, to them alone, before the answer.

    The first follow-up of a deferred interaction becomes its answer (Discord), so the answer
    gets its first words before.
    """
    views = await _waiting(interaction, notices)
    if remark is not None:
        views.append(remark)
    if not views:
        return
    words = words_for(interaction.locale.value)
    coming = panel(f"{ICON_PROMPT} {words('Your picture is on its way.')}", colour=CANAL)
    await interaction.edit_original_response(view=coming)
    for view in views:
        await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NO_MENTIONS)


async def tell_notices_after_answer(
    interaction: discord.Interaction, notices: NoticeService
) -> None:
    """Send the member's waiting notices, to them alone, behind an answer that is there."""
    for view in await _waiting(interaction, notices):
        await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NO_MENTIONS)


def notices_panel(waiting: Sequence[Notice], words: Words) -> discord.ui.LayoutView:
    """What a member could not be told before."""
    return panel(f"{ICON_NOTE} {notice_lines(waiting, words)}", colour=LANTERN)


async def _waiting(
    interaction: discord.Interaction, notices: NoticeService
) -> list[discord.ui.LayoutView]:
    user_id, words = UserId(interaction.user.id), words_for(interaction.locale.value)
    waiting = await notices.take(user_id)
    views = [
        conduct_panel(notice, server_name(interaction.client, notice), words)
        for notice in waiting.of_conduct
    ]
    if waiting.of_results:
        views.append(notices_panel(waiting.of_results, words))
    decided = [
        decision_panel(told.case, words, can_be_appealed=told.can_be_appealed)
        for told in waiting.decisions
    ]
    return [*views, *decided]
