from datetime import UTC, datetime, timedelta

import discord
from discord.ext import tasks

from sandbox.demo.simulation import simulate
from sandbox.demo.world import build_world
from tests.browser.toy_painter import Studio, ToyPainter


async def test_each_member_has_the_rights_of_their_role() -> None:
    async with simulate(ToyPainter(Studio())) as env:
        world = await build_world(env)

        def rights(user_id: int) -> discord.Permissions:
            return discord.Permissions(
                env.backend.compute_permissions(world.guild.id, user_id, world.general.id)
            )

        assert rights(world.admin.id).administrator
        assert rights(world.moderator.id).manage_messages
        assert not rights(world.moderator.id).manage_guild
        for member in (world.alice, world.bob):
            assert rights(member.id).use_application_commands
            assert not rights(member.id).manage_messages


async def test_the_bot_sees_one_channel_as_age_restricted() -> None:
    async with simulate(ToyPainter(Studio())) as env:
        world = await build_world(env)
        seen = {name: env.bot.get_channel(channel.id) for name, channel in world.channels.items()}

        assert {
            name: channel.is_nsfw()
            for name, channel in seen.items()
            if isinstance(channel, discord.TextChannel)
        } == {"general": False, "reviewed": False, "age-restricted": True}


async def test_everybody_has_a_portrait_and_the_bot_its_name() -> None:
    async with simulate(ToyPainter(Studio())) as env:
        world = await build_world(env)

        assert env.bot.user is not None
        assert env.bot.user.name == "Gondola"
        ids = {member.id for member in world.members} | {env.bot.user.id}
        assert {int(url.split("/")[-2]) for url in world.avatars} == ids


async def test_the_simulation_keeps_todays_time() -> None:
    async with simulate(ToyPainter(Studio())) as env:
        assert datetime.now(UTC) - env.now() < timedelta(seconds=5)


async def test_a_loop_of_the_bot_has_no_days_to_make_up_for() -> None:
    runs = 0

    class LoopingPainter(ToyPainter):
        async def setup_hook(self) -> None:
            self.count.start()

        @tasks.loop(hours=1)
        async def count(self) -> None:
            nonlocal runs
            runs += 1

    async with simulate(LoopingPainter(Studio())) as env:
        await build_world(env)
    assert runs == 1
