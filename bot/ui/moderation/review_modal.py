"""The form for the reason of a rejection."""

from collections.abc import Awaitable, Callable

import discord

from bot.domain.moderation.audit import REASON_LIMIT
from bot.text.moderation.reviews import reason_label, reason_title
from bot.text.words import Words
from bot.ui.parts.modals import BaseModal

OnReason = Callable[[discord.Interaction, str], Awaitable[None]]


class RejectionModal(BaseModal):
    """Asks why, and hands the reason over."""

    def __init__(self, words: Words, *, strike: bool, on_reason: OnReason) -> None:
        super().__init__(reason_title(words, strike=strike))
        self._on_reason = on_reason
        self._reason: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
            custom_id="reason", style=discord.TextStyle.paragraph, max_length=REASON_LIMIT
        )
        self.add_text(reason_label(words), self._reason)

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Hand over the reason."""
        await self._on_reason(interaction, self._reason.value)
