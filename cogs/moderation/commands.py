"""`/moderation`: blocked terms, and what moderators have done."""

import asyncio
import io
from datetime import timedelta
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.domain.asking.prompt import BOT_PROMPT_LIMIT
from bot.domain.ids import ChannelId, UserId
from bot.domain.moderation.audit import LogQuery
from bot.domain.moderation.errors import TermFileWrong
from bot.domain.terms import parse_term
from bot.services.conduct.conduct import ConductService
from bot.services.moderation.audit_reader import AuditReader
from bot.services.moderation.report_cases import ReportCases
from bot.services.moderation.term_lists import (
    FILE_LIMIT_BYTES,
    TermListService,
    read_list,
    written_list,
)
from bot.text.moderation import commands as text
from bot.text.moderation.moderation import term_added, term_removed, terms_imported
from bot.text.words import words_for
from bot.ui.client.channel_kinds import AnyPlace
from bot.ui.moderation.act_choices import act_of, acts_named
from bot.ui.moderation.moderation_log_panel import log_panel
from bot.ui.moderation.moderation_panel import (
    LIST_FILE,
    term_test_panel,
    terms_file_panel,
    terms_panel,
)
from bot.ui.moderation.review_messages import HeldPictures
from bot.ui.moderation.review_queue import ReviewQueue
from bot.ui.moderation.reviewers import reviewer_of
from bot.ui.parts.acknowledge import place_of
from bot.ui.parts.answers import answer, think_privately
from bot.ui.parts.panel import NO_MENTIONS
from cogs.moderation.group import moderation
from cogs.moderation.people import PeopleCommands

if TYPE_CHECKING:
    from bot.services.services import ModerationServices

DOWNLOAD_S = 20.0
MOST_SUGGESTIONS = 25  # Discord's limit

TypedTerm = app_commands.Range[str, 1, 202]
Filter = app_commands.Range[str, 1, 100]
Language = app_commands.Range[str, 2, 10]


