"""Reading the audit log: page by page, or as a table for a spreadsheet."""

import asyncio
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.ids import GuildId
from bot.domain.moderation.audit import LoggedAct, LogQuery
from bot.domain.spreadsheet import harmless_cell
from bot.services.asking.plans import Place
from bot.services.library.pages import PageBook
from bot.services.ports import Clock
from bot.services.storage_ports import Storage

ACTS_SHOWN = 10
"""Entries on a page: as many as a message holds at their longest."""

MOST_IN_A_FILE = 20_000
"""Entries of a table: a few megabytes, well within what Discord takes as a file."""

_COLUMNS = (
    "at",
    "last_at",
    "times",
    "act",
    "member_id",
    "mention",
    "subject",
    "detail",
    "reason",
)


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of the log; `number` counts from 0."""

    id: str
    query: LogQuery
    acts: tuple[LoggedAct, ...]
    number: int
    has_next: bool


@dataclass(frozen=True, slots=True)
class LogTable:
    """The log as a CSV file, how many entries it has, and whether that is all of them."""

    content: bytes
    count: int
    is_whole: bool


class AuditReader:
    """Reads servers' logs. Who may read one is for the caller to ask."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self._pages = PageBook(clock)

    def now(self) -> datetime:
        """The present moment by the service's clock."""
        return self._clock.now()

    async def open(self, guild_id: GuildId, query: LogQuery, place: Place) -> LogPage:
        """The first page of what a query is for, which its buttons turn for a week."""
        async with self._storage.write() as tx:
            query = replace(query, newest=await tx.audit.newest(guild_id))
            page_id = await self._pages.open(tx, place.user_id, query)
            found = await tx.audit.page(guild_id, query, skip=0, limit=ACTS_SHOWN + 1)
        return _page(page_id, query, found, 0)

    async def turn(self, guild_id: GuildId, page_id: str, number: int, place: Place) -> LogPage:
        """Another page of the same.

        Raises:
            PageExpired: if it was opened too long ago.
            PageOfAnother: if another member opened it.
        """
        async with self._storage.read() as tx:
            query = await self._pages.find(tx, page_id, place.user_id, LogQuery)
            skip = number * ACTS_SHOWN
            found = await tx.audit.page(guild_id, query, skip=skip, limit=ACTS_SHOWN + 1)
        return _page(page_id, query, found, number)

    async def table(self, guild_id: GuildId, page_id: str, place: Place) -> LogTable:
        """All that the query of a page is for, the newest first, up to 20,000 entries.

        Raises:
            PageExpired, PageOfAnother: as `turn` does.
        """
        async with self._storage.read() as tx:
            query = await self._pages.find(tx, page_id, place.user_id, LogQuery)
            found = await tx.audit.page(guild_id, query, skip=0, limit=MOST_IN_A_FILE + 1)
        acts = found[:MOST_IN_A_FILE]
        content = await asyncio.to_thread(csv_of, acts)
        return LogTable(content, len(acts), len(found) <= MOST_IN_A_FILE)


def csv_of(acts: Sequence[LoggedAct]) -> bytes:
    """Entries for a spreadsheet, a line each. Members who are deleted have neither id nor mention.

    What others wrote, such as a reason, is text to every spreadsheet and never a formula.
    """
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(_COLUMNS)
    for logged in acts:
        table.writerow(map(harmless_cell, _cells(logged)))
    return written.getvalue().encode()


def _cells(logged: LoggedAct) -> tuple[str, ...]:
    entry = logged.entry
    return (
        entry.at.isoformat(timespec="seconds"),
        (entry.last_at or entry.at).isoformat(timespec="seconds"),
        f"{entry.times}",
        entry.act,
        "" if logged.user_id is None else f"{logged.user_id}",
        "" if logged.user_id is None else f"<@{logged.user_id}>",
        entry.subject,
        entry.detail,
        entry.reason,
    )


def _page(page_id: str, query: LogQuery, found: Sequence[LoggedAct], number: int) -> LogPage:
    return LogPage(page_id, query, tuple(found[:ACTS_SHOWN]), number, len(found) > ACTS_SHOWN)
