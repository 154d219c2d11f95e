"""`/server`: what those who manage a server decide for it."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.ids import ChannelId, GuildId
from bot.domain.starboard import DEFAULT_THRESHOLD, MOST_THRESHOLD
from bot.services.moderation.log_desk import LogDesk
from bot.services.moderation.report_desk import ReportDesk, check_writable
from bot.services.moderation.review_desk import ReviewDesk
from bot.services.starboard.starboards import StarboardService
from bot.text import commands as text
from bot.text.contests import commands as contest_text
from bot.text.moderation.log import log_told_here, log_told_nowhere
from bot.text.moderation.reports import told_here, told_nowhere
from bot.text.moderation.reviews import asked_here, asked_nowhere
from bot.text.votes.starboard import board_off, board_set
from bot.text.words import words_for
from bot.ui.parts.acknowledge import place_of
from bot.ui.parts.answers import answer, think_privately
from bot.ui.parts.availability import in_servers_only, may_post_pictures

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services

Threshold = app_commands.Range[int, 1, MOST_THRESHOLD]


class ServerSettings(commands.Cog):
    """A server's settings."""

    server = in_servers_only(
        app_commands.Group(
            name="server",
            description=text.SERVER,
            default_permissions=discord.Permissions(manage_guild=True),
        )
    )

    def __init__(
        self,
        desk: ReportDesk,
        log: LogDesk,
        starboards: StarboardService,
        review_desk: ReviewDesk,
    ) -> None:
        self._desk = desk
        self._log = log
        self._starboards = starboards
        self._review_desk = review_desk

    @server.command(name="reports-channel", description=text.SERVER_REPORTS)
    @app_commands.describe(channel=text.SERVER_REPORTS_CHANNEL)
    async def reports_channel(
        self, interaction: discord.Interaction, channel: discord.TextChannel | None = None
    ) -> None:
        """Choose where moderators are told of reports."""
        guild_id = place_of(interaction).server
        if channel is not None:
            check_writable(ChannelId(channel.id), writable=may_post_pictures(channel))
        await think_privately(interaction)
        await answer(interaction, await self._choose(interaction, guild_id, channel))

    @server.command(description=contest_text.STARBOARD)
    @app_commands.describe(
        channel=contest_text.STARBOARD_CHANNEL, threshold=contest_text.STARBOARD_THRESHOLD
    )
    async def starboard(
        self,
        interaction: discord.Interaction,
        channel: discord.TextChannel | None = None,
        threshold: Threshold = DEFAULT_THRESHOLD,
    ) -> None:
        """Choose where what members like best is shown once more."""
        place, words = place_of(interaction), words_for(interaction.locale.value)
        if channel is None:
            await think_privately(interaction)
            was_on = await self._starboards.turn_off(place)
            await answer(interaction, board_off(words, was_on=was_on))
            return
        channel_id = ChannelId(channel.id)
        check_writable(channel_id, writable=may_post_pictures(channel))
        await think_privately(interaction)
        board = await self._starboards.show_here(place, channel_id, threshold)
        await answer(interaction, board_set(board, words))

    @server.command(name="review-channel", description=text.SERVER_REVIEW)
    @app_commands.describe(channel=text.SERVER_REVIEW_CHANNEL)
    async def review_channel(
        self, interaction: discord.Interaction, channel: discord.TextChannel | None = None
    ) -> None:
        """Choose where moderators review pictures; what waits already is posted there."""
        guild_id = place_of(interaction).server
        words = words_for(interaction.locale.value)
        if channel is None:
            await think_privately(interaction)
            await self._review_desk.ask_nowhere(guild_id)
            await answer(interaction, asked_nowhere(words))
            return
        channel_id = ChannelId(channel.id)
        check_writable(channel_id, writable=may_post_pictures(channel))
        await think_privately(interaction)
        await self._review_desk.ask_here(guild_id, channel_id)
        await answer(interaction, asked_here(channel_id, words))

    @server.command(name="log-channel", description=text.SERVER_LOG)
    @app_commands.describe(channel=text.SERVER_LOG_CHANNEL)
    async def log_channel(
        self, interaction: discord.Interaction, channel: discord.TextChannel | None = None
    ) -> None:
        """Choose where the log is told."""
        place = place_of(interaction)
        guild_id = place.server
        if channel is not None:
            check_writable(ChannelId(channel.id), writable=may_post_pictures(channel))
        words = words_for(place.locale)
        await think_privately(interaction)
        if channel is None:
            await self._log.tell_nowhere(guild_id, place)
            await answer(interaction, log_told_nowhere(words))
            return
        channel_id = ChannelId(channel.id)
        await self._log.tell_here(guild_id, channel_id, place)
        await answer(interaction, log_told_here(channel_id, words))

    async def _choose(
        self,
        interaction: discord.Interaction,
        guild_id: GuildId,
        channel: discord.TextChannel | None,
    ) -> str:
        words = words_for(interaction.locale.value)
        if channel is None:
            await self._desk.tell_nowhere(guild_id, place_of(interaction))
            return told_nowhere(words)
        channel_id = ChannelId(channel.id)
        await self._desk.tell_here(guild_id, channel_id, place_of(interaction))
        return told_here(channel_id, words)


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs."""
    services = client.services
    starboards = services.community.starboards
    moderation = services.moderation
    await client.add_cog(
        ServerSettings(services.report_desk, moderation.log, starboards, moderation.review_desk)
    )
