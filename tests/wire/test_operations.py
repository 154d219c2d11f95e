"""The bot as a process, seen by those who operate it."""

import asyncio
import contextlib
import json
import socket
from collections.abc import Mapping
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from sandbox.venice.server import VeniceStandIn
from tests.operation.ports import free_port
from tests.wire.discord import LoopbackDiscord
from tests.wire.process import start_bot
from tests.wire.surroundings import settings_for

START_S = 90.0
PICTURE_S = 90.0
END_S = 90.0
ASK_AGAIN_S = 0.05


class Lock:
    """A canal lock in front of a server: connections wait in it until it is opened."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._opened = asyncio.Event()

    def open(self) -> None:
        self._opened.set()

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._opened.wait()
        there, back = await asyncio.open_connection(*self._target)
        with contextlib.suppress(ConnectionError):
            async with asyncio.TaskGroup() as group:
                group.create_task(_carry(reader, back))
                group.create_task(_carry(there, writer))


async def _carry(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while content := await source.read(65_536):
        target.write(content)
        await target.drain()
    target.close()


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def environment(discord: LoopbackDiscord, venice: VeniceStandIn, port: int) -> dict[str, str]:
    return {
        **settings_for(discord, venice),
        "HTTP_PORT": str(port),
        "LOOP_WATCH": "1",
    }


async def get(port: int, path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as answer,
    ):
        return answer.status, await answer.text()


async def get_once(port: int, path: str, *, status: int) -> str:
    """Ask until the answer has that status."""
    async with asyncio.timeout(START_S):
        while True:
            with contextlib.suppress(aiohttp.ClientConnectionError):
                found, body = await get(port, path)
                if found == status:
                    return body
            await asyncio.sleep(ASK_AGAIN_S)


async def shows(port: int, *beginnings: str) -> None:
    """Ask for the metrics until there is a line of each beginning: a job ends after its message."""
    missing, lines = list(beginnings), list[str]()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(START_S):
            while missing:
                lines = (await get_once(port, "/metrics", status=200)).splitlines()
                missing = [
                    beginning
                    for beginning in beginnings
                    if not any(line.startswith(beginning) for line in lines)
                ]
    assert missing == [], "\n".join(lines)


async def test_a_bot_is_alive_before_it_is_ready_and_ready_while_it_hears_discord(
    tmp_path: Path, environment: Mapping[str, str], port: int
) -> None:
    async with contextlib.AsyncExitStack() as world:
        discord = await world.enter_async_context(LoopbackDiscord())
        api = URL(discord.api_url)
        lock = Lock(f"{api.host}", api.port or 0)
        door = await world.enter_async_context(await asyncio.start_server(lock, "127.0.0.1", 0))
        door_port = door.sockets[0].getsockname()[1]
        behind_the_lock = {
            **environment,
            "DISCORD_API_URL": str(api.with_port(door_port)),
            "DISCORD_GATEWAY_URL": discord.gateway_url,
        }
        async with start_bot(directory=tmp_path, environment=behind_the_lock) as bot:
            assert await get_once(port, "/healthz", status=200) == '{"alive": true}'
            assert await failing_checks(port) == ["gateway"]

            lock.open()
            assert json.loads(await get_once(port, "/readyz", status=200))["ready"] is True

            await discord.drop_connections()
            await discord.resumed(timeout_s=START_S)
            await get_once(port, "/readyz", status=200)

            await world.aclose()
            assert await failing_checks(port) == ["gateway"]
            assert await get(port, "/healthz") == (200, '{"alive": true}')
            assert await bot.terminate(timeout_s=END_S) == 0


async def failing_checks(port: int) -> list[str]:
    """Which checks fail, once one does."""
    checks = json.loads(await get_once(port, "/readyz", status=503))["checks"]
    return [name for name, found in checks.items() if not found["passes"]]


async def test_a_painted_picture_shows_in_the_metrics(
    tmp_path: Path, discord: LoopbackDiscord, environment: Mapping[str, str], port: int
) -> None:
    ann, studio = discord.world.member("ann"), discord.world.channel("studio")
    async with start_bot(directory=tmp_path, environment=environment):
        await discord.ready(timeout_s=START_S)
        interaction = await discord.slash(ann, studio, "imagine", {"prompt": "a red fox"})
        await interaction.message_where(lambda each: each.attachments, timeout_s=PICTURE_S)
        refused = await discord.slash(
            ann, studio, "imagine", {"prompt": "a fox", "model": "no-such-model"}
        )
        await refused.acknowledged(timeout_s=PICTURE_S)

        await shows(
            port,
            'gondola_acknowledgement_seconds_count{kind="application_command"} 2.0',
            "gondola_delivery_overhead_seconds_count 1.0",
            'gondola_jobs_ended_total{outcome="done"} 1.0',
            'gondola_spend_usd_total{model="',
            "gondola_queue_wait_seconds_count 1.0",
            'gondola_venice_call_seconds_count{outcome="ok",route="/image/generate"} 1.0',
            "gondola_venice_tokens{",
            'gondola_refusals_total{rule="unknown_model"} 1.0',
            'gondola_ready{check="gateway"} 1.0',
            "process_resident_memory_bytes ",
        )


async def test_a_port_in_use_stops_the_start_with_one_line(
    tmp_path: Path, environment: Mapping[str, str], port: int
) -> None:
    with socket.create_server(("127.0.0.1", port)):
        async with start_bot(directory=tmp_path, environment=environment) as bot:
            assert await bot.exited(timeout_s=START_S) == 1

    assert f"gondola: HTTP_PORT={port} cannot be served at 127.0.0.1" in bot.output
    assert "Traceback" not in bot.output


async def test_a_backup_of_the_running_bot_starts_anew_elsewhere(
    tmp_path: Path, discord: LoopbackDiscord, environment: Mapping[str, str]
) -> None:
    home, elsewhere, copy = tmp_path / "home", tmp_path / "elsewhere", tmp_path / "copy"
    home.mkdir()
    elsewhere.mkdir()
    ann, studio = discord.world.member("ann"), discord.world.channel("studio")
    async with start_bot(directory=home, environment=environment) as bot:
        await discord.ready(timeout_s=START_S)
        interaction = await discord.slash(ann, studio, "imagine", {"prompt": "a red fox"})
        await interaction.message_where(lambda each: each.attachments, timeout_s=PICTURE_S)
        await run(home, environment, "backup", str(copy), "--pictures")
        assert await bot.terminate(timeout_s=END_S) == 0

    await run(elsewhere, environment, "restore", str(copy))
    async with start_bot(directory=elsewhere, environment=environment):
        await discord.ready(identified=2, timeout_s=START_S)
        history = await discord.slash(ann, studio, "history")
        await history.message_where(
            lambda each: "a red fox" in json.dumps(each.components), timeout_s=PICTURE_S
        )


async def run(directory: Path, environment: Mapping[str, str], *arguments: str) -> None:
    """A command of the shell, which ends well."""
    async with start_bot(
        directory=directory, environment=environment, arguments=("-m", "bot", *arguments)
    ) as command:
        assert await command.exited(timeout_s=START_S) == 0, command.output
