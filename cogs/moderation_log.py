"""The buttons under `/moderation log`; who presses one has to be a moderator still."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import discord

from bot.domain.errors import PageExpired
from bot.domain.ids import GuildId
from bot.domain.library.browsing import read_number_target
from bot.domain.moderation.errors import ModeratorNeeded, ModeratorPermission
from bot.services.moderation.audit_reader import AuditReader
from bot.text.words import words_for
from bot.ui.moderation.moderation_log_panel import (
    LOG_BACK,
    LOG_ONWARDS,
    LOG_TABLE,
    log_panel,
    log_table_file,
    log_table_panel,
)
from bot.ui.parts.acknowledge import acknowledge, place_of
from bot.ui.parts.actions import ActionRegistry, Handler
from bot.ui.parts.answers import think_privately
from bot.ui.parts.panel import NO_MENTIONS
from cogs.results.buttons import ButtonCog

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services


class ModerationLog(ButtonCog):
    """Turning the log's pages, and handing it out."""

    def __init__(self, actions: ActionRegistry, audit: AuditReader) -> None:
        super().__init__(actions)
        self._audit = audit

    def handlers(self) -> Mapping[str, Handler]:
        """Which method serves which kind."""
        return {LOG_BACK: self._turn, LOG_ONWARDS: self._turn, LOG_TABLE: self._hand_out}

    async def _turn(self, interaction: discord.Interaction, target: str) -> None:
        guild_id = _moderated(interaction)
        found = read_number_target(target)
        if found is None:
            raise PageExpired
        await acknowledge(interaction)
        page = await self._audit.turn(guild_id, *found, place_of(interaction))
        view = log_panel(page, words_for(interaction.locale.value))
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)

    async def _hand_out(self, interaction: discord.Interaction, target: str) -> None:
        guild_id = _moderated(interaction)
        await think_privately(interaction)
        table = await self._audit.table(guild_id, target, place_of(interaction))
        await interaction.edit_original_response(
            view=log_table_panel(table, words_for(interaction.locale.value)),
            attachments=[log_table_file(table)],
            allowed_mentions=NO_MENTIONS,
        )


def _moderated(interaction: discord.Interaction) -> GuildId:
    """The server, for one of its moderators."""
    guild_id = place_of(interaction).server
    if not interaction.permissions.moderate_members:
        raise ModeratorNeeded(ModeratorPermission.TIMEOUT_MEMBERS)
    return guild_id


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs."""
    await client.add_cog(ModerationLog(client.actions, client.services.moderation.audit))
