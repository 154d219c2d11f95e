"""What members do: commands sent, options typed, buttons pressed, modals filled in."""

from collections.abc import Mapping, Sequence

from tests.wire.discord import components
from tests.wire.discord.commands import Choice, RegisteredCommand
from tests.wire.discord.components import ComponentType
from tests.wire.discord.json_types import JsonObject
from tests.wire.discord.messages import InteractionKind, Message
from tests.wire.discord.modals import FieldValue, filled_modal
from tests.wire.discord.options import FilledOptions, NotOffered, OptionFiller, OptionValue
from tests.wire.discord.permissions import Permission
from tests.wire.discord.sending import InteractionSender
from tests.wire.discord.sent_interaction import SentInteraction
from tests.wire.discord.state import DiscordState
from tests.wire.discord.world import Channel, ChannelKind, Member

_CHOICES_TIMEOUT_S = 3.0


class MemberActions:
    """Does what a member's client does, and refuses what it would not offer.

    Every method raises `NotOffered` for what no member could do.
    """

    def __init__(self, state: DiscordState) -> None:
        self._state = state
        self._sender = InteractionSender(state)

    async def slash(
        self,
        member: Member,
        channel: Channel,
        command: str,
        options: Mapping[str, OptionValue] | None = None,
    ) -> SentInteraction:
        """Send a slash command; a subcommand is named after its command, "style vote"."""
        registered, path = self._offered(member, channel, command)
        filler = OptionFiller(self._state.attachments, channel.id)
        filled = filler.fill(registered.command, path, options or {})
        return await self._send_command(
            InteractionKind.COMMAND, member, channel, registered, filled
        )

    async def autocomplete(
        self,
        member: Member,
        channel: Channel,
        command: str,
        *,
        focused: str,
        value: str,
        options: Mapping[str, OptionValue] | None = None,
        timeout_s: float = _CHOICES_TIMEOUT_S,
    ) -> tuple[Choice, ...]:
        """Type `value` into an option and see the choices.

        Raises:
            NothingHappened: if the bot offers none in time.
        """
        registered, path = self._offered(member, channel, command)
        filler = OptionFiller(self._state.attachments, channel.id)
        filled = filler.focus(registered.command, path, options or {}, focused=focused, typed=value)
        interaction = await self._send_command(
            InteractionKind.AUTOCOMPLETE, member, channel, registered, filled
        )
        return (await interaction.acknowledged(timeout_s=timeout_s)).choices

    async def click(self, member: Member, message: Message, custom_id: str) -> SentInteraction:
        """Press a button of a message."""
        return await self._use_component(member, message, custom_id, {})

    async def select(
        self, member: Member, message: Message, custom_id: str, values: Sequence[str]
    ) -> SentInteraction:
        """Choose from a string select of a message."""
        return await self._use_component(member, message, custom_id, {"values": list(values)})

    async def submit(
        self, opener: SentInteraction, values: Mapping[str, FieldValue]
    ) -> SentInteraction:
        """Fill in the modal that an interaction was answered with, and send it."""
        opened = opener.interaction
        modal = opened.acknowledgement.modal if opened.acknowledgement else None
        if modal is None:
            raise NotOffered("the interaction was not answered with a modal")
        source = opened.source_message_id
        interaction = await self._sender.send(
            InteractionKind.MODAL,
            member=opened.member,
            channel=opened.channel,
            data=filled_modal(modal, values),
            message=None if source is None else self._state.messages.find(source),
        )
        return SentInteraction(self._state, interaction)

    async def _use_component(
        self, member: Member, message: Message, custom_id: str, chosen: JsonObject
    ) -> SentInteraction:
        now = self._state.messages.find(message.id)
        if now is None:
            raise NotOffered("the message is gone")
        component = components.find_by_custom_id(now.components, custom_id)
        if component is None or component.get("disabled") is True:
            raise NotOffered(f"there is nothing to press with the custom id {custom_id}")
        is_button = component.get("type") == ComponentType.BUTTON
        if is_button == bool(chosen):
            raise NotOffered("a button is pressed, of a select something is chosen")
        interaction = await self._sender.send(
            InteractionKind.COMPONENT,
            member=member,
            channel=self._state.places.channel(now.channel_id),
            data={
                "custom_id": custom_id,
                "component_type": component.get("type"),
                "id": component.get("id"),
                **chosen,
            },
            message=now,
        )
        return SentInteraction(self._state, interaction)

    async def _send_command(
        self,
        kind: InteractionKind,
        member: Member,
        channel: Channel,
        registered: RegisteredCommand,
        filled: FilledOptions,
    ) -> SentInteraction:
        data: JsonObject = {
            "id": str(registered.id),
            "name": registered.command.name,
            "type": int(registered.command.type),
            "options": filled.options,
        }
        if filled.resolved and kind is InteractionKind.COMMAND:
            data["resolved"] = dict(filled.resolved)
        interaction = await self._sender.send(kind, member=member, channel=channel, data=data)
        return SentInteraction(self._state, interaction)

    def _offered(
        self, member: Member, channel: Channel, command: str
    ) -> tuple[RegisteredCommand, tuple[str, ...]]:
        """The registered command and the path of its subcommand, if the member sees it here."""
        name, *path = command.split()
        registered = self._state.commands.find(name, guild_id=channel.guild_id)
        if registered is None:
            raise NotOffered(f"/{name} is not registered")
        direct = channel.kind is ChannelKind.DIRECT
        contexts = registered.command.contexts
        if contexts is not None and int(direct) not in contexts:
            raise NotOffered(f"/{name} is not offered in such a channel")
        if registered.command.nsfw and not (channel.nsfw or direct):
            raise NotOffered(f"/{name} is offered in age-restricted channels only")
        held = self._state.places.permissions(channel, member)
        needed = Permission(registered.command.default_member_permissions or 0)
        if needed not in held or Permission.USE_APPLICATION_COMMANDS not in held:
            raise NotOffered(f"{member.user.username} may not use /{name} here")
        return registered, tuple(path)
