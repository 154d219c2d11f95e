"""The form with a prompt in it: what a member sends by it is a wish like any other."""

from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.domain.asking.prompt import BOT_PROMPT_LIMIT
from bot.text.asking.models import modal_title, prompt_label
from bot.text.words import Words
from bot.ui.parts.modals import BaseModal

OnPrompt = Callable[[discord.Interaction, str], Awaitable[None]]


class PromptModal(BaseModal):
    """A title, a prompt, and what happens when it is sent."""

    def __init__(self, title: str, on_prompt: OnPrompt, words: Words, *, prompt: str = "") -> None:
        super().__init__(modal_title(title))
        self._on_prompt = on_prompt
        self._prompt: discord.ui.TextInput[Any] = discord.ui.TextInput(
            style=discord.TextStyle.paragraph, default=prompt or None, max_length=BOT_PROMPT_LIMIT
        )
        self.add_text(prompt_label(words), self._prompt)

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Hand the prompt on."""
        await self._on_prompt(interaction, self._prompt.value)
