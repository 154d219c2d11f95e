"""The form with a prompt in it: what a member sends by it is a wish like any other."""

from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.domain.prompt import BOT_PROMPT_LIMIT
from bot.text.models import modal_title, prompt_label
from bot.text.words import Words
from bot.ui.presenter import present_error

TIMEOUT_S = 1_800.0
"""discord.py keeps a form in memory for as long as it may be sent."""

OnPrompt = Callable[[discord.Interaction, str], Awaitable[None]]


class PromptModal(discord.ui.Modal):
    """A title, a prompt, and what happens when it is sent."""

    def __init__(self, title: str, on_prompt: OnPrompt, words: Words, *, prompt: str = "") -> None:
        super().__init__(title=modal_title(title), timeout=TIMEOUT_S)
        self._on_prompt = on_prompt
        self._prompt: discord.ui.TextInput[Any] = discord.ui.TextInput(
            style=discord.TextStyle.paragraph, default=prompt or None, max_length=BOT_PROMPT_LIMIT
        )
        self.add_item(discord.ui.Label(text=prompt_label(words), component=self._prompt))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Hand the prompt on."""
        await self._on_prompt(interaction, self._prompt.value)

    async def on_error(  # type: ignore[override]  # a form's errors come without an item
        self, interaction: discord.Interaction, error: Exception, /
    ) -> None:
        """Show an error like that of any command."""
        await present_error(interaction, error)
