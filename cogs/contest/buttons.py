"""The buttons of contests: entering a picture, leafing through the entries, voting."""

from collections.abc import Mapping

import discord

from bot.domain.contests.contest import ContestId, read_entry_target
from bot.domain.contests.errors import NoContest
from bot.domain.ids import ImageId, JobId
from bot.services.asking.presses import Presses
from bot.services.contests.contests import ContestService
from bot.text.contests.contests import entered
from bot.text.words import words_for
from bot.ui.contests.buttons import CONTEST_ENTER, CONTEST_PICK, entry_picker
from bot.ui.contests.gallery import (
    CONTEST_BACK,
    CONTEST_ONWARDS,
    CONTEST_VOTE,
    entry_files,
    gallery_panel,
)
from bot.ui.contests.panel import CONTEST_LOOK
from bot.ui.parts.acknowledge import acknowledge, actor_of
from bot.ui.parts.actions import ActionRegistry, Handler
from bot.ui.parts.answers import answer, is_repeat, think_privately
from bot.ui.parts.panel import NO_MENTIONS
from cogs.results.buttons import ButtonCog
from cogs.results.voting import voter_of


class ContestButtons(ButtonCog):
    """Each press is checked anew: the contest may be in another phase by now."""

    def __init__(self, actions: ActionRegistry, contests: ContestService, presses: Presses) -> None:
        super().__init__(actions)
        self._contests = contests
        self._presses = presses

    def handlers(self) -> Mapping[str, Handler]:
        """Which method serves which kind."""
        return {
            CONTEST_PICK: self._pick,
            CONTEST_ENTER: self._enter,
            CONTEST_LOOK: self._look,
            CONTEST_BACK: self._turn,
            CONTEST_ONWARDS: self._turn,
            CONTEST_VOTE: self._vote,
        }

    async def _pick(self, interaction: discord.Interaction, target: str) -> None:
        await think_privately(interaction)
        actor = actor_of(interaction)
        job = await self._contests.entries.choices(JobId(target), actor.user_id)
        view = entry_picker(job, words_for(interaction.locale.value))
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)

    async def _enter(self, interaction: discord.Interaction, target: str) -> None:
        if await is_repeat(interaction, self._presses):
            return
        await think_privately(interaction)
        taken = await self._contests.entries.enter(ImageId(target), actor_of(interaction).user_id)
        await answer(interaction, entered(taken.left, words_for(interaction.locale.value)))

    async def _look(self, interaction: discord.Interaction, target: str) -> None:
        await think_privately(interaction)
        contest_id, number = _read(target)
        await self._show(interaction, contest_id, number)

    async def _turn(self, interaction: discord.Interaction, target: str) -> None:
        await acknowledge(interaction)
        contest_id, number = _read(target)
        await self._show(interaction, contest_id, number)

    async def _vote(self, interaction: discord.Interaction, target: str) -> None:
        if await is_repeat(interaction, self._presses):
            return
        await acknowledge(interaction)
        contest_id, number = _read(target)
        page = await self._contests.voting.toggle(contest_id, number, voter_of(interaction))
        await self._show(interaction, contest_id, page)

    async def _show(
        self, interaction: discord.Interaction, contest_id: ContestId, number: int
    ) -> None:
        page = await self._contests.voting.page(contest_id, number, voter_of(interaction))
        words = words_for(interaction.locale.value)
        async with entry_files(page, words) as files:
            await interaction.edit_original_response(
                view=gallery_panel(page, words), attachments=files, allowed_mentions=NO_MENTIONS
            )


def _read(target: str) -> tuple[ContestId, int]:
    read = read_entry_target(target)
    if read is None:
        raise NoContest
    return read
