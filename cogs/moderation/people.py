"""`/moderation strike`, `block` and their like: a part of the cog."""

from dataclasses import replace
from datetime import timedelta
from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.conduct.conduct import StrikeRules
from bot.domain.conduct.strikes import MOST_DAYS
from bot.domain.moderation.audit import REASON_LIMIT
from bot.services.conduct.conduct import ConductService
from bot.services.moderation.report_cases import ReportCases
from bot.text.moderation import commands as text
from bot.text.moderation import people as said
from bot.text.words import words_for
from bot.ui.moderation.cases_panel import cases_panel
from bot.ui.moderation.people_panel import blocks_panel, record_panel
from bot.ui.moderation.ranks import AnyUser, judgement_of
from bot.ui.parts.acknowledge import place_of
from bot.ui.parts.answers import answer, think_privately
from bot.ui.parts.panel import NO_MENTIONS
from cogs.moderation.group import moderation

Reason = app_commands.Range[str, 1, REASON_LIMIT]
Count = app_commands.Range[int, 1, 100]
Scope = Literal["server", "everywhere"]
Lasting = Literal["1h", "1d", "3d", "7d", "30d", "90d"]

_LASTS: dict[str, timedelta] = {
    "1h": timedelta(hours=1),
    "1d": timedelta(days=1),
    "3d": timedelta(days=3),
    "7d": timedelta(days=7),
    "30d": timedelta(days=30),
    "90d": timedelta(days=90),
}


class PeopleCommands(commands.Cog):
    """Strikes, blocks and reports."""

    _conduct: ConductService
    _cases: ReportCases

    @moderation.command(description=text.STRIKE)
    @app_commands.describe(member=text.STRIKE_MEMBER, reason=text.REASON)
    async def strike(
        self, interaction: discord.Interaction, member: AnyUser, reason: Reason
    ) -> None:
        """Give a strike, and show where the member stands by now."""
        judgement = judgement_of(interaction, member)
        judgement.check()
        await think_privately(interaction)
        record = await self._conduct.strike(judgement, reason)
        view = record_panel(record, words_for(judgement.place.locale))
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)

    @moderation.command(description=text.STRIKES)
    @app_commands.describe(member=text.STRIKES_MEMBER)
    async def strikes(self, interaction: discord.Interaction, member: AnyUser) -> None:
        """Show where a member stands."""
        judgement = judgement_of(interaction, member)
        await think_privately(interaction)
        record = await self._conduct.record(judgement.guild_id, judgement.member.user_id)
        view = record_panel(record, words_for(judgement.place.locale))
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)

    @moderation.command(description=text.BLOCK)
    @app_commands.describe(
        member=text.BLOCK_MEMBER, reason=text.REASON, lasts=text.BLOCK_FOR, scope=text.BLOCK_SCOPE
    )
    @app_commands.rename(lasts="for")
    async def block(
        self,
        interaction: discord.Interaction,
        member: AnyUser,
        reason: Reason,
        lasts: Lasting | None = None,
        scope: Scope = "server",
    ) -> None:
        """Block a member, and stop what they have waiting."""
        judgement = judgement_of(interaction, member)
        await think_privately(interaction)
        block = await self._conduct.block(
            judgement,
            lasts=_LASTS[lasts] if lasts is not None else None,
            reason=reason,
            everywhere=scope == "everywhere",
        )
        await answer(interaction, said.blocked(block, words_for(judgement.place.locale)))

    @moderation.command(description=text.UNBLOCK)
    @app_commands.describe(member=text.UNBLOCK_MEMBER, scope=text.BLOCK_SCOPE)
    async def unblock(
        self, interaction: discord.Interaction, member: AnyUser, scope: Scope = "server"
    ) -> None:
        """Lift a block."""
        judgement = judgement_of(interaction, member)
        everywhere = scope == "everywhere"
        await think_privately(interaction)
        await self._conduct.unblock(judgement, everywhere=everywhere)
        words = words_for(judgement.place.locale)
        sentence = said.unblocked(judgement.member.user_id, words, everywhere=everywhere)
        await answer(interaction, sentence)

    @moderation.command(description=text.BLOCKS)
    async def blocks(self, interaction: discord.Interaction) -> None:
        """Show who is blocked, from memory."""
        place = place_of(interaction)
        view = blocks_panel(self._conduct.blocks(place), words_for(place.locale))
        await interaction.response.send_message(
            view=view, ephemeral=True, allowed_mentions=NO_MENTIONS
        )

    @moderation.command(description=text.THRESHOLDS)
    @app_commands.describe(
        warn=text.THRESHOLDS_WARN,
        pause=text.THRESHOLDS_PAUSE,
        block=text.THRESHOLDS_BLOCK,
        days=text.THRESHOLDS_DAYS,
    )
    async def thresholds(
        self,
        interaction: discord.Interaction,
        warn: Count | None = None,
        pause: Count | None = None,
        block: Count | None = None,
        days: app_commands.Range[int, 1, MOST_DAYS] | None = None,
    ) -> None:
        """Set what is given; what was set before stays. Nothing given, nothing changes."""
        place = place_of(interaction)

        def changed(former: StrikeRules) -> StrikeRules:
            return replace(
                former,
                warn_at=warn or former.warn_at,
                pause_at=pause or former.pause_at,
                block_at=block or former.block_at,
                counts_for=former.counts_for if days is None else timedelta(days=days),
            )

        await think_privately(interaction)
        rules = await self._conduct.set_rules(place, changed)
        await answer(interaction, said.thresholds(rules, words_for(place.locale)))

    @moderation.command(description=text.REPORTS)
    async def reports(self, interaction: discord.Interaction) -> None:
        """Show what nobody has decided on."""
        place = place_of(interaction)
        await think_privately(interaction)
        cases = await self._cases.open_cases(place.guild_id)
        view = cases_panel(cases, words_for(place.locale))
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)
