"""The bot with its clock set ahead: `CLOCK_AHEAD_S=90000 python -m tests.wire.crash.ahead run`.

So a day goes by while it is down. It also looks for scheduled work more often than usual, so that
nobody waits for it.
"""

import os
import sys
from datetime import datetime, timedelta

from bot import cli
from bot.services.schedule import scheduler
from bot.venice.clock import SystemClock

VARIABLE = "CLOCK_AHEAD_S"
RUN_AHEAD = ("-m", "tests.wire.crash.ahead", "run")
_LOOK_EVERY_S = 0.25


def _set_ahead(by: timedelta) -> None:
    read = SystemClock.now

    def now(clock: SystemClock) -> datetime:
        return read(clock) + by

    setattr(SystemClock, "now", now)  # noqa: B010 - a method is not to be assigned, says mypy
    scheduler.LOOK_EVERY_S = _LOOK_EVERY_S


if __name__ == "__main__":
    _set_ahead(timedelta(seconds=float(os.environ.get(VARIABLE, "0"))))
    sys.exit(cli.main())
