"""Leaves a model alone that said again and again that it has no room.

Closed, everything passes. After so many capacity errors in a row it opens: nothing is sent for a
while. Then one request may try; its success closes the circuit, its failure opens it again.
"""

from dataclasses import dataclass

from bot.venice.clock import Clock
from bot.venice.errors import CircuitOpen

DEFAULT_FAILURES_TO_OPEN = 5
DEFAULT_COOL_DOWN_S = 30.0


@dataclass(slots=True)
class _Circuit:
    failures: int = 0
    open_until_s: float | None = None


class CircuitBreaker:
    """One circuit a model.

    Args:
        clock: time.
        failures_to_open: how many capacity errors in a row open a circuit; one request makes
            up to four, so that a single one does not.
        cool_down_s: for how long it stays open, unless the API asked for longer.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        failures_to_open: int = DEFAULT_FAILURES_TO_OPEN,
        cool_down_s: float = DEFAULT_COOL_DOWN_S,
    ) -> None:
        self._clock = clock
        self._failures_to_open = failures_to_open
        self._cool_down_s = cool_down_s
        self._circuits: dict[str, _Circuit] = {}

    def is_open(self, model: str) -> bool:
        """Whether nothing may be sent to the model now."""
        return self._left_s(model) > 0

    def check(self, model: str, *, is_leaving: bool) -> None:
        """Let a request pass; the first that leaves after the cool-down is the one that tries.

        Raises:
            CircuitOpen: while the model is left alone.
        """
        left_s = self._left_s(model)
        if left_s > 0:
            raise CircuitOpen(message=f"{model} has no room", retry_after_s=left_s)
        circuit = self._circuits.get(model)
        if is_leaving and circuit is not None and circuit.open_until_s is not None:
            circuit.open_until_s = self._clock.monotonic() + self._cool_down_s

    def note_capacity_error(self, model: str, *, retry_after_s: float | None) -> None:
        """Count an answer that said there is no room."""
        circuit = self._circuits.setdefault(model, _Circuit())
        circuit.failures += 1
        if circuit.failures >= self._failures_to_open:
            cool_down_s = max(self._cool_down_s, retry_after_s or 0.0)
            circuit.open_until_s = self._clock.monotonic() + cool_down_s

    def note_success(self, model: str) -> None:
        """The model has room."""
        self._circuits.pop(model, None)

    def _left_s(self, model: str) -> float:
        circuit = self._circuits.get(model)
        if circuit is None or circuit.open_until_s is None:
            return 0.0
        return circuit.open_until_s - self._clock.monotonic()
