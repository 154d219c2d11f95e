"""JSON as the wire carries it, typed."""

from typing import TypeAlias

from pydantic import JsonValue as JsonValue  # noqa: PLC0414 - exported beside JsonObject

JsonObject: TypeAlias = dict[str, JsonValue]


def objects_in(value: JsonValue | None) -> list[JsonObject]:
    """The objects of a JSON array; nothing where there is no array."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
