"""What follows an interaction's first answer: its message edited, follow-ups, deletions."""

from collections.abc import Sequence
from datetime import timedelta

from tests.wire.discord.composing import MessageBody
from tests.wire.discord.errors import invalid_webhook_token, unknown_message, unknown_webhook
from tests.wire.discord.ids import MessageId
from tests.wire.discord.interactions import Interaction
from tests.wire.discord.json_types import JsonValue
from tests.wire.discord.messages import Message
from tests.wire.discord.payloads import message_json
from tests.wire.discord.rest.endpoint import ApiRequest, Endpoint
from tests.wire.discord.state import DiscordState

_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"


class WebhookRoutes:
    def __init__(self, state: DiscordState) -> None:
        self._state = state

    def endpoints(self) -> Sequence[Endpoint]:
        follow_up = Endpoint("POST", _WEBHOOK, self._follow_up, needs_bot_token=False)
        on_messages = [
            Endpoint(method, f"{_WEBHOOK}/messages/{message}", handler, needs_bot_token=False)
            for message in ("@original", "{message_id}")
            for method, handler in (
                ("GET", self._get),
                ("PATCH", self._edit),
                ("DELETE", self._delete),
            )
        ]
        return (follow_up, *on_messages)

    async def _follow_up(self, request: ApiRequest) -> JsonValue:
        """A further message; while the deferred answer still loads, it is filled instead."""
        interaction = self._open(request)
        original = self._original(interaction)
        if original is not None and original.loading:
            return await self._apply(interaction, original, request)
        message = self._state.composer.new(
            MessageBody.read(request.body.payload),
            request.body.files,
            channel_id=interaction.channel.id,
            size_limit_bytes=interaction.size_limit_bytes,
            origin=interaction.origin,
        )
        interaction.follow_up_ids.append(message.id)
        await self._state.publisher.put(message)
        return message_json(message)

    async def _get(self, request: ApiRequest) -> JsonValue:
        return message_json(self._message(self._open(request), request))

    async def _edit(self, request: ApiRequest) -> JsonValue:
        interaction = self._open(request)
        return await self._apply(interaction, self._message(interaction, request), request)

    async def _delete(self, request: ApiRequest) -> JsonValue:
        await self._state.publisher.remove(self._message(self._open(request), request))
        return None

    async def _apply(
        self, interaction: Interaction, message: Message, request: ApiRequest
    ) -> JsonValue:
        edited = self._state.composer.edited(
            message,
            MessageBody.read(request.body.payload),
            request.body.files,
            size_limit_bytes=interaction.size_limit_bytes,
        )
        await self._state.publisher.put(edited)
        return message_json(edited)

    def _open(self, request: ApiRequest) -> Interaction:
        """The acknowledged interaction of a token that still lives."""
        interaction = self._state.interactions.find(request.path["webhook_token"])
        if interaction is None or request.id("webhook_id") != self._state.world.application_id:
            raise unknown_webhook()
        lifetime = timedelta(seconds=self._state.limits.token_lifetime_s)
        if interaction.age(self._state.clock.now()) > lifetime:
            raise invalid_webhook_token()
        if interaction.acknowledgement is None:
            raise unknown_webhook()
        return interaction

    def _message(self, interaction: Interaction, request: ApiRequest) -> Message:
        if "message_id" not in request.path:
            message = self._original(interaction)
        else:
            message_id = MessageId(request.id("message_id"))
            known = message_id in interaction.message_ids
            message = self._state.messages.find(message_id) if known else None
        if message is None:
            raise unknown_message()
        return message

    def _original(self, interaction: Interaction) -> Message | None:
        if interaction.original_id is None:
            return None
        return self._state.messages.find(interaction.original_id)
