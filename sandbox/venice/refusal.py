"""Answers that refuse: the API's error shapes, raised where a rule is broken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError


@dataclass(frozen=True, slots=True)
class Issue:
    """One broken rule: where in the body, and which.

    Attributes:
        path: the way to the field; empty for the body as a whole.
        message: the rule, in words.
        code: the kind of issue, in the API's vocabulary.
    """

    path: tuple[str | int, ...]
    message: str
    code: str = "custom"


class Refusal(Exception):
    """An answer that ends the request.

    Attributes:
        status: the HTTP status.
        body: the JSON body.
        headers: what goes with it.
    """

    def __init__(
        self,
        status: int,
        body: Mapping[str, object],
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body
        self.headers = headers or {}


def refused(status: int, message: str, **extra: object) -> Refusal:
    """The plain shape: `{error}`, with `code` or `request_id` where given."""
    return Refusal(status, {"error": message, **extra})


def broken_rules(issues: Sequence[Issue]) -> Refusal:
    """The detailed shape: a 400 with `{error, details, issues}`."""
    return Refusal(
        400,
        {
            "error": "Invalid request parameters",
            "details": _details(issues),
            "issues": [
                {"code": issue.code, "message": issue.message, "path": list(issue.path)}
                for issue in issues
            ],
        },
    )


def broken_rule(field_name: str, message: str) -> Refusal:
    """The detailed shape for a single field."""
    return broken_rules([Issue((field_name,), message)])


def malformed(error: ValidationError) -> Refusal:
    """The detailed shape for a body that does not fit its schema."""
    return broken_rules(
        [
            Issue(
                path=found["loc"],
                message=_wording(found["type"], found["loc"], found["msg"]),
                code=_CODES.get(found["type"], "invalid_value"),
            )
            for found in error.errors(include_url=False, include_input=False)
        ]
    )


_CODES = {"extra_forbidden": "unrecognized_keys", "missing": "invalid_type"}


def _wording(kind: str, path: tuple[str | int, ...], message: str) -> str:
    if kind == "extra_forbidden":
        return f"Unrecognized key(s) in object: '{path[-1]}'"
    if kind == "missing":
        return "Required"
    return message.removeprefix("Value error, ")


def _details(issues: Sequence[Issue]) -> dict[str, object]:
    top: list[str] = []
    fields: dict[str, list[str]] = {}
    for issue in issues:
        if issue.path:
            fields.setdefault(str(issue.path[0]), []).append(issue.message)
        else:
            top.append(issue.message)
    return {"_errors": top} | {name: {"_errors": found} for name, found in fields.items()}
