from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, async_playwright

from tests.browser.chromium import ARGUMENTS, BROWSERS, VIEWPORT, installed_browser
from tests.browser.demo_page import PATIENCE_MS


@pytest.fixture
async def chromium_page() -> AsyncIterator[Page]:
    """A fresh tab in the Chromium of this machine; a script's error in it fails the test."""
    executable = installed_browser()
    if executable is None:
        pytest.skip(f"there is no browser here (looked for {', '.join(BROWSERS)})")
    async with (
        async_playwright() as playwright,
        await playwright.chromium.launch(executable_path=executable, args=ARGUMENTS) as browser,
    ):
        page = await browser.new_page(viewport=VIEWPORT)
        page.set_default_timeout(PATIENCE_MS)
        script_errors: list[str] = []
        page.on("pageerror", lambda error: script_errors.append(str(error)))
        yield page
        assert script_errors == []
