"""The bot as a process of its own, told by settings alone where Discord and the image API are."""

import contextlib
import io
import signal
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from sandbox.venice.server import VeniceStandIn
from tests.wire.discord import LoopbackDiscord, Message
from tests.wire.discord.components import texts
from tests.wire.process import start_bot
from tests.wire.surroundings import settings_for

START_S = 90.0
ANSWER_S = 90.0
PICTURE_S = 90.0
STOP_S = 35.0


@pytest.fixture
def environment(discord: LoopbackDiscord, venice: VeniceStandIn) -> dict[str, str]:
    return {
        **settings_for(discord, venice),
        "LOG_FORMAT": "json",
    }


def text_of(message: Message) -> str:
    return "\n".join(texts(message.components))


async def test_a_healthy_start_warns_of_nothing(
    tmp_path: Path, environment: Mapping[str, str]
) -> None:
    async with start_bot(directory=tmp_path, environment=environment) as bot:
        await bot.line_where(lambda line: '"event": "ready"' in line.text, timeout_s=START_S)
        assert '"level": "warning"' not in bot.output


async def test_imagine_is_acknowledged_and_its_picture_arrives_as_a_file(
    tmp_path: Path, discord: LoopbackDiscord, environment: Mapping[str, str]
) -> None:
    ann, studio = discord.world.member("ann"), discord.world.channel("studio")
    async with start_bot(directory=tmp_path, environment=environment) as bot:
        await discord.ready(timeout_s=START_S)

        interaction = await discord.slash(
            ann, studio, "imagine", {"prompt": "a red fox at dawn", "aspect": "16:9"}
        )
        acknowledgement = await interaction.acknowledged(timeout_s=ANSWER_S)
        message = await interaction.message_where(
            lambda each: each.attachments, timeout_s=PICTURE_S
        )

        assert acknowledgement.deferred
        assert Image.open(io.BytesIO(message.attachments[0].data)).size == (1280, 720)
        assert "a red fox at dawn" in text_of(message)
        assert await bot.terminate(timeout_s=STOP_S) == 0


async def test_a_private_result_is_for_its_member_alone(
    tmp_path: Path, discord: LoopbackDiscord, environment: Mapping[str, str]
) -> None:
    ann, studio = discord.world.member("ann"), discord.world.channel("studio")
    async with start_bot(directory=tmp_path, environment=environment):
        await discord.ready(timeout_s=START_S)

        interaction = await discord.slash(
            ann, studio, "imagine", {"prompt": "a surprise", "private": True}
        )
        message = await interaction.message_where(
            lambda each: each.attachments, timeout_s=PICTURE_S
        )

        assert message.ephemeral


async def test_completion_offers_the_models_of_the_image_api(
    tmp_path: Path, discord: LoopbackDiscord, environment: Mapping[str, str]
) -> None:
    ann, studio = discord.world.member("ann"), discord.world.channel("studio")
    async with start_bot(directory=tmp_path, environment=environment):
        await discord.ready(timeout_s=START_S)

        choices = await discord.autocomplete(
            ann, studio, "imagine", focused="model", value="turbo", timeout_s=ANSWER_S
        )

        assert "z-image-turbo" in [choice.value for choice in choices]


async def test_told_to_stop_the_bot_finishes_what_it_is_painting(
    tmp_path: Path, discord: LoopbackDiscord, venice: VeniceStandIn, environment: Mapping[str, str]
) -> None:
    venice.delay_s = 1.0
    ann, studio = discord.world.member("ann"), discord.world.channel("studio")
    async with start_bot(directory=tmp_path, environment=environment) as bot:
        await discord.ready(timeout_s=START_S)
        interaction = await discord.slash(ann, studio, "imagine", {"prompt": "a red fox"})
        await venice.wait_for_requests(1, route="/image/generate")

        assert await bot.terminate(timeout_s=STOP_S) == 0

    assert [message for message in interaction.messages if message.attachments]


async def test_killed_while_painting_the_bot_does_not_paint_again_but_tells_its_member(
    tmp_path: Path, discord: LoopbackDiscord, venice: VeniceStandIn, environment: Mapping[str, str]
) -> None:
    venice.delay_s = 60.0
    ann, studio = discord.world.member("ann"), discord.world.channel("studio")
    async with start_bot(directory=tmp_path, environment=environment) as bot:
        await discord.ready(timeout_s=START_S)
        interaction = await discord.slash(ann, studio, "imagine", {"prompt": "a red fox"})
        await venice.wait_for_requests(1, route="/image/generate")
        await bot.kill()

    async with start_bot(directory=tmp_path, environment=environment):
        await discord.ready(timeout_s=START_S, identified=2)
        message = await interaction.message_where(
            lambda each: "interrupted" in text_of(each), timeout_s=PICTURE_S
        )

        assert "Not charged to you; the bot may have been billed." in text_of(message)
        painted = [each for each in venice.requests if each.route == "/image/generate"]
        assert len(painted) == 1


