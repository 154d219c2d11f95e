"""The ledger: entries that are only added, and balances that are their sums.

An image opens one entry on every account that bears it and closes it once. Each entry carries
four signed amounts (images and money, reserved and used), so that a balance is their plain sum:

    reserve     reserved +n   used  0
    settle      reserved −n   used +n    at the true cost, which may differ from what was reserved
    release     reserved −n   used  0
    grant       reserved  0   used  0    its reason says what was given
    correction  reserved  0   used ±n

Settling and releasing change the bucket in which the image was reserved. Whoever reserves opens
the accounts that are missing, then holds the rows of all, each in the order of their keys: buckets
change with time, accounts do not.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

from bot.domain.ids import AccountKey, ImageId, JobId
from bot.domain.money import UsdMicros
from bot.domain.quotas.allotment import UsageOf, allot
from bot.domain.quotas.grants import Grant, grant_account
from bot.domain.quotas.ledger import (
    AccountKind,
    Amount,
    Charge,
    Closing,
    EntryKind,
    LimitUse,
    Reservation,
    Usage,
    entry_kind,
)
from bot.domain.quotas.limits import Unit
from bot.domain.quotas.windows import Window, bucket_of
from bot.storage.engine.upsert import insert_into, insert_of
from bot.storage.jobs.records import AnyRow
from bot.storage.quotas.ledger_rows import (
    NOTHING,
    Change,
    add_to_balances,
    open_balances,
    usages_since,
    wrong_balances,
)
from bot.storage.statistics.statistics import count_image
from bot.storage.tables import accounts, ledger_entries

_OPEN = "open"
_CLOSE = "close"
_THESE = accounts.c.key.in_(bindparam("keys", expanding=True))
_HOLDING_ALL = (
    select(accounts.c.key)
    .where(
        _THESE,
        # Holding some before the others are opened would take them out of their order.
        select(func.count()).where(_THESE).scalar_subquery() == bindparam("count"),
    )
    .order_by(accounts.c.key)
    # Entries refer to accounts, and writing one must not wait for this.
    .with_for_update(key_share=True)
)

_RESERVING = ledger_entries.insert()
_OPENED = (
    select(*ledger_entries.c, accounts.c.kind.label("account_kind"))
    .join(accounts, accounts.c.key == ledger_entries.c.account)
    .where(ledger_entries.c.image_id == bindparam("image"), ledger_entries.c.phase == _OPEN)
)


@cache
def _closing(dialect: str) -> ReturningInsert[Any]:
    """Statements are made once: making one takes SQLAlchemy longer than SQLite to execute it."""
    key = [ledger_entries.c.image_id, ledger_entries.c.account, ledger_entries.c.phase]
    insert = insert_of(dialect, ledger_entries).on_conflict_do_nothing(index_elements=key)
    return insert.returning(ledger_entries.c.account)


class SqlLedger:
    """`Ledger` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def usage(self, account: AccountKey, window: Window) -> Usage:
        """What an account has used and reserved in the window that the present moment is in."""
        return (await usages_since(self._connection, [(account, window.start)]))[0]

    async def usages(self, account: AccountKey, starts: Sequence[datetime]) -> Sequence[Usage]:
        """What an account has used and reserved since each of the moments."""
        return await usages_since(self._connection, [(account, bucket_of(each)) for each in starts])

    async def reserve(
        self,
        charges: Sequence[Charge],
        reservations: Sequence[Reservation],
        *,
        job_id: JobId,
        now: datetime,
    ) -> Sequence[LimitUse]:
        """Reserve each image on every charge, or raise and change nothing.

        Within a charge an image is borne by the account or by one of its grants. Returned is what
        the limits of each account had been used and are now.

        Raises:
            QuotaExceeded: if a limit on images does not have room for all of them.
            BudgetReached: if a limit on money does not.
            ValueError: if a limit on money applies and an image's price is not known.
        """
        _refuse_unknown_prices(charges, reservations)
        await self._hold(charges, now)
        usages = await self._usages_of(charges)
        borne = [(charge, allot(charge, usages, reservations)) for charge in charges]
        bearers = [
            (account, image)
            for _, by_image in borne
            for image in reservations
            for account in (by_image[image.image_id],)
        ]
        await self._write_reserved(bearers, job_id, now)
        return [
            use
            for charge, by_image in borne
            for use in _limit_uses(
                charge,
                usages,
                [each for each in reservations if by_image[each.image_id] == charge.account],
            )
        ]

    async def close(
        self,
        image_id: ImageId,
        closing: Closing,
        *,
        cost_usd_micros: UsdMicros | None,
        now: datetime,
    ) -> bool:
        """Settle or release an image on every account that bore it; False if that was done before.

        It is settled at `cost_usd_micros`, or at what was reserved if that is None.
        """
        opened = await self._connection.execute(_OPENED, {"image": image_id})
        entries = sorted(opened, key=lambda entry: str(entry.account))
        if not entries:
            return False
        kinds = [entry_kind(closing, entry.account_kind) for entry in entries]
        changes = [
            _closing_change(entry, kind, cost_usd_micros)
            for entry, kind in zip(entries, kinds, strict=True)
        ]
        added = await self._connection.execute(
            _closing(self._connection.dialect.name),
            [
                {
                    **change.record(),
                    "kind": kind,
                    "job_id": entry.job_id,
                    "image_id": image_id,
                    "phase": _CLOSE,
                    "at": now,
                    "reason": closing.value,
                }
                for entry, kind, change in zip(entries, kinds, changes, strict=True)
            ],
        )
        closed = set(added.scalars())
        await add_to_balances(
            self._connection, (change for change in changes if change.account in closed)
        )
        if closed:
            await count_image(self._connection, image_id)
        return bool(closed)

    async def note_grant(self, grant: Grant) -> None:
        """Write down that a grant was given. What is drawn of it stands on other accounts."""
        account = grant_account(grant.id)
        given = f"{grant.images or 0} images, {grant.usd_micros or 0} micro-dollars"
        await self._open_accounts({account: AccountKind.GRANT}, grant.created_at)
        await self._connection.execute(
            ledger_entries.insert().values(
                **Change(account, bucket_of(grant.created_at)).record(),
                kind=EntryKind.GRANT,
                at=grant.created_at,
                reason=given,
            )
        )

    async def correct(
        self, account: AccountKey, amount: Amount, *, reason: str, now: datetime
    ) -> None:
        """Add an amount, which may be negative, to what an account has used by now."""
        change = Change(account, bucket_of(now), used=amount)
        await self._connection.execute(
            ledger_entries.insert().values(
                **change.record(), kind=EntryKind.CORRECTION, at=now, reason=reason
            )
        )
        await open_balances(self._connection, [change])

    async def wrong_balances(self) -> Sequence[tuple[AccountKey, datetime]]:
        """The accounts and buckets whose balance is not the sum of its entries: none, ever."""
        return await wrong_balances(self._connection)

    async def _hold(self, charges: Sequence[Charge], now: datetime) -> None:
        """Open the accounts and keep others from reserving on them until the transaction ends."""
        kinds = {charge.account: charge.kind for charge in charges}
        kinds |= {draw.account: AccountKind.GRANT for each in charges for draw in each.draws}
        wanted = {"keys": sorted(kinds), "count": len(kinds)}
        held = await self._connection.scalars(_HOLDING_ALL, wanted)
        if not held.all():
            await self._open_accounts(kinds, now)
            await self._connection.execute(_HOLDING_ALL, wanted)

    async def _open_accounts(self, kinds: dict[AccountKey, AccountKind], now: datetime) -> None:
        await self._connection.execute(
            insert_into(self._connection, accounts).on_conflict_do_nothing(
                index_elements=[accounts.c.key]
            ),
            [{"key": key, "kind": kinds[key], "created_at": now} for key in sorted(kinds)],
        )

    async def _usages_of(self, charges: Sequence[Charge]) -> UsageOf:
        since: dict[tuple[AccountKey, Window | None], datetime] = {}
        for charge in charges:
            for limit in charge.limits:
                since[charge.account, limit.window] = limit.window.start
            for draw in charge.draws:
                since[draw.account, None] = bucket_of(draw.since)
        found = await usages_since(
            self._connection, [(account, start) for (account, _), start in since.items()]
        )
        return dict(zip(since, found, strict=True))

    async def _write_reserved(
        self, bearers: Sequence[tuple[AccountKey, Reservation]], job_id: JobId, now: datetime
    ) -> None:
        bucket = bucket_of(now)
        await self._connection.execute(
            _RESERVING,
            [
                {
                    **Change(account, bucket, reserved=_total([image])).record(),
                    "kind": EntryKind.RESERVE,
                    "job_id": job_id,
                    "image_id": image.image_id,
                    "phase": _OPEN,
                    "at": now,
                }
                for account, image in sorted(bearers, key=lambda each: each[0])
            ],
        )
        by_account: dict[AccountKey, list[Reservation]] = {}
        for account, image in bearers:
            by_account.setdefault(account, []).append(image)
        await open_balances(
            self._connection,
            [
                Change(account, bucket, reserved=_total(images))
                for account, images in by_account.items()
            ],
        )


