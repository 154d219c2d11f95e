"""From what a client sends to a message: bodies read, files kept, edits applied."""

from collections.abc import Mapping
from dataclasses import replace

from pydantic import BaseModel, ValidationError

from tests.wire.discord import message_rules
from tests.wire.discord.attachments import Attachment, AttachmentStore, Upload
from tests.wire.discord.clock import ServerClock, SnowflakeMint
from tests.wire.discord.components import completed
from tests.wire.discord.errors import entity_too_large, invalid_form
from tests.wire.discord.ids import AttachmentId, ChannelId, MessageId
from tests.wire.discord.json_types import JsonObject, JsonValue
from tests.wire.discord.messages import Message, MessageFlag, Origin
from tests.wire.discord.world import User

# An edit can turn these on; whether a message is ephemeral was settled when it was sent.
_EDITABLE_FLAGS = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.COMPONENTS_V2
_SENDABLE_FLAGS = _EDITABLE_FLAGS | MessageFlag.EPHEMERAL | MessageFlag.SUPPRESS_NOTIFICATIONS


class _AttachmentEntry(BaseModel):
    """An attachment that stays, by its id, or a file of this request, by its number."""

    id: int
    filename: str | None = None
    description: str | None = None


class MessageBody(BaseModel):
    """The fields of a message that a client sends; on an edit, those left out stay as they are."""

    content: str | None = None
    flags: int | None = None
    components: list[JsonObject] | None = None
    embeds: list[JsonObject] | None = None
    attachments: list[_AttachmentEntry] | None = None
    nonce: str | int | None = None
    enforce_nonce: bool | None = None

    @classmethod
    def read(cls, body: JsonValue) -> "MessageBody":
        """Read a request's JSON.

        Raises:
            RequestRefused: if a field has the wrong type.
        """
        try:
            return cls.model_validate(body)
        except ValidationError as error:
            raise invalid_form(str(error)) from None


class Composer:
    """Makes messages of bodies and files, and keeps the files."""

    def __init__(
        self, *, author: User, clock: ServerClock, ids: SnowflakeMint, attachments: AttachmentStore
    ) -> None:
        self._author = author
        self._clock = clock
        self._ids = ids
        self._attachments = attachments

    def thinking(self, *, channel_id: ChannelId, origin: Origin, ephemeral: bool) -> Message:
        """The message that stands in for a deferred answer."""
        return Message(
            id=MessageId(self._ids.next()),
            channel_id=channel_id,
            author=self._author,
            created_at=self._clock.now(),
            flags=MessageFlag.LOADING | (MessageFlag.EPHEMERAL if ephemeral else MessageFlag.NONE),
            origin=origin,
        )

    def new(
        self,
        body: MessageBody,
        files: Mapping[int, Upload],
        *,
        channel_id: ChannelId,
        size_limit_bytes: int,
        origin: Origin | None = None,
    ) -> Message:
        """A new message.

        Raises:
            RequestRefused: if Discord would not take it.
        """
        blank = Message(
            id=MessageId(self._ids.next()),
            channel_id=channel_id,
            author=self._author,
            created_at=self._clock.now(),
            flags=MessageFlag(body.flags or 0) & _SENDABLE_FLAGS,
            nonce=body.nonce,
            origin=origin,
        )
        return self._filled(blank, body, files, size_limit_bytes)

    def edited(
        self,
        message: Message,
        body: MessageBody,
        files: Mapping[int, Upload],
        *,
        size_limit_bytes: int,
    ) -> Message:
        """The message after an edit. A deferred answer stops loading with its first edit.

        Raises:
            RequestRefused: if Discord would not take it.
        """
        turned_on = MessageFlag(body.flags or 0) & _EDITABLE_FLAGS
        current = replace(
            message,
            edited_at=self._clock.now(),
            flags=(message.flags & ~MessageFlag.LOADING) | turned_on,
        )
        return self._filled(current, body, files, size_limit_bytes)

    def _filled(
        self,
        message: Message,
        body: MessageBody,
        files: Mapping[int, Upload],
        size_limit_bytes: int,
    ) -> Message:
        if any(len(upload.data) > size_limit_bytes for upload in files.values()):
            raise entity_too_large()
        said = body.model_fields_set
        attachments = self._attached(message, body, files)
        components = body.components or [] if "components" in said else message.components
        filled = replace(
            message,
            content=body.content or "" if "content" in said else message.content,
            embeds=tuple(body.embeds or ()) if "embeds" in said else message.embeds,
            attachments=attachments,
            components=completed(components, attachments, self._ids),
        )
        message_rules.check(filled)
        return filled

    def _attached(
        self, message: Message, body: MessageBody, files: Mapping[int, Upload]
    ) -> tuple[Attachment, ...]:
        """The attachments afterwards; files that no entry speaks of are added all the same."""
        there = {attachment.id: attachment for attachment in message.attachments}
        if body.attachments is None:
            entries = {number: _AttachmentEntry(id=number) for number in files}
            kept = tuple(there.values()) if "attachments" not in body.model_fields_set else ()
        else:
            stay = {AttachmentId(entry.id) for entry in body.attachments} & there.keys()
            kept = tuple(there[attachment_id] for attachment_id in there if attachment_id in stay)
            entries = {entry.id: entry for entry in body.attachments if entry.id not in stay}
            if missing := entries.keys() - files.keys():
                raise invalid_form(f"attachments without a file: {sorted(missing)}")
        added = tuple(
            self._attachments.keep(
                upload,
                channel_id=message.channel_id,
                description=entry.description if (entry := entries.get(number)) else None,
            )
            for number, upload in sorted(files.items())
        )
        return kept + added
