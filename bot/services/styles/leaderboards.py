"""Leaderboards of a server."""

import asyncio
from collections.abc import Sequence

from bot.domain.battles.rating import Standing, folded, rated
from bot.domain.ids import GuildId, UserId
from bot.domain.styles.leaderboard import (
    ENTRIES_PER_BOARD,
    MAX_PAGES,
    Board,
    BoardQuery,
    BoardTopic,
    Ranked,
    RankedFighter,
    RankedMember,
    RankedStyle,
)
from bot.domain.voting.span import span_key
from bot.domain.voting.vote import SubjectKind
from bot.services.library.library import Viewer, scope_for_all
from bot.services.ports import Clock, Policies
from bot.services.storage_ports import Storage, Transaction
from bot.services.styles.book import StyleBook


class LeaderboardService:
    """Reads leaderboards from the tallies."""

    def __init__(
        self, *, storage: Storage, styles: StyleBook, policies: Policies, clock: Clock
    ) -> None:
        self._storage = storage
        self._styles = styles
        self._policies = policies
        self._clock = clock

    async def board(self, query: BoardQuery, viewer: Viewer) -> Board:
        """A page of a leaderboard, as all may see it who read where it is shown.

        Raises:
            NoServerHere: in direct messages.
        """
        guild_id = viewer.place.server
        async with self._storage.read() as tx:
            found = await self._entries(tx, query, guild_id, viewer)
        goes_on = len(found) > ENTRIES_PER_BOARD and query.number + 1 < MAX_PAGES
        return Board(query, tuple(found[:ENTRIES_PER_BOARD]), goes_on)

    async def _entries(
        self, tx: Transaction, query: BoardQuery, guild_id: GuildId, viewer: Viewer
    ) -> Sequence[Ranked]:
        """One more than a page is asked for, to know whether there is another one behind it."""
        span = span_key(query.span, self._clock.now())
        offset, limit = query.number * ENTRIES_PER_BOARD, ENTRIES_PER_BOARD + 1
        match query.topic:
            case BoardTopic.IMAGES:
                scope = scope_for_all(self._policies, viewer)
                return await tx.leaderboards.pictures(
                    guild_id, scope, span, offset=offset, limit=limit
                )
            case BoardTopic.STYLES:
                ranked = await tx.leaderboards.subjects(
                    guild_id, SubjectKind.STYLE, span, offset=offset, limit=limit
                )
                return [
                    RankedStyle(tally, self._styles.name_of(guild_id, key), key)
                    for key, tally in ranked
                ]
            case BoardTopic.MEMBERS:
                ranked = await tx.leaderboards.subjects(
                    guild_id, SubjectKind.MEMBER, span, offset=offset, limit=limit
                )
                return [RankedMember(tally, UserId(int(key))) for key, tally in ranked]
            case BoardTopic.BATTLES:
                fighters = await self._fighters(tx, guild_id)
                return fighters[offset : offset + limit]

    async def _fighters(self, tx: Transaction, guild_id: GuildId) -> list[RankedFighter]:
        """A server's styles by their battles of all time, the best first."""
        evidence = folded(await tx.battles.evidence(guild_id))
        battles = await tx.battles.battles_by_style(guild_id)
        ratings = await asyncio.to_thread(rated, evidence)
        standings = sorted(
            (Standing(key, ratings.by_player[key], battles[key]) for key in ratings.players),
            key=lambda standing: (-standing.score, standing.style),
        )
        return [
            RankedFighter(standing, self._styles.name_of(guild_id, standing.style))
            for standing in standings
        ]
