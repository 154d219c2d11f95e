"""The buttons by which moderators withdraw strikes and decide on reports."""

from collections.abc import Mapping
from functools import partial

import discord

from bot.domain.ids import ImageId
from bot.domain.moderation.errors import ModeratorNeeded, ModeratorPermission
from bot.domain.moderation.report_case import Verdict
from bot.services.conduct.conduct import ConductService
from bot.services.moderation.report_cases import Decided, ReportCases
from bot.text.words import words_for
from bot.ui.moderation.case_buttons import LIST, POST, verdict_kind
from bot.ui.moderation.cases_panel import cases_panel, decided_panel
from bot.ui.moderation.people_panel import WITHDRAW_STRIKE, record_panel
from bot.ui.moderation.ranks import judgement_on
from bot.ui.parts.acknowledge import acknowledge, place_of
from bot.ui.parts.actions import ActionRegistry, Handler
from bot.ui.parts.panel import NO_MENTIONS
from cogs.results.buttons import ButtonCog


class ModerationButtons(ButtonCog):
    """What is allowed is asked anew at every press."""

    def __init__(
        self, actions: ActionRegistry, conduct: ConductService, cases: ReportCases
    ) -> None:
        super().__init__(actions)
        self._conduct = conduct
        self._cases = cases

    def handlers(self) -> Mapping[str, Handler]:
        """Which method serves which kind."""
        handlers: dict[str, Handler] = {WITHDRAW_STRIKE: self._withdraw}
        for verdict in Verdict:
            handlers[verdict_kind(verdict, POST)] = partial(self._decide_in_post, verdict)
            handlers[verdict_kind(verdict, LIST)] = partial(self._decide_in_list, verdict)
        return handlers

    async def _withdraw(self, interaction: discord.Interaction, target: str) -> None:
        if not interaction.permissions.moderate_members:
            raise ModeratorNeeded(ModeratorPermission.TIMEOUT_MEMBERS)
        await acknowledge(interaction)
        place = place_of(interaction)
        user_id = await self._conduct.struck_by(target, place.guild_id)
        judgement = await judgement_on(interaction, user_id)
        record = await self._conduct.withdraw(target, judgement)
        await interaction.edit_original_response(
            view=record_panel(record, words_for(place.locale)), allowed_mentions=NO_MENTIONS
        )

    async def _decide_in_post(
        self, verdict: Verdict, interaction: discord.Interaction, target: str
    ) -> None:
        await acknowledge(interaction)
        decided = await self._decide(verdict, interaction, target)
        view = decided_panel(_texts_of(interaction), decided, words_for(_locale_of(interaction)))
        await interaction.edit_original_response(
            view=view, attachments=[], allowed_mentions=NO_MENTIONS
        )

    async def _decide_in_list(
        self, verdict: Verdict, interaction: discord.Interaction, target: str
    ) -> None:
        await acknowledge(interaction)
        await self._decide(verdict, interaction, target)
        place = place_of(interaction)
        cases = await self._cases.open_cases(place.guild_id)
        await interaction.edit_original_response(
            view=cases_panel(cases, words_for(place.locale)), allowed_mentions=NO_MENTIONS
        )

    async def _decide(
        self, verdict: Verdict, interaction: discord.Interaction, target: str
    ) -> Decided:
        image_id = ImageId(target)
        may_moderate = interaction.permissions.moderate_members
        if not may_moderate:
            raise ModeratorNeeded(ModeratorPermission.TIMEOUT_MEMBERS)
        author = await self._cases.author_of(image_id, place_of(interaction).guild_id)
        judgement = await judgement_on(interaction, author)
        return await self._cases.rule_on(image_id, verdict, judgement)


def _texts_of(interaction: discord.Interaction) -> list[str]:
    """What the post says, its buttons and its picture left out."""
    if interaction.message is None:
        return []
    view = discord.ui.LayoutView.from_message(interaction.message)
    view.stop()
    return [
        item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay)
    ]


def _locale_of(interaction: discord.Interaction) -> str:
    """The post is for all moderators, in the server's language."""
    locale = interaction.guild_locale or interaction.locale
    return locale.value
