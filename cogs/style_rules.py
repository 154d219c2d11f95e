"""`/style merge` and `/style rules`: what only those do who manage the server."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import discord
from discord import app_commands

from bot.domain.ids import RoleId
from bot.domain.voting.taking_part import Doing, RuleUnclear, circle_given
from bot.services.styles.merging import StyleMerger
from bot.services.votes.taking_part import RuleChange, TakingPartDesk
from bot.text import commands as text
from bot.text.words import words_for
from bot.ui.asking import option_choices
from bot.ui.parts.acknowledge import acknowledge
from bot.ui.parts.actions import ActionRegistry, Handler
from bot.ui.parts.answers import think_privately
from bot.ui.parts.panel import NO_MENTIONS
from bot.ui.votes.style_merging_panel import STYLE_MERGE, merge_question_panel, merged_panel
from bot.ui.votes.taking_part_panel import rules_panel
from cogs.results.buttons import ButtonCog
from cogs.style import add_to_style, keeper_of

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services

RuleName = Literal["propose", "vote", "open_rounds", "start_battles", "open_contests"]
Who = Literal["everybody", "managers"]


class StyleRules(ButtonCog):
    """Merging styles, and saying who may take part."""

    def __init__(
        self, actions: ActionRegistry, *, merger: StyleMerger, taking_part: TakingPartDesk
    ) -> None:
        super().__init__(actions)
        self._merger = merger
        self._taking_part = taking_part

    def handlers(self) -> Mapping[str, Handler]:
        """Which method serves which kind."""
        return {STYLE_MERGE: self._merge}

    async def ask(self, interaction: discord.Interaction, folded: str, into: str) -> None:
        """Say what a merge concerns; nothing is merged before a word."""
        keeper = keeper_of(interaction)
        keeper.check()
        await think_privately(interaction)
        question = await self._merger.ask(folded, into, keeper)
        view = merge_question_panel(question, words_for(interaction.locale.value))
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)

    async def _merge(self, interaction: discord.Interaction, target: str) -> None:
        keeper = keeper_of(interaction)
        keeper.check()
        await acknowledge(interaction)
        merge = await self._merger.merge(target, keeper)
        view = merged_panel(merge, words_for(interaction.locale.value))
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)

    async def show(self, interaction: discord.Interaction) -> None:
        """Show the rules, from memory."""
        rules = self._taking_part.show(keeper_of(interaction))
        view = rules_panel(rules, words_for(interaction.locale.value))
        await interaction.response.send_message(
            view=view, ephemeral=True, allowed_mentions=NO_MENTIONS
        )

    async def change(self, interaction: discord.Interaction, change: RuleChange) -> None:
        """Change a rule, and show them all."""
        keeper = keeper_of(interaction)
        keeper.check()
        await think_privately(interaction)
        rules = await self._taking_part.change(change, keeper)
        view = rules_panel(rules, words_for(interaction.locale.value))
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)


def commands_of(cog: StyleRules) -> list[app_commands.Command[Any, ..., None]]:
    """The commands, which belong to the group of another cog."""

    @app_commands.command(description=text.STYLE_MERGE)
    @app_commands.rename(folded="from")
    @app_commands.describe(folded=text.STYLE_MERGE_FROM, into=text.STYLE_MERGE_INTO)
    @app_commands.autocomplete(
        folded=option_choices.server_styles, into=option_choices.server_styles
    )
    async def merge(interaction: discord.Interaction, folded: str, into: str) -> None:
        """Ask whether to merge two styles."""
        await cog.ask(interaction, folded, into)

    @app_commands.command(description=text.STYLE_RULES)
    @app_commands.describe(
        rule=text.STYLE_RULES_RULE, who=text.STYLE_RULES_WHO, role=text.STYLE_RULES_ROLE
    )
    async def rules(
        interaction: discord.Interaction,
        rule: RuleName | None = None,
        who: Who | None = None,
        role: discord.Role | None = None,
    ) -> None:
        """Show the rules, or change one."""
        if rule is None and who is None and role is None:
            await cog.show(interaction)
            return
        if rule is None:
            raise RuleUnclear
        role_id = None if role is None else RoleId(role.id)
        everyone = RoleId(interaction.guild_id or 0)
        circle = circle_given(who, role_id, everyone=everyone)
        await cog.change(interaction, RuleChange(Doing(rule), circle))

    return [merge, rules]


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs, and its commands to `/style`."""
    community = client.services.community
    cog = StyleRules(
        client.actions, merger=community.style_merger, taking_part=community.taking_part
    )
    await client.add_cog(cog)
    add_to_style(client, *commands_of(cog))
