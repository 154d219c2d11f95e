"""The ledger: entries that are only added, and balances that are their sums.

An image opens one entry on every account that bears it and closes it once. Each entry carries
four signed amounts (images and money, reserved and used), so that a balance is their plain sum:

    reserve   reserved +n   used  0
    settle    reserved −n   used +n    at the true cost, which may differ from what was reserved
    release   reserved −n   used  0

Whoever changes balances takes their rows in the order of the accounts' keys, so that two
transactions never wait for each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import Budget, BudgetReached, QuotaExceeded
from bot.domain.ids import AccountKey, ImageId, JobId
from bot.domain.ledger import (
    Amount,
    Charge,
    Closing,
    EntryKind,
    Reservation,
    Usage,
    Window,
    entry_kind,
    images_left,
    usd_micros_left,
)
from bot.domain.money import UsdMicros
from bot.storage.records import AnyRow, Record
from bot.storage.tables import accounts, balances, ledger_entries
from bot.storage.upsert import insert_into

_OPEN = "open"
_CLOSE = "close"
_NOTHING = Amount(images=0, usd_micros=UsdMicros(0))
_SUMS = ("reserved_images", "used_images", "reserved_usd_micros", "used_usd_micros")


@dataclass(frozen=True, slots=True)
class _Change:
    """What one entry adds to an account's balance."""

    account: AccountKey
    window: Window
    reserved: Amount
    used: Amount

    def record(self) -> Record:
        return {
            "account": self.account,
            "window_start": self.window.start,
            "window_end": self.window.end,
            "reserved_images": self.reserved.images,
            "used_images": self.used.images,
            "reserved_usd_micros": self.reserved.usd_micros,
            "used_usd_micros": self.used.usd_micros,
        }


