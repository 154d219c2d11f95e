"""Whether a member may have what they ask for, as far as limits and budgets go.

Every job that spends passes here, of whatever kind: once from memory, before anything is
deferred, and once in the transaction that writes it, where what is left is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.errors import BudgetReached, PriceUnknown
from bot.domain.ids import AccountKey, GuildId, ModelId
from bot.domain.jobs.job import Job
from bot.domain.models.affordable import affordable
from bot.domain.money import UsdMicros
from bot.domain.quotas.errors import ModelTooDear, SlowedDown, TooManyAtOnce, TooManyInRequest
from bot.domain.quotas.ledger import AccountKind, Charge, LimitUse, Reservation
from bot.domain.quotas.limits import EffectiveLimits, Unit
from bot.domain.quotas.server_quota import is_near_the_end
from bot.domain.quotas.spender import Spender
from bot.services.ports import Clock, ModelCatalogue
from bot.services.quotas.accounts import bot_charge, member_charge, server_charge
from bot.services.quotas.budget_watch import BudgetWatch
from bot.services.quotas.limit_book import LimitBook
from bot.services.storage_ports import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """So many images of a model for a member, each at the most it can cost.

    What a model paints for says nothing of what another one edits for, so that cheaper models are
    named only where an order `paints`.
    """

    spender: Spender
    model: ModelId
    images: int
    price_usd_micros: UsdMicros | None
    paints: bool = True


class Treasury:
    """Holds orders against what the operator and the servers allow."""

    def __init__(
        self, *, book: LimitBook, catalogue: ModelCatalogue, watch: BudgetWatch, clock: Clock
    ) -> None:
        self._book = book
        self._catalogue = catalogue
        self._watch = watch
        self._clock = clock

    def check(self, order: Order) -> None:
        """What can be told from memory.

        Raises:
            TooManyInRequest: if fewer images are allowed in one request.
            ModelTooDear: if no image may cost that much.
            PriceUnknown: if money is limited, and nobody can tell what it would cost.
        """
        limits = self._book.effective(order.spender, self._clock.now())
        _check_images(limits, order.images)
        price = order.price_usd_micros
        if price is None:
            if self._limits_money(limits, order.spender.guild_id):
                raise PriceUnknown(order.model)
            return
        dearest = limits.dearest_usd_micros
        if dearest is not None and dearest.end is not None and price > dearest.end:
            cheaper = self.cheaper(order, dearest.end)
            raise ModelTooDear(price, UsdMicros(dearest.end), dearest.source, cheaper)

    def check_wish(self, spender: Spender, images: int) -> None:
        """Hold all that one wish makes together against what one request may have.

        Raises:
            TooManyInRequest: if fewer images are allowed in one request.
        """
        _check_images(self._book.effective(spender, self._clock.now()), images)

    async def reserve(self, tx: Transaction, order: Order, job: Job) -> Sequence[LimitUse]:
        """Reserve a job's images in the transaction that writes it, after it was added.

        Raises:
            QuotaExceeded: if the member has not that many images left.
            BudgetReached: if the member's, the server's or the bot's money does not suffice.
            TooManyAtOnce: if too many of the member's images wait or are being painted.
            SlowedDown: if the budget is nearly spent, and there are cheaper models.
        """
        now, account = self._clock.now(), job.origin.account
        limits = self._book.effective(order.spender, now)
        charges = self._charges(order, limits, account, now)
        reservations = [Reservation(image.id, image.reserved_usd_micros) for image in job.images]
        try:
            uses = await tx.ledger.reserve(charges, reservations, job_id=job.id, now=now)
        except BudgetReached as error:
            cheaper = self.cheaper(order, error.left_usd_micros // order.images)
            raise replace(error, cheaper=cheaper) from error
        await self._refuse_too_many_at_once(tx, order, limits, account)
        self._refuse_when_slowed_down(order, uses)
        return uses

    def cheaper(self, order: Order, usd_micros: int) -> tuple[str, ...]:
        """The models that an image costs at most so much with, where they can be asked instead."""
        return affordable(self._catalogue.models(), usd_micros) if order.paints else ()

    def reserved(self, guild_id: GuildId | None, uses: Sequence[LimitUse]) -> None:
        """Let those who manage a budget know, once the reservation is written."""
        for use in uses:
            self._watch.note(guild_id, use)

    def _limits_money(self, limits: EffectiveLimits, guild_id: GuildId | None) -> bool:
        caps = (each.cap for each in limits.caps)
        dearest = limits.dearest_usd_micros
        return (
            any(cap.unit is Unit.USD_MICROS and isinstance(cap.most, int) for cap in caps)
            or (dearest is not None and dearest.end is not None)
            or bool(self._book.budget_of(guild_id))
            or bool(self._book.operator.of_the_bot(self._clock.now()))
        )

    def _charges(
        self, order: Order, limits: EffectiveLimits, account: AccountKey, now: datetime
    ) -> list[Charge]:
        """The member's own account, then the server's, if one pays, then the bot's."""
        guild_id = order.spender.guild_id
        quota = self._book.quota_of(guild_id)
        grants = self._book.grants_for(order.spender, now)
        charges = [member_charge(account, limits, grants, quota, now)]
        if guild_id is not None:
            charges.append(server_charge(guild_id, self._book.budget_of(guild_id), quota, now))
        return [*charges, bot_charge(self._book.operator, now)]

    async def _refuse_too_many_at_once(
        self, tx: Transaction, order: Order, limits: EffectiveLimits, account: AccountKey
    ) -> None:
        """The member's account is held by now, so no other request of theirs can slip in."""
        at_most = limits.at_once
        if at_most is None or at_most.end is None:
            return
        open_images = await tx.jobs.open_images_of(account)
        if open_images > at_most.end:
            before = open_images - order.images
            raise TooManyAtOnce(before, order.images, at_most.end, at_most.source)

    def _refuse_when_slowed_down(self, order: Order, uses: Sequence[LimitUse]) -> None:
        most = self._book.quota_of(order.spender.guild_id).slow_down_usd_micros
        price = order.price_usd_micros
        if most is None or price is None or price <= most:
            return
        near = [
            use.limit.window.end
            for use in uses
            if use.kind is AccountKind.SERVER and is_near_the_end(use.before, use.limit.most)
        ]
        if near:
            cheaper = self.cheaper(order, most)
            raise SlowedDown(price, most, max(near), cheaper)


def _check_images(limits: EffectiveLimits, images: int) -> None:
    at_most = limits.images_per_request
    if at_most is not None and at_most.end is not None and images > at_most.end:
        raise TooManyInRequest(images, at_most.end, at_most.source)
