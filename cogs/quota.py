"""`/quota`: what a member has left."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.services.jobs.notices import NoticeService
from bot.services.quotas.quota import QuotaService
from bot.services.statistics.ports import ChartStudio
from bot.text import commands as text
from bot.text.words import words_for
from bot.ui.parts.acknowledge import place_of
from bot.ui.parts.answers import think_privately
from bot.ui.parts.notices import tell_notices_after_answer
from bot.ui.quotas.quota_chart import quota_chart, quota_file
from bot.ui.quotas.quota_panel import quota_panel, quota_rows

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services


class Quota(commands.Cog):
    """A member's own limits."""

    def __init__(self, quota: QuotaService, notices: NoticeService, studio: ChartStudio) -> None:
        self._quota = quota
        self._notices = notices
        self._studio = studio

    @app_commands.command(description=text.QUOTA)
    async def quota(self, interaction: discord.Interaction) -> None:
        """Show what is left, to the member alone."""
        await think_privately(interaction)
        place = place_of(interaction)
        status = await self._quota.status(place.spender)
        words = words_for(place.locale)
        rows = quota_rows(status, words)
        files = [quota_file(await self._studio.draw(quota_chart(rows, words)))] if rows else []
        await interaction.edit_original_response(view=quota_panel(status, words), attachments=files)
        await tell_notices_after_answer(interaction, self._notices)


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs."""
    services = client.services
    await client.add_cog(Quota(services.quota, services.notices, services.charts))
