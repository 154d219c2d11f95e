"""JSON as text, the way Discord writes it."""

import json

from tests.wire.discord.json_types import JsonValue


def to_text(value: JsonValue) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
