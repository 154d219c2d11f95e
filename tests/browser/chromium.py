"""The Chromium of this machine."""

import shutil

from playwright.async_api import ViewportSize

ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
VIEWPORT = ViewportSize(width=1280, height=860)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def installed_browser() -> str | None:
    """Where a browser is, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)
