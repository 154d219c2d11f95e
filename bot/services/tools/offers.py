"""Questions about pictures that are not the bot's own: which one, and how large.

A button's custom id has no room for an address. In memory, because without the privileged intent
for messages' content Discord shows the bot a member's message only once, when a member points at
it; after a restart the question is asked anew.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta

from bot.domain.tools.picture_errors import OfferExpired
from bot.domain.tools.source_limits import OfferedPicture
from bot.services.ports import Clock

LIFETIME = timedelta(minutes=15)
"""As long as the question can be answered by its interaction's token (Discord)."""

MOST_KEPT = 1_000


def new_offer_id() -> str:
    """An id that nobody guesses."""
    return secrets.token_hex(8)


class Offers:
    """Remembers offered pictures for a quarter of an hour."""

    def __init__(self, clock: Clock, *, draw_id: Callable[[], str] = new_offer_id) -> None:
        self._clock = clock
        self._draw_id = draw_id
        self._kept: dict[str, tuple[float, OfferedPicture]] = {}

    def keep(self, offered: OfferedPicture) -> str:
        """Remember a picture, and say by which id it is asked for."""
        now_s = self._clock.monotonic()
        self._forget(now_s)
        while len(self._kept) >= MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        offer_id = self._draw_id()
        self._kept[offer_id] = (now_s + LIFETIME.total_seconds(), offered)
        return offer_id

    def get(self, offer_id: str) -> OfferedPicture:
        """The picture of that id.

        Raises:
            OfferExpired: if it is no longer remembered.
        """
        self._forget(self._clock.monotonic())
        if offer_id not in self._kept:
            raise OfferExpired
        return self._kept[offer_id][1]

    def _forget(self, now_s: float) -> None:
        """Offers stand in the order in which they were made, oldest first."""
        while self._kept:
            oldest = next(iter(self._kept))
            if self._kept[oldest][0] > now_s:
                return
            del self._kept[oldest]
