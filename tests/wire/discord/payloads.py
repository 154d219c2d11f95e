"""The world's values as Discord's JSON."""

from collections.abc import Iterable

from tests.wire.discord.attachments import Attachment
from tests.wire.discord.ids import ChannelId
from tests.wire.discord.json_types import JsonObject, JsonValue
from tests.wire.discord.messages import InteractionKind, Message, Origin
from tests.wire.discord.permissions import Permission
from tests.wire.discord.world import Channel, ChannelKind, Guild, Member, Role, User, World

_JOINED_AT = "2026-01-01T00:00:00+00:00"


def user_json(user: User) -> JsonObject:
    return {
        "id": str(user.id),
        "username": user.username,
        "global_name": user.username.title(),
        "discriminator": "0",
        "avatar": None,
        "bot": user.is_bot,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }


def own_user_json(user: User) -> JsonObject:
    """The bot itself, as only it is told."""
    return {**user_json(user), "mfa_enabled": True, "locale": user.locale, "verified": True}


def member_json(member: Member, permissions: Permission | None = None) -> JsonObject:
    """A member; interactions alone carry the permissions in their channel."""
    described: JsonObject = {
        "user": user_json(member.user),
        "roles": [str(role_id) for role_id in member.role_ids],
        "nick": None,
        "avatar": None,
        "joined_at": _JOINED_AT,
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }
    if permissions is not None:
        described["permissions"] = str(int(permissions))
    return described


def role_json(role: Role, position: int) -> JsonObject:
    return {
        "id": str(role.id),
        "name": role.name,
        "permissions": str(int(role.permissions)),
        "position": position,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def channel_json(channel: Channel, guild: Guild | None = None, *, position: int = 0) -> JsonObject:
    """A channel; `guild` is its server, none for a direct channel."""
    described: JsonObject = {
        "id": str(channel.id),
        "type": int(channel.kind),
        "flags": 0,
        "last_message_id": None,
    }
    if channel.kind is ChannelKind.DIRECT:
        recipients = [channel.recipient] if channel.recipient else []
        return {**described, "recipients": array(map(user_json, recipients))}
    roles = {role.id for role in guild.roles} if guild else set()
    return {
        **described,
        "guild_id": str(channel.guild_id),
        "name": channel.name,
        "position": position,
        "parent_id": None,
        "topic": None,
        "nsfw": channel.nsfw,
        "rate_limit_per_user": 0,
        "permission_overwrites": [
            {
                "id": str(overwrite.target_id),
                "type": 0 if overwrite.target_id in roles else 1,
                "allow": str(int(overwrite.allow)),
                "deny": str(int(overwrite.deny)),
            }
            for overwrite in channel.overwrites
        ],
    }


def guild_json(guild: Guild) -> JsonObject:
    """A server as GUILD_CREATE tells of it; of its members, as without intent, only the bot."""
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "owner_id": str(guild.owner_id),
        "preferred_locale": guild.locale,
        "features": [],
        "roles": array(role_json(role, number) for number, role in enumerate(guild.roles)),
        "channels": array(
            channel_json(channel, guild, position=number)
            for number, channel in enumerate(guild.channels)
        ),
        "members": [member_json(guild.bot)],
        "member_count": len(guild.members) + 1,
        "joined_at": _JOINED_AT,
        "large": False,
        "unavailable": False,
        "emojis": [],
        "stickers": [],
        "threads": [],
        "voice_states": [],
        "presences": [],
        "premium_tier": 0,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "system_channel_id": None,
        "system_channel_flags": 0,
    }


def attachment_json(attachment: Attachment, *, ephemeral: bool = False) -> JsonObject:
    described: JsonObject = {
        "id": str(attachment.id),
        "filename": attachment.filename,
        "size": len(attachment.data),
        "url": attachment.url,
        "proxy_url": attachment.url,
        "content_type": attachment.content_type,
        "width": attachment.width,
        "height": attachment.height,
        "description": attachment.description,
        "ephemeral": ephemeral,
    }
    return {key: value for key, value in described.items() if value is not None}


def message_json(message: Message) -> JsonObject:
    described: JsonObject = {
        "id": str(message.id),
        "type": _message_type(message.origin),
        "channel_id": str(message.channel_id),
        "author": user_json(message.author),
        "content": message.content,
        "flags": int(message.flags),
        "components": array(message.components),
        "embeds": array({"type": "rich", **embed} for embed in message.embeds),
        "attachments": array(
            attachment_json(each, ephemeral=message.ephemeral) for each in message.attachments
        ),
        "timestamp": message.created_at.isoformat(),
        "edited_timestamp": message.edited_at.isoformat() if message.edited_at else None,
        "mentions": [],
        "mention_roles": [],
        "mention_everyone": False,
        "pinned": False,
        "tts": False,
        "application_id": str(message.author.id),
    }
    if message.nonce is not None:
        described["nonce"] = message.nonce
    if message.origin is not None:
        described["webhook_id"] = str(message.author.id)
        described["interaction_metadata"] = _origin_json(message.origin)
    return described


def application_json(world: World) -> JsonObject:
    return {
        "id": str(world.application_id),
        "name": world.application_name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": user_json(world.bot),
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": user_json(world.operator),
        "approximate_guild_count": len(world.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
    }


def own_guild_json(guild: Guild) -> JsonObject:
    """A server as the list of the bot's own has it: its permissions there by its roles alone."""
    nowhere = Channel(id=ChannelId(guild.id), guild_id=guild.id, name="")
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "banner": None,
        "owner": False,
        "permissions": str(int(guild.permissions_of(guild.bot, nowhere))),
        "features": [],
    }


def array(items: Iterable[JsonObject]) -> list[JsonValue]:
    """Objects as a JSON array, for the type checker too."""
    return list(items)


def _message_type(origin: Origin | None) -> int:
    """Plain messages are type 0, the answer to a component is a reply, 19, others are 20."""
    if origin is None:
        return 0
    return 19 if origin.kind is InteractionKind.COMPONENT else 20


def _origin_json(origin: Origin) -> JsonObject:
    described: JsonObject = {
        "id": str(origin.interaction_id),
        "type": int(origin.kind),
        "user": user_json(origin.user),
        "authorizing_integration_owners": {},
    }
    if origin.source_message_id is not None:
        described["interacted_message_id"] = str(origin.source_message_id)
    return described
