"""`/contest`: opened by those who manage the server, won by anybody."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.asking.any_recipe import prompt_of
from bot.domain.contests.contest import (
    DEFAULT_PRIZE_DAYS,
    DEFAULT_SUBMIT_HOURS,
    DEFAULT_VOTE_HOURS,
    MOST_ENTRIES_OF_MEMBER,
    MOST_HOURS,
    MOST_THEME_CHARS,
)
from bot.domain.ids import ChannelId, ImageId
from bot.domain.quotas.input import MAX_GRANT_DAYS
from bot.services.contests.contests import ContestService, Organiser, TypedContest
from bot.services.moderation.report_desk import check_writable
from bot.text.contests import commands as text
from bot.text.contests import contests as said
from bot.text.words import words_for
from bot.ui.client.visibility import may_post
from bot.ui.contests.panel import standing_panel
from bot.ui.parts.acknowledge import place_of
from bot.ui.parts.answers import answer, think_privately
from bot.ui.parts.availability import in_servers_only, may_post_pictures
from bot.ui.parts.panel import NO_MENTIONS
from cogs.contest.buttons import ContestButtons

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services

Theme = app_commands.Range[str, 1, MOST_THEME_CHARS]
Hours = app_commands.Range[int, 1, MOST_HOURS]
Entries = app_commands.Range[int, 1, MOST_ENTRIES_OF_MEMBER]
Days = app_commands.Range[int, 1, MAX_GRANT_DAYS]

_LONGEST_CHOICE = 100  # Discord's limit


class Contest(commands.Cog):
    """A server's contests."""

    contest = in_servers_only(app_commands.Group(name="contest", description=text.CONTEST))

    def __init__(self, contests: ContestService) -> None:
        self._contests = contests

    @contest.command(name="open", description=text.CONTEST_OPEN)
    @app_commands.describe(
        theme=text.CONTEST_THEME,
        words=text.CONTEST_WORDS,
        channel=text.CONTEST_CHANNEL,
        submit_hours=text.CONTEST_SUBMIT_HOURS,
        vote_hours=text.CONTEST_VOTE_HOURS,
        entries=text.CONTEST_ENTRIES,
        prize_images=text.CONTEST_PRIZE_IMAGES,
        prize_dollars=text.CONTEST_PRIZE_DOLLARS,
        prize_days=text.CONTEST_PRIZE_DAYS,
    )
    async def begin(
        self,
        interaction: discord.Interaction,
        theme: Theme,
        words: str | None = None,
        channel: discord.TextChannel | None = None,
        submit_hours: Hours = DEFAULT_SUBMIT_HOURS,
        vote_hours: Hours = DEFAULT_VOTE_HOURS,
        entries: Entries = 1,
        prize_images: str | None = None,
        prize_dollars: str | None = None,
        prize_days: Days = DEFAULT_PRIZE_DAYS,
    ) -> None:
        """Open a contest, once it is sure that the bot may post in its channel."""
        by = organiser_of(interaction)
        typed = TypedContest(
            theme=theme,
            words=words,
            submit_hours=submit_hours,
            vote_hours=vote_hours,
            entries=entries,
            prize_images=prize_images,
            prize_dollars=prize_dollars,
            prize_days=prize_days,
        )
        contest = self._contests.checked(typed, by, _channel(interaction, channel))
        await think_privately(interaction)
        await self._contests.open(contest, by)
        await answer(interaction, said.opened(contest, words_for(interaction.locale.value)))

    @contest.command(description=text.CONTEST_SHOW)
    async def show(self, interaction: discord.Interaction) -> None:
        """Show how the contest stands."""
        await think_privately(interaction)
        standing = await self._contests.standing(place_of(interaction))
        view = standing_panel(standing, words_for(interaction.locale.value))
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)

    @contest.command(description=text.CONTEST_CLOSE)
    async def close(self, interaction: discord.Interaction) -> None:
        """End the entries, or the voting, now."""
        await think_privately(interaction)
        phase = await self._contests.close(organiser_of(interaction))
        await answer(interaction, said.closed(phase, words_for(interaction.locale.value)))

    @contest.command(description=text.CONTEST_CANCEL)
    async def cancel(self, interaction: discord.Interaction) -> None:
        """End it without winners."""
        await think_privately(interaction)
        await self._contests.cancel(organiser_of(interaction))
        await answer(interaction, said.cancelled(words_for(interaction.locale.value)))

    @contest.command(description=text.CONTEST_WITHDRAW)
    @app_commands.describe(entry=text.CONTEST_WITHDRAW_ENTRY)
    async def withdraw(self, interaction: discord.Interaction, entry: str | None = None) -> None:
        """Take a picture out."""
        guild_id = place_of(interaction).server
        await think_privately(interaction)
        image_id = ImageId(entry) if entry else None
        user_id = place_of(interaction).user_id
        left = await self._contests.entries.withdraw(guild_id, user_id, image_id)
        await answer(interaction, said.withdrawn(left, words_for(interaction.locale.value)))

    @withdraw.autocomplete("entry")
    async def own_entries(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """The member's own entries by their prompts."""
        place = place_of(interaction)
        if place.guild_id is None:
            return []
        own = await self._contests.entries.own(place.guild_id, place.user_id)
        named = [(prompt_of(each.job.request), each.image.id) for each in own]
        return [
            app_commands.Choice(name=(prompt or image_id)[:_LONGEST_CHOICE], value=image_id)
            for prompt, image_id in named
            if typed.casefold() in prompt.casefold()
        ]


def organiser_of(interaction: discord.Interaction) -> Organiser:
    """Who acts, and whether they may manage the server."""
    return Organiser(place_of(interaction), interaction.permissions.manage_guild)


def _channel(interaction: discord.Interaction, named: discord.TextChannel | None) -> ChannelId:
    if named is None:
        channel_id = ChannelId(interaction.channel_id or 0)
        check_writable(channel_id, writable=may_post(interaction))
        return channel_id
    check_writable(ChannelId(named.id), writable=may_post_pictures(named))
    return ChannelId(named.id)


async def setup(client: "Gondola[Services]") -> None:
    """Add the cogs with the services they need."""
    contests = client.services.community.contests
    await client.add_cog(Contest(contests))
    presses = client.services.results.presses
    await client.add_cog(ContestButtons(client.actions, contests, presses))
