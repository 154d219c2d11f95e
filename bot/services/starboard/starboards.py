"""What those who manage a server decide about its starboard, and what others do to it."""

from collections.abc import Collection
from datetime import timedelta

import structlog

from bot.domain.ids import ChannelId, GuildId, MessageId
from bot.domain.jobs.schedule import ScheduledWork, WorkKind
from bot.domain.moderation.audit import Act
from bot.domain.starboard import Starboard
from bot.services.asking.plans import Place
from bot.services.gate.channel_safety import ChannelSafety
from bot.services.moderation.auditing import write_down
from bot.services.ports import Clock, Policies
from bot.services.starboard.marks import note_changes
from bot.services.storage_ports import Storage

log = structlog.get_logger(__name__)

SWEEP_EVERY = timedelta(minutes=10)
MOST_A_SWEEP = 100


class StarboardService:
    """Sets starboards up and off, hears of deleted messages, and looks for what was missed."""

    def __init__(
        self, *, storage: Storage, policies: Policies, rules: ChannelSafety, clock: Clock
    ) -> None:
        self._storage = storage
        self._policies = policies
        self._rules = rules
        self._clock = clock

    async def show_here(self, place: Place, channel_id: ChannelId, threshold: int) -> Starboard:
        """Show a server's best in a channel from now on; what was shown elsewhere stays there.

        Raises:
            NoServerHere: in direct messages.
        """
        board = Starboard(
            guild_id=place.server, channel_id=channel_id, threshold=threshold, unreached=False
        )
        now = self._clock.now()
        async with self._storage.write() as tx:
            await tx.starboard.set_board(board)
            detail = f"votes={threshold}"
            subject = f"channel {channel_id}"
            await write_down(tx, place, Act.STARBOARD_SET, subject, now=now, detail=detail)
            await tx.schedule.put(ScheduledWork(WorkKind.STARBOARD_SWEEP, f"{board.guild_id}", now))
        return board

    async def turn_off(self, place: Place) -> bool:
        """Show nothing new from now on; False if nothing was shown anyway.

        Raises:
            NoServerHere: in direct messages.
        """
        async with self._storage.write() as tx:
            removed = await tx.starboard.remove_board(place.server)
            if removed:
                now = self._clock.now()
                await write_down(tx, place, Act.STARBOARD_SET, "off", now=now)
        return removed

    async def messages_deleted(self, message_ids: Collection[MessageId]) -> None:
        """Somebody deleted messages: of a starboard, of pictures on it, or of contests' entries."""
        async with self._storage.read() as tx:
            starred = await tx.starboard.of_messages(message_ids)
            if not starred and not await tx.contests.has_messages(message_ids):
                return
        now = self._clock.now()
        async with self._storage.write() as tx:
            dismissed = await tx.starboard.dismiss_messages(message_ids, now=now)
            dropped = await tx.contests.drop_of_messages(message_ids)
            await note_changes(tx, starred, now=now)
        if dismissed or dropped:
            log.info("shown_pictures_deleted", dismissed=dismissed, entries_dropped=dropped)

    async def sweep(self, subject: str) -> None:
        """Have all looked at that may have to go, or could not be posted, in a server by its id."""
        await self._policies.until_known()
        guild_id, now = GuildId(int(subject)), self._clock.now()
        async with self._storage.read() as tx:
            channels = await tx.starboard.channels_of(guild_id)
        safe = [each for each in channels if self._rules.shows_safe_only(guild_id, each)]
        async with self._storage.write() as tx:
            found = await tx.starboard.doubtful(guild_id, safe_channels=safe, limit=MOST_A_SWEEP)
            for image_id in sorted(found):
                await tx.schedule.put(ScheduledWork(WorkKind.STARBOARD, image_id, now))
            await tx.schedule.put(
                ScheduledWork(WorkKind.STARBOARD_SWEEP, subject, now + SWEEP_EVERY)
            )
