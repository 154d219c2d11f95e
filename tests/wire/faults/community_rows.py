"""Faults of Discord while a picture is voted on, shared, or shown after a review."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from bot.domain.gate.permissions import Action
from bot.ui.moderation.review_panel import APPROVE
from tests.wire.discord import Channel, Member, Message, SentInteraction
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
)
from tests.wire.faults.house import (
    AT_NEXT_COMMAND,
    LOOK_AGAIN_S,
    NO_ANSWER,
    NOBODY,
    THE_PICTURE,
    House,
    Outcome,
    button_of,
    plain,
)
from tests.wire.faults.rows import Group, Row

SIDE = "Discord, votes, sharing and reviews"
ANSWER_S = 30.0
LATE_ANSWER_S = 240.0

_COMMON: dict[str, Kind] = {
    "429 of the route": RateLimited(0.5),
    "502": ServerError(502),
    "connection reset, not done": ConnectionReset(),
    "connection reset, done": ConnectionReset(done=True),
}
_FORBIDDEN = Refused(403, 50013, "Missing Permissions")

Stage = Callable[[Kind, float, House], Awaitable[Outcome]]


def community_rows() -> list[Row]:
    """Every fault at every stage."""
    at_once: dict[str, Stage] = {
        "acknowledging a vote": partial(_vote, CALLBACK, "POST"),
        "answering a vote": partial(_vote, ANSWER, "PATCH"),
    }
    late: dict[str, Stage] = {
        "showing what is shared": _share,
        "showing what was approved": _approve,
    }
    rows = [
        Row(SIDE, fault, stage, Group.COMMUNITY, partial(play, kind, ANSWER_S))
        for stage, play in at_once.items()
        for fault, kind in _COMMON.items()
    ]
    rows += [
        _delivery(fault, kind, stage, play)
        for stage, play in late.items()
        for fault, kind in _COMMON.items()
    ]
    forbidden = partial(_share, _FORBIDDEN, ANSWER_S)
    rows.append(
        Row(SIDE, "missing permissions", "showing what is shared", Group.COMMUNITY, forbidden)
    )
    for fault, kind in _COMMON.items():
        rows.append(
            Row(SIDE, fault, "asking moderators", Group.SLOW, partial(_ask, kind, LATE_ANSWER_S))
        )
    return rows


def _delivery(fault: str, kind: Kind, stage: str, play: Stage) -> Row:
    """What is cut off is tried again when the job's lease has run out."""
    if isinstance(kind, ConnectionReset):
        return Row(SIDE, fault, stage, Group.SLOW, partial(play, kind, LATE_ANSWER_S))
    return Row(SIDE, fault, stage, Group.COMMUNITY, partial(play, kind, ANSWER_S))


async def _vote(route: str, method: str, kind: Kind, timeout_s: float, house: House) -> Outcome:
    _, result = await house.painted()
    voter, up = house.member(), button_of(result, Action.UPVOTE) or ""
    with house.discord.faults.playing(Fault(kind, method, route)):
        sent = await house.discord.click(voter, result, up)
        told = await _told(sent, timeout_s)
    votes = house.records.rows("SELECT value FROM votes WHERE user_id = ?", voter.user.id)
    stands = "The vote stands." if votes else "There is no vote."
    return Outcome(f"{told} {stands}", NOBODY)


async def _share(kind: Kind, timeout_s: float, house: House) -> Outcome:
    member, result = await house.painted(private=True)
    before = len(_public(house))
    with house.discord.faults.playing(Fault(kind, "POST", MESSAGES)):
        sent = await house.discord.click(member, result, button_of(result, Action.SHARE) or "")
        told = await _told(sent, timeout_s)
        await _none_open(house, timeout_s)
    return Outcome(
        f"{told} {_times(len(_public(house)) - before)}{await _notice(house, member)}", NOBODY
    )


async def _approve(kind: Kind, timeout_s: float, house: House) -> Outcome:
    held, sent = await _held(house, timeout_s)
    with house.discord.faults.playing(Fault(kind, "PATCH", ANSWER)):
        moderator = house.discord.world.member("max")
        await house.discord.click(moderator, held, button_of(held, APPROVE) or "")
        await _until(lambda: _is_shown(sent), timeout_s)
        await _none_open(house, timeout_s)
    return Outcome(THE_PICTURE if _is_shown(sent) else await _told(sent, 0), "member")


async def _ask(kind: Kind, timeout_s: float, house: House) -> Outcome:
    with house.discord.faults.playing(Fault(kind, "POST", MESSAGES)):
        held, _ = await _held(house, timeout_s)
    asked = [each for each in _desk_messages(house) if button_of(each, APPROVE)]
    assert held in asked
    return Outcome(f"moderators are asked {len(asked)} time", NOBODY)


async def _held(house: House, timeout_s: float) -> tuple[Message, SentInteraction]:
    """A picture that moderators are asked about; and the interaction by which it was asked for."""
    await _review_all(house)
    known = {each.id for each in _desk_messages(house)}
    sent = await house.discord.slash(
        house.member(),
        _desk(house),
        "imagine",
        {"prompt": "a held heron", "model": "z-image-turbo", "size": "256x256"},
    )
    held = await house.discord.message_where(
        _desk(house),
        lambda each: each.id not in known and button_of(each, APPROVE),
        timeout_s=timeout_s,
    )
    return held, sent


async def _review_all(house: House) -> None:
    """Have all of the other channel held, and asked about in that very channel."""
    manager, desk = house.discord.world.member("max"), _desk(house)
    for command, options in (
        ("channel set", {"review": "all"}),
        ("server review-channel", {"channel": desk}),
    ):
        sent = await house.discord.slash(manager, desk, command, options)
        await _told(sent, ANSWER_S)


def _desk(house: House) -> Channel:
    return house.discord.world.channel("after-dark")


def _desk_messages(house: House) -> tuple[Message, ...]:
    return house.discord.messages(_desk(house))


def _public(house: House) -> list[Message]:
    return [
        each
        for each in house.discord.messages(house.studio)
        if each.attachments and not each.ephemeral
    ]


def _times(count: int) -> str:
    return f"It stands there {count} time." if count else "It does not stand there."


async def _notice(house: House, member: Member) -> str:
    """What the member is told at their next command, if that is still to be told."""
    user_id = member.user.id
    if not house.records.rows(
        "SELECT job_id FROM notices WHERE user_id = ? AND told_at IS NULL", user_id
    ):
        return ""
    sent = await house.discord.slash(member, house.studio, "quota")
    message = await sent.message_where(
        lambda each: "could not be shown" in "\n".join(each.texts), timeout_s=ANSWER_S
    )
    return f" {AT_NEXT_COMMAND}{plain(message.texts)}"


def _is_shown(sent: SentInteraction) -> bool:
    return any(message.attachments for message in sent.messages)


async def _told(sent: SentInteraction, timeout_s: float) -> str:
    def there() -> list[Message]:
        return [each for each in sent.messages if each.texts and not each.loading]

    await _until(lambda: bool(there()), timeout_s)
    return plain(there()[-1].texts) if there() else NO_ANSWER


async def _none_open(house: House, timeout_s: float) -> None:
    await _until(lambda: not house.records.open_jobs(), timeout_s)


async def _until(condition: Callable[[], bool], timeout_s: float) -> None:
    """Wait until it is so, or the time is up."""
    try:
        async with asyncio.timeout(timeout_s):
            while not condition():  # noqa: ASYNC110 - another process writes the records
                await asyncio.sleep(LOOK_AGAIN_S)
    except TimeoutError:
        pass
