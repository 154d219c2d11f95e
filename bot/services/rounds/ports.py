"""What rounds of styles need from outside; see `bot.services.ports`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.domain.ids import ChannelId, GuildId, ImageId, MessageId, UserId
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.rounds.example import OwnPicture
from bot.domain.rounds.style_round import (
    Ballot,
    RoundId,
    StyleProposal,
    StyleRound,
)


@dataclass(frozen=True, slots=True)
class ExampleCard:
    """A proposal; without a thumbnail if its example is gone, or may not be shown here."""

    proposal: StyleProposal
    thumbnail: Path | None


@dataclass(frozen=True, slots=True)
class RoundStanding:
    """A round as all may see it: how many take part, and never whom they vote for.

    `proposals` are those that stand, `cards` those of them that are shown with a picture.
    """

    round: StyleRound
    proposals: tuple[StyleProposal, ...]
    cards: tuple[ExampleCard, ...]
    ballots: int


class RoundRepository(Protocol):
    """Rounds, their proposals and their ballots."""

    async def add(self, style_round: StyleRound) -> bool:
        """Write a new round; False if its channel has one that is not over."""

    async def save(self, style_round: StyleRound) -> None:
        """Write a round that is held; one that is over makes room for another."""

    async def hold(self, round_id: RoundId) -> StyleRound | None:
        """A round, for a change: nobody else changes it, or what is in it, before this is over."""

    async def get(self, round_id: RoundId) -> StyleRound | None:
        """A round."""

    async def latest_in(self, channel_id: ChannelId) -> StyleRound | None:
        """The round of a channel that was opened last."""

    async def proposals(self, round_id: RoundId) -> Sequence[StyleProposal]:
        """What was proposed in a round, by number, withdrawn ones included."""

    async def put_proposal(self, proposal: StyleProposal) -> None:
        """Write a proposal, new or changed."""

    async def ballots(self, round_id: RoundId) -> Sequence[Ballot]:
        """All ballots of a round."""

    async def ballot_of(self, round_id: RoundId, user_id: UserId) -> Ballot | None:
        """A member's ballot."""

    async def put_ballot(self, round_id: RoundId, ballot: Ballot) -> None:
        """Write a member's ballot, in place of the earlier one."""

    async def remove_ballot(self, round_id: RoundId, user_id: UserId) -> None:
        """Take a member's ballot back, if there is one."""

    async def ballot_count(self, round_id: RoundId) -> int:
        """How many members have voted."""


class ExampleRepository(Protocol):
    """Pictures as examples: those that a server was shown."""

    async def pictures(
        self, image_ids: Collection[ImageId], guild_id: GuildId, *, safe_only: bool
    ) -> Mapping[ImageId, StoredPicture]:
        """Those of the pictures that may be shown in the server now.

        With `safe_only` what was painted without safe mode is left out.
        """

    async def shown(self, image_ids: Collection[ImageId]) -> frozenset[ImageId]:
        """Those of the pictures that were ever shown to all, deleted and hidden ones included."""

    async def of_member(
        self, user_id: UserId, guild_id: GuildId, *, safe_only: bool, limit: int
    ) -> Sequence[OwnPicture]:
        """A member's last pictures that the server was shown, the newest first."""

    async def in_message(self, channel_id: ChannelId, message_id: MessageId) -> ImageId | None:
        """The first picture of the result that a message shows."""

    async def owner_of(self, image_id: ImageId) -> UserId | None:
        """Who asked for a picture."""


class RoundMessenger(Protocol):
    """The way to a round's channel. What is sent twice is shown once."""

    async def tell_voting(self, standing: RoundStanding) -> None:
        """Tell that members can vote from now on.

        Raises:
            UndeliverableError: if there is no way to tell the channel.
            DeliveryDelayedError: if it did not get through now.
        """

    async def tell_result(self, standing: RoundStanding) -> None:
        """Tell what the round came to; raises as `tell_voting` does."""

    async def remind(self, standing: RoundStanding) -> None:
        """Remind the channel of the present phase's end; raises as `tell_voting` does."""
