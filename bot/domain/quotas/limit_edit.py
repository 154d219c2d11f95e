"""What a manager asks to be changed, and what the limits and settings become by it.

What is not given stays. "inherit" takes a field back, so that the next less specific place counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from bot.domain.errors import NothingGiven
from bot.domain.money import UsdMicros
from bot.domain.quotas.errors import (
    ChangesNothing,
    NewMemberDaysWrong,
    TooManyCaps,
    WindowWithoutAmount,
)
from bot.domain.quotas.input import dollar_amount, image_amount, time_zone, window_kind
from bot.domain.quotas.limit_fields import (
    AT_ONCE,
    DEAREST,
    PER_REQUEST,
    LimitField,
    cap_field,
    limits_that_say,
    said_in,
)
from bot.domain.quotas.limits import Ceiling, Limits, Unit, Unlimited
from bot.domain.quotas.server_quota import Allowance, ServerQuota
from bot.domain.quotas.windows import DAY

MAX_CAPS = 8
"""Caps that one place may have: more windows than this nobody could keep in mind."""

MAX_NEW_MEMBER_DAYS = 365


class Inherit(StrEnum):
    """Nothing is said any more."""

    INHERIT = "inherit"


INHERIT = Inherit.INHERIT

Wanted: TypeAlias = Ceiling | Inherit


@dataclass(frozen=True, slots=True)
class TypedLimits:
    """Limits as a manager typed them; None is what was not given."""

    images: str | None = None
    dollars: str | None = None
    window: str | None = None
    per_request: str | None = None
    at_once: str | None = None
    dearest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedSettings:
    """A server's settings as a manager typed them; None is what was not given."""

    day: str | None = None
    month: str | None = None
    slow_down: str | None = None
    time_zone: str | None = None
    new_member_days: int | None = None


def edited_limits(before: Limits, typed: TypedLimits) -> Limits:
    """What a place says once the edit is applied.

    Raises:
        NothingGiven: if nothing was typed.
        WindowWithoutAmount: if a window was, and no amount to count in it.
        TooManyCaps: if the place would have more caps than it may have.
        ChangesNothing: if the limits are so already.
        QuotaInputError: if an amount or the window is none.
    """
    wanted = _wanted_fields(typed)
    if not wanted:
        raise NothingGiven if typed.window is None else WindowWithoutAmount
    after = limits_that_say(_overlaid(said_in(before), wanted))
    if len(after.caps) > MAX_CAPS:
        raise TooManyCaps(MAX_CAPS)
    if said_in(after) == said_in(before):
        raise ChangesNothing
    return after


def edited_settings(before: ServerQuota, typed: TypedSettings) -> ServerQuota:
    """A server's settings once the edit is applied.

    Raises:
        NothingGiven: if nothing was typed.
        NewMemberDaysWrong: if members would be new for more than a year, or less than no time.
        ChangesNothing: if the settings are so already.
        QuotaInputError: if an amount or the time zone is none.
    """
    if typed == TypedSettings():
        raise NothingGiven
    days = before.new_member_days if typed.new_member_days is None else typed.new_member_days
    if not 0 <= days <= MAX_NEW_MEMBER_DAYS:
        raise NewMemberDaysWrong(MAX_NEW_MEMBER_DAYS)
    after = replace(
        before,
        budget=Allowance(
            day=_budget(before.budget.day, typed.day),
            month=_budget(before.budget.month, typed.month),
        ),
        slow_down_usd_micros=_slow_down(before.slow_down_usd_micros, typed.slow_down),
        time_zone=before.time_zone if typed.time_zone is None else time_zone(typed.time_zone),
        new_member_days=days,
    )
    if after == before:
        raise ChangesNothing
    return after


def _wanted_fields(typed: TypedLimits) -> Mapping[LimitField, Wanted]:
    window = DAY if typed.window is None else window_kind(typed.window)
    given: dict[LimitField, Wanted | None] = {
        cap_field(Unit.IMAGES, window): _images(typed.images),
        cap_field(Unit.USD_MICROS, window): _dollars(typed.dollars),
        PER_REQUEST: _images(typed.per_request),
        AT_ONCE: _images(typed.at_once),
        DEAREST: _dollars(typed.dearest),
    }
    return {each: most for each, most in given.items() if most is not None}


def _overlaid(
    before: Mapping[LimitField, Ceiling], wanted: Mapping[LimitField, Wanted]
) -> dict[LimitField, Ceiling]:
    both: dict[LimitField, Wanted] = {**before, **wanted}
    return {each: most for each, most in both.items() if not isinstance(most, Inherit)}


def _images(text: str | None) -> Wanted | None:
    if text is None:
        return None
    return INHERIT if _is_inherit(text) else image_amount(text)


def _dollars(text: str | None) -> Wanted | None:
    if text is None:
        return None
    return INHERIT if _is_inherit(text) else dollar_amount(text)


def _budget(before: Ceiling | None, text: str | None) -> Ceiling | None:
    wanted = _dollars(text)
    if wanted is None:
        return before
    return None if isinstance(wanted, Inherit) else wanted


def _slow_down(before: UsdMicros | None, text: str | None) -> UsdMicros | None:
    """A price without an end, like none at all, slows nothing down."""
    wanted = _dollars(text)
    if wanted is None:
        return before
    return None if isinstance(wanted, Inherit | Unlimited) else UsdMicros(wanted)


def _is_inherit(text: str) -> bool:
    return text.strip().casefold() == INHERIT.value
