"""Plans: requests that passed every rule that can be asked from memory, with their prices."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.domain.asking.any_recipe import AnyRecipe, AnyRequest
from bot.domain.asking.request import ImageRequest, Recipe
from bot.domain.errors import NoServerHere
from bot.domain.gate.policy import Requester
from bot.domain.ids import ChannelId, GuildId, ImageId, UserId
from bot.domain.money import UsdMicros
from bot.domain.quotas.spender import NO_STANDING, MemberStanding, Spender
from bot.domain.tools.recipes import ToolRecipe
from bot.domain.tools.request import ToolRequest
from bot.domain.voting.taking_part import Participant
from bot.services.quotas.treasury import Order


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Who asks, where, and in which language; in a thread, also the channel it hangs on.

    Where a member has brought the bot along to a server that has not installed it, that server is
    `visited_guild_id` and `guild_id` is None: the operator decides whether it may be used there,
    and all else is as in direct messages, in particular the accounts that pay. `manages_messages`
    is whether Discord lets them do so here, which makes them a moderator; so is `manages_server`
    of Manage Server.
    """

    user_id: UserId
    guild_id: GuildId | None
    channel_id: ChannelId
    locale: str
    visited_guild_id: GuildId | None = None
    parent_channel_id: ChannelId | None = None
    standing: MemberStanding = NO_STANDING
    manages_messages: bool = False
    manages_server: bool = False

    @property
    def server(self) -> GuildId:
        """The server, for what there is only in one.

        Raises:
            NoServerHere: in direct messages.
        """
        if self.guild_id is None:
            raise NoServerHere
        return self.guild_id

    @property
    def participant(self) -> Participant:
        """Who asks, as the rules of taking part see them."""
        return Participant(roles=self.standing.roles, manages_server=self.manages_server)

    @property
    def requester(self) -> Requester:
        """Who the gate is asked about."""
        return Requester(self.user_id, self.guild_id or self.visited_guild_id)

    @property
    def spender(self) -> Spender:
        """Who asks, as limits see them."""
        channels = (self.channel_id, self.parent_channel_id)
        return Spender(
            user_id=self.user_id,
            guild_id=self.guild_id,
            channels=tuple(channel for channel in channels if channel is not None),
            standing=self.standing,
        )


RequestT_co = TypeVar("RequestT_co", bound=AnyRequest, covariant=True)
RecipeT_co = TypeVar("RecipeT_co", bound=AnyRecipe, covariant=True)


# Without slots: a frozen generic class with slots cannot be called by its alias.
@dataclass(frozen=True)
class Planned(Generic[RequestT_co, RecipeT_co]):
    """A request that passed every rule that can be asked from memory, with its price.

    The price is that of each image, with the most that its extras may cost. `parent` is the
    image under which a button was pressed to ask for it, or of which it is made.
    """

    request: RequestT_co
    recipe: RecipeT_co
    place: Place
    price_usd_micros: UsdMicros | None
    parent: ImageId | None = None

    @property
    def images(self) -> int:
        """How many images it makes."""
        return self.request.images if isinstance(self.request, ImageRequest) else 1

    @property
    def order(self) -> Order:
        """What is bought."""
        return Order(
            spender=self.place.spender,
            model=self.recipe.model,
            images=self.images,
            price_usd_micros=self.price_usd_micros,
            paints=isinstance(self.request, ImageRequest),
        )


Plan = Planned[ImageRequest, Recipe]
"""The plan of a painting."""

ToolPlan = Planned[ToolRequest, ToolRecipe]
"""The plan of a tool's work."""

AnyPlan = Plan | ToolPlan


def total_price(plans: Iterable[AnyPlan]) -> UsdMicros | None:
    """What all images of some plans cost at most; None where nobody can tell."""
    total = 0
    for plan in plans:
        if plan.price_usd_micros is None:
            return None
        total += plan.price_usd_micros * plan.images
    return UsdMicros(total)


def image_count(plans: Iterable[AnyPlan]) -> int:
    """How many images some plans make."""
    return sum(plan.images for plan in plans)
