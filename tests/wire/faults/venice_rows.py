"""Each fault of Venice, once and every time."""

from functools import partial

from sandbox.venice.faults import (
    Answered,
    ClosedUnread,
    ConnectionReset,
    DeprecationHeaders,
    EmptyBody,
    Fault,
    HtmlBody,
    Hung,
    JsonBody,
    Judged,
    Kind,
    RateLimited,
    ResetUnit,
    SafetyHeadersMissing,
    SlowBody,
    SlowHeaders,
    Truncated,
    UnknownJson,
    ViolationRefused,
    WrongContentType,
)
from sandbox.venice.safety import Verdict
from tests.wire.faults.house import House, Outcome
from tests.wire.faults.rows import Group, Row

GENERATE = "/image/generate"
SIDE = "Venice"
ANSWER_S = 60.0
HUNG_S = 320.0
_EVERY_TIME = 50

_OWN_FAULTS: dict[str, Kind] = {
    "connection closed before the request was read": ClosedUnread(),
    "500 with JSON": Answered(500, JsonBody({"error": "Inference processing failed"})),
    "502 with a page": Answered(502, HtmlBody()),
    "503, the model has no room": Answered(503, JsonBody({"error": "The model is at capacity"})),
    "504, empty": Answered(504, EmptyBody()),
}
_REFUSALS: dict[str, Kind] = {
    "400 that names what is wrong": Answered(400, JsonBody({"error": "Invalid style"})),
    "400 for a violation of the terms": ViolationRefused(),
    "401, the key is refused": Answered(401, JsonBody({"error": "Authentication failed"})),
    "402, the account is empty": Answered(402, JsonBody({"error": "Insufficient balance"})),
    "404, the model is gone": Answered(404, JsonBody({"error": "Specified model not found"})),
    "429 with Retry-After": RateLimited(retry_after_s=1),
    "429 with a reset in milliseconds": RateLimited(resets_in_s=1, unit=ResetUnit.MILLISECONDS),
    "200 with JSON of no known shape": UnknownJson(),
    "200 under another content type": WrongContentType(),
    "connection reset, not billed": ConnectionReset(),
    "connection reset, billed": ConnectionReset(billed=True),
    "answer cut off in the middle": Truncated(),
}
_ONCE_ONLY: dict[str, Kind] = {
    "answer late by a second": SlowHeaders(1.0),
    "answer in drips": SlowBody(chunk_bytes=2_048, pause_s=0.05),
    "picture of a violation, by its headers": Judged(Verdict.VIOLATION),
    "adult picture, by its headers": Judged(Verdict.ADULT),
    "safety headers missing": SafetyHeadersMissing(),
    "headers that the model goes": DeprecationHeaders(),
}


def venice_rows() -> list[Row]:
    """Every fault of Venice at every stage."""
    once = _OWN_FAULTS | _REFUSALS | _ONCE_ONLY
    return [
        *(_row(name, kind, "once", Group.VENICE_ONCE) for name, kind in once.items()),
        *(
            _row(name, kind, "every time", Group.VENICE_ALWAYS_5XX)
            for name, kind in _OWN_FAULTS.items()
        ),
        *(
            _row(name, kind, "every time", Group.VENICE_ALWAYS_4XX)
            for name, kind in _REFUSALS.items()
        ),
        Row(SIDE, "no answer at all", "once", Group.SLOW, partial(_play, Hung(), 1, HUNG_S)),
    ]


def _row(fault: str, kind: Kind, stage: str, group: Group) -> Row:
    times = 1 if stage == "once" else _EVERY_TIME
    return Row(SIDE, fault, stage, group, partial(_play, kind, times, ANSWER_S))


async def _play(kind: Kind, times: int, timeout_s: float, house: House) -> Outcome:
    house.venice.faults.add(Fault(kind, route=GENERATE, times=times))
    try:
        asking = await house.ask(house.member(), timeout_s=timeout_s)
        return await asking.outcome()
    finally:
        house.venice.faults.clear()
