"""`/moderation`: blocked terms, members, reports, and what moderators have done."""

from typing import TYPE_CHECKING

from cogs.moderation.buttons import ModerationButtons
from cogs.moderation.commands import Moderation

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services


async def setup(client: "Gondola[Services]") -> None:
    """Add the cogs with the services they need."""
    services = client.services.moderation
    await client.add_cog(Moderation.of(services))
    await client.add_cog(ModerationButtons(client.actions, services.conduct, services.cases))