class SqlLedger:
    """`Ledger` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def usage(self, account: AccountKey, window: Window) -> Usage:
        """What an account has used and reserved in a window."""
        return await self._usage(account, window, for_update=False)

    async def reserve(
        self,
        charges: Sequence[Charge],
        reservations: Sequence[Reservation],
        *,
        job_id: JobId,
        window: Window,
        now: datetime,
    ) -> None:
        """Reserve each image on every account, or raise and change nothing.

        Raises:
            QuotaExceeded: if a limit on images does not have room for all of them.
            BudgetReached: if a limit on money does not.
            ValueError: if a limit on money applies and an image's price is not known.
        """
        _refuse_unknown_prices(charges, reservations)
        in_order = sorted(charges, key=lambda charge: charge.account)
        await self._open_accounts(in_order, window, now)
        usages = {
            charge.account: await self._usage(charge.account, window, for_update=True)
            for charge in in_order
        }
        wanted = _total(reservations)
        for charge in charges:
            _refuse_overspending(charge, usages[charge.account], wanted, window)
        await self._write_reserved(in_order, reservations, job_id, window, now)

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
        opened = await self._connection.execute(
            select(*ledger_entries.c, accounts.c.kind.label("account_kind"))
            .join(accounts, accounts.c.key == ledger_entries.c.account)
            .where(ledger_entries.c.image_id == image_id, ledger_entries.c.phase == _OPEN)
        )
        entries = sorted(opened, key=lambda entry: str(entry.account))
        if not entries:
            return False
        kinds = [entry_kind(closing, entry.account_kind) for entry in entries]
        changes = [
            _closing_change(entry, kind, cost_usd_micros)
            for entry, kind in zip(entries, kinds, strict=True)
        ]
        added = await self._connection.execute(
            insert_into(self._connection, ledger_entries)
            .on_conflict_do_nothing(
                index_elements=[
                    ledger_entries.c.image_id,
                    ledger_entries.c.account,
                    ledger_entries.c.phase,
                ]
            )
            .returning(ledger_entries.c.account),
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
        await self._add_to_balances(change for change in changes if change.account in closed)
        return bool(closed)

    async def _open_accounts(
        self, charges: Sequence[Charge], window: Window, now: datetime
    ) -> None:
        await self._connection.execute(
            insert_into(self._connection, accounts).on_conflict_do_nothing(
                index_elements=[accounts.c.key]
            ),
            [{"key": c.account, "kind": c.kind, "created_at": now} for c in charges],
        )
        await self._connection.execute(
            insert_into(self._connection, balances).on_conflict_do_nothing(
                index_elements=list(balances.primary_key.columns)
            ),
            [_Change(c.account, window, _NOTHING, _NOTHING).record() for c in charges],
        )

    async def _usage(self, account: AccountKey, window: Window, *, for_update: bool) -> Usage:
        query = select(balances).where(
            balances.c.account == account,
            balances.c.window_start == window.start,
            balances.c.window_end == window.end,
        )
        found = await self._connection.execute(query.with_for_update() if for_update else query)
        balance = found.one_or_none()
        if balance is None:
            return Usage()
        return Usage(
            images=balance.reserved_images + balance.used_images,
            usd_micros=UsdMicros(balance.reserved_usd_micros + balance.used_usd_micros),
        )

    async def _write_reserved(
        self,
        charges: Sequence[Charge],
        reservations: Sequence[Reservation],
        job_id: JobId,
        window: Window,
        now: datetime,
    ) -> None:
        amounts = {each.image_id: _total([each]) for each in reservations}
        await self._connection.execute(
            ledger_entries.insert(),
            [
                {
                    **_Change(charge.account, window, amount, _NOTHING).record(),
                    "kind": EntryKind.RESERVE,
                    "job_id": job_id,
                    "image_id": image_id,
                    "phase": _OPEN,
                    "at": now,
                }
                for charge in charges
                for image_id, amount in amounts.items()
            ],
        )
        total = _total(reservations)
        await self._add_to_balances(
            _Change(charge.account, window, total, _NOTHING) for charge in charges
        )

    async def _add_to_balances(self, changes: Iterable[_Change]) -> None:
        """Add each change to its balance; the changes come in the order of the accounts' keys."""
        added = [{f"_{name}": value for name, value in each.record().items()} for each in changes]
        if not added:
            return
        await self._connection.execute(
            update(balances)
            .where(
                balances.c.account == bindparam("_account"),
                balances.c.window_start == bindparam("_window_start"),
                balances.c.window_end == bindparam("_window_end"),
            )
            .values({name: balances.c[name] + bindparam(f"_{name}") for name in _SUMS}),
            added,
        )


def _total(reservations: Sequence[Reservation]) -> Amount:
    cost = sum(reservation.usd_micros or 0 for reservation in reservations)
    return Amount(images=len(reservations), usd_micros=UsdMicros(cost))


def _refuse_unknown_prices(charges: Sequence[Charge], reservations: Sequence[Reservation]) -> None:
    limited = any(charge.limit.usd_micros is not None for charge in charges)
    if limited and any(reservation.usd_micros is None for reservation in reservations):
        raise ValueError("a limit on money applies, and the price of an image is not known")


def _refuse_overspending(charge: Charge, usage: Usage, wanted: Amount, window: Window) -> None:
    left = images_left(charge.limit, usage)
    if left is not None and charge.limit.images is not None and wanted.images > left:
        raise QuotaExceeded(wanted.images, left, charge.limit.images, window.end)
    usd_left = usd_micros_left(charge.limit, usage)
    if usd_left is not None and wanted.usd_micros > usd_left:
        raise BudgetReached(Budget(charge.kind), wanted.usd_micros, usd_left, window.end)


def _closing_change(entry: AnyRow, kind: EntryKind, cost_usd_micros: UsdMicros | None) -> _Change:
    cost = entry.reserved_usd_micros if cost_usd_micros is None else cost_usd_micros
    used = Amount(entry.reserved_images, cost) if kind is EntryKind.SETTLE else _NOTHING
    return _Change(
        account=entry.account,
        window=Window(entry.window_start, entry.window_end),
        reserved=Amount(-entry.reserved_images, UsdMicros(-entry.reserved_usd_micros)),
        used=used,
    )
