"""The live bot's life: connect, run, and stop cleanly when told to."""

import asyncio
import gc
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from bot.app import App, open_app
from bot.client import StartError, connect, use_servers
from bot.settings import Settings

log = structlog.get_logger(__name__)

_COLLECT_AFTER = 20_000
"""So many new objects set off a collection. A request makes some thousands, most of which go by
themselves; Python's own 700 would have it look for cycles several times within each."""


async def run_live(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT, then finish running jobs and close.

    Raises:
        StartError: if Discord refuses the token or the intents, or cannot be reached.
        StorageError: if the database cannot be used.
        PortUnavailable: if health and metrics cannot be served where the settings say.
    """
    token = settings.discord_token
    if token is None:
        raise StartError("DISCORD_TOKEN is not set. See .env.example.")
    use_servers(api_url=settings.discord_api_url, gateway_url=settings.discord_gateway_url)
    async with open_app(settings) as app:
        _spare_the_collector()
        with stop_signal() as stop:
            await _connected_until(stop, app, token.get_secret_value())


def _spare_the_collector() -> None:
    """Keep what was built at the start, which lives to the end, out of every later collection.

    A full one over all of it would hold up the loop for a tenth of a second.
    """
    gc.collect()
    gc.freeze()
    _, second, third = gc.get_threshold()
    gc.set_threshold(_COLLECT_AFTER, second, third)


@contextmanager
def stop_signal() -> Iterator[asyncio.Event]:
    """An event that SIGTERM and SIGINT set, instead of what they do otherwise."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)
    for number in signals:
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


async def _connected_until(stop: asyncio.Event, app: App, token: str) -> None:
    """Stay connected; on `stop`, deliver what runs before the connection is closed."""
    async with app.client:
        connected = asyncio.create_task(connect(app.client, token), name="discord")
        stopped = asyncio.create_task(stop.wait(), name="stop-signal")
        try:
            await asyncio.wait([connected, stopped], return_when=asyncio.FIRST_COMPLETED)
            if connected.done():
                await connected
            log.info("stopping", running_jobs=app.pool.running)
            app.stop_accepting()
            await app.drained()
            await app.vote_board.show_all()
        finally:
            stopped.cancel()
            await app.client.close()
            await asyncio.wait([connected])
    log.info("stopped")
