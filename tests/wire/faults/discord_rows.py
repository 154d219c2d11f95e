"""Each fault of Discord's REST API, at each stage of an answer, and of its gateway."""

from collections.abc import Awaitable, Callable
from functools import partial

from tests.wire.discord.faults import (
    ANSWER,
    CALLBACK,
    MESSAGES,
    ConnectionReset,
    Fault,
    Kind,
    RateLimited,
    Refused,
    ServerError,
    SlowAnswer,
)
from tests.wire.faults.house import House, Outcome
from tests.wire.faults.rows import Group, Row

SIDE = "Discord"
GATEWAY_SIDE = "Discord's gateway"
ANSWER_S = 30.0
LATE_ANSWER_S = 240.0
_UNTIL_PROGRESS_S = 3.5
_WHILE_PAINTED_S = 1.0
_PAST_A_TOKEN_S = 1_000.0
_EVERY_TRY = 5

_COMMON: dict[str, Kind] = {
    "429 of the route": RateLimited(0.5),
    "429 of everything": RateLimited(0.5, everywhere=True),
    "502": ServerError(502),
    "503": ServerError(503),
    "connection reset, not done": ConnectionReset(),
    "connection reset, done": ConnectionReset(done=True),
    "slow answer": SlowAnswer(2.0),
}
_LATE_ONES = {
    ("showing the result", "connection reset, not done"),
    ("showing the result", "connection reset, done"),
    ("showing the result, token dead", "503"),
    ("showing the result, token dead", "connection reset, not done"),
    ("showing the result, token dead", "connection reset, done"),
}
"""What is not tried again at once, but when the job's lease has run out."""

Stage = Callable[[Kind, int, float, House], Awaitable[Outcome]]


def discord_rows() -> list[Row]:
    """Every fault of Discord at every stage."""
    stages: dict[str, Stage] = {
        "acknowledging": _while_acknowledging,
        "showing progress": _while_showing_progress,
        "showing the result": _while_showing,
        "showing the result, token dead": _after_the_token,
    }
    common = [
        _row(fault, kind, stage, play)
        for stage, play in stages.items()
        for fault, kind in _COMMON.items()
    ]
    return [*common, *_own_rows(), *_gateway_rows()]


def _own_rows() -> list[Row]:
    forbidden = Refused(403, 50013, "Missing Permissions")
    closed = Refused(403, 50007, "Cannot send messages to this user")
    gone = Refused(404, 10008, "Unknown Message")
    return [
        Row(
            SIDE,
            "502 at every try",
            "showing the result",
            Group.SLOW,
            partial(_while_showing, ServerError(502), _EVERY_TRY, LATE_ANSWER_S),
        ),
        _row("the answer was deleted", gone, "showing the result", _while_showing),
        _row("missing permissions", forbidden, "showing the result, token dead", _after_the_token),
        _row(
            "direct messages closed",
            closed,
            "showing a private result, token dead",
            partial(_after_the_token, private=True),
        ),
    ]


def _gateway_rows() -> list[Row]:
    plays: dict[str, Callable[[House], Awaitable[Outcome]]] = {
        "dropped, resumed": partial(_gateway, _drop_and_resume),
        "dropped, session invalid": partial(_gateway, _drop_and_identify),
        "dropped, refused once": partial(_gateway, _drop_and_refuse),
    }
    return [
        Row(GATEWAY_SIDE, fault, "while it is painted", Group.GATEWAY, play)
        for fault, play in plays.items()
    ]


def _row(fault: str, kind: Kind, stage: str, play: Stage) -> Row:
    group, timeout_s = Group.DISCORD, ANSWER_S
    if (stage, fault) in _LATE_ONES:
        group, timeout_s = Group.SLOW, LATE_ANSWER_S
    elif play is _while_showing_progress:
        group = Group.PROGRESS
    return Row(SIDE, fault, stage, group, partial(play, kind, 1, timeout_s))


async def _while_acknowledging(kind: Kind, times: int, timeout_s: float, house: House) -> Outcome:
    with house.discord.faults.playing(Fault(kind, "POST", CALLBACK, times)):
        asking = await house.ask(house.member(), timeout_s=timeout_s)
        return await asking.outcome()


async def _while_showing_progress(
    kind: Kind, times: int, timeout_s: float, house: House
) -> Outcome:
    house.venice.delay_s = _UNTIL_PROGRESS_S
    try:
        return await _while_showing(kind, times, timeout_s, house)
    finally:
        house.venice.delay_s = 0


async def _while_showing(kind: Kind, times: int, timeout_s: float, house: House) -> Outcome:
    with house.discord.faults.playing(Fault(kind, "PATCH", ANSWER, times)):
        asking = await house.ask(house.member(), timeout_s=timeout_s)
        return await asking.outcome()


async def _after_the_token(
    kind: Kind, times: int, timeout_s: float, house: House, *, private: bool = False
) -> Outcome:
    house.venice.delay_s = _WHILE_PAINTED_S
    try:
        with house.discord.faults.playing(Fault(kind, "POST", MESSAGES, times)):
            before = len(house.venice.requests)
            member = house.member()
            asking = await house.ask(member, timeout_s=timeout_s, options={"private": private})
            await house.venice.wait_for_requests(before + 1)
            house.discord.advance(seconds=_PAST_A_TOKEN_S)
            return await asking.outcome()
    finally:
        house.venice.delay_s = 0


async def _gateway(disturb: Callable[[House], Awaitable[None]], house: House) -> Outcome:
    house.venice.delay_s = _WHILE_PAINTED_S
    try:
        before = len(house.venice.requests)
        asking = await house.ask(house.member(), timeout_s=ANSWER_S)
        await house.venice.wait_for_requests(before + 1)
        await disturb(house)
        first = await asking.outcome()
        again = await (await house.ask(house.member(), timeout_s=ANSWER_S)).outcome()
    finally:
        house.venice.delay_s = 0
    assert again == first, "who asks afterwards is answered as before"
    return first


async def _drop_and_resume(house: House) -> None:
    times = house.discord.resumptions
    await house.discord.drop_connections()
    await house.discord.resumed(timeout_s=ANSWER_S, times=times + 1)


async def _drop_and_identify(house: House) -> None:
    house.discord.forget_sessions()
    times = house.discord.identifications
    await house.discord.drop_connections()
    await house.discord.ready(timeout_s=ANSWER_S, identified=times + 1)


async def _drop_and_refuse(house: House) -> None:
    await house.discord.drop_and_refuse(times=1, timeout_s=ANSWER_S)
