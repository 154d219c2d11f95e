"""Takes the screenshots of `docs/gallery.md` from the demo: `make gallery`.

Each scene is acted out in the demo's page, so that what the pictures show is what members see.
"""

import asyncio
import io
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from playwright.async_api import Locator, ViewportSize, async_playwright

from tests.browser.chromium import ARGUMENTS, installed_browser
from tests.browser.demo_page import DemoPage
from tests.browser.demo_process import ROOT, demo_process
from tests.browser.scenes import SCENES, Scene

PAGE = ROOT / "docs" / "gallery.md"
PICTURES = ROOT / "docs" / "images" / "gallery"
_VIEWPORT = ViewportSize(width=760, height=1100)
_QUALITY = 82
_PATIENCE = 40
_LOADED = "(images) => images.every((image) => image.complete && image.naturalWidth > 0)"
_INTRODUCTION = """# What it looks like

Taken from the demo by `make gallery`; the pictures are drawn by the stand-in of the image API.
"""


async def take(demo: DemoPage, scene: Scene) -> None:
    """Act a scene out and keep its picture."""
    shown = await scene.act(demo)
    await _wait_for_pictures(shown)
    png = await shown.screenshot()
    Image.open(io.BytesIO(png)).save(PICTURES / f"{scene.slug}.webp", quality=_QUALITY)


async def _wait_for_pictures(shown: Locator) -> None:
    for _ in range(_PATIENCE):
        if await shown.locator("img").evaluate_all(_LOADED):
            return
        await asyncio.sleep(0.25)
    print("some pictures of this scene were not loaded")  # noqa: T201 - for the terminal


def page_of(scenes: Sequence[Scene]) -> str:
    """The page that shows the pictures."""
    parts = [_INTRODUCTION]
    parts.extend(
        f"## {scene.heading}\n\n{scene.text}\n\n"
        f"![{scene.heading}](images/gallery/{scene.slug}.webp)\n"
        for scene in scenes
    )
    return "\n".join(parts)


async def main() -> None:
    """Take every picture and write the page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.webp"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        async with (
            demo_process(Path(folder)) as url,
            async_playwright() as playwright,
            await playwright.chromium.launch(
                executable_path=installed_browser(), args=ARGUMENTS
            ) as browser,
        ):
            demo = await DemoPage.open(await browser.new_page(viewport=_VIEWPORT), url)
            for scene in SCENES:
                await take(demo, scene)
    PAGE.write_text(page_of(SCENES), "utf-8")


if __name__ == "__main__":
    asyncio.run(main())
