import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from PIL import Image
from playwright.async_api import Page, expect

from sandbox.demo.page import DemoPage as ServedPage
from tests.browser.demo_page import DemoPage
from tests.browser.toy_demo import open_toy_demo
from tests.browser.toy_painter import PICTURE_SIZE_PX, Studio, draw_picture


@dataclass(frozen=True, slots=True)
class Visit:
    """A tab on the demo, and the studio that its orders go to."""

    page: DemoPage
    studio: Studio
    served: ServedPage


@asynccontextmanager
async def visit_demo(tab: Page) -> AsyncIterator[Visit]:
    async with open_toy_demo() as demo:
        yield Visit(await DemoPage.open(tab, demo.served.url), demo.studio, demo.served)


def pixels_of(picture: bytes) -> bytes:
    return Image.open(io.BytesIO(picture)).convert("RGB").tobytes()


async def test_a_picture_that_arrives_after_the_answer_shows_by_itself(chromium_page: Page) -> None:
    async with visit_demo(chromium_page) as demo:
        await demo.page.run_command("paint", prompt="a red fox at dawn")
        await demo.page.wait_for_text("thinking")
        assert await demo.page.images() == []

        demo.studio.finish()
        await demo.page.wait_for_pictures(1)

        (image,) = await demo.page.images()
        assert (image.width_px, image.height_px) == PICTURE_SIZE_PX
        assert pixels_of(image.content) == pixels_of(draw_picture())


async def test_what_a_member_is_typing_outlives_an_arriving_picture(chromium_page: Page) -> None:
    async with visit_demo(chromium_page) as demo:
        await demo.page.run_command("paint", prompt="a red fox")
        await demo.page.pick_command("paint")
        await demo.page.fill_option("prompt", "a grey wo")

        demo.studio.finish()
        await demo.page.wait_for_pictures(1)
        await chromium_page.keyboard.type("lf")
        await demo.page.send()
        demo.studio.finish()
        await demo.page.wait_for_pictures(2)

        assert "a grey wolf" in (await demo.page.messages())[-1].text


async def test_a_dialog_keeps_its_text_while_a_picture_arrives(chromium_page: Page) -> None:
    async with visit_demo(chromium_page) as demo:
        await demo.page.run_command("paint", prompt="a red fox")
        demo.studio.finish()
        await demo.page.run_command("paint", prompt="a grey wolf")
        await demo.page.click_button("Rename")
        await demo.page.type_in_dialog("New name", "Rey")

        demo.studio.finish()
        await demo.page.wait_for_pictures(2)
        await chromium_page.keyboard.type("nard")
        await demo.page.submit_dialog()

        await demo.page.wait_for_text("Now called Reynard")


async def test_a_private_picture_shows_to_its_member_alone(chromium_page: Page) -> None:
    async with visit_demo(chromium_page) as demo:
        await demo.page.run_command("paint", prompt="a secret", private=True)
        demo.studio.finish()
        await demo.page.wait_for_pictures(1)
        assert [message.only_for_me for message in await demo.page.messages()] == [True]

        await demo.page.switch_viewer("Mo")
        assert await demo.page.messages() == []


async def test_suggestions_choices_and_files_reach_the_command(chromium_page: Page) -> None:
    async with visit_demo(chromium_page) as demo:
        await demo.page.run_command(
            "paint",
            prompt="a fox",
            model="flux-pro",
            style="Ink",
            reference={"name": "fox.png", "mimeType": "image/png", "buffer": draw_picture()},
        )
        demo.studio.finish()
        await demo.page.wait_for_pictures(1)

        size_bytes = len(draw_picture())
        text = (await demo.page.messages())[-1].text
        assert f"a fox · flux-pro · ink · {size_bytes} bytes" in text


async def test_enter_sends_a_command_after_a_choice_was_picked(chromium_page: Page) -> None:
    async with visit_demo(chromium_page) as demo:
        await demo.page.pick_command("paint")
        await demo.page.fill_option("prompt", "a fox")
        await demo.page.fill_option("style", "Oil")
        await chromium_page.keyboard.press("Enter")
        await demo.page.wait_until_answered()

        assert demo.studio.orders.qsize() == 1


async def test_typing_reaches_the_composer_without_a_click(chromium_page: Page) -> None:
    async with visit_demo(chromium_page) as demo:
        await chromium_page.keyboard.type("good morning")
        await chromium_page.keyboard.press("Enter")
        await demo.page.wait_for_text("good morning")

        await demo.page.run_command("paint", prompt="a fox")
        await chromium_page.keyboard.type("thank you")
        await chromium_page.keyboard.press("Enter")
        await demo.page.wait_for_text("thank you")

        authors = [message.author for message in await demo.page.messages()]
        assert authors == ["Alice", "Gondola", "Alice"]


async def test_the_latest_picture_stays_in_sight(chromium_page: Page) -> None:
    async with visit_demo(chromium_page) as demo:
        for count in (1, 2, 3):
            await demo.page.run_command("paint", prompt=f"fox number {count}")
            demo.studio.finish()
            await demo.page.wait_for_pictures(count)

            await expect(demo.page.pictures.last).to_be_in_viewport(ratio=1)


async def test_a_spoiler_hides_its_picture_until_it_is_clicked(chromium_page: Page) -> None:
    async with visit_demo(chromium_page) as demo:
        await demo.page.run_command("paint", prompt="the ending", spoiler=True)
        demo.studio.finish()
        await demo.page.wait_for_pictures(1)
        assert await demo.page.hidden_pictures.count() == 1

        await demo.page.reveal_spoilers()
        assert await demo.page.hidden_pictures.count() == 0


async def test_the_bar_switches_channels_and_keeps_the_viewer(chromium_page: Page) -> None:
    async with visit_demo(chromium_page) as demo:
        await demo.page.run_command("paint", prompt="a red fox")
        demo.studio.finish()
        await demo.page.wait_for_pictures(1)
        await demo.page.switch_viewer("Ada")

        await demo.page.switch_channel("reviewed")
        assert await demo.page.messages() == []
        assert await demo.page.viewer() == "Ada"

        await demo.page.switch_channel("general")
        await demo.page.wait_for_pictures(1)


async def test_every_role_can_look_at_the_channel(chromium_page: Page) -> None:
    async with visit_demo(chromium_page) as demo:
        assert await demo.page.viewers() == ["Alice", "Bob", "Mo", "Ada"]


async def test_ending_the_session_ends_the_demo(chromium_page: Page) -> None:
    async with visit_demo(chromium_page) as demo:
        await demo.page.end_session()
        await demo.served.closed()
        await expect(chromium_page.get_by_role("alert")).to_contain_text("The demo has ended")


async def test_an_address_without_its_key_says_what_is_missing(chromium_page: Page) -> None:
    async with visit_demo(chromium_page) as demo:
        await chromium_page.goto(demo.served.url.partition("#")[0])
        await expect(chromium_page.get_by_role("alert")).to_contain_text("after the #")


@pytest.mark.parametrize("width_px", [1280, 390])
async def test_the_page_fits_its_window(chromium_page: Page, width_px: int) -> None:
    await chromium_page.set_viewport_size({"width": width_px, "height": 800})
    async with visit_demo(chromium_page):
        content_width_px = await chromium_page.evaluate("document.documentElement.scrollWidth")
        assert content_width_px == width_px
