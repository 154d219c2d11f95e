"""Pictures that a server's style carries along: each painting in it is guided by them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import GuildId, UserId
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.models.image_model import ImageModel
from bot.domain.styles.errors import (
    NoSuchReference,
    ReferencesFull,
    ReferenceThere,
    ServerReferencesFull,
)
from bot.domain.styles.server_style import ServerStyle
from bot.domain.tools.errors import PictureTooHeavy

MOST_OF_A_STYLE = 3
MOST_OF_A_SERVER = 30
MOST_BYTES = 2 * 1024 * 1024
"""They are kept for as long as the style is: sixty megabytes a server at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleReference:
    """A picture of a style; `user_id` is who brought it."""

    style_id: str
    guild_id: GuildId
    user_id: UserId
    picture: StoredPicture
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Guided:
    """A style, how many pictures guide it, and the model it is painted with if nobody names one.

    `model` is None where that cannot be asked for now.
    """

    style: ServerStyle
    count: int
    model: ImageModel | None


def check_weight(size_bytes: int) -> None:
    """See whether a picture is small enough to be kept with a style.

    Raises:
        PictureTooHeavy: if it is not.
    """
    if size_bytes > MOST_BYTES:
        raise PictureTooHeavy(size_bytes, MOST_BYTES)


def check_room(style_id: str, of_server: Collection[StyleReference]) -> None:
    """See whether a style of a server takes another picture.

    Raises:
        ReferencesFull: if the style has as many as a style may have.
        ServerReferencesFull: if the server's styles have as many together.
    """
    if sum(each.style_id == style_id for each in of_server) >= MOST_OF_A_STYLE:
        raise ReferencesFull(MOST_OF_A_STYLE)
    if len(of_server) >= MOST_OF_A_SERVER:
        raise ServerReferencesFull(MOST_OF_A_SERVER)


def check_new(reference: StyleReference, of_server: Collection[StyleReference]) -> None:
    """See whether a picture can join those of its style.

    Raises:
        ReferenceThere: if the style has that picture.
        ReferencesFull, ServerReferencesFull: as `check_room` does.
    """
    check_room(reference.style_id, of_server)
    if any(_is_same(each, reference) for each in of_server):
        raise ReferenceThere


def numbered(references: Collection[StyleReference], number: int) -> StyleReference:
    """A style's picture by its number, counted from 1 in the order they were brought.

    Raises:
        NoSuchReference: if there is none.
    """
    if not 1 <= number <= len(references):
        raise NoSuchReference(number, len(references))
    return list(references)[number - 1]


def joined(
    given: tuple[StoredPicture, ...], of_style: tuple[StoredPicture, ...], *, most: int
) -> tuple[StoredPicture, ...]:
    """The pictures that a member gave, then those of the style, as many as the model takes.

    A model that takes none (`most` is 0) is sent none whatever is asked for, so that all are named:
    the same request on another model is guided by them.
    """
    new = tuple(picture for picture in of_style if picture not in given)
    room = max(0, most - len(given)) if most else len(new)
    return (*given, *new[:room])


def _is_same(one: StyleReference, other: StyleReference) -> bool:
    return one.style_id == other.style_id and one.picture.sha256 == other.picture.sha256
