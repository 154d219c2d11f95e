"""What the client tells of its calls to whoever measures them."""

from typing import Protocol

WENT_WELL = "ok"
"""The outcome of a try that brought what was asked for."""


class CallObserver(Protocol):
    """Is told of every try. It neither waits nor raises."""

    def tried(self, route: str, outcome: str, duration_s: float) -> None:
        """A try has ended.

        Args:
            route: the first two parts of its path; what follows may be a wallet's address.
            outcome: `ok`, or the name of the error of `bot.venice.errors` that it raised.
            duration_s: from its start to the last byte of its answer.
        """


class NobodyObserves:
    """A `CallObserver` that does nothing."""

    def tried(self, route: str, outcome: str, duration_s: float) -> None:
        """Nothing."""


def route_name(path: str) -> str:
    """The part of a path that is the same for every account: `/x402/balance/0x…` loses its end."""
    return "/".join(path.split("/")[:3])
