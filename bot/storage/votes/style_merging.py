"""Folding a style into another: of its votes and battles none is touched, whatever their number.

What is written is the style's own row, those of the styles that were folded into it before, and its
sums, of which there is one a span, and some a span by kind of prompt and model.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, ColumnElement, and_, case, cast, func, or_, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.battles.battle import GOING_ON, BattleState
from bot.domain.ids import BattleId, GuildId
from bot.domain.preferences.preset import preset_key
from bot.domain.styles.merging import Merge, MergeScope
from bot.domain.styles.server_style import ServerStyle
from bot.domain.voting.credits import server_style_key
from bot.domain.voting.span import Span
from bot.domain.voting.vote import Subject, SubjectKind
from bot.storage.battles.tables import battles
from bot.storage.insight.style_tallies import merge_style_tallies
from bot.storage.tables import members, presets
from bot.storage.votes.server_styles import style_of
from bot.storage.votes.style_heirs import heirs_in, keys_counted_for
from bot.storage.votes.tables import server_styles, style_references, vote_tallies
from bot.storage.votes.tallies import TallyKey, add_to_tallies, summed, tally_of


class SqlStyleMergeRepository:
    """`StyleMergeRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def heirs(self, guild_id: GuildId) -> Mapping[str, str]:
        """By the keys of a server's merged styles, those of the styles that they count for."""
        return await heirs_in(self._connection, guild_id)

    async def hold(
        self, guild_id: GuildId, folded_id: str, into_id: str
    ) -> Mapping[str, ServerStyle]:
        """Two styles by their ids, for a merge: no vote for them is counted before this has ended.

        Neither is one for a style that was folded into the first before.
        """
        # In the order that votes lock styles in, so that none waits for the other.
        found = await self._connection.execute(
            select(server_styles)
            .where(
                server_styles.c.guild_id == guild_id,
                or_(
                    server_styles.c.id.in_([folded_id, into_id]),
                    server_styles.c.merged_into == folded_id,
                ),
            )
            .order_by(server_styles.c.id)
            .with_for_update(key_share=True)
        )
        return {row.id: style_of(row) for row in found if row.id in {folded_id, into_id}}

    async def count_merged(self, guild_id: GuildId) -> int:
        """How many styles of a server were merged into others."""
        counted = await self._connection.scalar(
            select(func.count()).where(
                server_styles.c.guild_id == guild_id, server_styles.c.merged_into.is_not(None)
            )
        )
        return counted or 0

    async def merge(self, merge: Merge) -> None:
        """Let a style that is held, and all that count for it, count for the other one."""
        folded, into = merge.folded, merge.into
        await self._connection.execute(
            update(server_styles)
            .where(or_(server_styles.c.id == folded.id, server_styles.c.merged_into == folded.id))
            .values(merged_into=into.id)
        )
        found = await self._connection.execute(
            select(vote_tallies).where(
                vote_tallies.c.guild_id == folded.guild_id,
                vote_tallies.c.kind == SubjectKind.STYLE,
                vote_tallies.c.subject == server_style_key(folded.id),
            )
        )
        heir = Subject(SubjectKind.STYLE, server_style_key(into.id))
        parts = []
        for row in found:
            tally = tally_of(row)
            former = Subject(SubjectKind.STYLE, row.subject)
            parts.append((TallyKey.of(folded.guild_id, row.span, heir), tally))
            parts.append((TallyKey.of(folded.guild_id, row.span, former), -tally))
        await add_to_tallies(self._connection, summed(parts))
        await merge_style_tallies(
            self._connection, folded.guild_id, server_style_key(folded.id), heir.key
        )

    async def scope(self, merge: Merge) -> MergeScope:
        """What a merge would concern."""
        guild_id = merge.folded.guild_id
        ours, theirs = await self._keys(merge)
        is_closed = battles.c.state == BattleState.CLOSED
        is_open = battles.c.state.in_(GOING_ON)
        met = _between(ours, theirs)
        counted = await self._connection.execute(
            select(
                func.count(case((and_(is_closed, _with(ours)), 1))).label("battles"),
                func.count(case((and_(is_closed, met), 1))).label("meetings"),
                func.count(case((and_(is_open, met), 1))).label("open_meetings"),
            ).where(battles.c.guild_id == guild_id)
        )
        counts = counted.one()
        return MergeScope(
            votes=await self._votes(guild_id, ours[0]),
            battles=counts.battles,
            meetings=counts.meetings,
            open_meetings=counts.open_meetings,
            presets=await self._presets(guild_id, merge.folded.name),
            references=await self._references(merge.folded.id),
        )

    async def open_meetings(self, merge: Merge) -> Sequence[BattleId]:
        """The battles of both that are painted or open; also once they are merged."""
        ours, theirs = await self._keys(merge)
        both = {*ours, *theirs}
        found = await self._connection.scalars(
            select(battles.c.id).where(
                battles.c.guild_id == merge.folded.guild_id,
                battles.c.state.in_(GOING_ON),
                _between(both, both),
            )
        )
        return [BattleId(each) for each in found]

    async def _keys(self, merge: Merge) -> tuple[list[str], list[str]]:
        ours, theirs = (
            Subject(SubjectKind.STYLE, server_style_key(style.id))
            for style in (merge.folded, merge.into)
        )
        return (
            await keys_counted_for(self._connection, ours),
            await keys_counted_for(self._connection, theirs),
        )

    async def _votes(self, guild_id: GuildId, key: str) -> int:
        counted = await self._connection.scalar(
            select(vote_tallies.c.ups + vote_tallies.c.downs).where(
                vote_tallies.c.guild_id == guild_id,
                vote_tallies.c.kind == SubjectKind.STYLE,
                vote_tallies.c.span == Span.ALL.value,
                vote_tallies.c.subject == key,
            )
        )
        return counted or 0

    async def _references(self, style_id: str) -> int:
        counted = await self._connection.scalar(
            select(func.count()).where(style_references.c.style_id == style_id)
        )
        return counted or 0

    async def _presets(self, guild_id: GuildId, name: str) -> int:
        """How many presets of those who are known in a server name a style."""
        named = self._document(presets.c.value)["options", "style"].as_string()
        theirs = (
            select(named.label("style"))
            .join_from(presets, members, members.c.user_id == presets.c.user_id)
            .where(members.c.guild_id == guild_id, named.is_not(None))
            .subquery()
        )
        found = await self._connection.execute(
            select(theirs.c.style, func.count().label("presets")).group_by(theirs.c.style)
        )
        return sum(row.presets for row in found if preset_key(row.style) == preset_key(name))

    def _document(self, text: ColumnElement[str]) -> ColumnElement[Any]:
        """Text as JSON: PostgreSQL has a type of its own for it, SQLite reads the text."""
        is_sqlite = self._connection.dialect.name == "sqlite"
        return type_coerce(text, JSON) if is_sqlite else cast(text, JSON)


def _with(keys: Collection[str]) -> ColumnElement[bool]:
    return or_(battles.c.style_a.in_(keys), battles.c.style_b.in_(keys))


def _between(some: Collection[str], others: Collection[str]) -> ColumnElement[Any]:
    a, b = battles.c.style_a, battles.c.style_b
    return or_(and_(a.in_(some), b.in_(others)), and_(b.in_(some), a.in_(others)))
