"""Menus that survive a restart, as `bot.ui.parts.actions` does, and by the same handlers.

Their custom ids have a prefix of their own, so that no menu is taken for a button. What was chosen
is in the interaction.
"""

import re
from dataclasses import dataclass
from typing import Any, Self

import discord

from bot.ui.parts.actions import serve_press

_VERSION = "s1"
_TEMPLATE = re.compile(rf"{_VERSION}:(?P<kind>[a-z_]{{1,24}}):(?P<target>[A-Za-z0-9_-]{{1,64}})")

MOST_OPTIONS = 25
"""A menu has at most 25 options (Discord)."""

LONGEST_LABEL = 100


@dataclass(frozen=True, slots=True)
class MenuLook:
    """How a menu is shown, and how many of its options may be chosen."""

    placeholder: str
    options: tuple[discord.SelectOption, ...] = ()
    fewest: int = 1
    most: int = 1


class ActionSelect(discord.ui.DynamicItem[discord.ui.Select[Any]], template=_TEMPLATE):
    """A menu of any kind."""

    def __init__(self, kind: str, target: str, look: MenuLook) -> None:
        super().__init__(
            discord.ui.Select(
                custom_id=f"{_VERSION}:{kind}:{target}",
                placeholder=look.placeholder,
                options=list(look.options),
                min_values=look.fewest,
                max_values=look.most,
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
        """The menu that was used, from its custom id."""
        del interaction, item
        return cls(match["kind"], match["target"], MenuLook(match["kind"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Hand what was chosen to its handler."""
        await serve_press(interaction, self.kind, self.target)


def chosen_numbers(interaction: discord.Interaction) -> tuple[int, ...]:
    """What was chosen in a menu whose values are numbers."""
    data: dict[str, Any] = {**(interaction.data or {})}
    values = data.get("values")
    if not isinstance(values, list):
        return ()
    return tuple(int(value) for value in values if isinstance(value, str) and value.isdecimal())
