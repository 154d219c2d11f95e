"""The message of `/quota`."""

import discord

from bot.domain.quota import QuotaStatus
from bot.text.quota import quota_lines
from bot.text.words import Words
from bot.ui.panel import panel
from bot.ui.style import CANAL, ICON_QUOTA, LANTERN

_BAR_LENGTH = 12


def quota_panel(status: QuotaStatus, words: Words) -> discord.ui.LayoutView:
    """What is left today, as a sentence and a bar."""
    lines = [f"{ICON_QUOTA} {quota_lines(status, words)}"]
    if status.limit:
        lines.append(_bar(status.used, status.limit))
    return panel(*lines, colour=LANTERN if status.left == 0 else CANAL)


def _bar(used: int, limit: int) -> str:
    filled = min(_BAR_LENGTH, round(_BAR_LENGTH * used / limit))
    return f"`{'█' * filled}{'░' * (_BAR_LENGTH - filled)}` {min(used, limit)}/{limit}"
