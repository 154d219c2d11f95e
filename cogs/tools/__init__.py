"""Tools: pictures made of pictures, by command, by menu and by button."""

from typing import TYPE_CHECKING

from bot.ui.asking.asking import Asker
from bot.ui.asking.style_asking import StyleAsker
from bot.ui.tools.asking import ToolAsker
from bot.ui.tools.own_sources import OwnSources
from cogs.tools.buttons import ToolButtons
from cogs.tools.commands import ToolCommands
from cogs.tools.menus import ToolMenus
from cogs.tools.offers import OfferButtons

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services


async def setup(client: "Gondola[Services]") -> None:
    """Add the cogs with the services they need."""
    services, actions = client.services, client.actions
    own = OwnSources(services.tools, services.results.reader, services.inputs)
    asker = ToolAsker(services.tools, services.inputs, own, services.notices)
    styles = StyleAsker(services.proposer, services.inputs, Asker.of(services), asker)
    await client.add_cog(ToolCommands(asker))
    await client.add_cog(ToolButtons(actions, services, own, asker))
    offers = OfferButtons(actions, services, asker, styles)
    await client.add_cog(offers)
    await client.add_cog(ToolMenus(client.tree, actions, services, offers))
