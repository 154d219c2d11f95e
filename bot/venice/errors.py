"""What can go wrong with a call, by who must act.

VeniceError
├── MemberMustAct             the request can be changed
│   ├── RequestRejected       400, 413, 415, 422 and what else says no: never sent again
│   ├── ContentViolation      the request or picture breaks the API's content rules
│   └── ModelNotFound         404: unknown or retired
├── OperatorMustAct           no request will pass until the operator has acted
│   ├── AuthenticationFailed  401, 403
│   └── PaymentRequired       402, with the instructions that came with it
└── TimeMustPass              the same request may pass later
    ├── RateLimited           429
    ├── AtCapacity            503
    ├── ServerFault           500, 502, 504 and other 5xx
    ├── CircuitOpen           the model was at capacity again and again; nothing was sent
    ├── Unreachable           no connection; nothing was sent
    └── AnswerLost            sent, then the connection broke or took too long; or the
                              answer cannot be read: it may have been billed
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(eq=False, kw_only=True)
class VeniceError(Exception):
    """The root of what the client raises.

    Attributes:
        message: the API's own message, or what happened where it sent none.
        status: the HTTP status; None where no answer came.
        request_id: by which the API's operators find the request.
        issues: what is wrong with which field, in readable form.
        retry_after_s: how long the API asked to wait.
    """

    message: str
    status: int | None = None
    request_id: str | None = None
    issues: tuple[str, ...] = ()
    retry_after_s: float | None = None

    def __str__(self) -> str:
        status = f" ({self.status})" if self.status is not None else ""
        issues = f": {'; '.join(self.issues)}" if self.issues else ""
        return f"{self.message}{status}{issues}"


class MemberMustAct(VeniceError):
    """The request can be changed so that it passes."""


class RequestRejected(MemberMustAct):
    """The API takes no such request."""


class ContentViolation(MemberMustAct):
    """The request or the picture breaks the API's content rules; nothing was charged."""


class ModelNotFound(MemberMustAct):
    """The model is unknown or retired; the message may name a replacement."""


class OperatorMustAct(VeniceError):
    """No request will pass until the operator has acted."""


class AuthenticationFailed(OperatorMustAct):
    """The key or the wallet's signature was refused."""


@dataclass(eq=False, kw_only=True)
class PaymentRequired(OperatorMustAct):
    """The account is empty.

    Attributes:
        instructions: how to pay, as the API sent it: top-up steps, or x402 requirements.
    """

    instructions: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


class TimeMustPass(VeniceError):
    """The same request may pass later."""


class RateLimited(TimeMustPass):
    """More requests than the account may make."""


class AtCapacity(TimeMustPass):
    """The model has no room."""


class ServerFault(TimeMustPass):
    """The API failed."""


@dataclass(eq=False, kw_only=True)
class CircuitOpen(TimeMustPass):
    """The model was at capacity again and again, and is left alone for a while.

    Attributes:
        alternatives: the nearest models that are not.
    """

    alternatives: tuple[str, ...] = ()


class Unreachable(TimeMustPass):
    """No connection could be made; nothing was sent."""


@dataclass(eq=False, kw_only=True)
class AnswerLost(TimeMustPass):
    """The request was sent and its answer did not arrive whole: it may have been billed.

    Attributes:
        timed_out: whether it took too long, rather than broke.
    """

    timed_out: bool = False
