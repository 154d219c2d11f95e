"""The one kind of button that survives a restart: its custom id says what it does and to what.

A custom id is `g1:<kind>:<target>`: a version, a kind and the id of an image or a job. State is
in the database. Cogs register a handler for each kind; there is one DynamicItem for all.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

import discord

from bot.text.words import words_for
from bot.ui.parts.panel import NO_MENTIONS, panel
from bot.ui.parts.style import ICON_NOTE, LANTERN

VERSION = "g1"
_TEMPLATE = re.compile(rf"{VERSION}:(?P<kind>[a-z_]{{1,24}}):(?P<target>[A-Za-z0-9_-]{{1,64}})")

Handler = Callable[[discord.Interaction, str], Awaitable[None]]
Presenter = Callable[[discord.Interaction, Exception], Awaitable[None]]


class ActionRegistry:
    """Which handler serves which kind of button, and who tells what goes wrong there."""

    def __init__(self, present: Presenter) -> None:
        self.present = present
        self._handlers: dict[str, Handler] = {}

    def register(self, kind: str, handler: Handler) -> None:
        """Let a handler serve a kind; it is called with the interaction and the target.

        Raises:
            ValueError: if the kind is served already.
        """
        if kind in self._handlers:
            raise ValueError(f"{kind} has a handler")
        self._handlers[kind] = handler

    def unregister(self, kind: str) -> None:
        """Let nobody serve a kind."""
        self._handlers.pop(kind, None)

    def handler_of(self, kind: str) -> Handler | None:
        """Who serves a kind; None for buttons of an older or newer version of the bot."""
        return self._handlers.get(kind)


@dataclass(frozen=True, slots=True)
class ButtonLook:
    """How a button is shown."""

    label: str | None = None
    emoji: str | None = None
    style: discord.ButtonStyle = discord.ButtonStyle.secondary
    disabled: bool = False


class ActionButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=_TEMPLATE):
    """A button of any kind."""

    def __init__(self, kind: str, target: str, look: ButtonLook = ButtonLook()) -> None:
        super().__init__(
            discord.ui.Button(
                label=look.label,
                emoji=None if look.emoji is None else _parsed(look.emoji),
                style=look.style,
                disabled=look.disabled,
                custom_id=f"{VERSION}:{kind}:{target}",
            )
        )
        self.kind = kind
        self.target = target

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction,
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """The button that was pressed, from its custom id."""
        del interaction, item
        return cls(match["kind"], match["target"])

    async def callback(self, interaction: discord.Interaction) -> None:
        """Hand the press to its handler."""
        await serve_press(interaction, self.kind, self.target)


@cache
def _parsed(emoji: str) -> discord.PartialEmoji:
    """One of the few emojis of the bot's style, which discord.py would read anew at each button."""
    return discord.PartialEmoji.from_str(emoji)


async def serve_press(interaction: discord.Interaction, kind: str, target: str) -> None:
    """Hand a press to the handler of its kind; discord.py would only log what goes wrong here."""
    registry = getattr(interaction.client, "actions", None)
    if not isinstance(registry, ActionRegistry):
        await _say_outdated(interaction)
        return
    handler = registry.handler_of(kind)
    if handler is None:
        await _say_outdated(interaction)
        return
    try:
        await handler(interaction, target)
    except Exception as error:  # noqa: BLE001 - the presenter logs what nobody expected
        await registry.present(interaction, error)


async def _say_outdated(interaction: discord.Interaction) -> None:
    words = words_for(interaction.locale.value)
    sentence = words("This button is from another version of the bot and does nothing any more.")
    await interaction.response.send_message(
        view=panel(f"{ICON_NOTE} {sentence}", colour=LANTERN),
        ephemeral=True,
        allowed_mentions=NO_MENTIONS,
    )
