"""From a prompt to a shared, larger picture in the demo, by mouse; only words are typed."""

import io
from pathlib import Path

from PIL import Image
from playwright.async_api import Page

from tests.browser.demo_page import DemoPage
from tests.browser.demo_process import demo_process


async def test_imagine_remix_upscale_and_share(chromium_page: Page, tmp_path: Path) -> None:
    async with demo_process(tmp_path) as url:
        demo = await DemoPage.open(chromium_page, url)
        await demo.run_command("imagine", prompt="a red fox at dawn", private="True")
        await demo.wait_for_pictures(1)

        await demo.click_button("Remix")
        await demo.type_in_dialog("Prompt", ", oil on canvas")
        await demo.submit_dialog()
        await demo.wait_for_pictures(2)

        await demo.click_button("Upscale")
        await demo.wait_for_text("How much larger should the picture be?")
        await demo.click_button_beginning("2×")
        await demo.wait_for_pictures(3)

        upscaled = (await demo.images())[-1]
        assert Image.open(io.BytesIO(upscaled.content)).size == (2048, 2048)
        messages = await demo.messages()
        assert messages
        assert all(message.only_for_me for message in messages)

        await demo.click_button("Share")
        await demo.switch_viewer("Bob")
        await demo.wait_for_pictures(1)
        [shared] = await demo.images()
        assert Image.open(io.BytesIO(shared.content)).size == (2048, 2048)
        [message] = await demo.messages()
        assert "Shared by" in message.text
        assert not message.only_for_me
