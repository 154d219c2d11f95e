"""Browsing: what a member leafs through, and where they are.

A page is remembered under a short id, which its buttons carry; so a button works after a restart
and has room for the picture at which the next page begins.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from bot.domain.asking.effects import Setting
from bot.domain.ids import ChannelId, GuildId, ImageId, JobId, UserId
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.moderation.audit import LogQuery
from bot.domain.tools.request import Tool

PAGE_LIFETIME = timedelta(days=7)
"""How long the buttons of a page work after it was opened."""

PICTURES_PER_PAGE = 6
ENTRIES_PER_PAGE = 5
"""Models or styles; each has a button."""

MAX_FILTER_CHARS = 100


class Shelf(StrEnum):
    """Whose pictures."""

    HISTORY = "history"
    GALLERY = "gallery"


class Order(StrEnum):
    """Which pictures come first."""

    NEWEST = "newest"
    FAVOURITES = "favourites"
    VOTES = "votes"


class Privacy(StrEnum):
    """What the image service promises of a model's requests (`model_spec.privacy`)."""

    PRIVATE = "private"
    ANONYMIZED = "anonymized"


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureQuery:
    """Pictures, by the words of their prompts among others; None does not filter."""

    kind: Literal["pictures"] = "pictures"
    shelf: Shelf
    order: Order = Order.NEWEST
    model: str | None = None
    style: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelQuery:
    """Models; `honours` is a setting that must have an effect on them."""

    kind: Literal["models"] = "models"
    text: str | None = None
    privacy: Privacy | None = None
    honours: Setting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleQuery:
    """Style presets."""

    kind: Literal["styles"] = "styles"
    text: str | None = None


PageQuery = PictureQuery | ModelQuery | StyleQuery | LogQuery


@dataclass(frozen=True, slots=True)
class PageState:
    """A page that was opened: by whom, and onto what. Its buttons are for that member."""

    id: str
    user_id: UserId
    query: PageQuery
    expires_at: datetime


class Direction(StrEnum):
    """Where a member turns from the page they see."""

    ONWARDS = "n"
    BACK = "b"


@dataclass(frozen=True, slots=True)
class Turn:
    """A page turned, away from one of its pictures."""

    direction: Direction
    from_image: ImageId


_PICTURE_TARGET = re.compile(r"(?P<state>[0-9a-z]+)-(?P<direction>[nb])(?P<image>.+)")
_NUMBER_TARGET = re.compile(r"(?P<state>[0-9a-z]+)-(?P<number>\d{1,4})")


def turn_target(state_id: str, turn: Turn) -> str:
    """What the button carries that turns a page of pictures."""
    return f"{state_id}-{turn.direction}{turn.from_image}"


def read_turn_target(target: str) -> tuple[str, Turn] | None:
    """The page's id and the turn; None if a button carries no such thing."""
    found = _PICTURE_TARGET.fullmatch(target)
    if found is None:
        return None
    return found["state"], Turn(Direction(found["direction"]), ImageId(found["image"]))


def number_target(state_id: str, number: int) -> str:
    """What the button carries that opens a page by its number, counted from 0."""
    return f"{state_id}-{number}"


def read_number_target(target: str) -> tuple[str, int] | None:
    """The page's id and the number; None if a button carries no such thing."""
    found = _NUMBER_TARGET.fullmatch(target)
    return None if found is None else (found["state"], int(found["number"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureScope:
    """What may be shown at all.

    `user_id` limits to a member's own pictures, private ones included. Without it only what was
    shown publicly in `channels` of `guild_id` is there. `safe_only` leaves out what was painted
    without safe mode: a safe place shows none of it.
    """

    safe_only: bool
    user_id: UserId | None = None
    guild_id: GuildId | None = None
    channels: frozenset[ChannelId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureEntry:
    """A picture on a shelf.

    `tool` is None for a painting, `size` for what was not asked for in any size. A `blind` one is
    in a battle that goes on: its member is shown the picture, and not by what it was painted.
    """

    image_id: ImageId
    job_id: JobId
    user_id: UserId
    guild_id: GuildId | None
    channel_id: ChannelId
    private: bool
    prompt: str
    model_name: str
    size: str | None
    style: str | None
    seed: int
    created_at: datetime
    picture: StoredPicture
    tool: Tool | None = None
    blind: bool = False


def slug(name: str) -> str:
    """A model's or a style's name as a button can carry it."""
    return re.sub(r"[^A-Za-z0-9-]", "_", name)[:64]


def page_count(entries: int) -> int:
    """How many pages there are; an empty list has one."""
    return max(1, -(-entries // ENTRIES_PER_PAGE))
