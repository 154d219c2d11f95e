"""A bot as a process, by the tiny bot."""

import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.wire import tiny_bot
from tests.wire.changes import NothingHappened
from tests.wire.discord import LoopbackDiscord
from tests.wire.process import BotProcess, Line, Stream, start_bot

START_S = 90.0
STOP_S = 60.0
TINY_BOT = ("-m", "tests.wire.tiny_bot")


@pytest.fixture
async def server() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord() as loopback:
        yield loopback
        assert not loopback.contract_violations


def start_tiny_bot(
    server: LoopbackDiscord, directory: Path, *, token: str | None = None
) -> AbstractAsyncContextManager[BotProcess]:
    return start_bot(
        directory=directory,
        arguments=TINY_BOT,
        environment={
            "DISCORD_TOKEN": token or server.token,
            "DISCORD_API_URL": server.api_url,
            "DISCORD_GATEWAY_URL": server.gateway_url,
        },
    )


def says(words: str) -> Callable[[Line], bool]:
    return lambda line: words in line.text


async def test_a_process_serves_until_it_is_killed_and_can_be_started_again(
    server: LoopbackDiscord, tmp_path: Path
) -> None:
    ann, studio = server.world.member("ann"), server.world.channel("studio")
    async with start_tiny_bot(server, tmp_path) as bot:
        ready = await bot.line_where(says(tiny_bot.READY_LINE), timeout_s=START_S)
        assert ready.stream is Stream.STDOUT
        interaction = await server.slash(ann, studio, "paint", {"prompt": "a red fox"})
        await interaction.message_where(lambda m: m.attachments, timeout_s=START_S)
        await bot.kill()
        assert bot.returncode == -signal.SIGKILL

    async with start_tiny_bot(server, tmp_path) as bot:
        await server.ready(identified=2, timeout_s=START_S)
        interaction = await server.slash(ann, studio, "paint", {"prompt": "another"})
        await interaction.message_where(lambda m: m.attachments, timeout_s=START_S)
        assert await bot.terminate(timeout_s=STOP_S) == -signal.SIGTERM


async def test_a_refused_process_ends_and_its_last_words_are_shown(
    server: LoopbackDiscord, tmp_path: Path
) -> None:
    async with start_tiny_bot(server, tmp_path, token="another") as bot:
        assert await bot.exited(timeout_s=START_S) == 1
        await bot.line_where(says("LoginFailure"), timeout_s=STOP_S)

        with pytest.raises(NothingHappened, match="Improper token"):
            await bot.line_where(says("never said"), timeout_s=0.01)
