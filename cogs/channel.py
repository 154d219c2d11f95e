"""`/channel`: what may be made in a channel, and the emergency stop."""

from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.errors import NoServerHere
from bot.domain.gate.channel_rules import (
    ChannelSettings,
    Layer,
    PrivateImages,
    Review,
    UnknownSignals,
)
from bot.domain.gate.channel_setup import Walk
from bot.domain.gate.pause import PausedPlace
from bot.domain.ids import ChannelId
from bot.domain.moderation.audit import REASON_LIMIT
from bot.services.asking.plans import Place
from bot.services.gate.channel_policies import (
    ChannelPolicyService,
    commands_named,
    paused_place,
)
from bot.services.gate.explaining import ExplainingService
from bot.text.gate.channel_policy import pause_answer, resume_answer
from bot.text.moderation import commands as text
from bot.text.words import words_for
from bot.ui.client.channel_kinds import AnyPlace
from bot.ui.gate.channel_panel import channel_panel, explanation_panel
from bot.ui.gate.setup_panel import setup_panel
from bot.ui.parts.acknowledge import place_of, place_of_member, powers_of
from bot.ui.parts.answers import answer, think_privately
from bot.ui.parts.availability import in_servers_only
from bot.ui.parts.panel import NO_MENTIONS

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services

Scope = Literal["channel", "thread", "category", "server"]
PauseScope = Literal["channel", "thread", "category", "server", "everywhere"]
PrivateFor = Literal["everybody", "moderators", "nobody"]
Reviewed = Literal["none", "flagged", "new_members", "all"]
Unknown = Literal["show", "hold"]
Setting = Literal[
    "safe_mode",
    "allowed_models",
    "forbidden_models",
    "commands",
    "most_images",
    "slow_mode_s",
    "private_images",
    "review",
    "unknown_signals",
    "spoilers",
]
Names = app_commands.Range[str, 1, 1_000]
Images = Literal[1, 2, 3, 4]
LONGEST_SLOW_MODE_S = 21_600  # six hours, as Discord's own


