"""Open the demo where its user looks."""

import asyncio
import os
import sys
import webbrowser
from collections.abc import Mapping

# Set by the usual services for continuous integration.
_CI_VARIABLE = "CI"


async def open_in_browser(url: str) -> bool:
    """Open an address in the user's browser, where there is one to open.

    Returns:
        Whether a browser was asked to open it. It never fails: the address was printed, too.
    """
    if not has_screen(os.environ, platform=sys.platform):
        return False
    try:
        return await asyncio.to_thread(webbrowser.open, url)
    except (webbrowser.Error, OSError):
        return False


def has_screen(environ: Mapping[str, str], *, platform: str) -> bool:
    """Whether somebody is likely to see a window that opens here."""
    if environ.get(_CI_VARIABLE):
        return False
    if platform == "linux":
        return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
    return True
