"""The form with what is to be done with a picture, and by which model."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import discord

from bot.domain.asking.prompt import BOT_PROMPT_LIMIT
from bot.services.asking.suggestions import Suggestion
from bot.text.tools import questions as text
from bot.text.words import Words
from bot.ui.asking.choices import choice_label
from bot.ui.parts.modals import BaseModal

OnEdit = Callable[[discord.Interaction, str, str | None], Awaitable[None]]
"""Called with the prompt, and with the model where one is chosen."""

_PLACEHOLDER_LENGTH = 100


class EditModal(BaseModal):
    """A prompt, and the models with their prices."""

    def __init__(
        self, words: Words, models: Sequence[Suggestion], usual: Suggestion, on_edit: OnEdit
    ) -> None:
        super().__init__(text.edit_title(words))
        self._on_edit = on_edit
        self._prompt: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="prompt",
            style=discord.TextStyle.paragraph,
            placeholder=text.edit_prompt_example(words),
            max_length=BOT_PROMPT_LIMIT,
        )
        self._model: discord.ui.Select[Any] = discord.ui.Select(
            custom_id="model",
            required=False,
            placeholder=text.usual_model(choice_label(usual, words), words)[:_PLACEHOLDER_LENGTH],
            options=[
                discord.SelectOption(label=choice_label(model, words), value=model.value)
                for model in models
            ],
        )
        self.add_field(text.edit_prompt_label(words), self._prompt)
        self.add_field(text.model_label(words), self._model)

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Hand over what was written and chosen."""
        chosen = next(iter(self._model.values), None)
        await self._on_edit(interaction, self._prompt.value, chosen)
