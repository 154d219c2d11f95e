"""A simulated Discord that keeps today's time.

SimCord's clock starts on a fixed date and stands still, which is what a test wants. On a page that
somebody looks at, messages should carry today's date and timers should run, so here the clock is
set before the bot arrives and moved along afterwards.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import discord
import simcord

_TICK_S = 1.0


@asynccontextmanager
async def simulate(bot: discord.Client) -> AsyncIterator[simcord.Env]:
    """Log a bot in to a simulated Discord, and out again at the end.

    What the bot raises is the bot's business: unlike in a test, leaving does not raise it again.

    Args:
        bot: A client that has not been started. A sharded one needs its ``shard_count`` set.
    """
    env = simcord.Env(bot, check_errors=False)
    # Before the bot is there: a loop that already runs would make up for every day skipped.
    _set_clock(env)
    await env.start()
    try:
        with env.time_context():
            clock = asyncio.create_task(_keep_time(env), name="demo-clock")
            try:
                yield env
            finally:
                clock.cancel()
                await asyncio.wait([clock])
    finally:
        await env.shutdown()


async def _keep_time(env: simcord.Env) -> None:
    """Move the simulation's clock with the real one; its timers run when it next settles."""
    while True:
        await asyncio.sleep(_TICK_S)
        _set_clock(env)


def _set_clock(env: simcord.Env) -> None:
    behind_s = (datetime.now(UTC) - env.now()).total_seconds()
    if behind_s > 0:
        env.backend.advance_clock(behind_s)
