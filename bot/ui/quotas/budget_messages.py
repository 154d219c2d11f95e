"""Messages to those who manage a server, about its budget."""

import discord

from bot.domain.ids import GuildId
from bot.domain.quotas.budget_alert import BudgetAlert
from bot.text.quotas.budgets import budget_warning
from bot.text.words import Words
from bot.ui.client.connection import Connection
from bot.ui.client.server_managers import ServerManagers
from bot.ui.parts.panel import remark
from bot.ui.parts.style import ICON_QUOTA, LANTERN


class BudgetMessages:
    """Reaches a server's managers as far as it can; the log has every alert anyway."""

    def __init__(self, connection: Connection) -> None:
        self._managers = ServerManagers(connection)

    async def tell_managers(self, guild_id: GuildId, alert: BudgetAlert) -> None:
        """Send a message; a failure to do so is logged and goes no further."""

        def draw(words: Words) -> discord.ui.LayoutView:
            return remark(ICON_QUOTA, budget_warning(alert, words), colour=LANTERN)

        await self._managers.tell(guild_id, draw)
