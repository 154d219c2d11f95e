"""The image tools in the demo, by button and by command."""

import io
import os
from pathlib import Path

from PIL import Image
from playwright.async_api import FilePayload, Page

from tests.browser.demo_page import DemoPage
from tests.browser.demo_process import demo_process


async def test_pictures_are_made_of_pictures(chromium_page: Page, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (512, 384), "orange").save(buffer, "PNG")
    async with demo_process(tmp_path) as url:
        demo = await DemoPage.open(chromium_page, url)
        await demo.run_command("imagine", prompt="a red fox at dawn")
        await demo.wait_for_pictures(1)

        await demo.click_button("Upscale")
        await demo.wait_for_text("How much larger should the picture be?")
        await demo.click_button("2× · 2048×2048 · $0.02")
        await demo.wait_for_pictures(2)

        upload = FilePayload(name="fox.png", mimeType="image/png", buffer=buffer.getvalue())
        await demo.run_command("edit", image=upload, prompt="make it night")
        await demo.wait_for_pictures(3)

        images = await demo.images()
        sizes = [Image.open(io.BytesIO(image.content)).size for image in images]
        assert sizes[:2] == [(1024, 1024), (2048, 2048)]
        assert images[2].description == "make it night"
        if folder := os.environ.get("GONDOLA_SCREENSHOTS"):
            await demo.screenshot(Path(folder) / "tools.png")