def _total(reservations: Sequence[Reservation]) -> Amount:
    cost = sum(reservation.usd_micros or 0 for reservation in reservations)
    return Amount(images=len(reservations), usd_micros=UsdMicros(cost))


def _refuse_unknown_prices(charges: Sequence[Charge], reservations: Sequence[Reservation]) -> None:
    limited = any(limit.unit is Unit.USD_MICROS for each in charges for limit in each.limits)
    if limited and any(reservation.usd_micros is None for reservation in reservations):
        raise ValueError("a limit on money applies, and the price of an image is not known")


def _limit_uses(
    charge: Charge, usages: UsageOf, borne: Sequence[Reservation]
) -> Iterable[LimitUse]:
    for limit in charge.limits:
        before = usages[charge.account, limit.window].of(limit.unit)
        taken = sum(image.of(limit.unit) for image in borne)
        yield LimitUse(charge.account, charge.kind, limit, before, before + taken)


def _closing_change(entry: AnyRow, kind: EntryKind, cost_usd_micros: UsdMicros | None) -> Change:
    cost = entry.reserved_usd_micros if cost_usd_micros is None else cost_usd_micros
    used = Amount(entry.reserved_images, cost) if kind is EntryKind.SETTLE else NOTHING
    return Change(
        account=entry.account,
        bucket_start=entry.bucket_start,
        reserved=Amount(-entry.reserved_images, UsdMicros(-entry.reserved_usd_micros)),
        used=used,
    )
