"""What managers type about quotas, checked: amounts, windows, time zones, roles, grants.

Each function returns the value or raises one error with one sentence; nothing is changed then.
"""

import functools
import re
from collections.abc import Collection
from decimal import Decimal
from zoneinfo import available_timezones

from bot.domain.asking.choices import nearest
from bot.domain.ids import RoleId
from bot.domain.money import UsdMicros, usd_micros
from bot.domain.quotas.errors import (
    AmountTooLarge,
    AmountWrong,
    ExpiryWrong,
    NothingGranted,
    ReasonWrong,
    RoleGone,
    TimeZoneUnknown,
    WindowUnknown,
)
from bot.domain.quotas.limits import UNLIMITED, Ceiling
from bot.domain.quotas.windows import DAY, MAX_ROLLING_HOURS, MONTH, WEEK, WindowKind, rolling

MAX_IMAGES = 1_000_000
MAX_USD = 1_000_000
MAX_GRANT_DAYS = 366
MAX_REASON = 200

_UNLIMITED_WORDS = frozenset({"unlimited", "∞"})
_CALENDAR = {"day": DAY, "week": WEEK, "month": MONTH}
_ROLLING = re.compile(r"(\d{1,4})\s*h", re.ASCII | re.IGNORECASE)
_DECIMAL = re.compile(r"\d{1,18}(?:\.\d{1,6})?", re.ASCII)


def image_amount(text: str) -> Ceiling:
    """A number of images, or "unlimited".

    Raises:
        AmountWrong: if it is no whole number, or a negative one.
        AmountTooLarge: if it is over a million.
    """
    typed = text.strip()
    if typed.casefold() in _UNLIMITED_WORDS:
        return UNLIMITED
    if not (typed.isascii() and typed.isdigit()):
        raise AmountWrong(typed)
    digits = typed.lstrip("0") or "0"
    if len(digits) > len(str(MAX_IMAGES)) or int(digits) > MAX_IMAGES:
        raise AmountTooLarge(typed, MAX_IMAGES)
    return int(digits)


def dollar_amount(text: str) -> Ceiling:
    """Dollars, with a leading "$" or without, as micro-dollars, or "unlimited".

    Raises:
        AmountWrong: if it is no number, a negative one, or finer than a micro-dollar.
        AmountTooLarge: if it is over a million dollars.
    """
    typed = text.strip()
    if typed.casefold() in _UNLIMITED_WORDS:
        return UNLIMITED
    number = typed.removeprefix("$").removesuffix("$").strip().replace(",", ".")
    if not _DECIMAL.fullmatch(number):
        raise AmountWrong(typed)
    amount = Decimal(number)
    if amount > MAX_USD:
        raise AmountTooLarge(typed, MAX_USD)
    return usd_micros(amount)


def window_kind(text: str) -> WindowKind:
    """A window by its name: day, week, month, or so many hours such as "24h".

    Raises:
        WindowUnknown: if there is none of that name.
    """
    typed = text.strip().casefold()
    if typed in _CALENDAR:
        return _CALENDAR[typed]
    hours = _ROLLING.fullmatch(typed)
    if hours is None or not 1 <= int(hours[1]) <= MAX_ROLLING_HOURS:
        raise WindowUnknown(text.strip(), MAX_ROLLING_HOURS)
    return rolling(int(hours[1]))


@functools.cache
def time_zone_names() -> tuple[str, ...]:
    """The IANA names, sorted. They are looked up in the system's files, once."""
    return tuple(sorted(available_timezones()))


def time_zone(text: str) -> str:
    """A time zone's IANA name, in its own spelling.

    Raises:
        TimeZoneUnknown: if there is none of that name, with the nearest.
    """
    names = time_zone_names()
    typed = text.strip().replace(" ", "_")
    by_key = {name.casefold(): name for name in names}
    if typed.casefold() not in by_key:
        raise TimeZoneUnknown(text.strip(), nearest(names, typed))
    return by_key[typed.casefold()]


def present_role(role_id: RoleId, roles: Collection[RoleId]) -> RoleId:
    """A role that the server has.

    Raises:
        RoleGone: if it was deleted.
    """
    if role_id not in roles:
        raise RoleGone
    return role_id


def grant_days(days: int) -> int:
    """For how many days a grant holds.

    Raises:
        ExpiryWrong: if that is less than a day or more than a year.
    """
    if not 1 <= days <= MAX_GRANT_DAYS:
        raise ExpiryWrong(days, MAX_GRANT_DAYS)
    return days


def grant_reason(text: str) -> str:
    """Why a grant is given.

    Raises:
        ReasonWrong: if nothing is said, or too much.
    """
    reason = " ".join(text.split())
    if not 1 <= len(reason) <= MAX_REASON:
        raise ReasonWrong(MAX_REASON)
    return reason


def granted(images: str | None, usd: str | None) -> tuple[int | None, UsdMicros | None]:
    """What a grant gives, in images and in micro-dollars.

    Raises:
        NothingGranted: if it is neither, or unlimited.
        AmountWrong: if one is no amount.
        AmountTooLarge: if one is beyond all sense.
    """
    given = (
        image_amount(images) if images else None,
        dollar_amount(usd) if usd else None,
    )
    amounts = tuple(each for each in given if each is not None)
    if not amounts or any(not isinstance(each, int) or each == 0 for each in amounts):
        raise NothingGranted
    count, money = (each if isinstance(each, int) else None for each in given)
    return count, None if money is None else UsdMicros(money)
