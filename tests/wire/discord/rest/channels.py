"""Channels and the messages that the bot sends with its own token."""

from collections.abc import Sequence
from datetime import timedelta

from pydantic import BaseModel, ValidationError

from tests.wire.discord.composing import MessageBody
from tests.wire.discord.errors import (
    direct_messages_closed,
    invalid_form,
    missing_access,
    missing_permissions,
    unknown_message,
)
from tests.wire.discord.ids import ChannelId, MessageId, UserId
from tests.wire.discord.json_types import JsonValue
from tests.wire.discord.messages import Message
from tests.wire.discord.payloads import channel_json, message_json
from tests.wire.discord.permissions import Permission
from tests.wire.discord.rest.endpoint import ApiRequest, Endpoint
from tests.wire.discord.state import DiscordState
from tests.wire.discord.world import Channel

_MESSAGES = "/channels/{channel_id}/messages"
_USUAL_PAGE = 50
_END_OF_TIME = 1 << 63
_MESSAGE = f"{_MESSAGES}/{{message_id}}"


class _OpenDirectChannel(BaseModel):
    recipient_id: UserId


class ChannelRoutes:
    def __init__(self, state: DiscordState) -> None:
        self._state = state

    def endpoints(self) -> Sequence[Endpoint]:
        return (
            Endpoint("POST", "/users/@me/channels", self._open_direct),
            Endpoint("GET", "/channels/{channel_id}", self._get_channel),
            Endpoint("POST", _MESSAGES, self._create),
            Endpoint("GET", _MESSAGES, self._history),
            Endpoint("GET", _MESSAGE, self._get),
            Endpoint("PATCH", _MESSAGE, self._edit),
            Endpoint("DELETE", _MESSAGE, self._delete),
        )

    async def _open_direct(self, request: ApiRequest) -> JsonValue:
        try:
            body = _OpenDirectChannel.model_validate(request.body.payload)
        except ValidationError as error:
            raise invalid_form(str(error)) from None
        return channel_json(self._state.places.direct_channel(body.recipient_id))

    async def _get_channel(self, request: ApiRequest) -> JsonValue:
        channel = self._visible(request)
        return channel_json(channel, self._state.places.guild_of(channel))

    async def _create(self, request: ApiRequest) -> JsonValue:
        channel = self._visible(request)
        self._check_may_send(channel, with_files=bool(request.body.files))
        body = MessageBody.read(request.body.payload)
        if body.enforce_nonce and (sent := self._sent_before(channel, body)):
            return message_json(sent)
        message = self._state.composer.new(
            body,
            request.body.files,
            channel_id=channel.id,
            size_limit_bytes=self._state.places.file_size_limit_bytes(channel),
        )
        await self._state.publisher.put(message)
        return message_json(message)

    async def _history(self, request: ApiRequest) -> JsonValue:
        """The latest messages, the newest first; nobody but its member sees an ephemeral one."""
        channel = self._visible(request)
        if Permission.READ_MESSAGE_HISTORY not in self._state.places.permissions(channel):
            return []
        before = int(request.query.get("before", _END_OF_TIME))
        seen = [
            message_json(each)
            for each in self._state.messages.in_channel(channel.id)
            if not each.ephemeral and each.id < before
        ]
        limit = int(request.query.get("limit", _USUAL_PAGE))
        return [*reversed(seen[-limit:])]

    async def _get(self, request: ApiRequest) -> JsonValue:
        return message_json(self._message(request))

    async def _edit(self, request: ApiRequest) -> JsonValue:
        message = self._message(request)
        channel = self._state.places.channel(message.channel_id)
        edited = self._state.composer.edited(
            message,
            MessageBody.read(request.body.payload),
            request.body.files,
            size_limit_bytes=self._state.places.file_size_limit_bytes(channel),
        )
        await self._state.publisher.put(edited)
        return message_json(edited)

    async def _delete(self, request: ApiRequest) -> JsonValue:
        await self._state.publisher.remove(self._message(request))
        return None

    def _visible(self, request: ApiRequest) -> Channel:
        channel = self._state.places.channel(ChannelId(request.id("channel_id")))
        if Permission.VIEW_CHANNEL not in self._state.places.permissions(channel):
            raise missing_access()
        return channel

    def _check_may_send(self, channel: Channel, *, with_files: bool) -> None:
        if channel.recipient is not None and not channel.recipient.accepts_direct_messages:
            raise direct_messages_closed()
        needed = Permission.SEND_MESSAGES
        if with_files:
            needed |= Permission.ATTACH_FILES
        if needed not in self._state.places.permissions(channel):
            raise missing_permissions()

    def _sent_before(self, channel: Channel, body: MessageBody) -> Message | None:
        """The message of the last minutes that carries the same nonce."""
        since = self._state.clock.now() - timedelta(seconds=self._state.limits.nonce_memory_s)
        return next(
            (
                message
                for message in self._state.messages.in_channel(channel.id)
                if message.nonce == body.nonce and message.created_at >= since
            ),
            None,
        )

    def _message(self, request: ApiRequest) -> Message:
        """A message of a visible channel; ephemeral ones are not there for these routes."""
        channel = self._visible(request)
        message = self._state.messages.find(MessageId(request.id("message_id")))
        if message is None or message.channel_id != channel.id or message.ephemeral:
            raise unknown_message()
        return message
