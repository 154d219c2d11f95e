"""Leaderboards: what a server likes best, in a span of time.

Ranked by what the share of votes in favour is at least (see `bot.domain.ranking.vote_share`), so
that one vote of one voter does not win over ninety of a hundred. Styles are also ranked by their
battles, in the same spirit: by the share of battles that they win at least.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bot.domain.battles.rating import Standing
from bot.domain.ids import GuildId, ImageId, UserId
from bot.domain.jobs.job import MessageAddress
from bot.domain.voting.span import Span
from bot.domain.voting.vote import Tally

ENTRIES_PER_BOARD = 10

MAX_PAGES = 10
"""Nobody leafs further, and what is far down costs time to count past."""


class BoardTopic(StrEnum):
    """What is ranked."""

    STYLES = "styles"
    IMAGES = "images"
    MEMBERS = "members"
    BATTLES = "battles"


@dataclass(frozen=True, slots=True)
class BoardQuery:
    """What a member wants to see; the first page is number 0."""

    topic: BoardTopic
    span: Span
    number: int = 0


@dataclass(frozen=True, slots=True)
class RankedStyle:
    """A style of the server's or a preset, by its name; `key` is that of its votes."""

    tally: Tally
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class RankedPicture:
    """A picture; `shown` is None where its message is not known."""

    tally: Tally
    image_id: ImageId
    user_id: UserId
    guild_id: GuildId
    prompt: str
    shown: MessageAddress | None


@dataclass(frozen=True, slots=True)
class RankedMember:
    """A member, by the votes on the pictures they asked for."""

    tally: Tally
    user_id: UserId


@dataclass(frozen=True, slots=True)
class RankedFighter:
    """A style by its battles, of all time."""

    standing: Standing
    name: str


Ranked: TypeAlias = RankedStyle | RankedPicture | RankedMember | RankedFighter


def score_of(entry: Ranked) -> float:
    """By what an entry is ranked, from 0 to 1."""
    if isinstance(entry, RankedFighter):
        return entry.standing.score
    return entry.tally.score


@dataclass(frozen=True, slots=True)
class Board:
    """A page of a leaderboard."""

    query: BoardQuery
    entries: tuple[Ranked, ...]
    has_next: bool

    def rank_of(self, position: int) -> int:
        """The rank of an entry of this page, counted from 1."""
        return self.query.number * ENTRIES_PER_BOARD + position + 1


def board_target(query: BoardQuery) -> str:
    """A query as a button carries it."""
    return f"{query.topic}-{query.span}-{query.number}"


def read_board_target(target: str) -> BoardQuery | None:
    """The query that a button carries; None if it is of another version of the bot."""
    try:
        topic, span, number = target.split("-")
        query = BoardQuery(BoardTopic(topic), Span(span), int(number))
    except ValueError:
        return None
    return query if 0 <= query.number < MAX_PAGES else None
