"""The pictures that an interaction brings: an attachment, or what a message shows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

import discord

from bot.domain.gate.permissions import Action
from bot.domain.ids import JobId
from bot.domain.tools.source_limits import OfferedPicture
from bot.ui.parts.actions import VERSION

MOST_OFFERED = 10
"""A message has at most ten attachments, a gallery ten pictures (Discord)."""

_DETAILS = re.compile(rf"{VERSION}:{Action.DETAILS}:(?P<job>[A-Za-z0-9_-]{{1,64}})")


def offered(attachment: discord.Attachment) -> OfferedPicture:
    """An attachment as a member offers it."""
    return OfferedPicture(
        url=attachment.url,
        content_type=attachment.content_type,
        size_bytes=attachment.size,
        width=attachment.width,
        height=attachment.height,
        covered=attachment.is_spoiler(),
    )


def pictures_of(message: discord.Message) -> tuple[OfferedPicture, ...]:
    """The pictures that a message shows or forwards, in their order, each once."""
    found = chain(_in(message), chain.from_iterable(map(_in, message.message_snapshots)))
    by_path: dict[str, OfferedPicture] = {}
    for picture in found:
        # The same file may be attached and in a gallery, its address signed anew each time.
        by_path.setdefault(urlsplit(picture.url).path, picture)
    private = message.flags.ephemeral
    return tuple(replace(each, private=private) for each in [*by_path.values()][:MOST_OFFERED])


def own_result(message: discord.Message, bot_user_id: int) -> JobId | None:
    """The job whose result a message of the bot's own shows, by the buttons that only it writes."""
    if message.author.id != bot_user_id:
        return None
    for component in _walk(message.components):
        match = _DETAILS.fullmatch(getattr(component, "custom_id", None) or "")
        if match is not None:
            return JobId(match["job"])
    return None


def _in(message: discord.Message | discord.MessageSnapshot) -> Iterator[OfferedPicture]:
    yield from map(offered, filter(_is_picture, message.attachments))
    yield from _in_components(message.components)
    yield from _in_embeds(message.embeds)


def _is_picture(attachment: discord.Attachment) -> bool:
    """Whether it is meant to be one; what it is, its bytes will tell."""
    return (attachment.content_type or "").startswith("image/")


def _in_components(components: Iterable[Any]) -> Iterator[OfferedPicture]:
    for component in _walk(components):
        if isinstance(component, discord.MediaGalleryComponent):
            for item in component.items:
                yield OfferedPicture(
                    url=item.media.url,
                    content_type=item.media.content_type,
                    width=item.media.width,
                    height=item.media.height,
                    covered=item.spoiler,
                )


def _in_embeds(embeds: Iterable[discord.Embed]) -> Iterator[OfferedPicture]:
    for embed in embeds:
        shown = embed.image if embed.image.url else embed.thumbnail
        # An address may also name a file of the message, which is among its attachments.
        if shown.url and shown.url.startswith("http"):
            yield OfferedPicture(url=shown.url, width=shown.width, height=shown.height)


def _walk(components: Iterable[Any]) -> Iterator[Any]:
    for component in components:
        yield component
        yield from _walk(getattr(component, "children", ()))
