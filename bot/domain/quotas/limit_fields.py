"""What limits are made of: the fields that can be said, changed and compared one by one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.quotas.limits import Cap, Ceiling, EffectiveLimits, Limits, Sourced, Unit
from bot.domain.quotas.windows import WindowKind


class FieldKind(StrEnum):
    """What a field limits."""

    IMAGES = "images"
    USD_MICROS = "usd_micros"
    AT_ONCE = "at_once"
    DEAREST = "dearest"
    PER_REQUEST = "per_request"


@dataclass(frozen=True, slots=True)
class LimitField:
    """One field; counts and money in windows have one for each kind of window."""

    kind: FieldKind
    window: WindowKind | None = None

    @property
    def is_money(self) -> bool:
        """Whether its ceiling is in micro-dollars."""
        return self.kind in {FieldKind.USD_MICROS, FieldKind.DEAREST}


AT_ONCE = LimitField(FieldKind.AT_ONCE)
DEAREST = LimitField(FieldKind.DEAREST)
PER_REQUEST = LimitField(FieldKind.PER_REQUEST)

_CAPS = {Unit.IMAGES: FieldKind.IMAGES, Unit.USD_MICROS: FieldKind.USD_MICROS}
_UNITS = {kind: unit for unit, kind in _CAPS.items()}


def cap_field(unit: Unit, window: WindowKind) -> LimitField:
    """The field of a cap."""
    return LimitField(_CAPS[unit], window)


def said_in(limits: Limits) -> Mapping[LimitField, Ceiling]:
    """The fields that a place says, in the order in which they are shown."""
    fields: dict[LimitField, Ceiling | None] = {
        cap_field(cap.unit, cap.window): cap.most
        for cap in sorted(limits.caps, key=lambda cap: (cap.unit, cap.window))
    }
    fields[PER_REQUEST] = limits.images_per_request
    fields[AT_ONCE] = limits.at_once
    fields[DEAREST] = limits.dearest_usd_micros
    return {each: most for each, most in fields.items() if most is not None}


def limits_that_say(fields: Mapping[LimitField, Ceiling]) -> Limits:
    """The limits of which `said_in` gives these fields."""
    return Limits(
        caps=tuple(_caps(fields)),
        at_once=fields.get(AT_ONCE),
        dearest_usd_micros=fields.get(DEAREST),
        images_per_request=fields.get(PER_REQUEST),
    )


def holding_in(limits: EffectiveLimits) -> Mapping[LimitField, Sourced]:
    """The fields that hold for somebody, each with its source."""
    fields: dict[LimitField, Sourced | None] = {
        cap_field(each.cap.unit, each.cap.window): Sourced(each.cap.most, each.source)
        for each in limits.caps
    }
    fields[PER_REQUEST] = limits.images_per_request
    fields[AT_ONCE] = limits.at_once
    fields[DEAREST] = limits.dearest_usd_micros
    return {each: sourced for each, sourced in fields.items() if sourced is not None}


def _caps(fields: Mapping[LimitField, Ceiling]) -> Iterator[Cap]:
    for each, most in fields.items():
        if each.window is not None:
            yield Cap(_UNITS[each.kind], each.window, most)
