"""Messages as the server keeps them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, IntFlag

from tests.wire.discord import components as component_reading
from tests.wire.discord.attachments import Attachment
from tests.wire.discord.components import Button
from tests.wire.discord.ids import ChannelId, InteractionId, MessageId
from tests.wire.discord.json_types import JsonObject
from tests.wire.discord.world import User


class MessageFlag(IntFlag):
    NONE = 0
    SUPPRESS_EMBEDS = 1 << 2
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    COMPONENTS_V2 = 1 << 15


class InteractionKind(IntEnum):
    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The interaction that a message answers."""

    interaction_id: InteractionId
    kind: InteractionKind
    user: User
    source_message_id: MessageId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message as it stood at one moment; an edit puts another in its place."""

    id: MessageId
    channel_id: ChannelId
    author: User
    created_at: datetime
    edited_at: datetime | None = None
    content: str = ""
    flags: MessageFlag = MessageFlag.NONE
    components: tuple[JsonObject, ...] = ()
    embeds: tuple[JsonObject, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    nonce: str | int | None = None
    origin: Origin | None = None

    @property
    def ephemeral(self) -> bool:
        return MessageFlag.EPHEMERAL in self.flags

    @property
    def loading(self) -> bool:
        """Whether it is still the "thinking" of a deferred answer."""
        return MessageFlag.LOADING in self.flags

    @property
    def is_v2(self) -> bool:
        return MessageFlag.COMPONENTS_V2 in self.flags

    @property
    def buttons(self) -> tuple[Button, ...]:
        return component_reading.buttons(self.components)

    @property
    def texts(self) -> tuple[str, ...]:
        """The text displays of a Components V2 message, from top to bottom."""
        return component_reading.texts(self.components)


class MessageStore:
    """Every message that is there now."""

    def __init__(self) -> None:
        self._by_id: dict[MessageId, Message] = {}

    def put(self, message: Message) -> None:
        self._by_id[message.id] = message

    def remove(self, message_id: MessageId) -> None:
        del self._by_id[message_id]

    def find(self, message_id: MessageId) -> Message | None:
        return self._by_id.get(message_id)

    def in_channel(self, channel_id: ChannelId) -> Iterator[Message]:
        """The channel's messages, oldest first, ephemeral ones too."""
        return (each for each in self._by_id.values() if each.channel_id == channel_id)
