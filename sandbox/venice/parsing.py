"""From a request's body to the route's own type."""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from sandbox.venice.reception import Reception
from sandbox.venice.refusal import broken_rule, malformed, refused

_Body = TypeVar("_Body", bound=BaseModel)

BOOLEANS = frozenset({"safe_mode", "enhance_prompt", "disable_prompt_optimization_thinking"})
NUMBERS = frozenset({"scale", "creativity"})


def parse_json(body_type: type[_Body], reception: Reception) -> _Body:
    """The body of a route that takes JSON alone.

    Raises:
        Refusal: 400, 413 or 415.
    """
    if reception.is_form:
        raise refused(415, "Invalid request content-type")
    return _parse(body_type, reception, reception.fields)


def parse_json_or_form(
    body_type: type[_Body], reception: Reception, *, file_field: str, several: bool = False
) -> _Body:
    """The body of a route that also takes a form, whose files stand in one field.

    Raises:
        Refusal: 400, 413 or 415.
    """
    if not reception.is_form:
        return _parse(body_type, reception, reception.fields)
    fields = {name: _typed(name, value) for name, value in reception.fields.items()}
    for name, files in reception.uploads.items():
        if name == file_field and several:
            fields[name] = list(files)
        elif len(files) == 1:
            fields[name] = files[0]
        else:
            raise broken_rule(name, "Expected one file")
    return _parse(body_type, reception, fields)


def _parse(body_type: type[_Body], reception: Reception, fields: Mapping[str, object]) -> _Body:
    if reception.refusal is not None:
        raise reception.refusal
    try:
        return body_type.model_validate(fields)
    except ValidationError as error:
        raise malformed(error) from error


def _typed(name: str, value: object) -> object:
    """A form's field as JSON would have it; what cannot be converted is left for the schema."""
    if name in BOOLEANS and value in {"true", "false"}:
        return value == "true"
    if name in NUMBERS and isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return value
    return value
