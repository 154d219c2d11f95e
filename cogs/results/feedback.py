"""Favourite and report: buttons by which members say what they think of a picture."""

from collections.abc import Mapping
from functools import partial

import discord

from bot.domain.gate.permissions import Action
from bot.domain.ids import ImageId
from bot.services.moderation.report_desk import ReportDesk
from bot.services.results.feedback import Reporting
from bot.services.services import ResultServices
from bot.text.results.actions import favourite_toggled, report_thanks
from bot.text.words import words_for
from bot.ui.moderation.report_modal import ReportModal
from bot.ui.parts.acknowledge import actor_of
from bot.ui.parts.actions import ActionRegistry, Handler
from bot.ui.parts.answers import answer, is_repeat, think_privately
from cogs.results.buttons import ButtonCog


class Feedback(ButtonCog):
    """Favourites are a member's own; reports are for the moderators."""

    def __init__(self, actions: ActionRegistry, results: ResultServices, desk: ReportDesk) -> None:
        super().__init__(actions)
        self._results = results
        self._desk = desk

    def handlers(self) -> Mapping[str, Handler]:
        """Which method serves which kind."""
        return {Action.FAVOURITE: self._favourite, Action.REPORT: self._report}

    async def _favourite(self, interaction: discord.Interaction, target: str) -> None:
        if await is_repeat(interaction, self._results.presses):
            return
        await think_privately(interaction)
        marked = await self._results.feedback.toggle_favourite(
            ImageId(target), actor_of(interaction)
        )
        words = words_for(interaction.locale.value)
        await answer(interaction, favourite_toggled(words, marked=marked))

    async def _report(self, interaction: discord.Interaction, target: str) -> None:
        image_id = ImageId(target)
        await self._results.feedback.check_reportable(image_id, actor_of(interaction))
        words = words_for(interaction.locale.value)
        form = ReportModal(words, on_report=partial(self._accept_report, image_id))
        await interaction.response.send_modal(form)

    async def _accept_report(
        self, image_id: ImageId, interaction: discord.Interaction, reason: str
    ) -> None:
        await think_privately(interaction)
        filed = await self._results.feedback.report(image_id, reporting(interaction), reason)
        words = words_for(interaction.locale.value)
        thanks = report_thanks(words, hidden=filed.hidden, limited=filed.limited)
        await answer(interaction, thanks)
        await self._desk.tell(filed)


def reporting(interaction: discord.Interaction) -> Reporting:
    """Who reports, as the interaction says."""
    user = interaction.user
    member_since = user.joined_at if isinstance(user, discord.Member) else None
    return Reporting(actor_of(interaction), user.created_at, member_since)
