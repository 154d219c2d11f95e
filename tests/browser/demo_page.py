"""The demo's page, driven as a member drives Discord: with the mouse and the keyboard."""

import base64
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeAlias

from playwright.async_api import FilePayload, FrameLocator, Locator, Page, expect

PATIENCE_MS = 60_000
_PRESSES = 3
_REFUSED_WITHIN_MS = 3_000
_REFUSED = "Action was not completed."

OptionValue: TypeAlias = str | int | float | bool | FilePayload
"""What an option is given: what one types or picks, or a file to attach."""


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message as it stands on the page."""

    author: str
    text: str
    only_for_me: bool


@dataclass(frozen=True, slots=True)
class ShownImage:
    """A picture as the browser drew it."""

    description: str
    width_px: int
    height_px: int
    content: bytes


class DemoPage:
    """One browser tab on the demo."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._channel: FrameLocator = page.frame_locator("#frame")

    @classmethod
    async def open(cls, page: Page, url: str) -> Self:
        await page.goto(url)
        demo = cls(page)
        await demo._wait_until_idle()
        return demo

    # What a member does

    async def run_command(self, name: str, /, **options: OptionValue) -> None:
        """Pick a slash command, fill its options in and send it; return once it is answered."""
        await self.pick_command(name)
        for option, value in options.items():
            await self.fill_option(option, value)
        await self.send()

    async def pick_command(self, name: str) -> None:
        await self._wait_until_idle()
        await self._composer.click()
        await self.page.keyboard.type(f"/{name}")
        entry = self._channel.locator(".command-entry").filter(
            has=self._channel.get_by_text(f"/{name}", exact=True)
        )
        await entry.click()

    async def fill_option(self, option: str, value: OptionValue) -> None:
        """Give an option its value, adding it first if it is optional."""
        pill = self._channel.locator(f'.command-pill[data-option="{option}"]')
        if not await pill.count():
            await self._add_option(option)
        if isinstance(value, dict):
            await pill.locator("input[type=file]").set_input_files(value)
            return
        field = pill.locator(".command-option-input")
        await field.click()
        await self.page.keyboard.type(str(value))
        if await field.get_attribute("role") == "combobox":
            priced = re.compile(rf"^{re.escape(str(value))}( · .+)?$")
            await self.suggestions.filter(has_text=priced).first.click()

    async def send(self) -> None:
        """Send the command that is being written, and wait until it is answered."""
        await self._channel.locator("#send-message").click()
        await self.wait_until_answered()

    async def send_for_dialog(self) -> None:
        """Send the command that is being written, and wait for the dialog that it opens."""
        await self._channel.locator("#send-message").click()
        await self.wait_for_dialog()

    async def wait_for_dialog(self) -> None:
        await expect(self.dialog).to_be_visible(timeout=PATIENCE_MS)

    async def wait_until_answered(self) -> None:
        await expect(self._composer).to_be_visible(timeout=PATIENCE_MS)
        await self._wait_until_idle()

    async def say(self, text: str) -> None:
        await self._composer.click()
        await self.page.keyboard.type(text)
        await self.page.keyboard.press("Enter")

    async def click_button(self, label: str) -> None:
        """Click the last button of this label, behind an icon or not, under a message."""
        name = re.compile(rf"(^|\W){re.escape(label)}$")
        await self._press(self._messages.get_by_role("button", name=name).last)

    async def click_button_beginning(self, label: str) -> None:
        """Click the last button whose label begins so, behind its icon and before its price."""
        name = re.compile(rf"(^|\W){re.escape(label)}")
        await self._press(self._messages.get_by_role("button", name=name).last)

    async def type_in_dialog(self, label: str, text: str) -> None:
        """Type into a field of the dialog that is open."""
        name = re.compile(rf"^{re.escape(label)}( \*)?$")
        await self.dialog.get_by_role("textbox", name=name).click()
        await self.page.keyboard.press("End")
        await self.page.keyboard.type(text)

    async def submit_dialog(self) -> None:
        await self.dialog.get_by_role("button", name="Submit").click()
        await expect(self.dialog).to_be_hidden(timeout=PATIENCE_MS)

    async def close_dialog(self) -> None:
        await self.dialog.get_by_role("button", name="Cancel").click()
        await expect(self.dialog).to_be_hidden(timeout=PATIENCE_MS)

    async def reveal_spoilers(self) -> None:
        covers = self._messages.get_by_role("button", name=re.compile("spoiler", re.IGNORECASE))
        while await covers.count():
            await covers.first.click()

    async def end_session(self) -> None:
        await self._channel.get_by_text("More", exact=True).click()
        await self._channel.get_by_role("button", name="End preview session").click()

    async def switch_viewer(self, name: str) -> None:
        await self._viewer_picker.select_option(label=name)
        await self._wait_until_idle()

    async def switch_channel(self, name: str) -> None:
        button = self.page.get_by_role("navigation", name="Channels").get_by_role(
            "button", name=name, exact=True
        )
        await button.click()
        await expect(button).to_have_attribute("aria-current", "page")
        await expect(self._channel.locator("#channel-name")).to_have_text(name)
        await self._wait_until_idle()

    # What a member sees

    @property
    def dialog(self) -> Locator:
        """The dialog that is open."""
        return self._channel.get_by_role("dialog")

    @property
    def last_message(self) -> Locator:
        """The newest message of the channel."""
        return self._messages.last

    @property
    def suggestions(self) -> Locator:
        """The choices offered for the option that is being filled in."""
        return self._channel.locator(".command-suggestion-label")

    @property
    def command_row(self) -> Locator:
        """The command that is being written."""
        return self._channel.locator(".command-row")

    @property
    def pictures(self) -> Locator:
        """The pictures under the messages, spoilers included."""
        return self._messages.locator("img:not(.entity-avatar-img)")

    @property
    def hidden_pictures(self) -> Locator:
        """The pictures behind a spoiler."""
        return self._messages.locator("[aria-hidden=true] img:not(.entity-avatar-img)")

    async def messages(self) -> list[ShownMessage]:
        """The messages of the channel, oldest first."""
        found: list[tuple[str, str, bool]] = await self._messages.evaluate_all(_READ_MESSAGES)
        return [ShownMessage(author, text, only_for_me) for author, text, only_for_me in found]

    async def wait_for_text(self, text: str) -> None:
        await expect(self._messages.get_by_text(text).last).to_be_visible(timeout=PATIENCE_MS)

    async def wait_for_pictures(self, count: int) -> None:
        await expect(self.pictures).to_have_count(count, timeout=PATIENCE_MS)
        await self._wait_until_idle()

    async def images(self) -> list[ShownImage]:
        """The pictures under the messages, with the bytes that the browser was given."""
        found: list[tuple[str, int, int, str]] = await self.pictures.evaluate_all(_READ_IMAGES)
        return [
            ShownImage(description, width_px, height_px, base64.b64decode(content))
            for description, width_px, height_px, content in found
        ]

    async def viewers(self) -> list[str]:
        """Everybody one can look as."""
        return await self._viewer_picker.locator("option").all_inner_texts()

    async def viewer(self) -> str:
        """Who is looking."""
        return await self._viewer_picker.locator("option:checked").inner_text()

    async def screenshot(self, path: Path) -> None:
        await self.page.screenshot(path=path)

    # How the page is made

    @property
    def _composer(self) -> Locator:
        return self._channel.locator("#channel-composer-input")

    @property
    def _viewer_picker(self) -> Locator:
        return self._channel.get_by_label("Viewing as")

    @property
    def _messages(self) -> Locator:
        return self._channel.locator("article.channel-message")

    async def _add_option(self, option: str) -> None:
        await self._channel.locator(".command-ghost").click()
        await self.suggestions.filter(has_text=_whole(option)).click()

    async def _press(self, button: Locator) -> None:
        """Press a button, and again where the page refused it as older than what it shows.

        Discord itself takes such a press; the page wants to have heard of the bot's latest edit.
        """
        status = self._channel.locator("#action-status")
        for _ in range(_PRESSES):
            await self._wait_until_idle()
            await button.click()
            with suppress(AssertionError):
                await expect(status).not_to_have_text(re.compile("…$"), timeout=_REFUSED_WITHIN_MS)
            if await status.inner_text() != _REFUSED:
                return

    async def _wait_until_idle(self) -> None:
        app = self._channel.locator("#preview-app")
        await expect(app).to_have_attribute("aria-busy", "false", timeout=PATIENCE_MS)
        status = self._channel.locator("#action-status")
        await expect(status).not_to_have_text(re.compile("…$"), timeout=PATIENCE_MS)


def _whole(text: str) -> re.Pattern[str]:
    return re.compile(f"^{re.escape(text)}$")


_READ_MESSAGES = """(articles) => articles.map((article) => [
  article.querySelector(".message-author")?.textContent ?? "",
  article.innerText,
  article.querySelector(".message-ephemeral-note") !== null,
])"""

_READ_IMAGES = """(images) => Promise.all(images.map(async (image) => {
  await image.decode();
  const bytes = new Uint8Array(await (await fetch(image.src)).arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return [image.alt, image.naturalWidth, image.naturalHeight, btoa(text)];
}))"""
