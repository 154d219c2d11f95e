"""The demo as a newcomer has it: started by its command, used in a browser."""

import asyncio
import io
import os
import re
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from PIL import Image
from playwright.async_api import Page

from tests.browser.demo_page import DemoPage

ROOT = Path(__file__).parents[2]
START_S = 60.0
STOP_S = 40.0
PROMISED_S = 5.0
"""How soon a picture shows, the stand-in's second of painting included."""

SLOW_MACHINE = 4.0
"""A shared machine may take longer; what is tested is that nobody has to press Refresh."""


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
            async for line in process.stdout:
                if found := re.search(rb"http://127\.0\.0\.1:\d+/#\S+", line):
                    yield found[0].decode()
                    break
        process.terminate()
        async with asyncio.timeout(STOP_S):
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_imagine_shows_a_picture_without_touching_refresh(
    chromium_page: Page, tmp_path: Path
) -> None:
    async with demo_process(tmp_path) as url:
        demo = await DemoPage.open(chromium_page, url)
        started = time.monotonic()
        await demo.run_command("imagine", prompt="a red fox at dawn")
        await demo.wait_for_pictures(1)
        took_s = time.monotonic() - started

        [image] = await demo.images()
        assert Image.open(io.BytesIO(image.content)).size == (1024, 1024)
        assert image.description == "a red fox at dawn"
        [message] = await demo.messages()
        assert "Z-Image Turbo" in message.text
        assert took_s < PROMISED_S * SLOW_MACHINE
        if folder := os.environ.get("GONDOLA_SCREENSHOTS"):
            await demo.screenshot(Path(folder) / "demo.png")
