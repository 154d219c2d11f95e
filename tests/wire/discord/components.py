"""The components of a message: found, read, and completed as Discord answers them."""

import copy
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from tests.wire.discord.attachments import Attachment
from tests.wire.discord.clock import SnowflakeMint
from tests.wire.discord.errors import invalid_form
from tests.wire.discord.json_types import JsonObject, JsonValue, objects_in

_ATTACHMENT_SCHEME = "attachment://"


class ComponentType(IntEnum):
    ACTION_ROW = 1
    BUTTON = 2
    STRING_SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT_DISPLAY = 10
    THUMBNAIL = 11
    MEDIA_GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18


SELECTS = frozenset(
    {
        ComponentType.STRING_SELECT,
        ComponentType.USER_SELECT,
        ComponentType.ROLE_SELECT,
        ComponentType.MENTIONABLE_SELECT,
        ComponentType.CHANNEL_SELECT,
    }
)

# What Discord fills in where the sender said nothing, and its own clients rely on.
_SELECT_DEFAULTS: JsonObject = {"min_values": 1, "max_values": 1}
_DEFAULTS: dict[JsonValue, JsonObject] = {
    **dict.fromkeys(map(int, SELECTS), _SELECT_DEFAULTS),
    ComponentType.THUMBNAIL: {"description": None, "spoiler": False},
    ComponentType.FILE: {"spoiler": False, "name": None, "size": None},
    ComponentType.SEPARATOR: {"spacing": 1, "divider": True},
    ComponentType.CONTAINER: {"accent_color": None, "spoiler": False},
}
_GALLERY_ITEM_DEFAULTS: JsonObject = {"description": None, "spoiler": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button as a member sees it. A link has a URL and no custom id."""

    custom_id: str | None
    label: str
    style: int
    disabled: bool
    url: str | None


def walk(components: Iterable[JsonObject]) -> Iterator[JsonObject]:
    """Every component, each before those inside it."""
    for component in components:
        yield component
        yield from walk(objects_in(component.get("components")))
        yield from walk(
            inner
            for key in ("accessory", "component")
            if isinstance(inner := component.get(key), dict)
        )


def buttons(components: Iterable[JsonObject]) -> tuple[Button, ...]:
    return tuple(
        Button(
            custom_id=_text(component, "custom_id"),
            label=_text(component, "label") or "",
            style=style if isinstance(style := component.get("style"), int) else 0,
            disabled=component.get("disabled") is True,
            url=_text(component, "url"),
        )
        for component in of_type(components, ComponentType.BUTTON)
    )


def texts(components: Iterable[JsonObject]) -> tuple[str, ...]:
    """The contents of the text displays, from top to bottom."""
    return tuple(
        _text(each, "content") or "" for each in of_type(components, ComponentType.TEXT_DISPLAY)
    )


def of_type(components: Iterable[JsonObject], kind: ComponentType) -> Iterator[JsonObject]:
    return (each for each in walk(components) if each.get("type") == kind)


def find_by_custom_id(components: Iterable[JsonObject], custom_id: str) -> JsonObject | None:
    return next((each for each in walk(components) if each.get("custom_id") == custom_id), None)


def completed(
    components: Sequence[JsonObject], attachments: Sequence[Attachment], ids: SnowflakeMint
) -> tuple[JsonObject, ...]:
    """The components as Discord answers them: numbered, and with every media item resolved.

    Raises:
        RequestRefused: if a media item names a file that the message does not have.
    """
    answered = copy.deepcopy(tuple(components))
    taken = {component.get("id") for component in walk(answered)}
    free = (number for number in range(1, 1_000) if number not in taken)
    for component in walk(answered):
        if not component.get("id"):
            component["id"] = next(free)
        for key, value in _DEFAULTS.get(component.get("type"), {}).items():
            component.setdefault(key, value)
        if isinstance(emoji := component.get("emoji"), dict) and emoji.get("id") is None:
            emoji.pop("id", None)
        for media in _media_of(component):
            media.update(_resolved(media, attachments, ids))
    return answered


def _media_of(component: JsonObject) -> Iterator[JsonObject]:
    items = objects_in(component.get("items"))
    for item in items:
        for key, value in _GALLERY_ITEM_DEFAULTS.items():
            item.setdefault(key, value)
    for holder in (component, *items):
        for key in ("media", "file"):
            if isinstance(media := holder.get(key), dict):
                yield media


def _resolved(
    media: JsonObject, attachments: Sequence[Attachment], ids: SnowflakeMint
) -> JsonObject:
    url = _text(media, "url") or ""
    if not url.startswith(_ATTACHMENT_SCHEME):
        return {"id": str(ids.next()), "url": url, "proxy_url": url}
    filename = url.removeprefix(_ATTACHMENT_SCHEME)
    found = next((each for each in attachments if each.filename == filename), None)
    if found is None:
        raise invalid_form(f"the message has no attachment named {filename}")
    return {
        "id": str(ids.next()),
        "url": found.url,
        "proxy_url": found.url,
        "width": found.width,
        "height": found.height,
        "content_type": found.content_type,
        "attachment_id": str(found.id),
    }


def _text(component: JsonObject, key: str) -> str | None:
    value = component.get(key)
    return value if isinstance(value, str) else None
