"""`python -m bot demo`: the real bot, a simulated Discord, and a stand-in for the image API."""

import asyncio
import tempfile
from pathlib import Path

from pydantic import SecretStr

from bot.app import open_app
from bot.live import stop_signal
from bot.settings import Settings
from sandbox.demo.browser import open_in_browser
from sandbox.demo.cdn import CDN_HOST, SimulatedCdn
from sandbox.demo.page import DemoPage, serve_demo_page
from sandbox.demo.simulation import simulate
from sandbox.demo.world import World, build_world
from sandbox.venice.options import StandInOptions
from sandbox.venice.server import VeniceStandIn

PAINTING_S = 1.0
"""How long the stand-in lets members wait for a picture, so that waiting can be seen."""

_KEY = "demo-key"


async def run_demo(settings: Settings) -> None:
    """Serve the demo until it is ended from its page, by Ctrl-C or by SIGTERM.

    Its database and pictures are in a temporary folder: every demo starts afresh, and none
    touches the live bot's data.
    """
    with tempfile.TemporaryDirectory(prefix="gondola-demo-") as folder, stop_signal() as stop:
        options = StandInOptions(api_key=_KEY, delay_s=PAINTING_S)
        cdn = SimulatedCdn()
        async with (
            VeniceStandIn(options) as venice,
            open_app(
                demo_settings(settings, Path(folder), venice.base_url), shard_count=1, fetcher=cdn
            ) as app,
            simulate(app.client) as env,
        ):
            cdn.serve(app.client)
            world = await build_world(env)
            await set_rules(world)
            async with serve_demo_page(env, world) as page:
                await _show(page)
                await _until_ended(page, stop)


async def set_rules(world: World) -> None:
    """The channel for reviewed pictures gets its rule as in life: the admin types it."""
    await world.admin.slash(world.reviewed, "channel set", review="all")


def demo_settings(settings: Settings, folder: Path, venice_url: str) -> Settings:
    """The operator's settings, with nothing left in them that leads outside."""
    return settings.model_copy(
        update={
            "discord_token": None,
            "venice_api_key": SecretStr(_KEY),
            "venice_wallet_key": None,
            "venice_base_url": venice_url,
            "database_url": f"sqlite+aiosqlite:///{folder / 'gondola.db'}",
            "data_dir": folder,
            "allowed_guilds": frozenset(),
            "alert_channel_id": None,
            "discord_cdn_hosts": (CDN_HOST,),
        }
    )


async def _show(page: DemoPage) -> None:
    print(f"Gondola's demo is at {page.url}")  # noqa: T201 - for the terminal
    print("Type /imagine there. Ctrl-C ends it.")  # noqa: T201 - for the terminal
    await open_in_browser(page.url)


async def _until_ended(page: DemoPage, stop: asyncio.Event) -> None:
    waits = [asyncio.create_task(page.closed()), asyncio.create_task(stop.wait())]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
