"""What was painted and paid: sums by quarter of an hour, member and model.

They are kept in step with the ledger, in the transaction that closes an image. Reading them takes
time in proportion to how much was painted in the period, not to what there is in all.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    bindparam,
    case,
    column,
    func,
    select,
    values,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import GuildId, ImageId, ModelId, UserId
from bot.domain.money import UsdMicros
from bot.domain.quotas.ledger import AccountKind, EntryKind
from bot.domain.statistics.statistics import ModelCount, Spending, quarter_of
from bot.storage.engine.upsert import Insert, insert_of
from bot.storage.tables import accounts, jobs, ledger_entries, members, usage

_DIRECT_MESSAGES = 0
_SUMS = ("images", "member_usd_micros", "billed_usd_micros")


async def count_image(connection: AsyncConnection, image_id: ImageId) -> None:
    """Add an image that the ledger has just closed; nothing if it was released everywhere.

    Two transactions wait for the same row only if they close images of the same member, and then
    the ledger has made them wait for that member's balance already.
    """
    found = await connection.execute(_closed_image(), {"image": image_id})
    image = found.one_or_none()
    if image is None:
        return
    record = image._asdict()
    record["quarter"] = quarter_of(record.pop("at"))
    await connection.execute(_adding_up(connection.dialect.name), record)


@cache
def _closed_image() -> Select[Any]:
    entry = ledger_entries.c
    of_member = accounts.c.kind.in_((AccountKind.MEMBER, AccountKind.GRANT))
    return (
        select(
            func.coalesce(jobs.c.guild_id, _DIRECT_MESSAGES).label("guild_id"),
            jobs.c.account,
            jobs.c.model,
            func.min(entry.at).label("at"),
            func.max(case((of_member, entry.used_images), else_=0)).label("images"),
            func.max(case((of_member, entry.used_usd_micros), else_=0)).label("member_usd_micros"),
            func.max(entry.used_usd_micros).label("billed_usd_micros"),
        )
        .join_from(ledger_entries, jobs, jobs.c.id == entry.job_id)
        .join(accounts, accounts.c.key == entry.account)
        .where(entry.image_id == bindparam("image"), entry.kind == EntryKind.SETTLE)
        .group_by(jobs.c.id, jobs.c.guild_id, jobs.c.account, jobs.c.model)
    )


@cache
def _adding_up(dialect: str) -> Insert:
    added = insert_of(dialect, usage)
    return added.on_conflict_do_update(
        index_elements=list(usage.primary_key.columns),
        set_={name: usage.c[name] + added.excluded[name] for name in _SUMS},
    )


class SqlStatisticsRepository:
    """`StatisticsRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_server(self, guild_id: GuildId, edges: Sequence[int]) -> list[ModelCount]:
        """What a server's members painted, and what the server paid."""
        return await self._by_model(usage.c.guild_id == guild_id, usage.c.billed_usd_micros, edges)

    async def of_member(self, user_id: UserId, edges: Sequence[int]) -> list[ModelCount]:
        """What a member painted anywhere, and what that cost."""
        own = select(members.c.account).where(members.c.user_id == user_id)
        return await self._by_model(usage.c.account.in_(own), usage.c.member_usd_micros, edges)

    async def active_members(self, guild_id: GuildId, edges: Sequence[int]) -> list[int]:
        """How many members were shown pictures in each span."""
        spans = _spans(edges)
        found = await self._connection.execute(
            select(spans.c.number, func.count(usage.c.account.distinct()))
            .join_from(spans, usage, _within(spans))
            .where(usage.c.guild_id == guild_id, usage.c.images > 0)
            .group_by(spans.c.number)
        )
        counts = {int(number): int(count) for number, count in found}
        return [counts.get(number, 0) for number in range(len(edges) - 1)]

    async def spending(self, guild_id: GuildId, start: int, end: int) -> list[Spending]:
        """Who spent what on which models in a server, the dearest first."""
        of_accounts = (
            select(
                usage.c.account,
                usage.c.model,
                func.sum(usage.c.images).label("images"),
                func.sum(usage.c.billed_usd_micros).label("usd_micros"),
            )
            .where(usage.c.guild_id == guild_id, usage.c.quarter >= start, usage.c.quarter < end)
            .group_by(usage.c.account, usage.c.model)
            .subquery("of_accounts")
        )
        images, usd_micros = func.sum(of_accounts.c.images), func.sum(of_accounts.c.usd_micros)
        found = await self._connection.execute(
            select(members.c.user_id, of_accounts.c.model, images, usd_micros)
            .outerjoin_from(of_accounts, members, members.c.account == of_accounts.c.account)
            .group_by(members.c.user_id, of_accounts.c.model)
            .order_by(usd_micros.desc(), images.desc(), members.c.user_id, of_accounts.c.model)
        )
        return [
            Spending(
                user_id=None if user_id is None else UserId(user_id),
                model=ModelId(model),
                images=int(shown),
                usd_micros=UsdMicros(int(paid)),
            )
            for user_id, model, shown, paid in found
        ]

    async def _by_model(
        self, condition: ColumnElement[bool], cost: ColumnElement[int], edges: Sequence[int]
    ) -> list[ModelCount]:
        spans = _spans(edges)
        found = await self._connection.execute(
            select(spans.c.number, usage.c.model, func.sum(usage.c.images), func.sum(cost))
            .join_from(spans, usage, _within(spans))
            .where(condition)
            .group_by(spans.c.number, usage.c.model)
            .order_by(spans.c.number, usage.c.model)
        )
        # PostgreSQL sums whole numbers to decimals.
        return [
            ModelCount(number, ModelId(model), int(images), UsdMicros(int(paid)))
            for number, model, images, paid in found
        ]


def _spans(edges: Sequence[int]) -> CTE:
    """The spans as rows, so that each is one search in the index."""
    columns = (column(name, Integer) for name in ("number", "first", "beyond"))
    rows = [(number, *span) for number, span in enumerate(pairwise(edges))]
    return values(*columns, name="span").data(rows).cte("spans")


def _within(spans: CTE) -> ColumnElement[bool]:
    return (usage.c.quarter >= spans.c.first) & (usage.c.quarter < spans.c.beyond)
