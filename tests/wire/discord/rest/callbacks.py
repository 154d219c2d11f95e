"""The first answer to an interaction."""

from collections.abc import Sequence
from datetime import timedelta

from pydantic import BaseModel, TypeAdapter, ValidationError

from tests.wire.discord.commands import Choice
from tests.wire.discord.composing import MessageBody
from tests.wire.discord.errors import (
    already_acknowledged,
    invalid_form,
    unknown_interaction,
    unknown_message,
)
from tests.wire.discord.interactions import (
    ALLOWED_CALLBACKS,
    Acknowledgement,
    CallbackKind,
    Interaction,
)
from tests.wire.discord.json_types import JsonObject, JsonValue, objects_in
from tests.wire.discord.messages import Message, MessageFlag
from tests.wire.discord.payloads import message_json
from tests.wire.discord.rest.endpoint import ApiRequest, Endpoint
from tests.wire.discord.state import DiscordState

_CHOICE_LIMIT = 25
_MODAL_LIMIT = 5
_CHOICES = TypeAdapter(list[Choice])
_RESOURCES = frozenset({CallbackKind.MESSAGE, CallbackKind.UPDATE_MESSAGE})


class _Callback(BaseModel):
    type: CallbackKind
    data: JsonObject | None = None


class CallbackRoutes:
    def __init__(self, state: DiscordState) -> None:
        self._state = state

    def endpoints(self) -> Sequence[Endpoint]:
        route = "/interactions/{interaction_id}/{interaction_token}/callback"
        return (Endpoint("POST", route, self._acknowledge, needs_bot_token=False),)

    async def _acknowledge(self, request: ApiRequest) -> JsonValue:
        interaction = self._waiting(request)
        callback = _read(request, interaction)
        taken = self._take(interaction, callback, request)
        # Written down before anything is awaited, so that of two callbacks at once one fails.
        interaction.acknowledgement = taken
        if taken.message is not None:
            interaction.original_id = taken.message.id
            if taken.kind is not CallbackKind.DEFERRED_UPDATE:
                await self._state.publisher.put(taken.message)
        self._state.changes.announce()
        return _answer(interaction, taken) if request.asks_for("with_response") else None

    def _waiting(self, request: ApiRequest) -> Interaction:
        interaction = self._state.interactions.find(request.path["interaction_token"])
        if interaction is None or interaction.id != request.id("interaction_id"):
            raise unknown_interaction()
        if interaction.acknowledgement is not None:
            raise already_acknowledged()
        deadline = timedelta(seconds=self._state.limits.acknowledgement_s)
        if interaction.age(self._state.clock.now()) > deadline:
            raise unknown_interaction()
        return interaction

    def _take(
        self, interaction: Interaction, callback: _Callback, request: ApiRequest
    ) -> Acknowledgement:
        data = callback.data or {}
        after_s = interaction.age(self._state.clock.now()).total_seconds()
        match callback.type:
            case CallbackKind.CHOICES:
                return Acknowledgement(
                    kind=callback.type, after_s=after_s, choices=_read_choices(data)
                )
            case CallbackKind.MODAL:
                _check_modal(data)
                return Acknowledgement(kind=callback.type, after_s=after_s, modal=data)
            case _:
                message = self._message(interaction, callback.type, data, request)
                return Acknowledgement(kind=callback.type, after_s=after_s, message=message)

    def _message(
        self, interaction: Interaction, kind: CallbackKind, data: JsonObject, request: ApiRequest
    ) -> Message:
        body = MessageBody.read(data)
        composer = self._state.composer
        files, limit = request.body.files, interaction.size_limit_bytes
        if kind is CallbackKind.DEFERRED_MESSAGE:
            return composer.thinking(
                channel_id=interaction.channel.id,
                origin=interaction.origin,
                ephemeral=bool((body.flags or 0) & MessageFlag.EPHEMERAL),
            )
        if kind is CallbackKind.MESSAGE:
            return composer.new(
                body,
                files,
                channel_id=interaction.channel.id,
                size_limit_bytes=limit,
                origin=interaction.origin,
            )
        source = self._source(interaction)
        if kind is CallbackKind.DEFERRED_UPDATE:
            return source
        return composer.edited(source, body, files, size_limit_bytes=limit)

    def _source(self, interaction: Interaction) -> Message:
        """The message whose component was used."""
        if interaction.source_message_id is None:
            raise invalid_form("there is no message to update")
        source = self._state.messages.find(interaction.source_message_id)
        if source is None:
            raise unknown_message()
        return source


def _read(request: ApiRequest, interaction: Interaction) -> _Callback:
    try:
        callback = _Callback.model_validate(request.body.payload)
    except ValidationError as error:
        raise invalid_form(str(error)) from None
    if callback.type not in ALLOWED_CALLBACKS[interaction.kind]:
        raise invalid_form(f"{interaction.kind.name} cannot be answered by {callback.type.name}")
    return callback


def _read_choices(data: JsonObject) -> tuple[Choice, ...]:
    try:
        choices = _CHOICES.validate_python(data.get("choices") or [])
    except ValidationError as error:
        raise invalid_form(str(error)) from None
    if len(choices) > _CHOICE_LIMIT:
        raise invalid_form(f"more than {_CHOICE_LIMIT} choices")
    return tuple(choices)


def _check_modal(data: JsonObject) -> None:
    if not 1 <= len(objects_in(data.get("components"))) <= _MODAL_LIMIT:
        raise invalid_form(f"a modal holds one to {_MODAL_LIMIT} components")


def _answer(interaction: Interaction, taken: Acknowledgement) -> JsonObject:
    """What `with_response` asks for; a deferred answer is named by its id alone."""
    described: JsonObject = {"id": str(interaction.id), "type": int(interaction.kind)}
    if taken.message is None:
        return {"interaction": described}
    described["response_message_id"] = str(taken.message.id)
    described["response_message_loading"] = taken.message.loading
    described["response_message_ephemeral"] = taken.message.ephemeral
    if taken.kind not in _RESOURCES:
        return {"interaction": described}
    resource: JsonObject = {"type": int(taken.kind), "message": message_json(taken.message)}
    return {"interaction": described, "resource": resource}
