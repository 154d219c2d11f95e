"""Messages put up, changed and taken down, with the word of it sent to the gateway."""

from typing import TYPE_CHECKING

from tests.wire.changes import Changes
from tests.wire.discord.gateway import Gateway
from tests.wire.discord.gateway_session import Intent
from tests.wire.discord.json_types import JsonObject
from tests.wire.discord.messages import Message, MessageStore
from tests.wire.discord.payloads import member_json, message_json
from tests.wire.discord.places import Places

if TYPE_CHECKING:
    from collections.abc import Callable


class Publisher:
    """Keeps messages. Of ephemeral ones the gateway tells nobody but the one member."""

    def __init__(
        self, *, places: Places, messages: MessageStore, gateway: Gateway, changes: Changes
    ) -> None:
        self._places = places
        self._messages = messages
        self._gateway = gateway
        self._changes = changes
        self.watchers: list[Callable[[Message], None]] = []

    async def put(self, message: Message) -> None:
        """Put up a new message, or a newer state of one."""
        known = self._messages.find(message.id) is not None
        self._messages.put(message)
        for watcher in self.watchers:
            watcher(message)
        self._changes.announce()
        if not message.ephemeral:
            described = {**self._place(message), **message_json(message)}
            guild = self._places.guild_of(self._places.channel(message.channel_id))
            if guild is not None:
                described["member"] = member_json(guild.bot)
            await self._tell("MESSAGE_UPDATE" if known else "MESSAGE_CREATE", message, described)

    async def remove(self, message: Message) -> None:
        self._messages.remove(message.id)
        self._changes.announce()
        if not message.ephemeral:
            described = {**self._place(message), "id": str(message.id)}
            await self._tell("MESSAGE_DELETE", message, described)

    def _place(self, message: Message) -> JsonObject:
        channel = self._places.channel(message.channel_id)
        place: JsonObject = {"channel_id": str(channel.id)}
        return place if channel.guild_id is None else {**place, "guild_id": str(channel.guild_id)}

    async def _tell(self, event: str, message: Message, described: JsonObject) -> None:
        guild_id = self._places.channel(message.channel_id).guild_id
        intent = Intent.DIRECT_MESSAGES if guild_id is None else Intent.GUILD_MESSAGES
        await self._gateway.dispatch(event, described, guild_id=guild_id, intent=intent)
