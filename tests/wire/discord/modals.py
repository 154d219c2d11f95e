"""A modal filled in by a member."""

from collections.abc import Mapping
from typing import TypeAlias

from tests.wire.discord import components
from tests.wire.discord.components import ComponentType
from tests.wire.discord.json_types import JsonObject, JsonValue, objects_in
from tests.wire.discord.options import NotOffered

FieldValue: TypeAlias = str | tuple[str, ...]


def filled_modal(modal: JsonObject, values: Mapping[str, FieldValue]) -> JsonObject:
    """The data of a modal's submission.

    Args:
        modal: as the bot showed it.
        values: text, or the values chosen, by the fields' custom ids; a text that is left out
            keeps what the bot wrote into it.

    Raises:
        NotOffered: if the modal has no such field, or a text is missing or of a wrong length.
    """
    shown = objects_in(modal.get("components"))
    fields = {each.get("custom_id") for each in components.walk(shown)} - {None}
    if unknown := values.keys() - fields:
        raise NotOffered(f"the modal has no {', '.join(sorted(unknown))}")
    return {
        "custom_id": modal.get("custom_id"),
        "components": [_submitted(component, values) for component in shown],
    }


def _submitted(component: JsonObject, values: Mapping[str, FieldValue]) -> JsonValue:
    kept: JsonObject = {"type": component.get("type"), "id": component.get("id", 1)}
    if isinstance(inner := component.get("component"), dict):
        return {**kept, "component": _submitted(inner, values)}
    if rows := objects_in(component.get("components")):
        return {**kept, "components": [_submitted(row, values) for row in rows]}
    custom_id = component.get("custom_id")
    if not isinstance(custom_id, str):
        return kept
    kept["custom_id"] = custom_id
    if component.get("type") == ComponentType.TEXT_INPUT:
        return {**kept, "value": _text(component, values.get(custom_id))}
    return {**kept, "values": list(values.get(custom_id, ()))}


def _text(component: JsonObject, value: FieldValue | None) -> str:
    text = component.get("value") or "" if value is None else value
    if not isinstance(text, str):
        raise NotOffered(f"{component.get('custom_id')} takes text")
    least, most = component.get("min_length") or 0, component.get("max_length") or 4_000
    required = component.get("required", True) is not False
    if not isinstance(least, int) or not isinstance(most, int):
        raise NotOffered(f"{component.get('custom_id')} has bounds that are no numbers")
    if (required and not text) or (text and len(text) < least) or len(text) > most:
        raise NotOffered(f"{component.get('custom_id')} does not take {len(text)} characters")
    return text
