"""Doing something again and again, whatever goes wrong in between."""

from collections.abc import Awaitable, Callable
from typing import Never

import structlog

from bot.services.ports import Clock

log = structlog.get_logger(__name__)


async def repeat(
    do: Callable[[], Awaitable[None]], *, every_s: float, clock: Clock, failure: str
) -> Never:
    """Do it every so many seconds, until cancelled; one failure does not end it.

    Args:
        do: what is done, for the first time after a pause.
        every_s: the pause, in seconds.
        clock: whose seconds they are.
        failure: the event under which a failure is logged.
    """
    while True:
        await clock.sleep(every_s)
        try:
            await do()
        except Exception:
            log.exception(failure)
