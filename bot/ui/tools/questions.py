"""What is asked before a tool is used: which picture, and how much larger.

The buttons name the bot's own pictures by their ids, members' pictures by the ids of offers.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import discord

from bot.domain.tools.request import Scale
from bot.domain.tools.source_limits import OfferedPicture
from bot.services.tools.tools import UpscaleOption
from bot.text.tools.questions import scale_label, which_offered, which_scale
from bot.text.words import Words
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.panel import panel
from bot.ui.parts.style import CANAL, ICON_UPSCALE

Kinds = Mapping[Scale, str]

SCALES: Kinds = MappingProxyType({2: "upscale_twice", 4: "upscale_fourfold"})
SCALES_PRIVATE: Kinds = MappingProxyType(
    {2: "upscale_twice_private", 4: "upscale_fourfold_private"}
)
SCALES_OFFERED: Kinds = MappingProxyType({2: "offer_upscale_twice", 4: "offer_upscale_fourfold"})

LIKE = "like"
"""What is done with a picture that a new one is to be like."""

_MOST_IN_A_ROW = 5


def offer_kind(way: str) -> str:
    """The kind of the button that chooses a member's picture for what is to be done with it."""
    return f"offer_{way}"


def scale_question(
    options: Sequence[UpscaleOption], kinds: Kinds, target: str, words: Words
) -> discord.ui.LayoutView:
    """How much larger, each scale with the size that it makes and its price."""
    buttons = [
        ActionButton(
            kinds[option.scale],
            target,
            ButtonLook(
                label=scale_label(option.scale, option.size, option.price_usd_micros, words),
                emoji=ICON_UPSCALE,
            ),
        )
        for option in options
    ]
    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow(*buttons)
    return panel(which_scale(words), row, colour=CANAL)


def offer_question(
    kind: str, offers: Sequence[tuple[str, OfferedPicture]], words: Words
) -> discord.ui.LayoutView:
    """Which of the pictures that a message shows, numbered in their order."""
    gallery: discord.ui.MediaGallery[Any] = discord.ui.MediaGallery(
        *(discord.MediaGalleryItem(picture.url, spoiler=picture.covered) for _, picture in offers)
    )
    buttons = [
        ActionButton(kind, offer_id, ButtonLook(label=f"{number}"))
        for number, (offer_id, _) in enumerate(offers, start=1)
    ]
    rows: list[discord.ui.ActionRow[Any]] = [
        discord.ui.ActionRow(*buttons[start : start + _MOST_IN_A_ROW])
        for start in range(0, len(buttons), _MOST_IN_A_ROW)
    ]
    return panel(which_offered(words), gallery, *rows, colour=CANAL)
