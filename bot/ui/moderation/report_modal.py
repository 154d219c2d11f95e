"""The report form: a reason, in the member's own words."""

from collections.abc import Awaitable, Callable

import discord

from bot.domain.moderation.report import REASON_LIMIT
from bot.text.results.actions import report_reason, report_title
from bot.text.words import Words
from bot.ui.parts.modals import BaseModal

OnReport = Callable[[discord.Interaction, str], Awaitable[None]]


class ReportModal(BaseModal):
    """Asks for a reason and hands it over."""

    def __init__(self, words: Words, *, on_report: OnReport) -> None:
        super().__init__(report_title(words))
        self._on_report = on_report
        self._reason: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
            custom_id="reason", style=discord.TextStyle.paragraph, max_length=REASON_LIMIT
        )
        self.add_text(report_reason(words), self._reason)

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Hand over the reason."""
        await self._on_report(interaction, self._reason.value)
