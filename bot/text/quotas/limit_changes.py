"""The words of a change of quotas: what it is, what it would come to for whom, that it counts."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.money import UsdMicros
from bot.domain.quotas.limit_change import (
    FieldEffect,
    LimitChange,
    LimitPreview,
    SettingsChange,
    SettingsPreview,
    said_differently,
)
from bot.domain.quotas.limit_fields import LimitField
from bot.domain.quotas.limits import Ceiling, LimitScope, LimitSource, Unlimited
from bot.domain.quotas.server_quota import ServerQuota
from bot.text.format import moment, money
from bot.text.quotas.limits import field_name, holding, place_name, said
from bot.text.quotas.quotas import budget_lines
from bot.text.words import N_, Words

_EXCEPTIONS_SHOWN = 10

_WHOSE: dict[LimitScope, str] = {
    LimitScope.MEMBER: N_("What this would change for {place}"),
    LimitScope.ROLE: N_("What this would change for a member with {place} and no other role"),
    LimitScope.BOOSTERS: N_("What this would change for a booster without roles"),
    LimitScope.NEW_MEMBERS: N_("What this would change for a new member without roles"),
    LimitScope.CHANNEL: N_("What this would change for a member without roles in {place}"),
    LimitScope.SERVER: N_("What this would change for a member without roles"),
}


def change_lines(change: LimitChange, words: Words) -> list[str]:
    """What a place says of each field, before and after."""
    return [
        _arrow(each, said(each, before, words), said(each, after, words), words)
        for each, before, after in said_differently(change)
    ]


def change_title(change: LimitChange, words: Words) -> str:
    """For whom a change is made."""
    return words("Limits: {place}", place=place_name(change.source, words))


def effects_title(source: LimitSource, words: Words) -> str:
    """Who the lines below are about."""
    return words(_WHOSE[source.scope], place=place_name(source, words))


def effect_lines(preview: LimitPreview, words: Words) -> list[str]:
    """What would hold for somebody instead of what holds now."""
    lines = [_effect(effect, words) for effect in preview.effects]
    return lines or [words("Nothing: what is said elsewhere counts more, or is the same.")]


def exceptions_line(preview: LimitPreview, words: Words) -> str | None:
    """Who keeps what they have, because something more specific is said of them."""
    if not preview.exceptions:
        return None
    shown = [place_name(each, words) for each in preview.exceptions[:_EXCEPTIONS_SHOWN]]
    more = len(preview.exceptions) - len(shown)
    if more > 0:
        shown.append(words("and {count} more", count=more))
    return words("These have limits of their own, which stay: {places}.", places=", ".join(shown))


def not_changed_yet(until: datetime, words: Words) -> str:
    """That nothing has happened so far."""
    return words("Nothing is changed yet. You can apply it until {until}.", until=moment(until))


def apply_button(words: Words) -> str:
    """The button that applies a change."""
    return words("Apply")


def applied(words: Words) -> str:
    """That a change counts now."""
    return words("Applied. It counts from now on, and the audit log has it.")


def settings_title(words: Words) -> str:
    """What is changed."""
    return words("Budget and time of this server")


def settings_lines(change: SettingsChange, words: Words) -> list[str]:
    """Each setting that a change touches, before and after."""
    before, after = change.before, change.after
    pairs = zip(_settings(before, words), _settings(after, words), strict=True)
    return [f"{name}: {old} → **{new}**" for (name, old), (_, new) in pairs if old != new]


def budget_effect_lines(preview: SettingsPreview, words: Words) -> list[str]:
    """The budget that would hold, which the operator may keep below what is asked."""
    heading = words("The budget that would hold")
    return [f"**{heading}**", *budget_lines(preview.budget_after, words)]


def _effect(effect: FieldEffect, words: Words) -> str:
    before = holding(effect.field, effect.before, words)
    return _arrow(effect.field, before, holding(effect.field, effect.after, words), words)


def _arrow(field: LimitField, before: str, after: str, words: Words) -> str:
    return f"{field_name(field, words)}: {before} → **{after}**"


def _settings(settings: ServerQuota, words: Words) -> Iterator[tuple[str, str]]:
    yield words("Budget a day"), _wished(settings.budget.day, words)
    yield words("Budget a month"), _wished(settings.budget.month, words)
    yield words("Slow-down"), _wished(settings.slow_down_usd_micros, words)
    yield words("Time zone"), f"`{settings.time_zone}`"
    yield words("Days as a new member"), f"{settings.new_member_days}"


def _wished(most: Ceiling | None, words: Words) -> str:
    if most is None:
        return words("nothing said")
    if isinstance(most, Unlimited):
        return words("unlimited")
    return money(words, UsdMicros(most))
