"""`/style round`: opening rounds, proposing and voting in them, and ending them."""

from typing import Literal

import discord
from discord import app_commands

from bot.domain.rounds.errors import CannotAnnounceHere
from bot.domain.rounds.style_round import (
    MAX_DAYS,
    MAX_THEME_CHARS,
    MAX_WEEKS,
    MAX_WINNERS,
    RoundPlan,
    VotingWay,
)
from bot.domain.styles.server_style import MAX_STYLE_NAME, MAX_TEMPLATE_CHARS, StyleDraft
from bot.services.asking.proposals import Proposer
from bot.services.asking.suggestions import Suggestion
from bot.services.rounds.rounds import RoundServices
from bot.services.statistics.ports import ChartStudio
from bot.services.styles.own_pictures import OwnPictures
from bot.services.styles.styles import StyleKeeper
from bot.text import commands as texts
from bot.text.rounds import commands as text
from bot.text.rounds import taking_part as said
from bot.text.words import words_for
from bot.ui.asking import image_options, option_choices
from bot.ui.asking.choices import as_choices
from bot.ui.client.visibility import may_post
from bot.ui.parts.acknowledge import place_of, think
from bot.ui.parts.answers import answer, think_privately
from bot.ui.parts.panel import NO_MENTIONS
from bot.ui.rounds.ballot_panel import ballot_panel, example_question_panel
from bot.ui.rounds.panels import round_cancelled_panel, round_opened_panel
from cogs.results.voting import voter_of
from cogs.rounds.showing import show_round

Name = app_commands.Range[str, 1, MAX_STYLE_NAME]
Template = app_commands.Range[str, 1, MAX_TEMPLATE_CHARS]
Theme = app_commands.Range[str, 1, MAX_THEME_CHARS]
Days = app_commands.Range[int, 1, MAX_DAYS]


