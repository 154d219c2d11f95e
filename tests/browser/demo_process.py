"""The demo as a process of its own, started as a newcomer starts it."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
START_S = 60.0
STOP_S = 40.0


@asynccontextmanager
async def demo_process(folder: Path) -> AsyncIterator[str]:
    """`python -m bot` without credentials, and the address that it prints."""
    hidden = {"DISCORD_TOKEN", "VENICE_API_KEY", "VENICE_WALLET_KEY"}
    environment = {key: value for key, value in os.environ.items() if key not in hidden}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        cwd=folder,
        env={**environment, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "CI": "true"},
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(START_S):
            url = await _address_told_by(process.stdout)
        yield url
        process.terminate()
        async with asyncio.timeout(STOP_S):
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _address_told_by(output: asyncio.StreamReader) -> str:
    async for line in output:
        if found := re.search(rb"http://127\.0\.0\.1:\d+/#\S+", line):
            return found[0].decode()
    raise RuntimeError("the demo ended without saying where it is")
