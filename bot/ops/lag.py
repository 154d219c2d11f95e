"""How late the event loop is: cheap enough to be measured always."""

import asyncio
from collections.abc import Callable
from typing import Never

from prometheus_client import Histogram

LOOK_EVERY_S = 1.0


async def measure_lag(lag_s: Histogram, monotonic: Callable[[], float]) -> Never:
    """Once a second, see how much later than asked the loop wakes a sleeper, until cancelled."""
    while True:
        due_s = monotonic() + LOOK_EVERY_S
        await asyncio.sleep(LOOK_EVERY_S)
        lag_s.observe(max(0.0, monotonic() - due_s))
