"""How it is written down what a table knows of members and servers, and what becomes of it.

The declarations themselves are in `bot.storage.personal.declarations`. Erasing and exporting go by
them, and a test walks over the schema: a table or a column that nobody has declared fails it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy import Table

from bot.domain.privacy import ErasureStage


class Holds(StrEnum):
    """What a column tells."""

    MEMBER = "a member's id"
    SERVER = "a server's id"
    PLACE = "the id of a channel, a category or a role"
    MESSAGE = "the id of a message or an interaction"
    WORDS = "what a member or a moderator wrote"
    ACCOUNT = "a pseudonymous key"
    SECRET = "what lets the bot answer for some minutes"  # noqa: S105 - what a column holds
    OURS = "a number, a hash or a name of the bot's own or of the image API's"


@dataclass(frozen=True, slots=True)
class RowsGo:
    """The rows whose column `by` names the member or server go, where `where` holds too."""

    by: str
    where: Mapping[str, str] = field(default_factory=dict)
    stage: ErasureStage = ErasureStage.DATA


@dataclass(frozen=True, slots=True)
class Unnamed:
    """The rows stay; the column `by` says 0 instead of the member.

    Where a column `document` of JSON says more of them, its keys of `said` get those values.
    """

    by: str
    document: str | None = None
    said: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Emptied:
    """Code of its own takes out what tells of the member or server; `how` says which and why."""

    how: str


@dataclass(frozen=True, slots=True)
class GoesWith:
    """What the row belongs to is erased, and the row with it."""

    table: str


@dataclass(frozen=True, slots=True)
class Expires:
    """The row goes by itself, that long after it was written."""

    after: timedelta


@dataclass(frozen=True, slots=True)
class Kept:
    """It stays, for a reason that members are told."""

    why: str


Fate: TypeAlias = RowsGo | Unnamed | Emptied | GoesWith | Expires | Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One table.

    Attributes:
        holds: what each column of text or of an id tells.
        member: what becomes of it when a member has everything deleted.
        server: what becomes of it thirty days after the bot has left a server.
        exported: the column by which a member's rows are found for their export; None for what
            tells nothing of them, or what they get another way.
    """

    table: Table
    holds: Mapping[str, Holds]
    member: tuple[Fate, ...] = ()
    server: tuple[Fate, ...] = ()
    exported: str | None = None
