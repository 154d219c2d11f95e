"""A simulated Discord that keeps today's time.

SimCord's clock starts on a fixed date and stands still, which is what a test wants. On a page that
somebody looks at, messages should carry today's date and timers should run, so here the clock is
set before the bot arrives and moved along afterwards.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import discord
import simcord
from discord import app_commands
from discord.ext import commands

from bot.domain.errors import GondolaError
from bot.ui.parts.presenter import present_error

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
    _let_refusals_pass(bot)
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


def _let_refusals_pass(bot: discord.Client) -> None:
    """A refusal is an answer, and not the failure that the page would report it as."""
    if not isinstance(bot, commands.Bot | commands.AutoShardedBot):
        return
    tree = bot.tree
    reporting = tree.on_error

    async def on_error(
        interaction: discord.Interaction[Any], error: app_commands.AppCommandError
    ) -> None:
        if isinstance(getattr(error, "original", error), GondolaError):
            await present_error(interaction, error)
        else:
            await reporting(interaction, error)

    tree.on_error = on_error  # type: ignore[method-assign] # as the simulation itself does


async def _keep_time(env: simcord.Env) -> None:
    """Move the simulation's clock with the real one; its timers run when it next settles."""
    while True:
        await asyncio.sleep(_TICK_S)
        _set_clock(env)


def _set_clock(env: simcord.Env) -> None:
    behind_s = (datetime.now(UTC) - env.now()).total_seconds()
    if behind_s > 0:
        env.backend.advance_clock(behind_s)
