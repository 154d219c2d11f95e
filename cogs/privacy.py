"""`/privacy`: what is stored of a member; and what is heard of servers coming and going."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.ids import GuildId, ImageId, UserId
from bot.domain.privacy import ErasureStage, ErasureUnderWay, NothingStored, QuestionOfAnother
from bot.services.asking.presses import Presses
from bot.services.privacy.exporting import ExportedPart
from bot.services.services import PrivacyServices
from bot.text.privacy import privacy as text
from bot.text.words import words_for
from bot.ui.parts.acknowledge import acknowledge
from bot.ui.parts.actions import ActionRegistry, Handler
from bot.ui.parts.answers import answer, is_repeat, think_privately
from bot.ui.parts.panel import NO_MENTIONS
from bot.ui.privacy.panel import (
    ASK_AGAIN,
    ERASE,
    NEXT_PART,
    deletion_panel,
    export_file,
    export_panel,
    inventory_panel,
    second_deletion_panel,
)
from cogs.results.buttons import ButtonCog

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services


class Privacy(ButtonCog):
    """Seeing, taking and deleting; everything is answered to the member alone."""

    privacy = app_commands.Group(name="privacy", description=text.PRIVACY)

    def __init__(
        self,
        actions: ActionRegistry,
        *,
        client: discord.Client,
        services: PrivacyServices,
        presses: Presses,
    ) -> None:
        super().__init__(actions)
        self._client = client
        self._services = services
        self._presses = presses

    def handlers(self) -> Mapping[str, Handler]:
        """Which method serves which kind."""
        return {NEXT_PART: self._next_part, ASK_AGAIN: self._ask_again, ERASE: self._erase}

    @privacy.command(description=text.PRIVACY_SHOW)
    async def show(self, interaction: discord.Interaction) -> None:
        """Show what there is."""
        await think_privately(interaction)
        inventory = await self._services.exporting.inventory(UserId(interaction.user.id))
        view = inventory_panel(
            inventory, words_for(interaction.locale.value), page_url=self._services.page_url
        )
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)

    @privacy.command(description=text.PRIVACY_EXPORT)
    async def export(self, interaction: discord.Interaction) -> None:
        """Hand out the first file."""
        await think_privately(interaction)
        part = await self._services.exporting.begin(
            UserId(interaction.user.id), file_limit_bytes=interaction.filesize_limit
        )
        await self._hand_out(interaction, part)

    @privacy.command(description=text.PRIVACY_DELETE)
    async def delete(self, interaction: discord.Interaction) -> None:
        """Ask the first time."""
        await think_privately(interaction)
        user_id = UserId(interaction.user.id)
        inventory = await self._services.exporting.inventory(user_id)
        if inventory.erasing is not None and inventory.erasing.stage is ErasureStage.DATA:
            raise ErasureUnderWay
        if inventory.is_empty:
            raise NothingStored
        view = deletion_panel(inventory, user_id, words_for(interaction.locale.value))
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Notice which servers were left, or came back, while nobody listened."""
        await self._services.departures.compare(
            [GuildId(guild.id) for guild in self._client.guilds]
        )

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed from a server, or the server is no more."""
        await self._services.departures.left(GuildId(guild.id))

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was added to a server."""
        await self._services.departures.joined(GuildId(guild.id))

    async def _next_part(self, interaction: discord.Interaction, target: str) -> None:
        owner, _, rest = target.partition("-")
        number, _, behind = rest.partition("-")
        _check_own(interaction, owner)
        if await is_repeat(interaction, self._presses):
            return
        await think_privately(interaction)
        part = await self._services.exporting.go_on(
            UserId(interaction.user.id),
            number=int(number),
            behind=ImageId(behind),
            file_limit_bytes=interaction.filesize_limit,
        )
        await self._hand_out(interaction, part)

    async def _hand_out(self, interaction: discord.Interaction, part: ExportedPart) -> None:
        view = export_panel(part, UserId(interaction.user.id), words_for(interaction.locale.value))
        try:
            async with export_file(part) as file:
                await interaction.edit_original_response(
                    view=view, attachments=[file], allowed_mentions=NO_MENTIONS
                )
        finally:
            await self._services.exporting.discard(part)

    async def _ask_again(self, interaction: discord.Interaction, target: str) -> None:
        _check_own(interaction, target)
        # The question itself becomes the next one, so that its button is gone.
        await acknowledge(interaction)
        user_id = UserId(interaction.user.id)
        inventory = await self._services.exporting.inventory(user_id)
        view = second_deletion_panel(inventory, user_id, words_for(interaction.locale.value))
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)

    async def _erase(self, interaction: discord.Interaction, target: str) -> None:
        _check_own(interaction, target)
        await acknowledge(interaction)
        words, user_id = words_for(interaction.locale.value), UserId(interaction.user.id)
        await self._services.erasing.begin(user_id)
        await answer(interaction, text.deletion_begun(words))
        stage = await self._services.erasing.advance_member(user_id)
        await answer(interaction, text.deletion_done(stage, words))


def _check_own(interaction: discord.Interaction, target: str) -> None:
    """Only the member who was asked may answer.

    Raises:
        QuestionOfAnother: if somebody else presses the button.
    """
    if target != f"{interaction.user.id}":
        raise QuestionOfAnother


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs."""
    services = client.services
    await client.add_cog(
        Privacy(
            client.actions,
            client=client,
            services=services.privacy,
            presses=services.results.presses,
        )
    )
