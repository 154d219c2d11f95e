"""A small Discord on loopback: REST and gateway, for a bot that is pointed at it by settings.

async with LoopbackDiscord() as discord:
    ...  # start a bot with discord.api_url, discord.gateway_url and discord.token
    await discord.ready(timeout_s=10)
    ann, studio = discord.world.member("ann"), discord.world.channel("studio")
    interaction = await discord.slash(ann, studio, "imagine", {"prompt": "a red fox"})
    reply = await interaction.acknowledged(timeout_s=3)
    message = await interaction.message_where(lambda m: m.attachments, timeout_s=10)
    assert not discord.contract_violations
"""

from tests.wire.changes import NothingHappened
from tests.wire.discord.attachments import Attachment, Upload
from tests.wire.discord.commands import Choice
from tests.wire.discord.gateway_session import CloseCode
from tests.wire.discord.interactions import Acknowledgement, CallbackKind
from tests.wire.discord.messages import Message, MessageFlag
from tests.wire.discord.options import NotOffered, OptionValue
from tests.wire.discord.permissions import Permission
from tests.wire.discord.sent_interaction import SentInteraction
from tests.wire.discord.server import LoopbackDiscord
from tests.wire.discord.state import TimeLimits
from tests.wire.discord.world import (
    Channel,
    Guild,
    Member,
    Overwrite,
    Role,
    User,
    World,
    make_guild,
    make_world,
    with_channel,
)

__all__ = [
    "Acknowledgement",
    "Attachment",
    "CallbackKind",
    "Channel",
    "Choice",
    "CloseCode",
    "Guild",
    "LoopbackDiscord",
    "Member",
    "Message",
    "MessageFlag",
    "NotOffered",
    "NothingHappened",
    "OptionValue",
    "Overwrite",
    "Permission",
    "Role",
    "SentInteraction",
    "TimeLimits",
    "Upload",
    "User",
    "World",
    "make_guild",
    "make_world",
    "with_channel",
]
