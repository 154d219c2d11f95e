"""The base of every form: it ends by itself, and what goes wrong in it is shown like elsewhere."""

import discord

from bot.ui.parts.presenter import present_error

TIMEOUT_S = 15 * 60.0
"""How long a member may write."""

_LONGEST_TITLE = 45
"""Characters of a title, and of a field's label (Discord)."""


class BaseModal(discord.ui.Modal):
    """A form."""

    def __init__(self, title: str) -> None:
        super().__init__(title=title[:_LONGEST_TITLE], timeout=TIMEOUT_S)

    def add_text(self, label: str, field: discord.ui.TextInput[discord.ui.Modal]) -> None:
        """Add a text field under its label."""
        self.add_field(label, field)

    def add_field(self, label: str, field: discord.ui.Item[discord.ui.Modal]) -> None:
        """Add a field of any kind under its label."""
        self.add_item(discord.ui.Label(text=label[:_LONGEST_TITLE], component=field))

    async def on_error(  # type: ignore[override] # discord.py's own Modal takes no item here either
        self, interaction: discord.Interaction, error: Exception, /
    ) -> None:
        """Show an error; discord.py would only log it."""
        await present_error(interaction, error)
