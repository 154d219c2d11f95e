import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
from simcord import Env

from sandbox.demo.simulation import simulate
from sandbox.demo.watch import WorldWatch
from sandbox.demo.world import World, build_world
from tests.browser.toy_painter import Studio, ToyPainter, open_studio


@asynccontextmanager
async def open_world() -> AsyncIterator[tuple[Studio, Env, World]]:
    async with open_studio() as studio, simulate(ToyPainter(studio)) as env:
        yield studio, env, await build_world(env)


async def test_what_a_member_and_the_bot_write_counts() -> None:
    async with open_world() as (_, env, world):
        with WorldWatch(env) as watch:
            await world.alice.send(world.general, "hello")
            after_alice = watch.version
            channel = env.bot.get_channel(world.general.id)
            assert isinstance(channel, discord.TextChannel)
            await channel.send("hello, Alice")

    assert 0 < after_alice < watch.version


async def test_an_edit_that_only_one_member_sees_counts() -> None:
    async with open_world() as (studio, env, world):
        await world.alice.slash(world.general, "paint", prompt="a secret", private=True)
        with WorldWatch(env) as watch:
            studio.finish()
            async with asyncio.timeout(60):
                assert await watch.wait_past(0) > 0


async def test_suggestions_and_reads_do_not_count() -> None:
    async with open_world() as (_, env, world):
        with WorldWatch(env) as watch:
            suggested = await world.alice.autocomplete(world.general, "paint", "model", "fl")
            await env.bot.fetch_channel(world.general.id)

    assert len(suggested) == 2
    assert watch.version == 0


async def test_the_transcript_stays_whole() -> None:
    async with open_world() as (_, env, world):
        before = len(env.backend.transcript)
        with WorldWatch(env):
            await world.alice.send(world.general, "hello")
        await world.alice.send(world.general, "goodbye")

        events = [name for kind, name, _ in env.backend.transcript[before:] if kind == "GATEWAY"]
        assert events == ["MESSAGE_CREATE", "MESSAGE_CREATE"]


async def test_after_the_watch_nothing_counts() -> None:
    async with open_world() as (_, env, world):
        with WorldWatch(env) as watch:
            pass
        await world.alice.send(world.general, "hello")
    assert watch.version == 0
