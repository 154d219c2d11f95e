"""The buttons under a result. Each is served by a cog that registers itself for its kinds."""

from typing import TYPE_CHECKING

from cogs.results.asking_again import AskingAgain
from cogs.results.feedback import Feedback
from cogs.results.handling import Handling

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services


async def setup(client: "Gondola[Services]") -> None:
    """Add the cogs with the services they need."""
    results, actions = client.services.results, client.actions
    await client.add_cog(AskingAgain(actions, client.services.generation, results))
    await client.add_cog(Handling(actions, results))
    await client.add_cog(Feedback(actions, results))