async def test_the_commands_are_told_to_discord_once_and_not_at_every_start(
    tmp_path: Path, discord: LoopbackDiscord, environment: Mapping[str, str]
) -> None:
    for number in (1, 2):
        async with start_bot(directory=tmp_path, environment=environment) as bot:
            await discord.ready(timeout_s=START_S, identified=number)
            await bot.terminate(timeout_s=STOP_S)

    registered = [each for each in discord.served if each.method == "PUT"]
    assert len(registered) == 1


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"DISCORD_TOKEN": "wrong"}, "Discord refused DISCORD_TOKEN."),
        ({"DISCORD_TOKEN": ""}, "DISCORD_TOKEN is not set."),
        ({"DISCORD_API_URL": "http://127.0.0.1:9"}, "Discord cannot be reached: "),
        ({"DAILY_IMAGES_PER_USER": "many"}, "DAILY_IMAGES_PER_USER is 'many'"),
        ({"DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:9/none"}, "is not available"),
    ],
)
async def test_what_keeps_the_bot_from_starting_is_said_in_one_line(
    tmp_path: Path, environment: Mapping[str, str], changed: dict[str, str], says: str
) -> None:
    async with start_bot(directory=tmp_path, environment={**environment, **changed}) as bot:
        status = await bot.exited(timeout_s=START_S)

    assert status not in {0, -signal.SIGKILL}
    assert bot.lines[-1].text.startswith("gondola: ")
    assert says in bot.lines[-1].text
    assert "Traceback" not in bot.output


async def test_a_database_of_a_newer_version_is_left_alone(
    tmp_path: Path, environment: Mapping[str, str]
) -> None:
    async with start_bot(
        directory=tmp_path, environment=environment, arguments=("-m", "bot", "migrate")
    ) as bot:
        assert await bot.exited(timeout_s=START_S) == 0
        assert "The schema is at" in bot.output
    with contextlib.closing(sqlite3.connect(tmp_path / "data" / "gondola.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()

    async with start_bot(directory=tmp_path, environment=environment) as bot:
        assert await bot.exited(timeout_s=START_S) == 1
        assert "the database is newer than the code" in bot.lines[-1].text


async def test_an_image_api_that_cannot_be_reached_leaves_the_bot_running(
    tmp_path: Path, discord: LoopbackDiscord, environment: Mapping[str, str]
) -> None:
    ann, studio = discord.world.member("ann"), discord.world.channel("studio")
    nowhere = {**environment, "VENICE_BASE_URL": "http://127.0.0.1:9/api/v1"}
    async with start_bot(directory=tmp_path, environment=nowhere) as bot:
        await discord.ready(timeout_s=START_S)
        interaction = await discord.slash(ann, studio, "imagine", {"prompt": "a red fox"})
        message = await interaction.message_where(text_of, timeout_s=ANSWER_S)

        assert message.ephemeral
        assert "Please try again in a minute." in text_of(message)
        assert bot.returncode is None


async def test_a_second_bot_on_the_same_file_refuses_to_start(
    tmp_path: Path, discord: LoopbackDiscord, environment: Mapping[str, str]
) -> None:
    async with start_bot(directory=tmp_path, environment=environment):
        await discord.ready(timeout_s=START_S)
        async with start_bot(directory=tmp_path, environment=environment) as second:
            assert await second.exited(timeout_s=START_S) == 1
            assert "is in use by another process" in second.lines[-1].text


async def test_no_secret_stands_in_what_the_bot_prints(
    tmp_path: Path, discord: LoopbackDiscord, environment: Mapping[str, str]
) -> None:
    ann, studio = discord.world.member("ann"), discord.world.channel("studio")
    secrets = {"VENICE_API_KEY": "hunter2-venice-key"}
    loud = {**environment, **secrets, "LOG_LEVEL": "DEBUG"}
    async with start_bot(directory=tmp_path, environment=loud) as bot:
        await discord.ready(timeout_s=START_S)
        interaction = await discord.slash(ann, studio, "imagine", {"prompt": "a red fox"})
        await interaction.message_where(
            lambda each: "not your fault" in text_of(each), timeout_s=PICTURE_S
        )
        await bot.terminate(timeout_s=STOP_S)

    assert "hunter2" not in bot.output
    assert discord.token not in bot.output
    assert interaction.token not in bot.output
