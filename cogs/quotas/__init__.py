"""`/quotas`: what those who manage a server let its members paint and spend."""

from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.ids import ChannelId, RoleId
from bot.domain.quotas.grants import GrantTarget
from bot.domain.quotas.input import present_role
from bot.domain.quotas.limit_change import role_source, typical_spender
from bot.domain.quotas.limit_edit import TypedLimits, TypedSettings
from bot.domain.quotas.limits import OF_THE_SERVER, LimitScope, LimitSource
from bot.domain.quotas.spender import Spender
from bot.domain.statistics.statistics import Period
from bot.services.quotas.grant_desk import TypedGrant
from bot.services.quotas.management import QuotaManagement
from bot.services.quotas.spending_report import SpendingReportService
from bot.services.statistics.ports import ChartStudio
from bot.text import commands as text
from bot.ui.client.channel_kinds import AnyPlace
from bot.ui.parts.acknowledge import acknowledge, place_of
from bot.ui.parts.actions import ActionRegistry
from bot.ui.parts.answers import think_privately
from bot.ui.parts.availability import in_servers_only
from bot.ui.parts.panel import NO_MENTIONS
from bot.ui.quotas import quota_options
from bot.ui.quotas.quota_options import limit_options
from bot.ui.quotas.quotas_panel import (
    APPLY,
    applied_panel,
    explanation_panel,
    granted_panel,
    overview_panel,
    preview_panel,
    revoked_panel,
    settings_preview_panel,
)
from bot.ui.quotas.spending_chart import spending_chart
from bot.ui.quotas.spending_panel import spending_files, spending_panel
from cogs.quotas.asking import (
    Person,
    manager_of,
    names_in,
    present_in,
    show_answer,
    spender_of,
    words_of,
)

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services

Channel = AnyPlace
Whom = Literal["everyone", "boosters", "new_members"]

_SOURCES: dict[Whom, LimitSource] = {
    "everyone": OF_THE_SERVER,
    "boosters": LimitSource(LimitScope.BOOSTERS),
    "new_members": LimitSource(LimitScope.NEW_MEMBERS),
}


