"""`/stats`: charts of what was painted."""

from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.errors import PageExpired
from bot.domain.statistics.statistics import (
    Period,
    StatisticsQuery,
    Topic,
    Whose,
    read_query_target,
)
from bot.services.statistics.ports import ChartStudio
from bot.services.statistics.statistics import StatisticsService
from bot.text import commands as text
from bot.text.words import words_for
from bot.ui.parts.acknowledge import place_of
from bot.ui.parts.actions import ActionRegistry
from bot.ui.parts.panel import NO_MENTIONS
from bot.ui.statistics.charts import statistics_chart
from bot.ui.statistics.panel import PERIOD, TOPIC, chart_file, has_chart, stats_panel

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services


class Stats(commands.Cog):
    """Statistics, shown to the member alone: what they may see depends on who they are."""

    def __init__(
        self, statistics: StatisticsService, studio: ChartStudio, actions: ActionRegistry
    ) -> None:
        self._statistics = statistics
        self._studio = studio
        self._actions = actions

    async def cog_load(self) -> None:
        """Serve the buttons."""
        for kind in (TOPIC, PERIOD):
            self._actions.register(kind, self._turn)

    async def cog_unload(self) -> None:
        """Serve them no longer."""
        for kind in (TOPIC, PERIOD):
            self._actions.unregister(kind)

    @app_commands.command(description=text.STATS)
    @app_commands.describe(whose=text.STATS_WHOSE, period=text.STATS_PERIOD)
    async def stats(
        self,
        interaction: discord.Interaction,
        whose: Literal["me", "server"] = "me",
        period: Literal["week", "month", "quarter", "year"] = "month",
    ) -> None:
        """Show images over time first."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        await self._show(interaction, StatisticsQuery(Topic.IMAGES, Whose(whose), Period(period)))

    async def _turn(self, interaction: discord.Interaction, target: str) -> None:
        await interaction.response.defer()
        query = read_query_target(target)
        if query is None:
            raise PageExpired
        await self._show(interaction, query)

    async def _show(self, interaction: discord.Interaction, query: StatisticsQuery) -> None:
        place = place_of(interaction)
        words = words_for(place.locale)
        statistics = await self._statistics.count(
            query, place, may_manage=interaction.permissions.manage_guild
        )
        files = []
        if has_chart(statistics):
            picture = await self._studio.draw(statistics_chart(statistics, query.topic, words))
            files.append(chart_file(picture, query))
        await interaction.edit_original_response(
            view=stats_panel(statistics, query, words),
            attachments=files,
            allowed_mentions=NO_MENTIONS,
        )


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs."""
    services = client.services
    await client.add_cog(Stats(services.statistics, services.charts, client.actions))
