"""The image, built from the Dockerfile and run with a root that is only read: `make container`."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from sandbox.venice.server import VeniceStandIn
from tests.operation.ports import free_port
from tests.wire.container import once, running, volume
from tests.wire.discord import LoopbackDiscord, SentInteraction
from tests.wire.surroundings import settings_for

pytestmark = pytest.mark.container

START_S = 90.0
PICTURE_S = 90.0
GRACE_S = 35
AT_ONCE_S = 20


@pytest.fixture
async def data() -> AsyncIterator[str]:
    async with volume() as name:
        yield name


@pytest.fixture
def environment(discord: LoopbackDiscord, venice: VeniceStandIn) -> dict[str, str]:
    return {
        **settings_for(discord, venice),
        "HTTP_PORT": f"{free_port()}",
    }


async def ask(discord: LoopbackDiscord) -> SentInteraction:
    """A member asks for a picture."""
    ann, studio = discord.world.member("ann"), discord.world.channel("studio")
    return await discord.slash(ann, studio, "imagine", {"prompt": "a red fox at dawn"})


async def paint(discord: LoopbackDiscord) -> None:
    """A member asks for a picture and gets it."""
    asked = await ask(discord)
    await asked.message_where(lambda each: each.attachments, timeout_s=PICTURE_S)


async def test_a_picture_is_painted_and_only_the_volume_is_written(
    data: str, discord: LoopbackDiscord, environment: dict[str, str]
) -> None:
    async with running(data, environment) as bot:
        await discord.ready(timeout_s=START_S)
        await paint(discord)

        assert (await bot.run("python", "-m", "bot.ops.healthcheck")).returncode == 0
        who = await bot.run("id", "-u")
        found = await bot.run("find", "/data", "-type", "f")
        assert await bot.stop(grace_s=GRACE_S) == 0, await bot.log()

    assert who.text.strip() == "10001"
    assert "/data/gondola.db" in found.text
    assert "/data/images/" in found.text


async def test_told_to_stop_it_finishes_what_it_paints(
    data: str, discord: LoopbackDiscord, venice: VeniceStandIn, environment: dict[str, str]
) -> None:
    venice.delay_s = 3.0
    async with running(data, environment) as bot:
        await discord.ready(timeout_s=START_S)
        asked = await ask(discord)
        await asked.acknowledged(timeout_s=PICTURE_S)
        await venice.wait_for_requests(1, route="/image/generate")
        code = await bot.stop(grace_s=GRACE_S)
        await asked.message_where(lambda each: each.attachments, timeout_s=PICTURE_S)

        assert code == 0, await bot.log()


async def test_told_to_stop_before_it_listens_it_ends_at_once(
    data: str, environment: dict[str, str]
) -> None:
    async with running(data, environment) as bot, asyncio.timeout(AT_ONCE_S):
        await bot.stop(grace_s=GRACE_S)


async def test_the_doctor_finds_no_fault(data: str, environment: dict[str, str]) -> None:
    told = await once(data, environment, "python", "-m", "bot", "doctor")

    assert told.returncode == 0, told.text


async def test_what_was_painted_comes_back_from_a_backup(
    data: str, discord: LoopbackDiscord, environment: dict[str, str]
) -> None:
    async with running(data, environment) as bot:
        await discord.ready(timeout_s=START_S)
        await paint(discord)
        saved = await bot.run("python", "-m", "bot", "backup", "/data/saved", "--pictures")
        assert saved.returncode == 0, saved.text
        assert await bot.stop(grace_s=GRACE_S) == 0, await bot.log()
    lost = await once(data, environment, "sh", "-c", "rm -r /data/gondola.db* /data/images")
    assert lost.returncode == 0, lost.text

    restored = await once(data, environment, "python", "-m", "bot", "restore", "/data/saved")

    assert restored.returncode == 0, restored.text
    assert "Pictures copied: 1." in restored.text
    checked = await once(data, environment, "python", "-m", "bot", "doctor")
    assert checked.returncode == 0, checked.text
