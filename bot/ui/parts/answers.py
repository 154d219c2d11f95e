"""Short answers to a press, seen by the member alone."""

import discord

from bot.domain.ids import MessageId, UserId
from bot.services.asking.presses import Presses
from bot.ui.parts.acknowledge import acknowledge, think
from bot.ui.parts.panel import NO_MENTIONS, panel
from bot.ui.parts.style import CANAL


async def think_privately(interaction: discord.Interaction) -> None:
    """Acknowledge a press with an answer that only the member will see."""
    await think(interaction, private=True)


async def answer(interaction: discord.Interaction, sentence: str) -> None:
    """Give the answer that an acknowledgement promised."""
    view = panel(sentence, colour=CANAL)
    await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)


async def is_repeat(interaction: discord.Interaction, presses: Presses) -> bool:
    """Note a press; the second one of a double click is acknowledged and does nothing."""
    message, data = interaction.message, interaction.data
    if message is None or data is None:
        return False
    repeated = presses.is_repeat(
        message_id=MessageId(message.id),
        user_id=UserId(interaction.user.id),
        custom_id=f"{data.get('custom_id')}",
    )
    if repeated:
        await acknowledge(interaction)
    return repeated
