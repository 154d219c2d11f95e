"""The server's own time, and the ids that are made of it."""

from datetime import UTC, datetime, timedelta

_DISCORD_EPOCH_MS = 1_420_070_400_000
_TIMESTAMP_SHIFT = 22


class ServerClock:
    """The machine's time, moved ahead as far as a test asks."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def advance(self, *, seconds: float) -> None:
        """Move the server's time ahead of the bot's, for instance past a token's lifetime."""
        self._ahead += timedelta(seconds=seconds)


class SnowflakeMint:
    """Ids that rise and carry their time of birth, as clients read it out of them."""

    def __init__(self, clock: ServerClock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> int:
        age_ms = int(self._clock.now().timestamp() * 1000) - _DISCORD_EPOCH_MS
        self._last = max(self._last + 1, age_ms << _TIMESTAMP_SHIFT)
        return self._last
