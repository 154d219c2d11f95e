"""Whether what the bot sends to Discord is as Discord takes it.

The published description says what it can of each field; the limits that it does not state, or
that span fields, are here. They hold in a checkout without the description too. Figures from
Discord's component reference.
"""

from collections import Counter
from collections.abc import Iterator

from tests.wire.discord import components
from tests.wire.discord.components import SELECTS, ComponentType
from tests.wire.discord.contract import DESCRIPTION_PATH, load_description
from tests.wire.discord.json_types import JsonObject, JsonValue, objects_in

MESSAGES = "/channels/{channel_id}/messages"
ANSWERS = "/interactions/{interaction_id}/{interaction_token}/callback"
MODAL = 9

_TEXT_LIMIT = 4_000
_COMPONENT_LIMIT = 40
_TITLE_LIMIT = 45
_LABELS_OF_A_MODAL = 5
_GALLERY_LIMIT = 10
_ROW_LIMIT = 5
_LENGTHS: dict[str, int] = {"custom_id": 100, "placeholder": 150, "description": 1_024}
_OPTION_LIMIT = 25
_LABEL_LIMITS: dict[JsonValue, int] = {ComponentType.BUTTON: 80, ComponentType.LABEL: 45}


def faults_in_request(method: str, path: str, body: JsonObject) -> list[str]:
    """What is wrong with a request, whatever it is."""
    found = list(_faults_in_what_is_shown(body))
    if DESCRIPTION_PATH.exists():
        description = load_description(DESCRIPTION_PATH)
        route = description.route_of(method, path)
        if route is None:
            found.append("is not described")
        elif (fault := description.fault_in_request(method, route, body)) is not None:
            found.append(fault)
    return [f"{method} {path}: {fault}" for fault in found]


def faults_in_message(body: JsonObject) -> list[str]:
    """What is wrong with a message."""
    return faults_in_request("POST", MESSAGES, body)


def faults_in_modal(modal: JsonObject) -> list[str]:
    """What is wrong with a modal."""
    return faults_in_request("POST", ANSWERS, {"type": MODAL, "data": modal})


def _faults_in_what_is_shown(body: JsonObject) -> Iterator[str]:
    shown = data if isinstance(data := body.get("data"), dict) else body
    top = objects_in(shown.get("components"))
    yield from _faults_over_all(top)
    for component in components.walk(top):
        yield from _faults_in_component(component)
    if body.get("type") == MODAL:
        yield from _too_long("title", shown.get("title"), _TITLE_LIMIT)
        if not 1 <= len(top) <= _LABELS_OF_A_MODAL:
            yield f"a modal has {len(top)} fields"


def _faults_over_all(top: list[JsonObject]) -> Iterator[str]:
    every = list(components.walk(top))
    if len(every) > _COMPONENT_LIMIT:
        yield f"{len(every)} components"
    if (length := sum(map(len, components.texts(top)))) > _TEXT_LIMIT:
        yield f"{length} characters of text"
    ids = (each.get("custom_id") for each in every)
    for custom_id, times in Counter(filter(None, map(_string, ids))).items():
        if times > 1:
            yield f"custom id {custom_id} stands {times} times"


def _faults_in_component(component: JsonObject) -> Iterator[str]:
    kind = component.get("type")
    for key, limit in _LENGTHS.items():
        yield from _too_long(key, component.get(key), limit)
    yield from _too_long("label", component.get("label"), _LABEL_LIMITS.get(kind, _TEXT_LIMIT))
    if kind == ComponentType.TEXT_DISPLAY and not component.get("content"):
        yield "an empty text"
    if kind == ComponentType.ACTION_ROW:
        yield from _faults_in_row(objects_in(component.get("components")))
    if kind in SELECTS and len(objects_in(component.get("options"))) > _OPTION_LIMIT:
        yield f"a select of more than {_OPTION_LIMIT} options"
    if kind == ComponentType.MEDIA_GALLERY:
        items = objects_in(component.get("items"))
        if not 1 <= len(items) <= _GALLERY_LIMIT:
            yield f"a gallery of {len(items)}"
        for item in items:
            yield from _too_long("description", item.get("description"), _LENGTHS["description"])


def _faults_in_row(children: list[JsonObject]) -> Iterator[str]:
    has_select = any(child.get("type") in SELECTS for child in children)
    if not 1 <= len(children) <= (1 if has_select else _ROW_LIMIT):
        yield f"a row of {len(children)}"


def _too_long(name: str, text: JsonValue, limit: int) -> Iterator[str]:
    if isinstance(text, str) and len(text) > limit:
        yield f"{name} of {len(text)} characters, {limit} at most"


def _string(value: JsonValue) -> str | None:
    return value if isinstance(value, str) else None
