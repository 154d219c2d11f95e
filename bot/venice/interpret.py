"""From status, headers and body to an exact exception. Pure: no network, no clock of its own."""

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from bot.domain.policy import SafetySignals
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
)

MILLISECONDS_FROM = 100_000_000_000
"""A Unix time above this is in milliseconds: in seconds it would be the year 5138."""

_BY_STATUS: dict[int, type[VeniceError]] = {
    HTTPStatus.UNAUTHORIZED: AuthenticationFailed,
    HTTPStatus.FORBIDDEN: AuthenticationFailed,
    HTTPStatus.NOT_FOUND: ModelNotFound,
    HTTPStatus.TOO_MANY_REQUESTS: RateLimited,
    HTTPStatus.SERVICE_UNAVAILABLE: AtCapacity,
}

_LONGEST_MESSAGE = 500
_VIOLATION = re.compile(r"content (policy|violation)|terms of service|violat", re.IGNORECASE)
_REQUEST_ID_HEADERS = ("x-request-id", "cf-ray")


def error_of(status: int, headers: Mapping[str, str], body: bytes, *, now_s: float) -> VeniceError:
    """The exception for an answer that is not a success.

    Args:
        status: the HTTP status.
        headers: by any case (a CIMultiDict, or lower-case names).
        body: JSON, HTML, or nothing.
        now_s: the present Unix time, by which resets are read as waits.
    """
    document = _document(body)
    facts: dict[str, Any] = {
        "message": _message(document, body, status),
        "status": status,
        "request_id": _request_id(headers, document),
        "issues": tuple(_issues(document)),
        "retry_after_s": retry_after_s(headers, now_s=now_s),
    }
    if status == HTTPStatus.PAYMENT_REQUIRED:
        return PaymentRequired(instructions=_payment_instructions(headers, document), **facts)
    if _is_violation(status, facts["message"]):
        return ContentViolation(**facts)
    otherwise = RequestRejected if status < HTTPStatus.INTERNAL_SERVER_ERROR else ServerFault
    return _BY_STATUS.get(status, otherwise)(**facts)


def safety_signals(headers: Mapping[str, str]) -> SafetySignals:
    """What the API said of a picture; None for what it did not say."""
    return SafetySignals(
        blurred=_flag(headers.get("x-venice-is-blurred")),
        content_violation=_flag(headers.get("x-venice-is-content-violation")),
    )


def retry_after_s(headers: Mapping[str, str], *, now_s: float) -> float | None:
    """How long the API asks to wait, in seconds.

    `Retry-After` counts seconds. `x-ratelimit-reset-requests` is a Unix time, seen in seconds
    and in milliseconds.
    """
    after = _number(headers.get("retry-after"))
    if after is not None:
        return max(0.0, after)
    if headers.get("x-ratelimit-remaining-requests", "0") != "0":
        return None
    reset = _number(headers.get("x-ratelimit-reset-requests"))
    if reset is None:
        return None
    reset_s = reset / 1_000 if reset > MILLISECONDS_FROM else reset
    return max(0.0, reset_s - now_s)


def request_id_of(headers: Mapping[str, str]) -> str | None:
    """By which the API's operators find a request."""
    return next((headers[name] for name in _REQUEST_ID_HEADERS if headers.get(name)), None)


def _document(body: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(body)
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _message(document: Mapping[str, Any], body: bytes, status: int) -> str:
    error = document.get("error")
    if isinstance(error, dict):
        error = error.get("message")
    if isinstance(error, str) and error.strip():
        return error.strip()[:_LONGEST_MESSAGE]
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "an unknown status"
    if body.lstrip()[:1] == b"<":
        return f"a page instead of an answer: {phrase}"
    return f"no message: {phrase}"


def _issues(document: Mapping[str, Any]) -> Iterator[str]:
    """`issues` is a list of what zod says; `details` a tree of `_errors`, or a text."""
    for issue in document.get("issues") or ():
        if isinstance(issue, dict):
            path = ".".join(str(part) for part in issue.get("path") or ())
            yield f"{path}: {issue.get('message', '')}" if path else str(issue.get("message", ""))
    details = document.get("details")
    if isinstance(details, str) and details.strip():
        yield details.strip()[:_LONGEST_MESSAGE]
    elif isinstance(details, dict) and not document.get("issues"):
        yield from _tree_issues(details, "")


def _tree_issues(tree: Mapping[str, Any], path: str) -> Iterator[str]:
    for key, branch in tree.items():
        if key == "_errors" and isinstance(branch, list):
            yield from (f"{path}: {message}" if path else str(message) for message in branch)
        elif isinstance(branch, dict):
            yield from _tree_issues(branch, f"{path}.{key}" if path else key)


def _request_id(headers: Mapping[str, str], document: Mapping[str, Any]) -> str | None:
    named = document.get("request_id")
    return named if isinstance(named, str) else request_id_of(headers)


def _is_violation(status: int, message: str) -> bool:
    """Edits answer a violation by 422; older deployments by 400 with a message that says so."""
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        return True
    return status == HTTPStatus.BAD_REQUEST and _VIOLATION.search(message) is not None


def _payment_instructions(
    headers: Mapping[str, str], document: Mapping[str, Any]
) -> Mapping[str, Any]:
    """The body's top-up steps, else the x402 requirements of the header (base64 JSON)."""
    if document.keys() - {"error", "code"}:
        return {key: value for key, value in document.items() if key != "error"}
    try:
        decoded = json.loads(base64.b64decode(headers.get("payment-required", ""), validate=True))
    except (ValueError, binascii.Error):
        return {}
    return decoded if isinstance(decoded, dict) else {}


def _flag(text: str | None) -> bool | None:
    return None if text is None else text.strip().lower() == "true"


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
