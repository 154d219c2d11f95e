"""Telling a server's moderators of what is written to the audit log, in a channel of their choice.

What was told is marked in the database, so that nothing is lost when Discord or the bot is down.
Killed between the message and the mark, the bot sends the same message once more, under a nonce
by which Discord recognises it.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Never, Protocol

import structlog

from bot.domain.ids import ChannelId, GuildId
from bot.domain.moderation.audit import ONE_ENTRY_FOR, Act, LogChannel, LoggedAct, channel_subject
from bot.services.gate.log import GateLog
from bot.services.moderation.auditing import Acting, write_down
from bot.services.ports import Clock, DeliveryDelayedError, UndeliverableError
from bot.services.schedule.repeating import repeat
from bot.services.storage_ports import Storage

log = structlog.get_logger(__name__)

LOOK_EVERY_S = 5.0
"""At most one message in five seconds for each server."""

ENTRIES_AT_ONCE = 10
"""As many as a message holds at their longest."""

AGAIN_AFTER_S = 60.0
"""When a message is tried again that did not get through."""

_MESSAGES_AT_ONCE = 4


class LogMessenger(Protocol):
    """The way to a server's log channel."""

    async def tell_log(self, channel: LogChannel, acts: Sequence[LoggedAct]) -> None:
        """Show entries in a channel.

        Raises:
            UndeliverableError: if the channel is gone, or the bot may not write there any more.
            DeliveryDelayedError: if they did not get through now.
        """

    async def tell_log_ended(self, channel: LogChannel) -> None:
        """Tell those who manage the server that its log is told there no more; never raises."""


class LogDesk:
    """Knows where each server's log is told, and tells it there."""

    def __init__(
        self, *, storage: Storage, gate_log: GateLog, messenger: LogMessenger, clock: Clock
    ) -> None:
        self._storage = storage
        self._gate_log = gate_log
        self._messenger = messenger
        self._clock = clock
        self._not_before_s: dict[GuildId, float] = {}
        # Two looks at a time would send the same entries twice.
        self._looking = asyncio.Lock()

    async def tell_here(self, guild_id: GuildId, channel_id: ChannelId, by: Acting) -> None:
        """Tell of what is written to a server's log in a channel, from now on."""
        now = self._clock.now()
        async with self._storage.write() as tx:
            await tx.log_channels.choose(LogChannel(guild_id, channel_id, now))
            await write_down(tx, by, Act.LOG_CHANNEL_SET, channel_subject(channel_id), now=now)
        self._not_before_s.pop(guild_id, None)

    async def tell_nowhere(self, guild_id: GuildId, by: Acting) -> None:
        """Only write a server's log from now on."""
        async with self._storage.write() as tx:
            await tx.log_channels.clear(guild_id)
            await write_down(tx, by, Act.LOG_CHANNEL_SET, "none", now=self._clock.now())

    async def run(self) -> Never:
        """Look every five seconds, until cancelled; one failure does not end it."""
        await repeat(self.look, every_s=LOOK_EVERY_S, clock=self._clock, failure="log_not_told")

    async def look(self) -> None:
        """Write down what the gate decided, and send each server what its channel lacks."""
        async with self._looking:
            await self._gate_log.write()
            now_s = self._clock.monotonic()
            self._not_before_s = {
                guild_id: at_s for guild_id, at_s in self._not_before_s.items() if now_s < at_s
            }
            ended_before = self._clock.now() - ONE_ENTRY_FOR
            async with self._storage.read() as tx:
                waiting = await tx.log_channels.waiting(ended_before=ended_before)
            due = [each for each in waiting if each.guild_id not in self._not_before_s]
            line = asyncio.Semaphore(_MESSAGES_AT_ONCE)
            async with asyncio.TaskGroup() as group:
                for channel in due:
                    group.create_task(self._tell(channel, ended_before, line))

    async def _tell(
        self, channel: LogChannel, ended_before: datetime, line: asyncio.Semaphore
    ) -> None:
        async with line:
            async with self._storage.read() as tx:
                acts = await tx.audit.untold(
                    channel, ended_before=ended_before, limit=ENTRIES_AT_ONCE
                )
            if not acts:
                return
            try:
                await self._messenger.tell_log(channel, acts)
            except DeliveryDelayedError as error:
                self._not_before_s[channel.guild_id] = self._clock.monotonic() + AGAIN_AFTER_S
                log.info("log_delayed", guild_id=channel.guild_id, cause=str(error))
            except UndeliverableError as error:
                await self._end(channel, error)
            else:
                async with self._storage.write() as tx:
                    await tx.audit.mark_told([act.number for act in acts])

    async def _end(self, channel: LogChannel, error: UndeliverableError) -> None:
        """Turn off a channel that takes nothing any more; another one may be chosen meanwhile."""
        async with self._storage.write() as tx:
            was_chosen = await tx.log_channels.clear(channel.guild_id, channel.channel_id)
        if not was_chosen:
            return
        log.warning(
            "log_channel_lost",
            guild_id=channel.guild_id,
            channel_id=channel.channel_id,
            cause=str(error),
        )
        await self._messenger.tell_log_ended(channel)
