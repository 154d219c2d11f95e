"""Rounds of styles: `/style round`, and the buttons of its messages."""

from typing import TYPE_CHECKING

from cogs.rounds.buttons import RoundButtons
from cogs.rounds.commands import RoundCommands
from cogs.style import add_to_style

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services


async def setup(client: "Gondola[Services]") -> None:
    """Add the subcommands to `/style`, which is there already, and serve the buttons."""
    services = client.services
    rounds = services.community.rounds
    add_to_style(
        client,
        RoundCommands(rounds, services.community.own_pictures, services.proposer, services.charts),
    )
    await client.add_cog(
        RoundButtons(
            client.actions,
            rounds,
            proposer=services.proposer,
            generation=services.generation,
            studio=services.charts,
            presses=services.results.presses,
        )
    )