class Quotas(commands.Cog):
    """The managers' commands; each is answered to the manager alone."""

    quotas = in_servers_only(
        app_commands.Group(
            name="quotas",
            description=text.QUOTAS,
            default_permissions=discord.Permissions(manage_guild=True),
        )
    )

    def __init__(
        self,
        management: QuotaManagement,
        spending: SpendingReportService,
        studio: ChartStudio,
        actions: ActionRegistry,
    ) -> None:
        self._changes = management.changes
        self._grants = management.grants
        self._overview = management.overview
        self._spending = spending
        self._studio = studio
        self._actions = actions

    async def cog_load(self) -> None:
        """Serve the button that applies a change."""
        self._actions.register(APPLY, self._apply)

    async def cog_unload(self) -> None:
        """Serve it no longer."""
        self._actions.unregister(APPLY)

    @quotas.command(description=text.QUOTAS_SHOW)
    async def show(self, interaction: discord.Interaction) -> None:
        """Show all that is set, from memory."""
        by = manager_of(interaction)
        overview = self._overview.of_server(by.guild_id)
        view = overview_panel(overview, present_in(interaction), words_of(interaction))
        await interaction.response.send_message(
            view=view, ephemeral=True, allowed_mentions=NO_MENTIONS
        )

    @quotas.command(description=text.QUOTAS_SET)
    @limit_options(whom=text.QUOTAS_WHOM)
    async def set(
        self,
        interaction: discord.Interaction,
        whom: Whom = "everyone",
        images: str | None = None,
        dollars: str | None = None,
        window: str | None = None,
        per_request: str | None = None,
        at_once: str | None = None,
        dearest: str | None = None,
    ) -> None:
        """Limit everyone, or those who boost the server, or are new to it."""
        typed = TypedLimits(images, dollars, window, per_request, at_once, dearest)
        await self._preview(interaction, _SOURCES[whom], typed)

    @quotas.command(description=text.QUOTAS_ROLE)
    @limit_options(role=text.QUOTAS_THE_ROLE)
    async def role(
        self,
        interaction: discord.Interaction,
        role: discord.Role,
        images: str | None = None,
        dollars: str | None = None,
        window: str | None = None,
        per_request: str | None = None,
        at_once: str | None = None,
        dearest: str | None = None,
    ) -> None:
        """Limit the members of a role."""
        typed = TypedLimits(images, dollars, window, per_request, at_once, dearest)
        by = manager_of(interaction)
        role_id = present_role(RoleId(role.id), present_in(interaction).roles)
        await self._preview(interaction, role_source(role_id, by.guild_id), typed)

    @quotas.command(description=text.QUOTAS_USER)
    @limit_options(member=text.QUOTAS_THE_MEMBER)
    async def user(
        self,
        interaction: discord.Interaction,
        member: Person,
        images: str | None = None,
        dollars: str | None = None,
        window: str | None = None,
        per_request: str | None = None,
        at_once: str | None = None,
        dearest: str | None = None,
    ) -> None:
        """Limit one member, also one who has left."""
        typed = TypedLimits(images, dollars, window, per_request, at_once, dearest)
        source = LimitSource(LimitScope.MEMBER, member.id)
        by = manager_of(interaction)
        await self._preview(interaction, source, typed, spender_of(by, member))

    @quotas.command(description=text.QUOTAS_CHANNEL)
    @limit_options(channel=text.QUOTAS_THE_CHANNEL)
    async def channel(
        self,
        interaction: discord.Interaction,
        channel: Channel,
        images: str | None = None,
        dollars: str | None = None,
        window: str | None = None,
        per_request: str | None = None,
        at_once: str | None = None,
        dearest: str | None = None,
    ) -> None:
        """Limit what is painted in a channel and its threads."""
        typed = TypedLimits(images, dollars, window, per_request, at_once, dearest)
        await self._preview(interaction, LimitSource(LimitScope.CHANNEL, channel.id), typed)

    @quotas.command(description=text.QUOTAS_BUDGET)
    @app_commands.describe(
        day=text.QUOTAS_BUDGET_DAY,
        month=text.QUOTAS_BUDGET_MONTH,
        slow_down=text.QUOTAS_SLOW_DOWN,
        time_zone=text.QUOTAS_TIME_ZONE,
        new_member_days=text.QUOTAS_NEW_DAYS,
    )
    @app_commands.autocomplete(
        day=quota_options.dollar_amounts,
        month=quota_options.dollar_amounts,
        slow_down=quota_options.dollar_amounts,
        time_zone=quota_options.time_zones,
    )
    async def budget(
        self,
        interaction: discord.Interaction,
        day: str | None = None,
        month: str | None = None,
        slow_down: str | None = None,
        time_zone: str | None = None,
        new_member_days: int | None = None,
    ) -> None:
        """Set what the whole server may spend, and how its time is counted."""
        typed = TypedSettings(
            day=day,
            month=month,
            slow_down=slow_down,
            time_zone=time_zone,
            new_member_days=new_member_days,
        )
        by = manager_of(interaction)
        change = self._changes.edited_settings(by, typed)
        await think_privately(interaction)
        preview = await self._changes.preview_settings(by, change)
        await show_answer(interaction, settings_preview_panel(preview, words_of(interaction)))

    @quotas.command(description=text.QUOTAS_GRANT)
    @app_commands.describe(
        whom=text.QUOTAS_GRANTEE,
        reason=text.QUOTAS_GRANT_REASON,
        images=text.QUOTAS_GRANT_IMAGES,
        dollars=text.QUOTAS_GRANT_DOLLARS,
        days=text.QUOTAS_GRANT_DAYS,
    )
    async def grant(
        self,
        interaction: discord.Interaction,
        whom: discord.Member | discord.User | discord.Role,
        reason: str,
        images: str | None = None,
        dollars: str | None = None,
        days: int = 30,
    ) -> None:
        """Give extra images or dollars."""
        by = manager_of(interaction)
        target = GrantTarget.ROLE if isinstance(whom, discord.Role) else GrantTarget.MEMBER
        if isinstance(whom, discord.Role):
            present_role(RoleId(whom.id), present_in(interaction).roles)
        typed = TypedGrant(
            target=target,
            target_id=whom.id,
            images=images,
            dollars=dollars,
            days=days,
            reason=reason,
        )
        grant = self._grants.checked(by, typed)
        await think_privately(interaction)
        await self._grants.give(by, grant)
        await show_answer(interaction, granted_panel(grant, words_of(interaction)))

    @quotas.command(description=text.QUOTAS_REVOKE)
    @app_commands.describe(grant=text.QUOTAS_THE_GRANT)
    @app_commands.autocomplete(grant=quota_options.grants)
    async def revoke(self, interaction: discord.Interaction, grant: str) -> None:
        """Take a grant back."""
        by = manager_of(interaction)
        found = self._grants.find(by, grant)
        await think_privately(interaction)
        await self._grants.revoke(by, found)
        await show_answer(interaction, revoked_panel(found, words_of(interaction)))

    @quotas.command(description=text.QUOTAS_REPORT)
    @app_commands.describe(period=text.QUOTAS_PERIOD)
    async def report(
        self,
        interaction: discord.Interaction,
        period: Literal["week", "month", "quarter", "year"] = "month",
    ) -> None:
        """Show who spent what, with a chart and a table."""
        by, words = manager_of(interaction), words_of(interaction)
        await think_privately(interaction)
        start, end = self._overview.span_of(by.guild_id, Period(period))
        report = await self._spending.report(by.guild_id, start, end)
        if not report.lines:
            await show_answer(interaction, spending_panel(report, None, words))
            return
        chart = spending_chart(report, names_in(interaction), words)
        picture = await self._studio.draw(chart)
        await interaction.edit_original_response(
            view=spending_panel(report, chart, words),
            attachments=spending_files(report, picture),
            allowed_mentions=NO_MENTIONS,
        )

    @quotas.command(description=text.QUOTAS_EXPLAIN)
    @app_commands.describe(member=text.QUOTAS_THE_MEMBER, channel=text.QUOTAS_WHERE)
    async def explain(
        self, interaction: discord.Interaction, member: Person, channel: Channel | None = None
    ) -> None:
        """Show what holds for a member in a channel, and why."""
        by = manager_of(interaction)
        await think_privately(interaction)
        here = place_of(interaction).spender.channels
        channels = here if channel is None else (ChannelId(channel.id),)
        explanation = await self._overview.explain(spender_of(by, member, channels))
        await show_answer(interaction, explanation_panel(explanation, words_of(interaction)))

    async def _preview(
        self,
        interaction: discord.Interaction,
        source: LimitSource,
        typed: TypedLimits,
        spender: Spender | None = None,
    ) -> None:
        by = manager_of(interaction)
        change = self._changes.edited(by, source, typed)
        await think_privately(interaction)
        concerned = spender or typical_spender(source, by.guild_id, interaction.created_at)
        preview = await self._changes.preview(by, change, concerned)
        await show_answer(interaction, preview_panel(preview, words_of(interaction)))

    async def _apply(self, interaction: discord.Interaction, target: str) -> None:
        by = manager_of(interaction)
        await acknowledge(interaction)
        change = await self._changes.apply(by, target)
        await show_answer(interaction, applied_panel(change, words_of(interaction)))


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs."""
    services = client.services
    await client.add_cog(
        Quotas(services.quota_management, services.spending, services.charts, client.actions)
    )
