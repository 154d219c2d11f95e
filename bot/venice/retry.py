"""When a request is sent again. Pure: given how often it failed and how, whether and when.

Only what is known not to have been done is sent again: requests that never left whole, and
answers that say no work was done (429, 500, 502, 503, 504). What was sent and not answered is
never sent again, because the API has no idempotency key; unless it only reads.
"""

from dataclasses import dataclass

from bot.venice.errors import (
    AnswerLost,
    AtCapacity,
    CircuitOpen,
    RateLimited,
    ServerFault,
    Unreachable,
    VeniceError,
)

_RETRIED_STATUSES = frozenset({500, 502, 504})


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Exponential backoff with full jitter, bounded in tries and in time.

    Attributes:
        most_tries: how often a request is sent at most.
        base_s: the longest wait before the second try; it doubles with each further one.
        longest_s: no wait of our own is longer.
        deadline_s: no try is begun later than this after the first.
    """

    most_tries: int = 4
    base_s: float = 0.5
    longest_s: float = 8.0
    deadline_s: float = 120.0

    def wait_s(
        self,
        error: VeniceError,
        *,
        tries: int,
        elapsed_s: float,
        chance: float,
        only_reads: bool = False,
    ) -> float | None:
        """How long to wait before the next try; None to give up.

        Args:
            error: why the last try failed.
            tries: how often the request was sent so far.
            elapsed_s: seconds since the first try began.
            chance: a random number from 0 to 1, by which clients that failed together part.
            only_reads: whether the request costs nothing and changes nothing.
        """
        if tries >= self.most_tries or not is_safe_to_repeat(error, only_reads=only_reads):
            return None
        backoff_s = chance * min(self.longest_s, self.base_s * 2 ** (tries - 1))
        wait_s = (error.retry_after_s or 0.0) + backoff_s
        return wait_s if elapsed_s + wait_s <= self.deadline_s else None


def is_safe_to_repeat(error: VeniceError, *, only_reads: bool = False) -> bool:
    """Whether the failure says that no work was done, or there was none to do."""
    if isinstance(error, ServerFault):
        return error.status in _RETRIED_STATUSES
    if isinstance(error, CircuitOpen):
        return False
    if isinstance(error, AnswerLost):
        return only_reads
    return isinstance(error, Unreachable | RateLimited | AtCapacity)
