"""The bot as a process of its own: started, listened to, stopped, killed."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tests.wire.changes import Changes

REPOSITORY = Path(__file__).resolve().parents[2]
RUN_BOT = ("-m", "bot", "run")
_LINE_LIMIT_BYTES = 1_048_576
_CLEANUP_TIMEOUT_S = 30.0
_SHOWN_LINES = 40


class Stream(StrEnum):
    STDOUT = "stdout"
    STDERR = "stderr"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of output, without its end."""

    stream: Stream
    text: str


class BotProcess:
    """A running bot. Made by `start_bot`, which also ends it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._changes = Changes()
        self.lines: list[Line] = []

    @property
    def output(self) -> str:
        """All that was said so far, on both streams."""
        return "\n".join(line.text for line in self.lines)

    @property
    def pid(self) -> int:
        """Its number among the processes."""
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """The exit status, negative for a signal; none while it runs."""
        return self._process.returncode

    @property
    def peak_memory_bytes(self) -> int:
        """The most memory it has had so far (Linux), while it runs."""
        status = Path(f"/proc/{self._process.pid}/status").read_text("ascii")
        [line] = [each for each in status.splitlines() if each.startswith("VmHWM:")]
        return int(line.split()[1]) * 1_024

    async def line_where(self, predicate: Callable[[Line], object], *, timeout_s: float) -> Line:
        """The first line, on either stream, that is as `predicate` wants it.

        Raises:
            NothingHappened: if there is none in time; the message shows the last lines.
        """
        return await self._changes.until(
            lambda: next((line for line in self.lines if predicate(line)), None),
            timeout_s=timeout_s,
            otherwise=lambda: f"no such line was printed:\n{self._last_lines()}",
        )

    async def exited(self, *, timeout_s: float) -> int:
        """Wait for its end, and give the exit status.

        Raises:
            TimeoutError: if it still runs.
        """
        return await asyncio.wait_for(self._process.wait(), timeout_s)

    async def terminate(self, *, timeout_s: float) -> int:
        """Ask it to end, as a service manager does (SIGTERM), and give the exit status.

        Raises:
            TimeoutError: if it does not end in time.
        """
        self._process.send_signal(signal.SIGTERM)
        return await self.exited(timeout_s=timeout_s)

    async def kill(self) -> None:
        """End it where it stands (SIGKILL), as a crash of the machine would."""
        if self.returncode is None:
            self._process.kill()
        await self.exited(timeout_s=_CLEANUP_TIMEOUT_S)

    async def listen(self) -> None:
        """Collect both streams to their end."""
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        async with asyncio.TaskGroup() as readers:
            readers.create_task(self._read(Stream.STDOUT, self._process.stdout))
            readers.create_task(self._read(Stream.STDERR, self._process.stderr))

    async def _read(self, stream: Stream, reader: asyncio.StreamReader) -> None:
        async for raw in reader:
            self.lines.append(Line(stream, raw.decode(errors="replace").rstrip("\r\n")))
            self._changes.announce()

    def _last_lines(self) -> str:
        shown = "\n".join(f"  {line.stream}: {line.text}" for line in self.lines[-_SHOWN_LINES:])
        ended = f"it ended with {self.returncode}" if self.returncode is not None else "it runs"
        return f"{shown}\n({ended})"


@asynccontextmanager
async def start_bot(
    *,
    directory: Path,
    environment: Mapping[str, str],
    arguments: Sequence[str] = RUN_BOT,
) -> AsyncIterator[BotProcess]:
    """Run the bot until the end of the block; then it is killed if it is still there.

    Args:
        directory: where it runs and keeps its data. To start it anew after a kill, name the same.
        environment: its settings. Of this process's environment it gets the search path alone, so
            that no real credential reaches it.
        arguments: what Python is started with.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=directory,
        env={
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(directory),
            "PYTHONPATH": str(REPOSITORY),
            "PYTHONUNBUFFERED": "1",
            "PYTHONUTF8": "1",
            **environment,
        },
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        limit=_LINE_LIMIT_BYTES,
    )
    bot = BotProcess(process)
    listening = asyncio.create_task(bot.listen())
    try:
        yield bot
    finally:
        await bot.kill()
        await asyncio.wait_for(listening, _CLEANUP_TIMEOUT_S)
