"""How soon Discord has the acknowledgement of an interaction, and what was refused.

Measured at the connection itself: from the moment the gateway brought the interaction to the
moment Discord's answer to its callback is there, whatever command, button or form it was.
"""

import re
from collections import OrderedDict
from collections.abc import Callable
from http import HTTPStatus
from types import SimpleNamespace
from typing import Protocol

import aiohttp
import discord

from bot.domain.errors import GondolaError, RefusedByRule

GIVEN_UP_AFTER_S = 15.0
"""Discord waits for three seconds; the rest is for answers that are on their way."""

_CALLBACK = re.compile(r"/interactions/(?P<id>\d+)/[^/]+/callback$")
_WORD = re.compile(r"(?<!^)(?=[A-Z])")


class InteractionObserver(Protocol):
    """Is told what becomes of interactions. None of its methods waits or raises."""

    def acknowledged(self, kind: str, after_s: float) -> None:
        """Discord has the acknowledgement."""

    def unacknowledged(self, kind: str) -> None:
        """Discord has given the interaction up: the member saw no answer."""

    def refused(self, rule: str) -> None:
        """A request was refused, by a rule or for a reason of that name."""


class NobodyObserves:
    """An `InteractionObserver` that does nothing."""

    def acknowledged(self, kind: str, after_s: float) -> None:
        """Nothing."""

    def unacknowledged(self, kind: str) -> None:
        """Nothing."""

    def refused(self, rule: str) -> None:
        """Nothing."""


class InteractionWatch:
    """Watches a client's interactions.

    Args:
        monotonic: time.
        observer: is told.
    """

    def __init__(
        self, monotonic: Callable[[], float], observer: InteractionObserver | None = None
    ) -> None:
        self._monotonic = monotonic
        self._observer = observer or NobodyObserves()
        self._waiting: OrderedDict[int, tuple[str, float]] = OrderedDict()

    def arrived(self, interaction: discord.Interaction) -> None:
        """Begin to measure an interaction that the gateway has just brought."""
        now_s = self._monotonic()
        self._give_up_old_ones(now_s)
        self._waiting[interaction.id] = (interaction.type.name, now_s)

    def answered(self, path: str, status: int) -> None:
        """Take up Discord's answer to any request; only those to callbacks count."""
        callback = _CALLBACK.search(path)
        if callback is None or _is_tried_again(status):
            return
        kind, arrived_s = self._waiting.pop(int(callback["id"]), (None, 0.0))
        if kind is None:
            return
        if status < HTTPStatus.BAD_REQUEST:
            self._observer.acknowledged(kind, self._monotonic() - arrived_s)
        else:
            self._observer.unacknowledged(kind)

    def refused(self, error: GondolaError) -> None:
        """Take up that a member was refused something."""
        rule = error.rule.value if isinstance(error, RefusedByRule) else _name_of(error)
        self._observer.refused(rule)

    def trace(self) -> aiohttp.TraceConfig:
        """What tells of each answer of the client's connections."""
        config = aiohttp.TraceConfig()
        config.on_request_end.append(self._request_ended)
        return config

    async def _request_ended(
        self,
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        ended: aiohttp.TraceRequestEndParams,
    ) -> None:
        self.answered(ended.url.path, ended.response.status)

    def _give_up_old_ones(self, now_s: float) -> None:
        while self._waiting:
            oldest = next(iter(self._waiting))
            kind, arrived_s = self._waiting[oldest]
            if now_s - arrived_s < GIVEN_UP_AFTER_S:
                return
            del self._waiting[oldest]
            self._observer.unacknowledged(kind)


def _is_tried_again(status: int) -> bool:
    """Answers after which discord.py sends the callback anew."""
    return status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR


def _name_of(error: GondolaError) -> str:
    """`QuotaExceeded` as `quota_exceeded`."""
    return _WORD.sub("_", type(error).__name__).lower()
