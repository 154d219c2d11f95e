"""A test's hold on an interaction that a member sent."""

from collections.abc import Callable

from tests.wire.discord.ids import InteractionId
from tests.wire.discord.interactions import Acknowledgement, Interaction
from tests.wire.discord.messages import Message
from tests.wire.discord.state import DiscordState


class SentInteraction:
    """Waits for what the bot makes of an interaction."""

    def __init__(self, state: DiscordState, interaction: Interaction) -> None:
        self._state = state
        self._interaction = interaction

    @property
    def id(self) -> InteractionId:
        return self._interaction.id

    @property
    def token(self) -> str:
        return self._interaction.token

    @property
    def interaction(self) -> Interaction:
        """What the server knows of it."""
        return self._interaction

    @property
    def messages(self) -> tuple[Message, ...]:
        """The answer and the follow-ups that are there now, oldest first."""
        found = map(self._state.messages.find, self._interaction.message_ids)
        return tuple(message for message in found if message is not None)

    async def acknowledged(self, *, timeout_s: float) -> Acknowledgement:
        """The bot's first answer.

        Raises:
            NothingHappened: if there is none in time.
        """
        return await self._state.changes.until(
            lambda: self._interaction.acknowledgement,
            timeout_s=timeout_s,
            otherwise=lambda: (
                f"the interaction was not acknowledged; "
                f"{sum(each.connected for each in self._state.gateway.sessions)} "
                f"sessions are connected"
            ),
        )

    async def message_where(
        self, predicate: Callable[[Message], object], *, timeout_s: float
    ) -> Message:
        """The first of the answer and the follow-ups that is as `predicate` wants it.

        Raises:
            NothingHappened: if there is none in time.
        """
        return await self._state.changes.until(
            lambda: next((each for each in self.messages if predicate(each)), None),
            timeout_s=timeout_s,
            otherwise=lambda: f"none of the answers is as expected: {self.messages}",
        )
