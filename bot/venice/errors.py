"""What can go wrong with a call, by who must act.

VeniceError
├── MemberMustAct             the request can be changed
│   ├── RequestRejected       400, 413, 415, 422 and what else says no; or refused here, before
│   │                         anything was sent (then without a status)
│   ├── ContentViolation      the request or picture breaks the API's content rules
│   └── ModelNotFound         404: unknown or retired
├── OperatorMustAct           no request will pass until the operator has acted
│   ├── AuthenticationFailed  401, 403
│   ├── PaymentRequired       402, with what is known of the balance and how to pay
│   └── WrongAddress          3xx: the base URL is not the API's
└── TimeMustPass              the same request may pass later
    ├── RateLimited           429, or the client's own limits held for too long
    ├── AtCapacity            503, or a 429 that says so; with other models to take
    │   └── CircuitOpen       the model was at capacity again and again; nothing was sent
    ├── ServerFault           500, 502, 504 and other 5xx
    ├── Unreachable           the request did not leave whole: nothing can have been billed
    └── AnswerLost            sent, then the connection broke or took too long; or the
                              answer cannot be read: it may have been billed
"""

from dataclasses import dataclass, field

from bot.venice.payment import NOTHING_KNOWN, PaymentInstructions


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
        return f"{self.explanation}{status}"

    @property
    def explanation(self) -> str:
        """The message, and what is wrong with which field."""
        return f"{self.message}: {'; '.join(self.issues)}" if self.issues else self.message


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
    """The account is empty, or the request carried no credentials.

    Attributes:
        instructions: what is left, and how to pay.
    """

    instructions: PaymentInstructions = field(default=NOTHING_KNOWN)


class WrongAddress(OperatorMustAct):
    """The server points elsewhere; credentials are never carried there."""


class TimeMustPass(VeniceError):
    """The same request may pass later."""


class RateLimited(TimeMustPass):
    """More requests than the account may make."""


@dataclass(eq=False, kw_only=True)
class AtCapacity(TimeMustPass):
    """The model has no room.

    Attributes:
        alternatives: the ids of the nearest models, the nearest first.
    """

    alternatives: tuple[str, ...] = ()


class CircuitOpen(AtCapacity):
    """The model was at capacity again and again, and is left alone for a while."""


class ServerFault(TimeMustPass):
    """The API failed."""


class Unreachable(TimeMustPass):
    """The request did not leave whole, so that nothing was done."""


@dataclass(eq=False, kw_only=True)
class AnswerLost(TimeMustPass):
    """The request was sent and its answer did not arrive whole: it may have been billed.

    Attributes:
        timed_out: whether it took too long, rather than broke.
    """

    timed_out: bool = False
