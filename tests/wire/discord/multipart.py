"""Request bodies: JSON alone, or `payload_json` with `files[n]` beside it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import BodyPartReader, MultipartReader, web
from pydantic import TypeAdapter, ValidationError

from tests.wire.discord.attachments import Upload
from tests.wire.discord.errors import entity_too_large, invalid_form, invalid_json
from tests.wire.discord.json_types import JsonValue

REQUEST_LIMIT_BYTES = 25 * 1_048_576
_FILE_FIELD = re.compile(r"files\[(\d+)\]")
_JSON: TypeAdapter[JsonValue] = TypeAdapter(JsonValue)


@dataclass(frozen=True, slots=True)
class RequestBody:
    """What a request carries; the files are keyed by the n of their `files[n]`."""

    payload: JsonValue = None
    files: Mapping[int, Upload] = field(default_factory=dict)


async def read_body(request: web.Request) -> RequestBody:
    """Read a request's whole body.

    Raises:
        RequestRefused: if it is larger than Discord takes, or not well formed.
    """
    if request.content_type == "multipart/form-data":
        return await _read_multipart(await request.multipart())
    try:
        raw = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise entity_too_large() from None
    return RequestBody(_parse(raw)) if raw else RequestBody()


async def _read_multipart(reader: MultipartReader) -> RequestBody:
    payload: JsonValue = {}
    files: dict[int, Upload] = {}
    size_bytes = 0
    # Read to the end even where it is too large: an early answer would cut the client off.
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader):
            raise invalid_form("nested multipart")
        data = await part.read(decode=False)
        size_bytes += len(data)
        name = part.name or ""
        if name == "payload_json":
            payload = _parse(bytes(data))
        elif matched := _FILE_FIELD.fullmatch(name):
            files[int(matched[1])] = Upload(part.filename or name, bytes(data))
        else:
            raise invalid_form(f"unknown field {name}")
    if size_bytes > REQUEST_LIMIT_BYTES:
        raise entity_too_large()
    return RequestBody(payload, files)


def _parse(raw: bytes) -> JsonValue:
    try:
        return _JSON.validate_python(json.loads(raw))
    except (ValueError, ValidationError):
        raise invalid_json() from None
