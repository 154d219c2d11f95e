"""The published contract, read as JSON Schema."""

import copy
import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis_jsonschema import from_schema

CONTRACT = Path(__file__).parents[3] / "shared" / "venice" / "openapi.json"

needs_contract = pytest.mark.skipif(
    not CONTRACT.exists(), reason="shared/venice/openapi.json is not beside the repository"
)

Schema = dict[str, object]


@cache
def contract() -> dict[str, object]:
    document = json.loads(CONTRACT.read_text("utf-8"))
    assert isinstance(document, dict)
    return document


def part(*path: str) -> Schema:
    """A part of the contract, as JSON Schema, with its references resolved."""
    found: object = contract()
    for step in path:
        assert isinstance(found, dict)
        found = found[step]
    resolved = _as_json_schema(copy.deepcopy(found))
    assert isinstance(resolved, dict)
    return resolved


def _as_json_schema(node: object) -> object:
    """OpenAPI 3.0 writes null and exclusive bounds in its own way."""
    if isinstance(node, list):
        return [_as_json_schema(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return part(*str(node["$ref"]).removeprefix("#/").split("/"))
    schema = {
        name: _as_json_schema(value)
        for name, value in node.items()
        if name not in {"nullable", "example", "description", "default", "deprecated"}
        or not isinstance(value, bool | str | int | float)
    }
    if "oneOf" in schema:
        # The contract means "either": its wallet bodies carry `error` and so fit both branches.
        schema["anyOf"] = schema.pop("oneOf")
    for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if schema.get(exclusive) is True:
            schema[exclusive] = schema.pop(bound)
        elif schema.get(exclusive) is False:
            del schema[exclusive]
    if node.get("nullable") and "type" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    return schema


def answer_schema(route: str, status: int, *, method: str = "post") -> Schema | None:
    """What the contract says of a JSON answer; None where it says nothing."""
    responses = part("paths", route, method, "responses")
    response = responses.get(str(status))
    if not isinstance(response, dict):
        return None
    content = response["content"]
    assert isinstance(content, dict)
    media = content.get("application/json")
    return None if media is None else media["schema"]


def component(name: str) -> Schema:
    """One of the contract's schemas."""
    return part("components", "schemas", name)


def properties(schema: Schema) -> Schema:
    """An object schema's properties, to be narrowed in place."""
    found = schema["properties"]
    assert isinstance(found, dict)
    return found


def bodies(schema: Schema) -> st.SearchStrategy[dict[str, object]]:
    """Objects that fit a schema.

    Built property by property: hypothesis-jsonschema 0.23 draws objects with a part of
    Hypothesis that newer ones no longer have.
    """
    required = schema.get("required", [])
    assert isinstance(required, list)
    values = {name: _values(_schema(part_)) for name, part_ in properties(schema).items()}
    return st.fixed_dictionaries(
        {name: values[name] for name in required},
        optional={name: drawn for name, drawn in values.items() if name not in required},
    )


def _values(schema: Schema) -> st.SearchStrategy[object]:
    if schema.get("type") == "object":
        return bodies(schema)
    if schema.get("type") == "array":
        return st.lists(_values(_schema(schema["items"])), max_size=4)
    return from_schema(schema)  # type: ignore[arg-type]  # asks for a recursive JSON type


def _schema(value: object) -> Schema:
    assert isinstance(value, dict)
    return value
