"""Interactions on their way to the bot."""

from tests.wire.discord.gateway_session import Intent
from tests.wire.discord.ids import InteractionId
from tests.wire.discord.interactions import Interaction
from tests.wire.discord.json_types import JsonObject
from tests.wire.discord.messages import InteractionKind, Message
from tests.wire.discord.payloads import channel_json, member_json, message_json, user_json
from tests.wire.discord.state import DiscordState
from tests.wire.discord.world import Channel, Member

_IN_GUILD = 0
_IN_DIRECT_CHANNEL = 1
_INSTALLED_IN_GUILD = "0"


class InteractionSender:
    """Writes an interaction down and sends it as INTERACTION_CREATE."""

    def __init__(self, state: DiscordState) -> None:
        self._state = state

    async def send(
        self,
        kind: InteractionKind,
        *,
        member: Member,
        channel: Channel,
        data: JsonObject,
        message: Message | None = None,
    ) -> Interaction:
        """Send an interaction; `message` is the one whose component was used."""
        interaction_id = InteractionId(self._state.ids.next())
        interaction = Interaction(
            id=interaction_id,
            token=f"token-of-interaction-{interaction_id}",
            kind=kind,
            member=member,
            channel=channel,
            sent_at=self._state.clock.now(),
            size_limit_bytes=self._state.places.file_size_limit_bytes(channel),
            source_message_id=message.id if message else None,
        )
        self._state.interactions.add(interaction)
        described = self._described(interaction, data)
        if message is not None:
            described["message"] = message_json(message)
        await self._state.gateway.dispatch(
            "INTERACTION_CREATE", described, guild_id=channel.guild_id, intent=Intent.NONE
        )
        return interaction

    def _described(self, interaction: Interaction, data: JsonObject) -> JsonObject:
        channel, places = interaction.channel, self._state.places
        return {
            "id": str(interaction.id),
            "application_id": str(self._state.world.application_id),
            "type": int(interaction.kind),
            "token": interaction.token,
            "version": 1,
            "data": data,
            "channel_id": str(channel.id),
            "locale": interaction.member.user.locale,
            "app_permissions": str(int(places.permissions(channel))),
            "entitlements": [],
            "attachment_size_limit": interaction.size_limit_bytes,
            **self._place(interaction),
        }

    def _place(self, interaction: Interaction) -> JsonObject:
        member, channel = interaction.member, interaction.channel
        guild = self._state.places.guild_of(channel)
        if guild is None:
            return {
                "user": user_json(member.user),
                "channel": channel_json(channel),
                "context": _IN_DIRECT_CHANNEL,
                "authorizing_integration_owners": {},
            }
        permissions = guild.permissions_of(member, channel)
        return {
            "guild_id": str(guild.id),
            "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
            "guild_locale": guild.locale,
            "member": member_json(member, permissions),
            "channel": {**channel_json(channel, guild), "permissions": str(int(permissions))},
            "context": _IN_GUILD,
            "authorizing_integration_owners": {_INSTALLED_IN_GUILD: str(guild.id)},
        }
