"""The remix form: what was asked for, to be changed and asked for anew."""

from collections.abc import Awaitable, Callable

import discord

from bot.domain.asking.prompt import BOT_PROMPT_LIMIT
from bot.domain.asking.redo import Remix
from bot.text.results.actions import remix_fields, remix_title, shape_example
from bot.text.words import Words
from bot.ui.parts.modals import BaseModal

_SHORT_LIMIT = 100

_Field = discord.ui.TextInput[discord.ui.Modal]

OnRemix = Callable[[discord.Interaction, Remix], Awaitable[None]]


class RemixModal(BaseModal):
    """Opens with what was asked for; hands over what the member made of it."""

    def __init__(self, remix: Remix, words: Words, *, on_remix: OnRemix) -> None:
        super().__init__(remix_title(words))
        self._on_remix = on_remix
        self._prompt = _long("prompt", remix.prompt, required=True)
        self._model = _short("model", remix.model)
        self._shape = _short("shape", remix.shape, example=shape_example(words))
        self._negative = _long("negative", remix.negative)
        self._style = _short("style", remix.style)
        labels = remix_fields(words)
        for field in (self._prompt, self._model, self._shape, self._negative, self._style):
            self.add_text(labels[field.custom_id], field)

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Hand over what was written."""
        remix = Remix(
            prompt=self._prompt.value,
            model=self._model.value,
            shape=self._shape.value,
            negative=self._negative.value,
            style=self._style.value,
        )
        await self._on_remix(interaction, remix)


def _long(name: str, text: str, *, required: bool = False) -> _Field:
    return discord.ui.TextInput(
        custom_id=name,
        style=discord.TextStyle.paragraph,
        default=text[:BOT_PROMPT_LIMIT] or None,
        required=required,
        max_length=BOT_PROMPT_LIMIT,
    )


def _short(name: str, text: str, *, example: str | None = None) -> _Field:
    return discord.ui.TextInput(
        custom_id=name,
        default=text[:_SHORT_LIMIT] or None,
        placeholder=example and example[:_SHORT_LIMIT],
        required=False,
        max_length=_SHORT_LIMIT,
    )
