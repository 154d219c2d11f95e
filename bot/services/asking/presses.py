"""Double clicks: the same button pressed again at once by the same member is one request."""

from datetime import datetime, timedelta

from bot.domain.ids import MessageId, UserId
from bot.services.ports import Clock

WINDOW = timedelta(seconds=3)

_Button = tuple[MessageId, UserId, str]


class Presses:
    """Remembers the presses of the last few seconds.

    In memory: the presses of one member in one place come to one process, and after a restart
    nobody is in the middle of a double click.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last: dict[_Button, datetime] = {}

    def is_repeat(self, *, message_id: MessageId, user_id: UserId, custom_id: str) -> bool:
        """Note a press, and say whether the same one was noted less than three seconds ago.

        A repeated press counts for the next one too, so that hammering stays one request.
        """
        now = self._clock.now()
        self._forget(now)
        button = (message_id, user_id, custom_id)
        repeated = self._last.pop(button, None) is not None
        self._last[button] = now
        return repeated

    def _forget(self, now: datetime) -> None:
        """Presses stand in the order in which they were noted, oldest first."""
        while self._last:
            oldest = next(iter(self._last))
            if now - self._last[oldest] < WINDOW:
                return
            del self._last[oldest]
