"""Showing a round, at its present phase or by its result."""

import discord

from bot.services.rounds.ports import RoundStanding
from bot.services.rounds.rounds import RoundServices
from bot.services.statistics.ports import ChartStudio
from bot.text.words import words_for
from bot.ui.parts.panel import NO_MENTIONS
from bot.ui.rounds.messages import example_files, round_chart_files
from bot.ui.rounds.panels import round_panel, round_result_panel


async def show_round(
    interaction: discord.Interaction,
    rounds: RoundServices,
    studio: ChartStudio,
    standing: RoundStanding,
    *,
    number: int = 0,
) -> None:
    """Answer with a page of a round; one that was counted is shown by its result."""
    words = words_for(interaction.locale.value)
    chart: list[discord.File] = []
    if standing.round.result is None:
        view = round_panel(standing, number, words)
    else:
        standing = await rounds.view.with_winners(standing.round)
        chart = await round_chart_files(standing, studio, words)
        view = round_result_panel(standing, words, has_chart=bool(chart))
    async with example_files(standing) as examples:
        await interaction.edit_original_response(
            view=view, attachments=[*chart, *examples], allowed_mentions=NO_MENTIONS
        )
