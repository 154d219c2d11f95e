import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, ViewportSize, async_playwright

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_VIEWPORT = ViewportSize(width=1280, height=860)


@pytest.fixture
async def chromium_page() -> AsyncIterator[Page]:
    """A fresh tab in the Chromium of this machine; a script's error in it fails the test."""
    executable = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if executable is None:
        pytest.skip(f"there is no browser here (looked for {', '.join(_BROWSERS)})")
    async with (
        async_playwright() as playwright,
        await playwright.chromium.launch(executable_path=executable, args=_ARGUMENTS) as browser,
    ):
        page = await browser.new_page(viewport=_VIEWPORT)
        script_errors: list[str] = []
        page.on("pageerror", lambda error: script_errors.append(str(error)))
        yield page
        assert script_errors == []
