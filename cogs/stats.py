"""`/stats`: charts of what was painted, and of which styles do best."""

from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.errors import PageExpired
from bot.domain.insight.kinds import PromptKind
from bot.domain.insight.style_insight import InsightQuery
from bot.domain.statistics.statistics import (
    Period,
    StatisticsQuery,
    Topic,
    Whose,
    read_query_target,
)
from bot.services.insight.style_insight import StyleInsightService
from bot.services.statistics.ports import ChartStudio
from bot.services.statistics.statistics import StatisticsService
from bot.text import commands as text
from bot.text.words import words_for
from bot.ui.asking import option_choices
from bot.ui.insight.panel import insight_charts, insight_file, style_insight_panel
from bot.ui.parts.acknowledge import acknowledge, place_of, think
from bot.ui.parts.actions import ActionRegistry
from bot.ui.parts.answers import think_privately
from bot.ui.parts.panel import NO_MENTIONS
from bot.ui.statistics.charts import statistics_chart
from bot.ui.statistics.panel import PERIOD, TOPIC, chart_file, has_chart, stats_panel

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services


Kind = Literal[
    "people",
    "animals",
    "nature",
    "buildings",
    "food",
    "machines",
    "fantasy",
    "abstract",
    "lettering",
    "other",
]


class Stats(commands.Cog):
    """Statistics. What was painted is shown to the member alone, who may not see all of it."""

    stats = app_commands.Group(name="stats", description=text.STATS)

    def __init__(
        self,
        statistics: StatisticsService,
        insight: StyleInsightService,
        studio: ChartStudio,
        actions: ActionRegistry,
    ) -> None:
        self._statistics = statistics
        self._insight = insight
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

    @stats.command(description=text.STATS_USAGE)
    @app_commands.describe(whose=text.STATS_WHOSE, period=text.STATS_PERIOD)
    async def usage(
        self,
        interaction: discord.Interaction,
        whose: Literal["me", "server"] = "me",
        period: Literal["week", "month", "quarter", "year"] = "month",
    ) -> None:
        """Show images over time first."""
        await think_privately(interaction)
        await self._show(interaction, StatisticsQuery(Topic.IMAGES, Whose(whose), Period(period)))

    @stats.command(description=text.STATS_STYLES)
    @app_commands.describe(
        kind=text.STATS_STYLES_KIND,
        model=text.STATS_STYLES_MODEL,
        period=text.STATS_STYLES_PERIOD,
    )
    @app_commands.autocomplete(model=option_choices.models)
    async def styles(
        self,
        interaction: discord.Interaction,
        kind: Kind | None = None,
        model: str | None = None,
        period: Literal["quarter", "year"] = "quarter",
    ) -> None:
        """Show which styles do best, to all who read here."""
        await think(interaction, private=False)
        query = InsightQuery(
            period=Period(period),
            kind=PromptKind(kind) if kind else None,
            model=self._insight.model_named(model),
        )
        place = place_of(interaction)
        words = words_for(place.locale)
        insight = await self._insight.look(query, place)
        files = [
            insight_file(name, await self._studio.draw(chart))
            for name, chart in insight_charts(insight, words).items()
        ]
        await interaction.edit_original_response(
            view=style_insight_panel(insight, words),
            attachments=files,
            allowed_mentions=NO_MENTIONS,
        )

    async def _turn(self, interaction: discord.Interaction, target: str) -> None:
        await acknowledge(interaction)
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
    insight = services.community.style_insight
    await client.add_cog(Stats(services.statistics, insight, services.charts, client.actions))
