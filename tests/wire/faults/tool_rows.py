"""Faults of Venice while it changes a picture, makes it larger or cuts out what it shows."""

from functools import partial

from bot.domain.gate.permissions import Action
from bot.ui.tools.questions import SCALES
from sandbox.venice.faults import (
    Answered,
    ConnectionReset,
    Fault,
    Hung,
    JsonBody,
    Kind,
    RateLimited,
    Truncated,
    UnknownJson,
    ViolationRefused,
)
from tests.wire.faults.house import Asking, House, Outcome, button_of
from tests.wire.faults.rows import Group, Row

SIDE = "Venice, image tools"
ANSWER_S = 60.0
HUNG_S = 320.0
_EVERY_TIME = 50

_ROUTES = {
    Action.EDIT: "/image/edit",
    Action.UPSCALE: "/image/upscale",
    Action.CUT_OUT: "/image/background-remove",
}
_STAGES = {Action.EDIT: "edit", Action.UPSCALE: "upscale", Action.CUT_OUT: "cut-out"}
_FAULTS: dict[str, Kind] = {
    "500 with JSON": Answered(500, JsonBody({"error": "Inference processing failed"})),
    "503, the model has no room": Answered(503, JsonBody({"error": "The model is at capacity"})),
    "400 that names what is wrong": Answered(400, JsonBody({"error": "Invalid image"})),
    "400 for a violation of the terms": ViolationRefused(),
    "401, the key is refused": Answered(401, JsonBody({"error": "Authentication failed"})),
    "402, the account is empty": Answered(402, JsonBody({"error": "Insufficient balance"})),
    "429 with Retry-After": RateLimited(retry_after_s=1),
    "200 with JSON of no known shape": UnknownJson(),
    "connection reset, billed": ConnectionReset(billed=True),
    "answer cut off in the middle": Truncated(),
}


def tool_rows() -> list[Row]:
    """Every fault at every tool, every time it is tried."""
    rows = [
        Row(SIDE, fault, f"{_STAGES[tool]}, every time", _group(tool), partial(_play, tool, kind))
        for tool in _ROUTES
        for fault, kind in _FAULTS.items()
    ]
    once = [
        Row(SIDE, "500 with JSON", f"{_STAGES[tool]}, once", Group.TOOLS, partial(_once, tool))
        for tool in _ROUTES
    ]
    hung = partial(_play_for, Action.EDIT, Hung(), 1, HUNG_S)
    return [*rows, *once, Row(SIDE, "no answer at all", "edit, once", Group.SLOW, hung)]


def _group(tool: Action) -> Group:
    return Group.TOOLS if tool is Action.EDIT else Group.OTHER_TOOLS


async def _once(tool: Action, house: House) -> Outcome:
    return await _play_for(tool, _FAULTS["500 with JSON"], 1, ANSWER_S, house)


async def _play(tool: Action, kind: Kind, house: House) -> Outcome:
    return await _play_for(tool, kind, _EVERY_TIME, ANSWER_S, house)


async def _play_for(
    tool: Action, kind: Kind, times: int, timeout_s: float, house: House
) -> Outcome:
    asking = await _asked(tool, timeout_s, Fault(kind, route=_ROUTES[tool], times=times), house)
    try:
        return await asking.outcome()
    finally:
        house.venice.faults.clear()


async def _asked(tool: Action, timeout_s: float, fault: Fault, house: House) -> Asking:
    """A member's press under a picture of their own, and what the bot asks before it begins."""
    member, result = await house.painted()
    house.venice.faults.add(fault)
    sent = await house.discord.click(member, result, button_of(result, tool) or "")
    words = None
    if tool is Action.EDIT:
        words = f"a red sail of {member.user.username}x"
        await sent.acknowledged(timeout_s=timeout_s)
        sent = await house.discord.submit(sent, {"prompt": words})
    elif tool is Action.UPSCALE:
        question = await sent.message_where(
            lambda each: button_of(each, SCALES[2]), timeout_s=timeout_s
        )
        sent = await house.discord.click(member, question, button_of(question, SCALES[2]) or "")
    return Asking(house, member, sent, words, timeout_s)
