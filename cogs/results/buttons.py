"""The base of the cogs that serve buttons."""

from collections.abc import Mapping

from discord.ext import commands

from bot.ui.parts.actions import ActionRegistry, Handler


class ButtonCog(commands.Cog):
    """Serves kinds of buttons for as long as it is loaded."""

    def __init__(self, actions: ActionRegistry) -> None:
        self._actions = actions

    def handlers(self) -> Mapping[str, Handler]:
        """Which method serves which kind."""
        raise NotImplementedError

    async def cog_load(self) -> None:
        """Begin to serve."""
        for kind, handler in self.handlers().items():
            self._actions.register(kind, handler)

    async def cog_unload(self) -> None:
        """Cease to serve."""
        for kind in self.handlers():
            self._actions.unregister(kind)