class RoundCommands(app_commands.Group, name="round", description=text.ROUND):
    """What members do with rounds. Opening and ending them is for who may manage the server."""

    def __init__(
        self,
        rounds: RoundServices,
        pictures: OwnPictures,
        proposer: Proposer,
        studio: ChartStudio,
    ) -> None:
        super().__init__()
        self._rounds = rounds
        self._pictures = pictures
        self._proposer = proposer
        self._studio = studio

    @app_commands.command(description=text.ROUND_OPEN)
    @app_commands.describe(
        theme=text.ROUND_THEME,
        proposal_days=text.ROUND_PROPOSAL_DAYS,
        vote_days=text.ROUND_VOTE_DAYS,
        winners=text.ROUND_WINNERS,
        weeks=text.ROUND_WEEKS,
        way=text.ROUND_WAY,
        default=text.ROUND_DEFAULT,
    )
    async def open(
        self,
        interaction: discord.Interaction,
        theme: Theme,
        proposal_days: Days = 7,
        vote_days: Days = 7,
        winners: app_commands.Range[int, 1, MAX_WINNERS] = 1,
        weeks: app_commands.Range[int, 1, MAX_WEEKS] = 4,
        way: Literal["approval", "ranked"] = "approval",
        default: bool = False,  # noqa: FBT001, FBT002 - an option of the command
    ) -> None:
        """Open a round, for all in the channel to see."""
        keeper = keeper_of(interaction)
        plan = self._rounds.desk.checked(
            RoundPlan(
                theme=theme,
                proposal_days=proposal_days,
                vote_days=vote_days,
                winners=winners,
                weeks=weeks,
                way=VotingWay(way),
                sets_default=default,
            ),
            keeper,
        )
        if not may_post(interaction):
            raise CannotAnnounceHere
        await think(interaction, private=False)
        style_round = await self._rounds.desk.open(plan, keeper)
        view = round_opened_panel(style_round, words_for(interaction.locale.value))
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)

    @app_commands.command(description=text.ROUND_PROPOSE)
    @app_commands.describe(
        name=texts.STYLE_NAME,
        template=texts.STYLE_TEMPLATE,
        example=text.ROUND_EXAMPLE,
        negative=texts.OPTION_NEGATIVE,
        model=texts.STYLE_MODEL,
        preset=texts.STYLE_PRESET,
    )
    @app_commands.autocomplete(model=option_choices.models, preset=option_choices.style_presets)
    async def propose(
        self,
        interaction: discord.Interaction,
        name: Name,
        template: Template,
        example: str | None = None,
        negative: image_options.Prompt | None = None,
        model: str | None = None,
        preset: str | None = None,
    ) -> None:
        """Propose a style; without an example, ask whether the bot shall paint one."""
        place = place_of(interaction)
        draft = self._rounds.proposals.checked(
            StyleDraft(name=name, template=template, negative=negative, model=model, preset=preset),
            place,
        )
        await think_privately(interaction)
        words = words_for(interaction.locale.value)
        if example is not None:
            proposed = await self._rounds.proposals.propose(draft, place, example)
            await answer(interaction, said.proposed(proposed.proposal, words))
            return
        prepared = await self._rounds.proposals.prepared(draft, place)
        plan = self._proposer.propose_read(prepared.example_wish, place).plans[0]
        proposed = await self._rounds.proposals.propose(draft, place, None)
        view = example_question_panel(proposed, plan.price_usd_micros, words)
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)

    @propose.autocomplete("example")
    async def _offer_pictures(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        found = await self._pictures.suggest(place_of(interaction), typed)
        shown = [Suggestion(each.image_id, each.prompt or each.image_id) for each in found]
        return as_choices(shown, words_for(interaction.locale.value))

    @app_commands.command(description=text.ROUND_VOTE)
    async def vote(self, interaction: discord.Interaction) -> None:
        """Show the member's ballot."""
        await think_privately(interaction)
        voter, place = voter_of(interaction), place_of(interaction)
        paper = await self._rounds.ballots.paper_here(voter, place)
        view = ballot_panel(paper, words_for(place.locale))
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)

    @app_commands.command(description=text.ROUND_SHOW)
    async def show(self, interaction: discord.Interaction) -> None:
        """Show the channel's last round."""
        await think_privately(interaction)
        standing = await self._rounds.view.here(place_of(interaction).channel_id)
        await show_round(interaction, self._rounds, self._studio, standing)

    @app_commands.command(description=text.ROUND_WITHDRAW)
    @app_commands.describe(name=text.ROUND_WITHDRAW_NAME)
    async def withdraw(self, interaction: discord.Interaction, name: str) -> None:
        """Take back a proposal."""
        await think_privately(interaction)
        proposal = await self._rounds.proposals.withdraw(name, keeper_of(interaction))
        words = words_for(interaction.locale.value)
        await answer(interaction, said.withdrawn(proposal, words))

    @withdraw.autocomplete("name")
    async def _offer_names(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        names = await self._rounds.proposals.suggest_names(keeper_of(interaction), typed)
        return [app_commands.Choice(name=name, value=name) for name in names]

    @app_commands.command(description=text.ROUND_CLOSE)
    async def close(self, interaction: discord.Interaction) -> None:
        """End the present phase."""
        keeper = keeper_of(interaction)
        keeper.check()
        await think_privately(interaction)
        style_round = await self._rounds.desk.close(keeper)
        words = words_for(interaction.locale.value)
        await answer(interaction, said.phase_ended(style_round, words))

    @app_commands.command(description=text.ROUND_CANCEL)
    async def cancel(self, interaction: discord.Interaction) -> None:
        """End the round without a result, for all in the channel to see."""
        keeper = keeper_of(interaction)
        keeper.check()
        await think(interaction, private=False)
        style_round = await self._rounds.desk.cancel(keeper)
        view = round_cancelled_panel(style_round, words_for(interaction.locale.value))
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)


def keeper_of(interaction: discord.Interaction) -> StyleKeeper:
    """Who acts, and whether they may manage the server."""
    return StyleKeeper(place_of(interaction), interaction.permissions.manage_guild)
