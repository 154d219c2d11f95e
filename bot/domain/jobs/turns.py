"""Whose turn it is, where more is wanted than can be painted at once.

Start-time fair queueing on two levels, counted in images: servers share the API equally, and the
members of a server share what it gets. Whoever was given least in the last five minutes goes
next; among equals, who has waited longest. What was given is forgotten after that time, so that
nobody waits for ever, however many others come.

`bot.storage.jobs.turns` says the same in SQL; a test holds the two together.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from bot.domain.ids import GuildId, UserId
from bot.domain.jobs.admission import QueueLength

REMEMBERED_FOR = timedelta(minutes=5)
"""For how long what was given counts: longer than a burst, shorter than a grudge."""

_Party = TypeVar("_Party", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Flow:
    """A member in a server. Direct messages, whose server is None, count as one server."""

    guild_id: GuildId | None
    user_id: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A job, or an image, that waits for its turn, and how many images it is.

    `goes_first` is work that has begun before, and work that only has to be shown: it takes
    nothing from anybody.
    """

    id: str
    flow: Flow
    images: int
    since: datetime
    goes_first: bool = False


def in_turn(waiting: Iterable[Waiting], given: Mapping[Flow, int]) -> list[Waiting]:
    """All that waits, in the order in which it is taken if nothing else comes.

    `given` is how many images were started for each member in the last five minutes.
    """
    by_age = sorted(waiting, key=_age)
    sharing = [each for each in by_age if not each.goes_first]
    member_tags = _start_tags(sharing, given, _flow_of)
    in_server = sorted(sharing, key=lambda each: (member_tags[each.id], *_age(each)))
    server_tags = _start_tags(in_server, _by_server(given), _server_of)
    return [each for each in by_age if each.goes_first] + sorted(
        sharing, key=lambda each: (server_tags[each.id], *_age(each))
    )


def next_turn(
    waiting: Iterable[Waiting],
    given: Mapping[Flow, int],
    *,
    running: Mapping[UserId, int],
    most_running: int,
) -> Waiting | None:
    """What is taken next, if no member may have more than `most_running` jobs at work."""
    return next(
        (
            each
            for each in in_turn(waiting, given)
            if each.goes_first or running.get(each.flow.user_id, 0) < most_running
        ),
        None,
    )


def begins_at_once(length: QueueLength, *, most_running: int) -> bool:
    """Whether it is a new job's turn if a worker is free, whatever was given to whom.

    Nobody waits whom it could overtake, and its member has room even if all that is theirs runs.
    """
    return length.waiting == 0 and length.of_member < most_running


def _start_tags(
    in_order: Sequence[Waiting],
    given: Mapping[_Party, int],
    party_of: Callable[[Waiting], _Party],
) -> dict[str, int]:
    """How many images a party will have been given when it comes to each of those that wait."""
    so_far = Counter(given)
    tags = {}
    for each in in_order:
        party = party_of(each)
        tags[each.id] = so_far[party]
        so_far[party] += each.images
    return tags


def _by_server(given: Mapping[Flow, int]) -> Counter[GuildId | None]:
    totals: Counter[GuildId | None] = Counter()
    for flow, images in given.items():
        totals[flow.guild_id] += images
    return totals


def _age(waiting: Waiting) -> tuple[datetime, str]:
    return waiting.since, waiting.id


def _flow_of(waiting: Waiting) -> Flow:
    return waiting.flow


def _server_of(waiting: Waiting) -> GuildId | None:
    return waiting.flow.guild_id
