"""`python -m bot doctor` as a process."""

from dataclasses import replace
from pathlib import Path

from sandbox.venice.server import VeniceStandIn
from tests.wire.discord import LoopbackDiscord, make_world
from tests.wire.discord.permissions import Permission
from tests.wire.discord.world import make_guild
from tests.wire.process import start_bot
from tests.wire.surroundings import settings_for

END_S = 90.0


async def consult(
    discord: LoopbackDiscord, venice: VeniceStandIn, directory: Path, **overrides: str
) -> tuple[int, str]:
    """The exit status and all that was said."""
    environment = {
        **settings_for(discord, venice),
        "IMAGE_STORE_MB": "16",
        **overrides,
    }
    async with start_bot(
        directory=directory, environment=environment, arguments=("-m", "bot", "doctor")
    ) as bot:
        status = await bot.exited(timeout_s=END_S)
    return status, bot.output


async def test_where_all_is_well_every_check_is_ok(venice: VeniceStandIn, tmp_path: Path) -> None:
    async with LoopbackDiscord() as discord:
        status, output = await consult(discord, venice, tmp_path)

    assert status == 0
    for check in ("settings", "Discord token", "server Atelier", "API key", "catalogue", "disk"):
        assert check in output
    assert "fault" not in output
    assert "warning" not in output


async def test_missing_permissions_are_named(venice: VeniceStandIn, tmp_path: Path) -> None:
    guild = make_guild()
    everyone = replace(guild.roles[0], permissions=Permission.VIEW_CHANNEL)
    world = make_world(replace(guild, roles=(everyone, *guild.roles[1:])))
    async with LoopbackDiscord(world=world) as discord:
        status, output = await consult(discord, venice, tmp_path)

    assert status == 0
    assert "lacks send messages, embed links, attach files" in output


async def test_refused_credentials_are_faults_and_are_not_shown(
    venice: VeniceStandIn, tmp_path: Path
) -> None:
    async with LoopbackDiscord() as discord:
        status, output = await consult(
            discord, venice, tmp_path, DISCORD_TOKEN="wrong-token", VENICE_API_KEY="wrong-key"
        )

    assert status == 1
    assert output.count("fault") == 2
    assert "wrong-token" not in output
    assert "wrong-key" not in output
