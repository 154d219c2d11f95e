"""What stands on a starboard, and what managers are told of one that cannot be reached."""

import discord

from bot.domain.starboard import Starboard
from bot.services.starboard.ports import StarMessage
from bot.text.format import message_link
from bot.text.results.result import alt_text
from bot.text.tools.tools import description_of
from bot.text.votes import starboard as text
from bot.text.words import Words
from bot.ui.parts.panel import panel, remark
from bot.ui.parts.style import CANAL, ICON_NOTE, ICON_STAR, LANTERN
from bot.ui.results.panel import heading


def star_panel(message: StarMessage, file: str, words: Words) -> discord.ui.LayoutView:
    """The picture by the name of its file, its votes, its maker, and the way to the original."""
    job = message.job
    said = f"{ICON_STAR} **{text.starred(message.stars, job.origin.user_id, words)}**"
    asked = discord.utils.escape_mentions(heading(job.request, words))
    picture = discord.MediaGalleryItem(
        f"attachment://{file}",
        description=alt_text(description_of(job.request, words)),
        spoiler=message.covered,
    )
    link: discord.ui.Button[discord.ui.LayoutView] = discord.ui.Button(
        label=text.open_original(words), url=original_link(message)
    )
    return panel(
        said,
        discord.ui.MediaGallery(picture),
        asked,
        discord.ui.ActionRow(link),
        colour=CANAL,
    )


def original_link(message: StarMessage) -> str:
    """The address of the picture's own message; by it a post is known again."""
    return message_link(message.post.guild_id, message.post.origin)


def unreached_panel(board: Starboard, words: Words) -> discord.ui.LayoutView:
    """That the pictures of a starboard wait for its managers."""
    return remark(ICON_NOTE, text.unreached(board.channel_id, words), colour=LANTERN)
