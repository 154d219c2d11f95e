"""Who bears each image of a request: the member's own window, or one of their grants.

An image is borne wholly by one of them. The window goes first; where one of its limits has no
room, the grants are asked in their order. A request fits whole or not at all.
"""

from collections.abc import Mapping, Sequence

from bot.domain.errors import Budget, BudgetReached, QuotaExceeded
from bot.domain.ids import AccountKey, ImageId
from bot.domain.money import UsdMicros
from bot.domain.quotas.ledger import AccountKind, Charge, Draw, Limit, Reservation, Usage
from bot.domain.quotas.limits import Unit
from bot.domain.quotas.windows import Window, resets_at

UsageOf = Mapping[tuple[AccountKey, Window | None], Usage]
"""What was used on an account in a window; a grant's is under None."""


def allot(
    charge: Charge, usages: UsageOf, reservations: Sequence[Reservation]
) -> dict[ImageId, AccountKey]:
    """The account that bears each image.

    Raises:
        QuotaExceeded: if a limit on images has no room for all of them, nor a grant.
        BudgetReached: if a limit on money has not.
    """
    rooms = [_LimitRoom(limit, usages[charge.account, limit.window]) for limit in charge.limits]
    grants = [_DrawRoom(draw, usages[draw.account, None]) for draw in charge.draws]
    bearers: dict[ImageId, AccountKey] = {}
    for image in reservations:
        narrow = next((room for room in rooms if not room.fits(image)), None)
        if narrow is None:
            for room in rooms:
                room.take(image)
            bearers[image.image_id] = charge.account
            continue
        grant = next((each for each in grants if each.fits(image)), None)
        if grant is None:
            raise _refusal(charge.kind, narrow, reservations, len(bearers))
        grant.take(image)
        bearers[image.image_id] = grant.account
    return bearers


class _LimitRoom:
    """What a limit still has room for."""

    def __init__(self, limit: Limit, usage: Usage) -> None:
        self.limit = limit
        self.left = limit.most - usage.of(limit.unit)
        self.left_at_first = max(0, self.left)
        self.free_at = resets_at(limit.window, usage.oldest)

    def fits(self, image: Reservation) -> bool:
        # An image of no price fits where no money is left, but none fits where no image is.
        needed = image.of(self.limit.unit)
        return needed == 0 or needed <= self.left

    def take(self, image: Reservation) -> None:
        self.left -= image.of(self.limit.unit)


class _DrawRoom:
    """What a grant still gives."""

    def __init__(self, draw: Draw, usage: Usage) -> None:
        self.account = draw.account
        given = {Unit.IMAGES: draw.images, Unit.USD_MICROS: draw.usd_micros}
        self._left = {
            unit: most - usage.of(unit) for unit, most in given.items() if most is not None
        }

    def fits(self, image: Reservation) -> bool:
        if Unit.USD_MICROS in self._left and image.usd_micros is None:
            return False
        return all(image.of(unit) <= left for unit, left in self._left.items())

    def take(self, image: Reservation) -> None:
        for unit in self._left:
            self._left[unit] -= image.of(unit)


def _refusal(
    kind: AccountKind, room: _LimitRoom, reservations: Sequence[Reservation], fitting: int
) -> QuotaExceeded | BudgetReached:
    limit = room.limit
    if limit.unit is Unit.IMAGES:
        return QuotaExceeded(
            wanted=len(reservations),
            left=fitting,
            limit=limit.most,
            resets_at=room.free_at,
            window=limit.window.kind,
            source=limit.source,
        )
    return BudgetReached(
        budget=Budget(kind),
        cost_usd_micros=UsdMicros(sum(image.usd_micros or 0 for image in reservations)),
        left_usd_micros=UsdMicros(room.left_at_first),
        resets_at=room.free_at,
        window=limit.window.kind,
        source=limit.source,
        fitting_images=fitting,
    )
