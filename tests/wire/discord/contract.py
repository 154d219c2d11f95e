"""Whether requests and answers are as Discord's published API description says.

The description (OpenAPI 3.1) lies outside the repository, in `shared/discord/openapi.json` beside
it. Where it is absent nothing is checked.
"""

import json
from functools import cache
from pathlib import Path

import jsonschema_rs
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from tests.wire.discord.json_types import JsonObject, JsonValue

REPOSITORY = Path(__file__).resolve().parents[3]
DESCRIPTION_PATH = REPOSITORY.parent / "shared" / "discord" / "openapi.json"
_SHOWN_CHARACTERS = 400
_MEDIA_CHANNEL = 16


class Schema:
    """One schema: a compiled validator passes what is right, another tells what is not."""

    def __init__(self, schema: JsonObject) -> None:
        self._compiled = jsonschema_rs.Draft202012Validator(schema)
        self._telling = Draft202012Validator(schema)

    def fault_in(self, body: JsonValue) -> str | None:
        if self._compiled.is_valid(body):
            return None
        error = next(self._telling.iter_errors(body), None)
        if error is None:
            return f"$: {body!s:.{_SHOWN_CHARACTERS}} does not fit"
        told = _told(error)
        return f"{told.json_path}: {told.message[:_SHOWN_CHARACTERS]}"


class Description:
    """The published description. Validators are built when first asked for, then kept."""

    def __init__(self, path: Path) -> None:
        document: JsonObject = json.loads(path.read_bytes())
        self._paths = _object(document, "paths")
        self._components = _object(document, "components")
        self._validators: dict[tuple[str, ...], Schema | None] = {}
        # Discord also reads ids that come as numbers; discord.py sends an upload's number so.
        snowflake = _object(_object(self._components, "schemas"), "SnowflakeType")
        snowflake["type"] = ["string", "integer"]
        # Media channels are offered and taken like forums, and the description has left them out.
        kinds = _object(_object(self._components, "schemas"), "ChannelTypes")
        known = kinds.get("oneOf")
        if isinstance(known, list):
            known.append({"title": "GUILD_MEDIA", "const": _MEDIA_CHANNEL})

    def fault_in_request(self, method: str, route: str, body: JsonValue) -> str | None:
        """What is wrong with a request's JSON, or that the description knows no such request."""
        if method.lower() not in _object(self._paths, route):
            return "is not described"
        validator = self._validator(method, route, "requestBody")
        return validator.fault_in(body) if validator is not None else None

    def route_of(self, method: str, path: str) -> str | None:
        """The described route that a path belongs to; a literal segment counts more than a hole."""
        fitting = [
            route
            for route in self._paths
            if method.lower() in _object(self._paths, route) and _fits(route, path)
        ]
        return min(fitting, key=lambda route: route.count("{"), default=None)

    def fault_in_answer(self, method: str, route: str, status: int, body: JsonValue) -> str | None:
        """What is wrong with an answer's JSON; an answer that is not described passes."""
        validator = self._validator(method, route, "responses", str(status))
        return validator.fault_in(body) if validator is not None else None

    def _validator(self, method: str, route: str, *part: str) -> Schema | None:
        key = (method, route, *part)
        if key not in self._validators:
            self._validators[key] = self._build(method, route, part)
        return self._validators[key]

    def _build(self, method: str, route: str, part: tuple[str, ...]) -> Schema | None:
        described = self._paths
        for step in (route, method.lower(), *part, "content", "application/json", "schema"):
            described = _object(described, step)
        # The components come along so that "#/components/…" resolves within the schema itself.
        schema: JsonObject = {"allOf": [described], "components": self._components}
        return Schema(schema) if described else None


class ContractCheck:
    """Collects what does not agree with the description, one readable line each.

    Without a description only unknown routes are told: where many requests of a kind that is
    checked elsewhere are sent at once, checking each costs more than all else together.
    """

    def __init__(self, description: Description | None) -> None:
        self.violations: list[str] = []
        self._description = description

    @classmethod
    def published(cls) -> "ContractCheck":
        """The check against Discord's published description, where it is at hand."""
        return cls(load_description(DESCRIPTION_PATH) if DESCRIPTION_PATH.exists() else None)

    def request(self, method: str, route: str, body: JsonValue) -> None:
        if self._description is not None:
            self._note(self._description.fault_in_request(method, route, body), method, route)

    def answer(self, method: str, route: str, status: int, body: JsonValue) -> None:
        """The server's own answers are held to the description too: it must not drift."""
        if self._description is not None:
            fault = self._description.fault_in_answer(method, route, status, body)
            self._note(fault and f"answer {fault}", method, route)

    def unknown_route(self, method: str, path: str) -> None:
        self.violations.append(f"{method} {path}: the loopback Discord has no such route")

    def _note(self, fault: str | None, method: str, route: str) -> None:
        if fault:
            self.violations.append(f"{method} {route}: {fault}")


@cache
def load_description(path: Path) -> Description:
    """The description at a path, read once in a process."""
    return Description(path)


def _fits(route: str, path: str) -> bool:
    described, asked = route.split("/"), path.split("/")
    return len(described) == len(asked) and all(
        segment == given or segment.startswith("{")
        for segment, given in zip(described, asked, strict=True)
    )


def _told(error: ValidationError) -> ValidationError:
    """Of a union, the fault in the branch that was meant, which its `type` tells."""
    while error.context:
        branches: dict[str | int, list[ValidationError]] = {}
        for each in error.context:
            branches.setdefault(each.relative_schema_path[0], []).append(each)
        meant = min(
            branches.values(), key=lambda faults: (any(map(_is_another, faults)), len(faults))
        )
        error = meant[0]
    return error


def _is_another(fault: ValidationError) -> bool:
    """Whether the branch describes another kind of thing altogether."""
    path = list(fault.relative_path)
    return (path == ["type"] and fault.validator == "enum") or (
        not path and fault.validator == "type"
    )


def _object(holder: JsonObject, key: str) -> JsonObject:
    """The object under a key, empty where there is none."""
    value = holder.get(key)
    return value if isinstance(value, dict) else {}
