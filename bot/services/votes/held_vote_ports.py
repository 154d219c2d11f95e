"""What the checks against cheating need from outside; see `bot.services.ports`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.ids import ChannelId, GuildId, UserId
from bot.domain.voting.holding import Hold, HoldId, HoldNotice, HoldState
from bot.domain.voting.vote import Subject, Vote


class HeldVoteRepository(Protocol):
    """Votes that are held, and votes that are taken away. Tallies change with them."""

    async def open_on(self, guild_id: GuildId, subject: Subject) -> Hold | None:
        """The open hold of votes for a subject."""

    async def begin(self, hold: Hold) -> Hold:
        """Write an open hold, or give the one that there is; nobody decides on it meanwhile."""

    async def forget(self, hold_id: HoldId) -> None:
        """Remove a hold that no vote is in."""

    async def get(self, hold_id: HoldId) -> Hold | None:
        """A hold."""

    async def decide(self, hold_id: HoldId, guild_id: GuildId, state: HoldState) -> bool:
        """Close an open hold of a server; False if there is none of that id."""

    async def mark_told(self, hold_id: HoldId) -> None:
        """Write down that moderators were told."""

    async def recent(
        self, guild_id: GuildId, subject: Subject, *, since: datetime
    ) -> Sequence[Vote]:
        """New members' votes for a subject from a moment on, save those that were ever held."""

    async def hold_recent(
        self, guild_id: GuildId, subject: Subject, *, since: datetime
    ) -> Sequence[Vote]:
        """The same, for a change: nobody else changes them meanwhile."""

    async def take_in(self, hold_id: HoldId, taken: Sequence[Vote]) -> None:
        """Let votes that were read for a change count for nothing until a hold is decided on."""

    async def votes_in(self, hold_id: HoldId) -> Sequence[Vote]:
        """The votes that wait, the oldest first."""

    async def makers_in(self, hold_id: HoldId) -> frozenset[UserId]:
        """Who painted the pictures that the votes which wait are on."""

    async def release(self, hold_id: HoldId) -> Sequence[Vote]:
        """Count all votes of a hold that was decided on, and say which those are."""

    async def drop(self, hold_id: HoldId) -> Sequence[Vote]:
        """Delete all votes of a hold that was decided on, and say which those were."""

    async def count_of(self, guild_id: GuildId, user_id: UserId) -> int:
        """How many votes a member has given in a server."""

    async def withdraw_of(
        self, guild_id: GuildId, user_id: UserId, *, limit: int
    ) -> Sequence[Vote]:
        """Take back a member's votes in a server, the newest first, and say which those were."""

    async def withdraw_everywhere(self, user_id: UserId, *, limit: int) -> Sequence[Vote]:
        """The same in whatever server."""


class HoldMessenger(Protocol):
    """The way to a server's moderators."""

    async def tell_hold(self, channel_id: ChannelId | None, notice: HoldNotice) -> None:
        """Ask moderators about held votes: in their channel, else those who manage the server.

        Raises:
            UndeliverableError: if the channel is gone, or the bot may not write there.
            DeliveryDelayedError: if it did not get through now.
        """

    async def remind_of_hold(self, channel_id: ChannelId | None, notice: HoldNotice) -> None:
        """Ask them once more.

        Raises:
            UndeliverableError, DeliveryDelayedError: as `tell_hold` does.
        """
