"""The demo with the toy painter in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from simcord import Env

from sandbox.demo.page import DemoPage, serve_demo_page
from sandbox.demo.simulation import simulate
from sandbox.demo.world import World, build_world
from tests.browser.toy_painter import Studio, ToyPainter, open_studio


@dataclass(frozen=True, slots=True)
class ToyDemo:
    """Everything of the demo that a test may want to hold."""

    studio: Studio
    env: Env
    world: World
    served: DemoPage


@asynccontextmanager
async def open_toy_demo() -> AsyncIterator[ToyDemo]:
    """The demo, served; it fails if the bot raised anything."""
    async with open_studio() as studio, simulate(ToyPainter(studio)) as env:
        world = await build_world(env)
        async with serve_demo_page(env, world) as served:
            yield ToyDemo(studio, env, world, served)
            assert env.errors == []
