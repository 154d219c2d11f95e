"""The server of the soak, with a channel for each thing that members do beside painting."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from tests.wire.crash.records import Records
from tests.wire.crowd import crowd_of, crowded_guild
from tests.wire.discord import (
    Channel,
    Guild,
    LoopbackDiscord,
    Member,
    Message,
    SentInteraction,
)
from tests.wire.discord.ids import ChannelId

MEMBERS = 6
WAIT_S = 60.0
"""For an answer that something else depends on; the bot may be busy, or about to be killed."""

_FIRST_CHANNEL = 30
_PRESSABLE = re.compile(r"g1:(?P<kind>[a-z_]+):(?P<target>.+)")


class Place(StrEnum):
    """The channels by what is done there."""

    STUDIO = "studio"
    REVIEWED = "reviewed"
    DESK = "desk"
    STARBOARD = "starboard"
    ARENA = "arena"
    SALON = "salon"
    STAGE = "stage"


SHOWN_AGAIN = frozenset({Place.DESK, Place.STARBOARD, Place.SALON, Place.STAGE})
"""Where pictures stand a second time, or before their members see them."""


@dataclass(frozen=True, slots=True)
class Pressable:
    """A button by what it does, and to what."""

    kind: str
    target: str
    custom_id: str
    style: int


@dataclass(frozen=True, slots=True)
class Town:
    """Where members act, and where it is read what came of it."""

    discord: LoopbackDiscord
    records: Records

    @property
    def members(self) -> tuple[Member, ...]:
        """Those who ask and vote."""
        return crowd_of(self.discord.world.guild)

    @property
    def moderators(self) -> tuple[Member, ...]:
        """Those who manage the server."""
        return (self.discord.world.member("max"), self.discord.world.member("opal"))

    def channel(self, place: Place) -> Channel:
        """A channel."""
        return self.discord.world.channel(place)

    def messages(self, *places: Place) -> Iterator[Message]:
        """What stands in channels."""
        for place in places:
            yield from self.discord.messages(self.channel(place))

    async def said(
        self, member: Member, place: Place, command: str, options: dict[str, str | int | bool]
    ) -> str:
        """Send a command, and give what the member is told."""
        sent = await self.discord.slash(member, self.channel(place), command, options)
        await sent.message_where(lambda each: not each.loading and each.texts, timeout_s=WAIT_S)
        return told(sent)


def make_town() -> Guild:
    """The usual server with more members, and these channels."""
    guild = crowded_guild(MEMBERS)
    own = tuple(
        Channel(
            id=ChannelId(guild.id + _FIRST_CHANNEL + number), guild_id=guild.id, name=place.value
        )
        for number, place in enumerate(Place)
        if place is not Place.STUDIO
    )
    return replace(guild, channels=(*guild.channels, *own))


def told(interaction: SentInteraction) -> str:
    """What a member was told; nothing while the bot thinks, which it does for ever once killed."""
    return "\n".join(
        text for each in interaction.messages if not each.loading for text in each.texts
    )


def pressables(message: Message, kinds: Collection[str]) -> list[Pressable]:
    """The buttons of these kinds that can be pressed."""
    found = []
    for button in message.buttons:
        read = _PRESSABLE.fullmatch(button.custom_id or "")
        if read is not None and read["kind"] in kinds and not button.disabled:
            found.append(
                Pressable(read["kind"], read["target"], button.custom_id or "", button.style)
            )
    return found
