"""Discord's ids, each kind a type of its own so that one is never passed for another."""

from typing import NewType

ApplicationId = NewType("ApplicationId", int)
AttachmentId = NewType("AttachmentId", int)
ChannelId = NewType("ChannelId", int)
CommandId = NewType("CommandId", int)
GuildId = NewType("GuildId", int)
InteractionId = NewType("InteractionId", int)
MessageId = NewType("MessageId", int)
RoleId = NewType("RoleId", int)
UserId = NewType("UserId", int)
