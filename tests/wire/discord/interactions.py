"""Interactions from their sending to the end of their token."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum

from tests.wire.discord.commands import Choice
from tests.wire.discord.ids import InteractionId, MessageId
from tests.wire.discord.json_types import JsonObject
from tests.wire.discord.messages import InteractionKind, Message, Origin
from tests.wire.discord.world import Channel, Member


class CallbackKind(IntEnum):
    """How an interaction can be acknowledged."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE_MESSAGE = 7
    CHOICES = 8
    MODAL = 9


_ANSWERS = frozenset({CallbackKind.MESSAGE, CallbackKind.DEFERRED_MESSAGE})
_UPDATES = frozenset({CallbackKind.DEFERRED_UPDATE, CallbackKind.UPDATE_MESSAGE})
ALLOWED_CALLBACKS: dict[InteractionKind, frozenset[CallbackKind]] = {
    InteractionKind.COMMAND: _ANSWERS | {CallbackKind.MODAL},
    InteractionKind.COMPONENT: _ANSWERS | _UPDATES | {CallbackKind.MODAL},
    InteractionKind.AUTOCOMPLETE: frozenset({CallbackKind.CHOICES}),
    InteractionKind.MODAL: _ANSWERS | _UPDATES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """The bot's first answer to an interaction.

    `message` is what it showed at that moment, `after_s` how long the bot took.
    """

    kind: CallbackKind
    after_s: float
    message: Message | None = None
    modal: JsonObject | None = None
    choices: tuple[Choice, ...] = ()

    @property
    def deferred(self) -> bool:
        return self.kind in {CallbackKind.DEFERRED_MESSAGE, CallbackKind.DEFERRED_UPDATE}

    @property
    def ephemeral(self) -> bool:
        return self.message is not None and self.message.ephemeral


@dataclass(slots=True, kw_only=True)
class Interaction:
    """One interaction as the server sees it."""

    id: InteractionId
    token: str
    kind: InteractionKind
    member: Member
    channel: Channel
    sent_at: datetime
    size_limit_bytes: int
    source_message_id: MessageId | None = None
    acknowledgement: Acknowledgement | None = None
    original_id: MessageId | None = None
    follow_up_ids: list[MessageId] = field(default_factory=list)

    @property
    def origin(self) -> Origin:
        return Origin(
            interaction_id=self.id,
            kind=self.kind,
            user=self.member.user,
            source_message_id=self.source_message_id,
        )

    @property
    def message_ids(self) -> tuple[MessageId, ...]:
        """The answer and the follow-ups, oldest first."""
        original = () if self.original_id is None else (self.original_id,)
        return (*original, *self.follow_up_ids)

    def age(self, now: datetime) -> timedelta:
        return now - self.sent_at


class InteractionStore:
    """Every interaction ever sent, by its token."""

    def __init__(self) -> None:
        self._by_token: dict[str, Interaction] = {}

    def add(self, interaction: Interaction) -> None:
        self._by_token[interaction.token] = interaction

    def find(self, token: str) -> Interaction | None:
        return self._by_token.get(token)
