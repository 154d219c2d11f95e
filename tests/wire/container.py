"""The bot as a container: run, looked into and stopped as `docs/running.md` says."""

import asyncio
import contextlib
import os
import secrets
import shlex
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

IMAGE = "gondola"
HARDENED = ("--init", "--read-only", "--tmpfs", "/tmp:size=16m", "--cap-drop", "ALL")  # noqa: S108 - of the container
UNPRIVILEGED = ("--security-opt", "no-new-privileges", "--pids-limit", "256")
ANSWER_S = 60.0


def engine() -> tuple[str, ...]:
    """The command that runs containers: docker, or what `CONTAINER` names."""
    return tuple(shlex.split(os.environ.get("CONTAINER", "docker")))


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended, and what it said on both streams."""

    returncode: int
    text: str


async def command(*arguments: str, timeout_s: float = ANSWER_S) -> Done:
    """Have the engine do something, and wait for its end.

    Raises:
        TimeoutError: if it does not end in time.
    """
    process = await asyncio.create_subprocess_exec(
        *engine(),
        *arguments,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        output, _ = await asyncio.wait_for(process.communicate(), timeout_s)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return Done(process.returncode or 0, output.decode(errors="replace"))


class Container:
    """A container that runs in the background. Made by `running`, which also removes it."""

    def __init__(self, name: str) -> None:
        self._name = name

    async def run(self, *arguments: str) -> Done:
        """Run a program inside."""
        return await command("exec", self._name, *arguments)

    async def stop(self, *, grace_s: int) -> int:
        """Send it SIGTERM, after the grace SIGKILL, and give its exit status."""
        await command("stop", "--time", f"{grace_s}", self._name, timeout_s=grace_s + ANSWER_S)
        told = await command("inspect", "--format", "{{.State.ExitCode}}", self._name)
        return int(told.text)

    async def log(self) -> str:
        """All that it has said so far."""
        return (await command("logs", self._name)).text


@asynccontextmanager
async def volume() -> AsyncIterator[str]:
    """The name of a new, empty volume."""
    name = f"gondola-{secrets.token_hex(4)}"
    await command("volume", "create", name)
    try:
        yield name
    finally:
        await command("volume", "rm", "--force", name)


@asynccontextmanager
async def running(
    data: str, environment: Mapping[str, str], *arguments: str
) -> AsyncIterator[Container]:
    """Run the image in the background, hardened, on the network of this machine.

    Args:
        data: the volume.
        environment: the settings.
        arguments: the program, if it is not the image's own.
    """
    name = f"gondola-{secrets.token_hex(4)}"
    started = await command(
        "run", "--detach", "--name", name, *_options(data, environment), IMAGE, *arguments
    )
    assert started.returncode == 0, started.text
    try:
        yield Container(name)
    finally:
        with contextlib.suppress(TimeoutError):
            await command("rm", "--force", name)


async def once(data: str, environment: Mapping[str, str], *arguments: str) -> Done:
    """Run a program in a container of its own, to its end."""
    return await command("run", "--rm", *_options(data, environment), IMAGE, *arguments)


def _options(data: str, environment: Mapping[str, str]) -> tuple[str, ...]:
    settings = (f"--env={name}={value}" for name, value in environment.items())
    return (*HARDENED, *UNPRIVILEGED, "--network=host", f"--volume={data}:/data", *settings)