class Moderation(PeopleCommands):
    """Blocked terms, the audit log, the queue of reviews, members and reports."""

    moderation = moderation
    terms = app_commands.Group(name="terms", description=text.TERMS, parent=moderation)

    def __init__(
        self,
        lists: TermListService,
        audit: AuditReader,
        queue: ReviewQueue,
        *,
        conduct: ConductService,
        cases: ReportCases,
    ) -> None:
        self._lists = lists
        self._audit = audit
        self._queue = queue
        self._conduct = conduct
        self._cases = cases

    @classmethod
    def of(cls, services: "ModerationServices") -> "Moderation":
        """The cog with the services it needs."""
        queue = ReviewQueue(services.reviews, HeldPictures(services.copies))
        return cls(
            services.terms,
            services.audit,
            queue,
            conduct=services.conduct,
            cases=services.cases,
        )

    @terms.command(description=text.TERMS_ADD)
    @app_commands.describe(term=text.TERMS_ADD_TERM, language=text.TERMS_LANGUAGE)
    async def add(
        self,
        interaction: discord.Interaction,
        term: TypedTerm,
        language: Language | None = None,
    ) -> None:
        """Block a term."""
        parsed = parse_term(term, language=language)
        place = place_of(interaction)
        await think_privately(interaction)
        is_new = await self._lists.add(parsed, place)
        await answer(interaction, term_added(parsed, words_for(place.locale), is_new=is_new))

    @terms.command(description=text.TERMS_REMOVE)
    @app_commands.describe(term=text.TERMS_REMOVE_TERM)
    async def remove(self, interaction: discord.Interaction, term: TypedTerm) -> None:
        """Unblock a term."""
        place = place_of(interaction)
        await think_privately(interaction)
        removed = await self._lists.remove(term, place)
        await answer(interaction, term_removed(removed, words_for(place.locale)))

    @remove.autocomplete("term")
    async def listed_terms(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """The terms that hold what was typed."""
        guild_id = place_of(interaction).guild_id
        found = self._lists.suggest(guild_id, typed, limit=MOST_SUGGESTIONS)
        return [app_commands.Choice(name=term[:100], value=term[:100]) for term in found]

    @terms.command(name="list", description=text.TERMS_LIST)
    async def show(self, interaction: discord.Interaction) -> None:
        """Show the list, from memory."""
        place = place_of(interaction)
        view = terms_panel(self._lists.all(place.guild_id), words_for(place.locale))
        await interaction.response.send_message(
            view=view, ephemeral=True, allowed_mentions=NO_MENTIONS
        )

    @terms.command(description=text.TERMS_TEST)
    @app_commands.describe(prompt=text.TERMS_TEST_TEXT)
    async def test(
        self,
        interaction: discord.Interaction,
        prompt: app_commands.Range[str, 1, BOT_PROMPT_LIMIT],
    ) -> None:
        """Say what of a prompt would be refused, from memory."""
        place = place_of(interaction)
        tested = self._lists.test(place.guild_id, prompt)
        view = term_test_panel(tested, words_for(place.locale))
        await interaction.response.send_message(
            view=view, ephemeral=True, allowed_mentions=NO_MENTIONS
        )

    @terms.command(name="import", description=text.TERMS_IMPORT)
    @app_commands.describe(file=text.TERMS_IMPORT_FILE, language=text.TERMS_LANGUAGE)
    async def read(
        self,
        interaction: discord.Interaction,
        file: discord.Attachment,
        language: Language | None = None,
    ) -> None:
        """Block all terms of a file, or none."""
        if file.size > FILE_LIMIT_BYTES:
            raise TermFileWrong(FILE_LIMIT_BYTES // 1_000)
        place = place_of(interaction)
        await think_privately(interaction)
        async with asyncio.timeout(DOWNLOAD_S):
            content = await file.read()
        added = await self._lists.add_all(await read_list(content, language=language), place)
        await answer(interaction, terms_imported(added, words_for(place.locale)))

    @terms.command(description=text.TERMS_EXPORT)
    async def export(self, interaction: discord.Interaction) -> None:
        """Hand out the list as a file."""
        place = place_of(interaction)
        content = written_list(self._lists.all(place.guild_id))
        await interaction.response.send_message(
            view=terms_file_panel(words_for(place.locale)),
            file=discord.File(io.BytesIO(content), LIST_FILE),
            ephemeral=True,
            allowed_mentions=NO_MENTIONS,
        )

    @moderation.command(name="queue", description=text.MODERATION_QUEUE)
    async def show_queue(self, interaction: discord.Interaction) -> None:
        """Show the picture that has waited for longest, and the way to the others."""
        await think_privately(interaction)
        await self._queue.open(interaction, reviewer_of(interaction))

    @moderation.command(name="log", description=text.MODERATION_LOG)
    @app_commands.describe(
        act=text.MODERATION_LOG_ACT,
        member=text.MODERATION_LOG_MEMBER,
        channel=text.MODERATION_LOG_CHANNEL,
        text=text.MODERATION_LOG_TEXT,
        days=text.MODERATION_LOG_DAYS,
    )
    @app_commands.autocomplete(act=acts_named)
    async def show_log(
        self,
        interaction: discord.Interaction,
        act: Filter | None = None,
        member: discord.User | None = None,
        channel: AnyPlace | None = None,
        text: Filter | None = None,
        days: app_commands.Range[int, 1, 3_650] | None = None,
    ) -> None:
        """Show what was done, by whom, to what, and why."""
        place = place_of(interaction)
        guild_id = place.server
        query = LogQuery(
            act=act_of(act),
            user_id=UserId(member.id) if member else None,
            channel_id=ChannelId(channel.id) if channel else None,
            text=text,
            since=None if days is None else self._audit.now() - timedelta(days=days),
        )
        await think_privately(interaction)
        page = await self._audit.open(guild_id, query, place)
        await interaction.edit_original_response(
            view=log_panel(page, words_for(place.locale)), allowed_mentions=NO_MENTIONS
        )
