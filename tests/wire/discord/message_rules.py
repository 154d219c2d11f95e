"""What Discord refuses in a message as a whole.

The fields one by one are the business of the published description; these rules span them. Figures
from Discord's pages on messages and on the component reference.
"""

from collections import Counter

from tests.wire.discord import components as component_reading
from tests.wire.discord.components import SELECTS, ComponentType
from tests.wire.discord.errors import empty_message, invalid_form
from tests.wire.discord.json_types import JsonObject, objects_in
from tests.wire.discord.messages import Message

_CONTENT_LIMIT = 2_000
_V2_TEXT_LIMIT = 4_000
_V2_COMPONENT_LIMIT = 40
_ROW_LIMIT = 5
_ROW_WIDTH = 5
_ATTACHMENT_LIMIT = 10
_GALLERY_LIMIT = 10


def check(message: Message) -> None:
    """Let pass what Discord would.

    Raises:
        RequestRefused: with Discord's status and code.
    """
    if len(message.attachments) > _ATTACHMENT_LIMIT:
        raise invalid_form(f"more than {_ATTACHMENT_LIMIT} attachments")
    if message.is_v2:
        _check_v2(message)
    else:
        _check_classic(message)
    for row in component_reading.of_type(message.components, ComponentType.ACTION_ROW):
        _check_row(row)
    _check_custom_ids(message)


def _check_v2(message: Message) -> None:
    if message.content or message.embeds:
        raise invalid_form("a message with IS_COMPONENTS_V2 has neither content nor embeds")
    if not message.components:
        raise empty_message()
    if (count := sum(1 for _ in component_reading.walk(message.components))) > _V2_COMPONENT_LIMIT:
        raise invalid_form(f"{count} components are more than {_V2_COMPONENT_LIMIT}")
    if (length := sum(map(len, message.texts))) > _V2_TEXT_LIMIT:
        raise invalid_form(f"{length} characters of text are more than {_V2_TEXT_LIMIT}")
    for gallery in component_reading.of_type(message.components, ComponentType.MEDIA_GALLERY):
        if not 1 <= len(objects_in(gallery.get("items"))) <= _GALLERY_LIMIT:
            raise invalid_form(f"a gallery holds 1 to {_GALLERY_LIMIT} items")


def _check_classic(message: Message) -> None:
    if not (message.content or message.embeds or message.attachments or message.components):
        raise empty_message()
    if len(message.content) > _CONTENT_LIMIT:
        raise invalid_form(f"content is longer than {_CONTENT_LIMIT} characters")
    if any(each.get("type") != ComponentType.ACTION_ROW for each in message.components):
        raise invalid_form("without IS_COMPONENTS_V2 a message holds action rows only")
    if len(message.components) > _ROW_LIMIT:
        raise invalid_form(f"more than {_ROW_LIMIT} action rows")


def _check_row(row: JsonObject) -> None:
    children = objects_in(row.get("components"))
    selects = [child for child in children if child.get("type") in SELECTS]
    if not 1 <= len(children) <= _ROW_WIDTH or (selects and len(children) > 1):
        raise invalid_form("an action row holds one to five buttons, or one select")


def _check_custom_ids(message: Message) -> None:
    found = (each.get("custom_id") for each in component_reading.walk(message.components))
    ids = Counter(custom_id for custom_id in found if isinstance(custom_id, str))
    if doubled := [custom_id for custom_id, count in ids.items() if count > 1]:
        raise invalid_form(f"custom ids are not unique: {', '.join(doubled)}")
