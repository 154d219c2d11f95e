"""Double clicks: the same button pressed again at once by the same member is one request."""

from bot.domain.ids import MessageId, UserId
from bot.services.ports import Clock

WINDOW_S = 3.0

_Button = tuple[MessageId, UserId, str]


class Presses:
    """Remembers the presses of the last few seconds.

    In memory: the presses of one member in one place come to one process, and after a restart
    nobody is in the middle of a double click.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last_s: dict[_Button, float] = {}

    def is_repeat(self, *, message_id: MessageId, user_id: UserId, custom_id: str) -> bool:
        """Note a press, and say whether the same one was noted less than three seconds ago.

        A repeated press counts for the next one too, so that hammering stays one request.
        """
        now_s = self._clock.monotonic()
        self._forget(now_s)
        button = (message_id, user_id, custom_id)
        repeated = self._last_s.pop(button, None) is not None
        self._last_s[button] = now_s
        return repeated

    def _forget(self, now_s: float) -> None:
        """Presses stand in the order in which they were noted, oldest first."""
        while self._last_s:
            oldest = next(iter(self._last_s))
            if now_s - self._last_s[oldest] < WINDOW_S:
                return
            del self._last_s[oldest]
