"""How limits are named and written for those who set them: fields, amounts, places."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from bot.domain.ids import ChannelId, RoleId
from bot.domain.money import UsdMicros
from bot.domain.quotas.limit_fields import FieldKind, LimitField
from bot.domain.quotas.limits import Ceiling, LimitScope, LimitSource, Sourced, Unlimited
from bot.domain.quotas.windows import WindowKind, WindowUnit
from bot.text.format import money
from bot.text.words import N_, Words

_IMAGES: dict[WindowUnit, str] = {
    WindowUnit.DAY: N_("Images a day"),
    WindowUnit.WEEK: N_("Images a week"),
    WindowUnit.MONTH: N_("Images a month"),
}
_DOLLARS: dict[WindowUnit, str] = {
    WindowUnit.DAY: N_("Dollars a day"),
    WindowUnit.WEEK: N_("Dollars a week"),
    WindowUnit.MONTH: N_("Dollars a month"),
}
_OTHERS: dict[FieldKind, str] = {
    FieldKind.PER_REQUEST: N_("Images in one request"),
    FieldKind.AT_ONCE: N_("Images at once"),
    FieldKind.DEAREST: N_("Dearest image"),
}
_SOURCES: dict[LimitScope, str] = {
    LimitScope.MEMBER: N_("limit of <@{id}>"),
    LimitScope.ROLE: N_("limit of <@&{id}>"),
    LimitScope.BOOSTERS: N_("limit of boosters"),
    LimitScope.NEW_MEMBERS: N_("limit of new members"),
    LimitScope.CHANNEL: N_("limit of <#{id}>"),
    LimitScope.SERVER: N_("limit of this server"),
    LimitScope.BOT: N_("the bot's own limit"),
}
_PLACES: dict[LimitScope, str] = {
    LimitScope.BOOSTERS: N_("Boosters"),
    LimitScope.NEW_MEMBERS: N_("New members"),
    LimitScope.SERVER: N_("Everyone"),
    LimitScope.BOT: N_("The bot's own"),
}
_MENTIONS: dict[LimitScope, str] = {
    LimitScope.MEMBER: "@",
    LimitScope.ROLE: "@&",
    LimitScope.CHANNEL: "#",
}


@dataclass(frozen=True, slots=True)
class Present:
    """What a server has now, so that what was deleted can be told from it."""

    roles: Collection[RoleId]
    channels: Collection[ChannelId]


def field_name(field: LimitField, words: Words) -> str:
    """A field as a heading: "Images a day"."""
    if field.window is None:
        return words(_OTHERS[field.kind])
    if field.window.unit is WindowUnit.HOURS:
        return _in_hours(field, field.window, words)
    if field.kind is FieldKind.IMAGES:
        return words(_IMAGES[field.window.unit])
    return words(_DOLLARS[field.window.unit])


def ceiling(field: LimitField, most: Ceiling, words: Words) -> str:
    """The most of a field: a number, dollars, or that there is no end."""
    if isinstance(most, Unlimited):
        return words("unlimited")
    return money(words, UsdMicros(most)) if field.is_money else f"{most}"


def said(field: LimitField, most: Ceiling | None, words: Words) -> str:
    """What a place says of a field."""
    return words("nothing said") if most is None else ceiling(field, most, words)


def holding(field: LimitField, sourced: Sourced | None, words: Words) -> str:
    """What holds of a field, and where that was said."""
    if sourced is None:
        return words("no limit")
    source = source_name(sourced.source, words)
    return f"{ceiling(field, sourced.most, words)} ({source})"


def source_name(source: LimitSource, words: Words) -> str:
    """Where a limit comes from, for a reader whose limit it is not."""
    return words(_SOURCES[source.scope], id=source.owner_id)


def place_name(source: LimitSource, words: Words) -> str:
    """For whom something is said."""
    mark = _MENTIONS.get(source.scope)
    return words(_PLACES[source.scope]) if mark is None else f"<{mark}{source.owner_id}>"


def place_or_deleted(source: LimitSource, present: Present, words: Words) -> str:
    """The same; roles and channels that are gone are called deleted."""
    if source.scope is LimitScope.ROLE and source.owner_id not in present.roles:
        return words("Deleted role `{id}`", id=source.owner_id)
    if source.scope is LimitScope.CHANNEL and source.owner_id not in present.channels:
        return words("Deleted channel `{id}`", id=source.owner_id)
    return place_name(source, words)


def all_said(fields: Mapping[LimitField, Ceiling], words: Words) -> str:
    """Everything that a place says, on one line."""
    return " · ".join(
        f"{field_name(each, words)}: {ceiling(each, most, words)}" for each, most in fields.items()
    )


def as_many_as_fit(lines: Iterable[str], limit: int, words: Words) -> list[str]:
    """The first lines that have together at most `limit` characters, and how many are left out."""
    waiting, shown, length = list(lines), [], 0
    while waiting and length + len(waiting[0]) + 1 <= limit:
        line = waiting.pop(0)
        length += len(line) + 1
        shown.append(line)
    if waiting:
        shown.append(words("and {count} more", count=len(waiting)))
    return shown


def _in_hours(field: LimitField, window: WindowKind, words: Words) -> str:
    if field.kind is FieldKind.IMAGES:
        return words.plural("Images in {count} hour", "Images in {count} hours", window.hours)
    return words.plural("Dollars in {count} hour", "Dollars in {count} hours", window.hours)