class ChannelPolicies(commands.Cog):
    """The policies of channels."""

    channel = in_servers_only(
        app_commands.Group(
            name="channel",
            description=text.CHANNEL,
            default_permissions=discord.Permissions(manage_channels=True),
        )
    )

    def __init__(self, service: ChannelPolicyService, explaining: ExplainingService) -> None:
        self._service = service
        self._explaining = explaining

    @channel.command(description=text.CHANNEL_SHOW)
    @app_commands.describe(channel=text.CHANNEL_SHOW_WHERE)
    async def show(self, interaction: discord.Interaction, channel: AnyPlace | None = None) -> None:
        """Show the rules, from memory."""
        place = place_of(interaction)
        here = self._service.show(place.guild_id, _id_of(channel, interaction))
        view = channel_panel(here, words_for(place.locale))
        await interaction.response.send_message(
            view=view, ephemeral=True, allowed_mentions=NO_MENTIONS
        )

    @channel.command(description=text.CHANNEL_EXPLAIN)
    @app_commands.describe(member=text.CHANNEL_EXPLAIN_MEMBER, channel=text.CHANNEL_SHOW_WHERE)
    async def explain(
        self,
        interaction: discord.Interaction,
        member: discord.Member | None = None,
        channel: AnyPlace | None = None,
    ) -> None:
        """Show what the rules and limits come to for a member."""
        place = _place_of(interaction, member, channel)
        await think_privately(interaction)
        view = explanation_panel(await self._explaining.explain(place), words_for(place.locale))
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)

    @channel.command(name="setup", description=text.CHANNEL_SETUP)
    async def set_up(self, interaction: discord.Interaction) -> None:
        """Ask the first of four questions about this channel."""
        place = place_of(interaction)
        here = self._service.to_set_up(place, powers_of(interaction))
        await interaction.response.send_message(
            view=setup_panel(Walk(), here, words_for(place.locale)),
            ephemeral=True,
            allowed_mentions=NO_MENTIONS,
        )

    @channel.command(description=text.CHANNEL_SET)
    @app_commands.describe(
        scope=text.CHANNEL_LAYER,
        safe_mode=text.CHANNEL_SAFE_MODE,
        allow_models=text.CHANNEL_ALLOW_MODELS,
        forbid_models=text.CHANNEL_FORBID_MODELS,
        commands=text.CHANNEL_COMMANDS,
        most_images=text.CHANNEL_MOST_IMAGES,
        slow_mode=text.CHANNEL_SLOW_MODE,
        private_images=text.CHANNEL_PRIVATE,
        review=text.CHANNEL_REVIEW,
        unknown_signals=text.CHANNEL_UNKNOWN,
        spoilers=text.CHANNEL_SPOILERS,
        take_back=text.CHANNEL_TAKE_BACK,
    )
    async def set(
        self,
        interaction: discord.Interaction,
        scope: Scope = "channel",
        safe_mode: bool | None = None,  # noqa: FBT001 - Discord passes options by name
        allow_models: Names | None = None,
        forbid_models: Names | None = None,
        commands: Names | None = None,
        most_images: Images | None = None,
        slow_mode: app_commands.Range[int, 0, LONGEST_SLOW_MODE_S] | None = None,
        private_images: PrivateFor | None = None,
        review: Reviewed | None = None,
        unknown_signals: Unknown | None = None,
        spoilers: bool | None = None,  # noqa: FBT001 - Discord passes options by name
        take_back: Setting | None = None,
    ) -> None:
        """Set what is given; what was set before stays."""
        place = place_of(interaction)
        target = self._service.target(Layer(scope), place, powers_of(interaction))
        given = ChannelSettings(
            safe_mode=safe_mode,
            allowed_models=self._service.models_named(allow_models),
            forbidden_models=self._service.models_named(forbid_models),
            commands=commands_named(commands),
            most_images=most_images,
            slow_mode_s=slow_mode,
            private_images=PrivateImages(private_images) if private_images else None,
            review=Review(review) if review else None,
            unknown_signals=UnknownSignals(unknown_signals) if unknown_signals else None,
            spoilers=spoilers,
        )
        await think_privately(interaction)
        await self._service.change(target, given, take_back, place)
        await self._show_changed(interaction)

    @channel.command(description=text.CHANNEL_COPY)
    @app_commands.describe(source=text.CHANNEL_COPY_FROM, scope=text.CHANNEL_LAYER)
    async def copy(
        self, interaction: discord.Interaction, source: AnyPlace, scope: Scope = "channel"
    ) -> None:
        """Copy what another channel says itself."""
        place = place_of(interaction)
        target = self._service.target(Layer(scope), place, powers_of(interaction))
        await think_privately(interaction)
        await self._service.copy(target, ChannelId(source.id), place)
        await self._show_changed(interaction)

    @channel.command(description=text.CHANNEL_PAUSE)
    @app_commands.describe(scope=text.CHANNEL_PAUSE_LAYER, reason=text.CHANNEL_PAUSE_REASON)
    async def pause(
        self,
        interaction: discord.Interaction,
        scope: PauseScope = "server",
        reason: app_commands.Range[str, 1, REASON_LIMIT] | None = None,
    ) -> None:
        """Let nothing new be painted."""
        place = place_of(interaction)
        paused = self._paused(interaction, scope)
        await think_privately(interaction)
        is_new = await self._service.pause(paused, place, reason=reason or "")
        await answer(interaction, pause_answer(words_for(place.locale), is_new=is_new))

    @channel.command(description=text.CHANNEL_RESUME)
    @app_commands.describe(scope=text.CHANNEL_RESUME_LAYER)
    async def resume(self, interaction: discord.Interaction, scope: PauseScope = "server") -> None:
        """Let it go on."""
        place = place_of(interaction)
        paused = self._paused(interaction, scope)
        await think_privately(interaction)
        was_paused = await self._service.resume(paused, place)
        await answer(interaction, resume_answer(words_for(place.locale), was_paused=was_paused))

    def _paused(self, interaction: discord.Interaction, scope: PauseScope) -> PausedPlace:
        place = place_of(interaction)
        if scope == "everywhere":
            return self._service.everywhere(place)
        return paused_place(self._service.target(Layer(scope), place, powers_of(interaction)))

    async def _show_changed(self, interaction: discord.Interaction) -> None:
        place = place_of(interaction)
        here = self._service.show(place.guild_id, place.channel_id)
        await interaction.edit_original_response(
            view=channel_panel(here, words_for(place.locale)), allowed_mentions=NO_MENTIONS
        )


def _id_of(channel: AnyPlace | None, interaction: discord.Interaction) -> ChannelId:
    return ChannelId(channel.id) if channel is not None else place_of(interaction).channel_id


def _place_of(
    interaction: discord.Interaction, member: discord.Member | None, channel: AnyPlace | None
) -> Place:
    """The member and the channel that are asked about: who asks, and where, unless named."""
    if member is None and channel is None:
        return place_of(interaction)
    who, where = member or interaction.user, channel or interaction.channel
    if not isinstance(who, discord.Member) or not isinstance(
        where, discord.abc.GuildChannel | discord.Thread
    ):
        raise NoServerHere
    return place_of_member(who, where, locale=interaction.locale.value)


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs."""
    moderation = client.services.moderation
    await client.add_cog(ChannelPolicies(moderation.channels, moderation.explaining))
