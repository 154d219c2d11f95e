"""From status, headers and body to an exact exception. Pure: no network, no clock of its own."""

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from pydantic_core import from_json

from bot.venice import headers as headers_of
from bot.venice.errors import (
    AtCapacity,
    AuthenticationFailed,
    ContentViolation,
    ModelNotFound,
    PaymentRequired,
    RateLimited,
    RequestRejected,
    ServerFault,
    VeniceError,
    WrongAddress,
)
from bot.venice.payment import payment_instructions

_BY_STATUS: dict[int, type[VeniceError]] = {
    HTTPStatus.UNAUTHORIZED: AuthenticationFailed,
    HTTPStatus.FORBIDDEN: AuthenticationFailed,
    HTTPStatus.SERVICE_UNAVAILABLE: AtCapacity,
}
_JUDGED = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY})

_LONGEST_MESSAGE = 500
_DEEPEST_ISSUE = 10
_VIOLATION = re.compile(
    r"content[ _-]?(polic|violat)|terms of service|violates? (our|the|venice)"
    r"|moderation_blocked|safety system",
    re.IGNORECASE,
)
_BAD_MEDIA = re.compile(
    r"(image|media|file) (is|could|can|was)|unprocessable (image|media)|decod|corrupt|dimension",
    re.IGNORECASE,
)
_CAPACITY = re.compile(r"capacity|overload", re.IGNORECASE)


def error_of(
    status: int, headers: Mapping[str, str], body: bytes, *, now_s: float, model: str | None = None
) -> VeniceError:
    """The exception for an answer that is not a success.

    Args:
        status: the HTTP status.
        headers: by any case (a CIMultiDict, or lower-case names).
        body: JSON, HTML, or nothing.
        now_s: the present Unix time, by which resets are read as waits.
        model: what was asked to paint; None on routes that take no model.
    """
    document = _document(body)
    facts: dict[str, Any] = {
        "message": _message(document, body, status),
        "status": status,
        "request_id": _request_id(headers, document),
        "issues": tuple(_issues(document)),
        "retry_after_s": headers_of.retry_after_s(headers, now_s=now_s),
    }
    if status == HTTPStatus.PAYMENT_REQUIRED:
        return PaymentRequired(instructions=payment_instructions(headers, document), **facts)
    kind = _kind(status, facts["message"] + _code(document), takes_model=model is not None)
    return kind(**facts)


def _kind(status: int, message: str, *, takes_model: bool) -> type[VeniceError]:
    if status in _JUDGED and _is_violation(status, message, takes_model=takes_model):
        return ContentViolation
    if status == HTTPStatus.NOT_FOUND and takes_model:
        return ModelNotFound
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return AtCapacity if _CAPACITY.search(message) else RateLimited
    if status < HTTPStatus.BAD_REQUEST:
        return WrongAddress
    otherwise = RequestRejected if status < HTTPStatus.INTERNAL_SERVER_ERROR else ServerFault
    return _BY_STATUS.get(status, otherwise)


def _is_violation(status: int, message: str, *, takes_model: bool) -> bool:
    """Whether the API judged what the picture shows.

    Older deployments say so with a 400; routes that take a prompt with a 422, unless that
    speaks of the medium. Upscaling and cutting out judge nothing, so that their 422 needs the
    words.
    """
    if _VIOLATION.search(message):
        return True
    judges = status == HTTPStatus.UNPROCESSABLE_ENTITY and takes_model
    return judges and not _BAD_MEDIA.search(message)


def _document(body: bytes) -> dict[str, Any]:
    try:
        parsed = from_json(body)
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _message(document: Mapping[str, Any], body: bytes, status: int) -> str:
    """`error`, as a text or as the object of OpenAI's shape; `message` goes with x402's codes."""
    error = document.get("error")
    texts = (document.get("message"), error.get("message") if isinstance(error, dict) else error)
    said = [text.strip() for text in reversed(texts) if isinstance(text, str) and text.strip()]
    if said:
        return ": ".join(dict.fromkeys(said))[:_LONGEST_MESSAGE]
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "an unknown status"
    if body.lstrip()[:1] == b"<":
        return f"a page instead of an answer: {phrase}"
    return f"no message: {phrase}"


def _code(document: Mapping[str, Any]) -> str:
    """The machine-readable code, after a blank; nothing where there is none."""
    error = document.get("error")
    code = error.get("code") if isinstance(error, dict) else document.get("code")
    return f" {code}" if isinstance(code, str) else ""


def _issues(document: Mapping[str, Any]) -> Iterator[str]:
    """`issues` is a list of what the schema says; `details` a tree of `_errors`, or a text."""
    listed = document.get("issues")
    entries = listed if isinstance(listed, list) else []
    issues = [issue for issue in entries if isinstance(issue, dict)]
    for issue in issues:
        path = issue.get("path")
        where = ".".join(map(str, path)) if isinstance(path, list) else ""
        yield _issue(where, issue.get("message"))
    details = document.get("details")
    if isinstance(details, str) and details.strip():
        yield details.strip()[:_LONGEST_MESSAGE]
    elif isinstance(details, dict) and not issues:
        yield from _tree_issues(details, ())


def _tree_issues(tree: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    for key, branch in tree.items():
        if key == "_errors" and isinstance(branch, list):
            yield from (_issue(".".join(path), message) for message in branch)
        elif isinstance(branch, dict) and len(path) < _DEEPEST_ISSUE:
            yield from _tree_issues(branch, (*path, key))


def _issue(path: str, message: object) -> str:
    return f"{path}: {message}" if path else str(message)


def _request_id(headers: Mapping[str, str], document: Mapping[str, Any]) -> str | None:
    named = document.get("request_id")
    return named if isinstance(named, str) else headers_of.request_id(headers)
