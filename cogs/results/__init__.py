"""The buttons under a result. Each is served by a cog that registers itself for its kinds."""

from typing import TYPE_CHECKING

from bot.ui.asking.asking import Asker
from cogs.results.asking_again import AskingAgain
from cogs.results.feedback import Feedback
from cogs.results.handling import Handling
from cogs.results.voting import Voting

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services


async def setup(client: "Gondola[Services]") -> None:
    """Add the cogs with the services they need."""
    results, actions = client.services.results, client.actions
    asker = Asker.of(client.services)
    await client.add_cog(AskingAgain(actions, client.services.generation, results, asker))
    await client.add_cog(Handling(actions, results))
    await client.add_cog(Feedback(actions, results, client.services.report_desk))
    await client.add_cog(Voting(actions, client.services.community.votes, results.presses))
