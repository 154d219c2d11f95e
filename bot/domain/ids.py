"""The names by which things are known, so that one kind of id is never passed for another."""

from typing import NewType

JobId = NewType("JobId", str)
"""One request of a member, of one to four images."""

ImageId = NewType("ImageId", str)
"""One image of a job."""

ModelId = NewType("ModelId", str)
"""A model of the image API, as the API spells it."""

AccountKey = NewType("AccountKey", str)
"""A pseudonymous key in the ledger; it does not tell who the member is."""

UserId = NewType("UserId", int)
GuildId = NewType("GuildId", int)
ChannelId = NewType("ChannelId", int)
MessageId = NewType("MessageId", int)
RoleId = NewType("RoleId", int)

GrantId = NewType("GrantId", str)
"""A one-off extra of images or dollars."""

BattleId = NewType("BattleId", str)
"""A battle of two styles: the id of the interaction that asked for it."""
