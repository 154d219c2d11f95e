"""Reading a request's body once, whatever its form, before anything judges it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import BodyPartReader, hdrs, web

from sandbox.venice.refusal import Issue as BrokenRule
from sandbox.venice.refusal import Refusal, broken_rules, refused

MAX_FILE_BYTES = 25 * 1024 * 1024
"""The contract's limit on one uploaded picture."""

MAX_BODY_BYTES = 96 * 1024 * 1024
"""What the server reads at most: three pictures of 25 MB in base64, with room to spare."""


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """An uploaded file, described rather than kept."""

    name: str
    filename: str | None
    content_type: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Reception:
    """A request's body as it came in.

    Attributes:
        fields: the JSON object, or a form's text fields; empty where there was none.
        uploads: a form's files by field name, in order.
        files: the same files, described.
        is_form: whether it was a form rather than JSON.
        refusal: why the body cannot be used, raised by whoever needs it.
    """

    fields: Mapping[str, object] = field(default_factory=dict)
    uploads: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)
    files: tuple[ReceivedFile, ...] = ()
    is_form: bool = False
    refusal: Refusal | None = None


async def read_body(request: web.Request) -> Reception:
    """Reads the body; what is wrong with it is kept in `Reception.refusal`."""
    if (request.content_length or 0) > MAX_BODY_BYTES:
        return Reception(refusal=refused(413, "The request body is too large"))
    try:
        if request.content_type == "multipart/form-data":
            return await _read_form(request)
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        return Reception(refusal=refused(413, "The request body is too large"))
    except ValueError as error:
        return Reception(refusal=refused(400, f"Malformed multipart body: {error}"))
    if request.content_type != "application/json":
        return Reception(refusal=refused(415, "Invalid request content-type"))
    return _read_json(body)


def _read_json(body: bytes) -> Reception:
    try:
        value: object = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return Reception(refusal=broken_rules([BrokenRule((), "Malformed JSON in request body")]))
    if not isinstance(value, dict):
        rule = BrokenRule((), "Expected object", code="invalid_type")
        return Reception(refusal=broken_rules([rule]))
    return Reception(fields=value)


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


async def _read_form(request: web.Request) -> Reception:
    fields: dict[str, object] = {}
    uploads: dict[str, list[bytes]] = {}
    files: list[ReceivedFile] = []
    refusal: Refusal | None = None
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise ValueError("every part needs a name")
        content = bytes(await part.read(decode=True))
        if part.filename is None:
            fields[part.name] = content.decode("utf-8", "replace")
            continue
        if len(content) > MAX_FILE_BYTES:
            refusal = refused(413, "The image must be less than 25MB")
        uploads.setdefault(part.name, []).append(content)
        files.append(
            ReceivedFile(
                name=part.name,
                filename=part.filename,
                content_type=part.headers.get(hdrs.CONTENT_TYPE, "application/octet-stream"),
                size_bytes=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
            )
        )
    return Reception(
        fields=fields,
        uploads={name: tuple(found) for name, found in uploads.items()},
        files=tuple(files),
        is_form=True,
        refusal=refusal,
    )
