"""The messages of `/privacy`."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import discord

from bot.domain.ids import UserId
from bot.domain.privacy import Inventory
from bot.services.privacy.exporting import ExportedPart
from bot.text.privacy import privacy as text
from bot.text.words import Words
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.panel import panel, small
from bot.ui.parts.style import CANAL, ICON_DELETE, ICON_NEXT, ICON_PRIVACY, LANTERN

NEXT_PART = "export_next"
ASK_AGAIN = "erase_ask"
ERASE = "erase_me"


def inventory_panel(
    inventory: Inventory, words: Words, *, page_url: str | None
) -> discord.ui.LayoutView:
    """What is stored, how much of it, and for how long."""
    link = [text.page_link(page_url, words)] if page_url else []
    return panel(
        f"{ICON_PRIVACY} **{text.heading(words)}**",
        text.count_lines(inventory, words),
        *_under_way(inventory, words),
        small(text.how_long(words)),
        *link,
        colour=CANAL,
    )


def export_panel(part: ExportedPart, user_id: UserId, words: Words) -> discord.ui.LayoutView:
    """One file of an export, and the button for the next."""
    packed = part.packed
    lines = [f"{ICON_PRIVACY} {text.export_done(packed, part.number, words)}"]
    if packed.missing:
        lines.append(text.export_missing(packed.missing, words))
    file: discord.ui.File[discord.ui.LayoutView] = discord.ui.File(
        f"attachment://{export_name(part)}"
    )
    more: list[str | discord.ui.ActionRow[Any]] = []
    if packed.more and packed.last_image is not None:
        target = f"{user_id}-{part.number + 1}-{packed.last_image}"
        look = ButtonLook(text.next_part_label(part.number + 1, words), ICON_NEXT)
        more = [text.export_goes_on(words), _row(ActionButton(NEXT_PART, target, look))]
    return panel("\n".join(lines), file, *more, colour=CANAL)


@contextlib.asynccontextmanager
async def export_file(part: ExportedPart) -> AsyncIterator[discord.File]:
    """The file, opened and closed off the loop."""
    file = await asyncio.to_thread(discord.File, part.packed.path, filename=export_name(part))
    try:
        yield file
    finally:
        file.close()


def export_name(part: ExportedPart) -> str:
    """Under which name Discord shows a file."""
    return f"gondola-export-{part.number}.zip"


def deletion_panel(inventory: Inventory, user_id: UserId, words: Words) -> discord.ui.LayoutView:
    """The first question: what goes, and what stays and why."""
    look = ButtonLook(text.delete_label(words), ICON_DELETE, discord.ButtonStyle.danger)
    return panel(
        *_deletion(inventory, words),
        _row(ActionButton(ASK_AGAIN, f"{user_id}", look)),
        colour=LANTERN,
    )


def second_deletion_panel(
    inventory: Inventory, user_id: UserId, words: Words
) -> discord.ui.LayoutView:
    """The same, asked once more; whoever does not mean it dismisses the message."""
    look = ButtonLook(text.really_delete_label(words), ICON_DELETE, discord.ButtonStyle.danger)
    return panel(
        *_deletion(inventory, words),
        f"**{text.second_question(words)}**",
        _row(ActionButton(ERASE, f"{user_id}", look)),
        colour=LANTERN,
    )


def _deletion(inventory: Inventory, words: Words) -> list[str]:
    return [
        f"{ICON_DELETE} **{text.deletion_heading(words)}**",
        text.count_lines(inventory, words),
        *_under_way(inventory, words),
        "\n".join(text.what_goes(words)),
        small(text.what_stays(words)),
    ]


def _under_way(inventory: Inventory, words: Words) -> list[str]:
    erasing = inventory.erasing
    if erasing is None:
        return []
    return [text.erasing_line(erasing.stage, erasing.asked_at, words)]


def _row(button: ActionButton) -> discord.ui.ActionRow[Any]:
    return discord.ui.ActionRow(button)
